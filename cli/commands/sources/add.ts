import { Option } from 'commander';
import { renderJson } from '../../../functions/article/render/json.ts';
import { SECTION_LENGTH } from '../../../functions/names.ts';
import type { Source } from '../../../functions/scrape/ports.ts';
import type { SourceChanges } from '../../../functions/scrape/sources/source-desk.ts';
import type { TargetOptions } from '../../api/target.ts';
import { confirm } from '../../confirm.ts';
import { WorkError } from '../../errors.ts';
import { relativeTime } from '../../render/relative-time.ts';
import { type AddCommand, examples } from '../command.ts';
import { day, perRun, recheckDays, rhythm, silentAfter, sourceName, textUpTo, watchedAddress } from '../parse.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  name?: string;
  /** False to take it back. */
  every?: number | false;
  section?: string | false;
  maxPerRun?: number;
  since?: string | false;
  recheckDays?: number;
  obeyOptOuts?: boolean;
  silentAfter?: number;
  yes?: true;
  dryRun?: true;
  json?: true;
}

export const addSource: AddCommand = (sources, io) => {
  const command = sources
    .command('add')
    .summary('watch a feed, site map or page')
    .description(
      'Find out what an address is, show what it names, and watch it: a feed, a site map, a robots.txt that names site maps, a page that links a feed, or a page with links to articles. With the name of a source that is there, its settings are changed.',
    )
    .argument('<url>', 'the address', watchedAddress)
    .option('--name <name>', 'name of the source (default: made from the address)', sourceName)
    .option('--every <duration>', 'read it at this pace, such as 15m or 2h (default: by its own rhythm)', rhythm)
    .option('--section <label>', 'section of articles whose page names none', textUpTo(SECTION_LENGTH))
    .option('--max-per-run <count>', 'new articles taken at a reading, the rest at the next (default: 500)', perRun)
    .option('--since <day>', 'pass over articles that it dates before this day', day)
    .option('--recheck-days <days>', 'fetch articles again for so many days, 0 never (default: 3)', recheckDays)
    .option('--obey-opt-outs', 'leave pages alone that ask AI or text and data mining to stay away')
    .option(
      '--silent-after <times>',
      'raise the alarm after so many times its usual interval without a new article (default: 10)',
      silentAfter,
    )
    .option('--no-every', 'take back the pace that it was given')
    .option('--no-section', 'take back its section')
    .option('--no-since', 'take articles of all days')
    .option('--no-obey-opt-outs', 'take pages that ask machines to stay away as well, and record that')
    .option('--yes', 'watch it without asking')
    .addOption(new Option('--dry-run', 'only look').conflicts('yes'))
    .option('--json', 'print one JSON object with what was found and the source')
    .addHelpText(
      'after',
      examples(
        'copydesk sources add https://example.org/',
        'copydesk sources add https://example.org/feed.xml --name example --every 15m --yes',
        'copydesk sources add https://example.org/feed.xml --name example --no-every',
        'copydesk sources add https://example.org/news/sitemap.xml --since 2026-01-01 --max-per-run 50 --dry-run',
      ),
    );
  addStackOptions(command).action(async (url: string, options: Options) => {
    const [{ withStack }, { advised, deskOf, reported }, { inspectAddress }, { renderInspection }, { isLoopback }] =
      await Promise.all([
        import('../../api/stack.ts'),
        import('../../api/sources.ts'),
        import('../../api/inspect.ts'),
        import('../../render/inspection.ts'),
        import('../../../functions/aws/stack/target.ts'),
      ]);
    await withStack(options, io, async (stack) => {
      const { allowLoopback = false } = stack.target;
      const { userAgent } = stack.outputs;
      const inspection = await inspectAddress(url, {
        userAgent,
        allowLoopback,
        hosts: stack.hosts,
        now: io.now,
        signal: io.signal,
      });
      if (!options.json) io.stdout.write(renderInspection(inspection, io.stdout, io.env));
      const { chosen } = inspection;
      if (chosen === null && !(inspection.unreadable && options.yes)) {
        if (isLoopback(url) && stack.target.local && !allowLoopback) throw localRefused(url);
        if (inspection.forbidden) throw neverAsked(inspection.steps);
        throw inspection.unreadable ? unreadable(url, inspection.steps) : nothingFound(url);
      }
      if (options.dryRun) {
        if (options.json) io.stdout.write(`${renderJson({ inspection, source: null }, 2)}\n`);
        return;
      }
      if (!options.yes && !(await confirmed(io))) return;

      const desk = deskOf(stack, io);
      const { name } = options;
      const changes = { ...changesOf(options), url: chosen?.url ?? url };
      const known = name !== undefined && (await desk.list()).some(({ id }) => id === name);
      const source = await advised(() =>
        known
          ? desk.change(name, changes)
          : desk.add({ ...changes, ...(name !== undefined && { id: name }) }, chosen?.kind),
      );
      io.stdout.write(
        options.json
          ? `${renderJson({ inspection, source: reported(source, io.now()) }, 2)}\n`
          : `\n${known ? `${source.id} is changed` : `Watched as ${source.id}`}, ${whenRead(source, io.now())}. See: copydesk sources show ${source.id}\n`,
      );
    });
  });

  async function confirmed({ stdin, stderr }: typeof io): Promise<boolean> {
    const answer = await confirm('\nWatch it?', { stdin, stderr });
    if (answer === null) {
      throw new WorkError(
        'NOT_CONFIRMED',
        'Nothing is watched: there is no terminal to ask on. Add --yes to watch it, or --dry-run only to look.',
      );
    }
    if (!answer) stderr.write('Nothing is watched.\n');
    return answer;
  }
};

function whenRead({ state, dueAt }: Source, now: Date): string {
  if (state !== 'active') return `and not read, for it is ${state}`;
  return Date.parse(dueAt) > now.getTime() ? `and read next ${relativeTime(dueAt, now)}` : 'and read within a minute';
}

function changesOf({
  every,
  section,
  maxPerRun,
  since,
  recheckDays,
  obeyOptOuts,
  silentAfter,
}: Options): SourceChanges {
  return {
    ...(every !== undefined && { everySeconds: every || null }),
    ...(section !== undefined && { section: section || null }),
    ...(maxPerRun !== undefined && { maxPerRun }),
    ...(since !== undefined && { since: since ? `${since}T00:00:00.000Z` : null }),
    ...(recheckDays !== undefined && { recheckDays }),
    ...(obeyOptOuts !== undefined && { obeyOptOuts }),
    ...(silentAfter !== undefined && { silentAfter }),
  };
}

function localRefused(url: string): WorkError {
  return new WorkError(
    'LOCAL_ADDRESS',
    `${url} is on this machine. To watch such sites, start the local stack with \`npm start -- --allow-loopback\`.`,
  );
}

function neverAsked(steps: readonly string[]): WorkError {
  return new WorkError('NOT_PUBLIC', `Nothing is watched: ${steps.join(' ')} Only public addresses are asked.`);
}

function unreadable(url: string, steps: readonly string[]): WorkError {
  return new WorkError(
    'UNREADABLE',
    `${url} cannot be read now, so it is not known what it is: ${steps.join(' ')} Try again later, or add --yes to watch it all the same: it is asked again by itself.`,
  );
}

function nothingFound(url: string): WorkError {
  return new WorkError(
    'NOTHING_TO_WATCH',
    `${url} names no articles that could be watched. Give the address of its feed or site map, or see what each of them says with \`copydesk sources test\`.`,
  );
}
