import { renderJson } from '../../../functions/article/render/json.ts';
import { SOURCE_FILES } from '../../../functions/names.ts';
import type { TargetOptions } from '../../api/target.ts';
import { UsageError } from '../../errors.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  check?: true;
  json?: true;
}

export const syncSources: AddCommand = (sources, io, finish) => {
  const command = sources
    .command('sync')
    .summary('watch what a file declares')
    .description(
      'Watch the sources that a YAML or JSON file declares, with its settings. Sources that an earlier form of the file declared are paused; those added by hand are left alone. `npm run deploy` and `npm start` do this with sources.yaml.',
    )
    .argument('[file]', `the file; docs/sources.md has its form (default: ${SOURCE_FILES[0]} in this folder)`)
    .option('--check', 'only read the file and say what is wrong with it')
    .option('--json', 'print a JSON list of what was done')
    .addHelpText('after', examples('copydesk sources sync', 'copydesk sources sync sources.yaml --check'));
  addStackOptions(command).action(async (given: string | undefined, options: Options) => {
    const [{ withStack }, { readSourceFile }, { declareSources }] = await Promise.all([
      import('../../api/stack.ts'),
      import('../../api/source-file.ts'),
      import('../../../functions/scrape/sources/declare-sources.ts'),
    ]);
    const found = await readSourceFile(given ?? null, io.cwd);
    if (!found) {
      throw new UsageError(`There is no ${SOURCE_FILES.join(', ')} in ${io.cwd}; name the file.`);
    }
    const { file, declared } = found;
    if (options.check) {
      io.stderr.write(`${file} declares ${declared.length} ${declared.length === 1 ? 'source' : 'sources'}.\n`);
      return;
    }
    await withStack(options, io, async (stack) => {
      const done = await declareSources(declared, stack.sources, io.now());
      finish(done.every(({ did }) => did !== 'refused'));
      if (options.json) return io.stdout.write(`${renderJson(done, 2)}\n`);
      for (const { id, did, reason } of done) {
        if (did !== 'unchanged') io.stdout.write(`${did}  ${id}${reason ? `  ${reason}` : ''}\n`);
      }
      const unchanged = done.filter(({ did }) => did === 'unchanged').length;
      io.stderr.write(`${declared.length} declared in ${file}, ${unchanged} of them as they were.\n`);
    });
  });
};
