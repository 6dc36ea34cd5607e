import { Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import { UPLOAD_STATUSES, type UploadStatus } from '../../functions/article/upload.ts';
import { impliedFrom } from '../../functions/query/list-articles.ts';
import type { TargetOptions } from '../api/target.ts';
import { renderCards } from '../render/card.ts';
import { renderUploads } from '../render/upload.ts';
import { type AddCommand, examples } from './command.ts';
import { addFilterOptions, describeQuery, type FilterOptions, NOT_DAY, queryOf } from './filter-options.ts';
import { count } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions, FilterOptions {
  status?: UploadStatus;
  limit: number;
  json?: true;
}

export const listCommand: AddCommand = (program, io, finish) => {
  const command = addFilterOptions(
    program
      .command('list')
      .summary('list articles by site, section, tag, author, language or day, or uploads by status')
      .description(
        'List articles, newest first, by any of the filters, or those that came in last. With --status, list uploads.',
      ),
  )
    .addOption(new Option('--status <status>', 'uploads with this status').choices(UPLOAD_STATUSES).conflicts(NOT_DAY))
    .addOption(new Option('--limit <count>', 'how many at most').argParser(count).default(20))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'copydesk list',
        'copydesk list --site example.org --limit 100',
        'copydesk list --tag flood --language en --from 2026-03-01',
        'copydesk list --day 2026-03-31 --json',
        'copydesk list --status rejected',
      ),
    );
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, api] = await Promise.all([import('../api/stack.ts'), import('../api/list.ts')]);
    const { status, day, limit, json } = options;
    const query = queryOf(options);
    const now = io.now();
    const changed = day === undefined ? `changed in the last ${api.DAYS_BACK} days` : `changed on ${day}`;
    const cameIn = `that came in over the last ${api.DAYS_BACK} days`;
    await withStack(options, io, async (stack) => {
      if (status !== undefined) {
        const uploads = await api.listUploads(stack, { status, limit, now, ...(day !== undefined && { day }) });
        if (json) io.stdout.write(`${renderJson(uploads, 2)}\n`);
        else if (uploads.length > 0) io.stdout.write(renderUploads(uploads, io.stdout, io.env));
        else io.stderr.write(`No uploads with the status ${status} ${changed} in the ${stack.target.label}.\n`);
        return;
      }
      const cards =
        query === null ? await api.listLatest(stack, { limit, now }) : await api.listCards(stack, query, limit, now);
      if (json) io.stdout.write(`${renderJson(cards, 2)}\n`);
      else if (cards.length > 0) io.stdout.write(renderCards(cards, io.stdout, io.env));
      else {
        const which = query === null ? cameIn : describeQuery(query);
        io.stderr.write(`No articles ${which} in the ${stack.target.label}.\n`);
      }
      const end = query === null || cards.length >= limit ? null : impliedFrom(query, now);
      if (end !== null) io.stderr.write(`The list ends at ${end}; give --from for what is older.\n`);
    });
    finish(true);
  });
};
