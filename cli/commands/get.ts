import { Option } from 'commander';
import { isWithdrawn, type Tombstone } from '../../functions/article/tombstone.ts';
import type { TargetOptions } from '../api/target.ts';
import { renderProblem } from '../render/problem.ts';
import { RECORD_FORMATS, type RecordFormat, recordPrinter } from '../render/record.ts';
import { type AddCommand, examples } from './command.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  format?: RecordFormat;
  json?: true;
  frontMatter?: true;
}

export const getCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('get')
    .summary('print records')
    .description('Print records by their ids, or by the addresses of the pages they were made from.')
    .argument('<ids...>', 'ids of articles, or web addresses')
    .addOption(new Option('-f, --format <format>', 'how to print them (default: json)').choices(RECORD_FORMATS))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--front-matter', 'put YAML front matter above Markdown')
    .addHelpText(
      'after',
      examples(
        'copydesk get 5f0c2d3a9b7e4c1d8a6f0b2e3d4c5a69',
        'copydesk get --format markdown https://example.org/politics/story',
        'copydesk list --site example.org --json | jq -r .[].id | xargs copydesk get --format ndjson',
      ),
    );
  addStackOptions(command).action(async (names: string[], options: Options) => {
    const [{ withStack }, { getArticle, idOf }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/get.ts'),
    ]);
    const ids = names.map(idOf);
    const { format = 'json' } = options;
    const printing = { format, many: ids.length > 1, frontMatter: options.frontMatter === true };
    const printer = recordPrinter(printing, io.stdout, io.env);
    let done = true;
    await withStack(options, io, async (stack) => {
      for (const [index, id] of ids.entries()) {
        if (io.signal.aborted) break;
        const stored = await getArticle(stack, id);
        if (stored && !isWithdrawn(stored)) {
          printer.print(stored);
          continue;
        }
        done = false;
        const problem = stored
          ? { code: 'WITHDRAWN', detail: withdrawal(stored) }
          : {
              code: 'NOT_FOUND',
              detail: `there is no article ${id} in the ${stack.target.label}; \`copydesk list\` shows those there are.`,
            };
        io.stderr.write(renderProblem({ name: names[index] ?? id, ...problem }, io.stderr, io.env));
      }
    });
    printer.end();
    finish(done);
  });
};

function withdrawal({ withdrawnAt, reason, restoredAt }: Tombstone): string {
  const because = reason === null ? '' : ` (${reason})`;
  const next =
    restoredAt === null
      ? '`copydesk withdraw --restore` lifts it.'
      : 'It may come back since then: upload it again for its record.';
  return `the article was withdrawn on ${withdrawnAt.slice(0, 10)}${because}. ${next}`;
}
