import { Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import type { TargetOptions } from '../api/target.ts';
import { printableLine } from '../render/printable.ts';
import { renderCounts, renderUploads, renderVersions } from '../render/upload.ts';
import { type AddCommand, examples } from './command.ts';
import { count, dayCount } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  failed?: true;
  watch?: true;
  days: number;
  limit: number;
  json?: true;
}

/** Milliseconds between looks. */
const WATCH_EVERY = 2_000;

export const statusCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('status')
    .summary('see what became of uploads, and why')
    .description(
      'See what became of uploads: of one key all versions with reason and articles, or of all how many there are of each status.',
    )
    .argument('[key]', 'key of the object, or its s3:// address')
    .option('--failed', 'only what gave no record: rejected and failed')
    .option('--watch', 'look again every two seconds and print what changed, until Ctrl-C')
    .addOption(new Option('--days <days>', 'how many days of changes to look at').argParser(dayCount).default(7))
    .addOption(new Option('--limit <count>', 'how many uploads to list').argParser(count).default(50))
    .option('--json', 'print JSON; with --watch one line for every change')
    .addHelpText(
      'after',
      examples(
        'copydesk status',
        'copydesk status reports/story.html',
        'copydesk status --failed --json | jq -r .[].reason',
        'copydesk status --watch',
      ),
    );
  addStackOptions(command).action(async (key: string | undefined, options: Options) => {
    const [{ withStack }, status, { sleep }, { lastDays }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/status.ts'),
      import('../api/sleep.ts'),
      import('../../functions/query/days.ts'),
    ]);
    await withStack(options, io, async (stack) => {
      const indent = options.watch ? 0 : 2;
      const look = async () => {
        const days = lastDays(options.days, io.now());
        if (key !== undefined) {
          const all = await status.statusesOf(stack, key);
          const uploads = options.failed ? all.filter(status.isFailed) : all;
          if (options.json) return `${renderJson(uploads, indent)}\n`;
          if (uploads.length === 0) return '';
          return renderVersions(uploads, await status.withdrawnOf(stack, uploads), io.stdout, io.env);
        }
        if (options.failed) {
          const uploads = await status.failedUploads(stack, days, options.limit);
          if (options.json) return `${renderJson(uploads, indent)}\n`;
          return uploads.length > 0 ? renderUploads(uploads, io.stdout, io.env) : '';
        }
        const counts = await status.countStatuses(stack, days);
        return options.json ? `${renderJson(counts, indent)}\n` : renderCounts(counts, io.stdout, io.env);
      };

      let shown = await look();
      io.stdout.write(shown);
      if (shown === '') {
        const which = key === undefined ? `in the last ${options.days} days` : `of the key ${printableLine(key)}`;
        io.stderr.write(`No uploads that were rejected or failed ${which} in the ${stack.target.label}.\n`);
      }
      while (options.watch && !io.signal.aborted) {
        await sleep(WATCH_EVERY, io.signal);
        if (io.signal.aborted) break;
        const next = await look();
        if (next !== shown && next !== '') io.stdout.write(options.json ? next : `\n${next}`);
        shown = next;
      }
    });
    finish(true);
  });
};
