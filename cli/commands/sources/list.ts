import { renderJson } from '../../../functions/article/render/json.ts';
import type { TargetOptions } from '../../api/target.ts';
import { type AddCommand, examples } from '../command.ts';
import { addStackOptions } from '../stack-options.ts';

interface Options extends TargetOptions {
  problems?: true;
  json?: true;
}

export const listSources: AddCommand = (sources, io) => {
  const command = sources
    .command('list')
    .summary('see how sources are')
    .description(
      'List sources: their health, when they were last read with success and when they are read next, what was new in the last 14 days, and in words what is wrong.',
    )
    .option('--problems', 'only those that fail, are refused, silent or retired')
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('copydesk sources list', 'copydesk sources list --problems --json | jq -r .[].id'));
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, { deskOf, hasProblem, reported }, { renderSources }] = await Promise.all([
      import('../../api/stack.ts'),
      import('../../api/sources.ts'),
      import('../../render/source.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const now = io.now();
      const all = await deskOf(stack, io).list();
      const shown = options.problems ? all.filter((source) => hasProblem(source, now)) : all;
      if (options.json)
        io.stdout.write(
          `${renderJson(
            shown.map((source) => reported(source, now)),
            2,
          )}\n`,
        );
      else if (shown.length > 0) io.stdout.write(renderSources(shown, now, io.stdout, io.env));
      else {
        io.stderr.write(
          all.length > 0
            ? `All ${all.length} sources are well.\n`
            : 'No sources are watched yet. Add one: copydesk sources add https://example.org/\n',
        );
      }
    });
  });
};
