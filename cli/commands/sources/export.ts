import { Option } from 'commander';
import { renderJson } from '../../../functions/article/render/json.ts';
import type { TargetOptions } from '../../api/target.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  format: 'opml' | 'yaml' | 'json';
  all?: true;
  json?: true;
}

export const exportSources: AddCommand = (sources, io) => {
  const command = sources
    .command('export')
    .summary('print sources for a feed reader or a file of declared sources')
    .description(
      'Print the sources that are watched: as OPML for feed readers, or with their settings as `copydesk sources sync` reads them. Neither form can say that a source is paused or retired; those are left out, and named.',
    )
    .addOption(new Option('--format <format>', 'form of the list').choices(['opml', 'yaml', 'json']).default('opml'))
    .option('--all', 'print paused and retired sources too, which are watched again where they are read')
    .addOption(new Option('--json', 'the same as --format json'))
    .addHelpText(
      'after',
      examples('copydesk sources export > feeds.opml', 'copydesk sources export --format yaml > sources.yaml'),
    );
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, { deskOf, watchedAlone }, { renderOpml }, { declarationsOf, renderYaml }] = await Promise.all(
      [
        import('../../api/stack.ts'),
        import('../../api/sources.ts'),
        import('../../../functions/scrape/sources/opml.ts'),
        import('../../api/source-file.ts'),
      ],
    );
    await withStack(options, io, async (stack) => {
      const all = await deskOf(stack, io).list();
      const { exported, leftOut } = options.all ? { exported: all, leftOut: '' } : watchedAlone(all);
      io.stderr.write(leftOut);
      const format = options.json ? 'json' : options.format;
      if (format === 'json') io.stdout.write(`${renderJson(declarationsOf(exported), 2)}\n`);
      else io.stdout.write(format === 'yaml' ? renderYaml(exported) : renderOpml(exported, io.now()));
    });
  });
};
