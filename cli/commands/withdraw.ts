import { Option } from 'commander';
import { REASON_LENGTH } from '../../functions/article/tombstone.ts';
import type { TargetOptions } from '../api/target.ts';
import { renderProblem } from '../render/problem.ts';
import { renderRestoration, renderWithdrawal } from '../render/withdrawal.ts';
import { type AddCommand, examples } from './command.ts';
import { textUpTo } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  reason?: string;
  purge?: true;
  restore?: true;
  json?: true;
}

export const withdrawCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('withdraw')
    .summary('take articles back')
    .description(
      'Delete what articles say, and keep tombstones: copies of them that are uploaded later are rejected as WITHDRAWN. ' +
        'Raw copies stay in the uploads bucket unless --purge is given.',
    )
    .argument('<ids...>', 'ids of articles, or web addresses')
    .addOption(
      new Option('--reason <text>', 'why, for whoever uploads the article again').argParser(textUpTo(REASON_LENGTH)),
    )
    .option('--purge', 'delete the raw copies too, in all their versions; this cannot be undone')
    .addOption(
      new Option('--restore', 'let copies of withdrawn articles be ingested again; upload them once more').conflicts([
        'purge',
        'reason',
      ]),
    )
    .option('--json', 'print one JSON object an article')
    .addHelpText(
      'after',
      examples(
        'copydesk withdraw 5f0c2d3a9b7e4c1d8a6f0b2e3d4c5a69 --reason "court order 12/26"',
        'copydesk withdraw --purge https://example.org/politics/story',
        'copydesk withdraw --restore https://example.org/politics/story',
      ),
    );
  addStackOptions(command).action(async (names: string[], options: Options) => {
    const [{ withStack }, { idOf }, { restoreArticle, withdrawArticle }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/get.ts'),
      import('../api/withdraw.ts'),
    ]);
    const ids = names.map(idOf);
    const purge = options.purge === true;
    let done = true;
    await withStack(options, io, async (stack) => {
      for (const [index, id] of ids.entries()) {
        if (io.signal.aborted) break;
        const outcome = options.restore
          ? await restoreArticle(stack, id, io)
          : await withdrawArticle(stack, { id, reason: options.reason ?? null, purge }, io);
        if ('problem' in outcome) {
          done = false;
          const { code, message: detail } = outcome.problem;
          io.stderr.write(renderProblem({ name: names[index] ?? id, code, detail }, io.stderr, io.env));
        } else if (options.json) io.stdout.write(`${JSON.stringify(outcome)}\n`);
        else if ('restored' in outcome) io.stdout.write(renderRestoration(outcome.restored));
        else io.stdout.write(renderWithdrawal(outcome));
      }
    });
    finish(done);
  });
};
