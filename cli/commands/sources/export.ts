import { Option } from 'commander';
import { renderJson } from '../../../functions/article/render/json.ts';
import type { TargetOptions } from '../../api/target.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  format: 'opml' | 'yaml' | 'json';
  json?: true;
}

export const exportSources: AddCommand = (sources, io) => {
  const command = sources
    .command('export')
    .summary('print sources for a feed reader or a file of declared sources')
    .description(
      'Print all sources: as OPML for feed readers, or with their settings as `copydesk sources sync` reads them.',
    )
    .addOption(new Option('--format <format>', 'form of the list').choices(['opml', 'yaml', 'json']).default('opml'))
    .addOption(new Option('--json', 'the same as --format json'))
    .addHelpText(
      'after',
      examples('copydesk sources export > feeds.opml', 'copydesk sources export --format yaml > sources.yaml'),
    );
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, { deskOf }, { renderOpml }, { declarationsOf, renderYaml }] = await Promise.all([
      import('../../api/stack.ts'),
      import('../../api/sources.ts'),
      import('../../api/opml.ts'),
      import('../../api/source-file.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const all = await deskOf(stack, io).list();
      const format = options.json ? 'json' : options.format;
      if (format === 'json') io.stdout.write(`${renderJson(declarationsOf(all), 2)}\n`);
      else io.stdout.write(format === 'yaml' ? renderYaml(all) : renderOpml(all, io.now()));
    });
  });
};
