import { renderJson } from '../../../functions/article/render/json.ts';
import type { TargetOptions } from '../../api/target.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  json?: true;
}

export const showSource: AddCommand = (sources, io) => {
  const command = sources
    .command('show')
    .summary('see everything of one source')
    .description('See everything that is known of a source: what it is, how it is, when it is read, and its settings.')
    .argument('<name>', 'name of the source')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('copydesk sources show example.org'));
  addStackOptions(command).action(async (name: string, options: Options) => {
    const [{ withStack }, { advised, deskOf, reported }, { renderSource }] = await Promise.all([
      import('../../api/stack.ts'),
      import('../../api/sources.ts'),
      import('../../render/source.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const source = await advised(() => deskOf(stack, io).get(name));
      const now = io.now();
      io.stdout.write(
        options.json ? `${renderJson(reported(source, now), 2)}\n` : renderSource(source, now, io.stdout, io.env),
      );
    });
  });
};
