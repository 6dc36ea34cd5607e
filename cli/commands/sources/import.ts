import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { renderJson } from '../../../functions/article/render/json.ts';
import type { TargetOptions } from '../../api/target.ts';
import { UsageError, WorkError } from '../../errors.ts';
import { renderProblem } from '../../render/problem.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  foldersAsSections?: true;
  dryRun?: true;
  json?: true;
}

export const importSources: AddCommand = (sources, io, finish) => {
  const command = sources
    .command('import')
    .summary('watch the feeds of an OPML file')
    .description(
      'Watch the feeds of an OPML file, as feed readers export it. Those that are watched already are left as they are.',
    )
    .argument('<file>', 'the OPML file')
    .option('--folders-as-sections', 'give articles that name no section the folder of their feed')
    .option('--dry-run', 'only say which feeds there are')
    .option('--json', 'print a JSON list of the sources that were added')
    .addHelpText(
      'after',
      examples('copydesk sources import feeds.opml', 'copydesk sources import feeds.opml --dry-run'),
    );
  addStackOptions(command).action(async (file: string, options: Options) => {
    const [{ withStack }, { ADVICE, deskOf, reported }, { feedsOfOpml }, { reasonOf }] = await Promise.all([
      import('../../api/stack.ts'),
      import('../../api/sources.ts'),
      import('../../../functions/scrape/sources/opml.ts'),
      import('../../api/files.ts'),
    ]);
    const bytes = await readFile(path.resolve(io.cwd, file)).catch((error: unknown) => {
      throw new WorkError('UNREADABLE', `${file}: ${reasonOf(error)}`);
    });
    const found = feedsOfOpml(bytes, { foldersAsSections: options.foldersAsSections === true });
    if (!found || found.feeds.length === 0) {
      throw new UsageError(`${file} names no feeds in OPML. Declared sources in YAML or JSON: copydesk sources sync.`);
    }
    for (const detail of found.problems) io.stderr.write(renderProblem({ name: file, detail }, io.stderr, io.env));
    if (options.dryRun) {
      io.stdout.write(
        options.json ? `${renderJson(found.feeds, 2)}\n` : found.feeds.map(({ url }) => `${url}\n`).join(''),
      );
      finish(found.problems.length === 0);
      return;
    }
    await withStack(options, io, async (stack) => {
      const { added, known, refused } = await deskOf(stack, io).addAll(found.feeds, io.signal);
      for (const { source, message, code } of refused) {
        io.stderr.write(renderProblem({ name: source, detail: `${message} ${ADVICE[code]}` }, io.stderr, io.env));
      }
      if (options.json)
        io.stdout.write(
          `${renderJson(
            added.map((source) => reported(source, io.now())),
            2,
          )}\n`,
        );
      else {
        for (const { id, url } of added) io.stdout.write(`${id}  ${url}\n`);
        io.stderr.write(
          `${added.length} of ${found.feeds.length} feeds are watched from now on${known > 0 ? `; ${known} were already` : ''}.\n`,
        );
      }
      if (io.signal.aborted) io.stderr.write('Stopped before the rest: the same command again goes on.\n');
      finish(added.length + known === found.feeds.length && found.problems.length === 0);
    });
  });
};
