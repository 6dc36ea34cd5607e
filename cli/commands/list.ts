import { Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import { UPLOAD_STATUSES, type UploadStatus } from '../../functions/article/upload.ts';
import type { TargetOptions } from '../api/target.ts';
import { renderCards } from '../render/card.ts';
import { renderUploads } from '../render/upload.ts';
import { type AddCommand, examples } from './command.ts';
import { count, day } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions {
  site?: string;
  day?: string;
  status?: UploadStatus;
  limit: number;
  json?: true;
}

export const listCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('list')
    .summary('list articles by site or day, or uploads by status')
    .description(
      'List articles, newest first: of a site, of a day of publication, or those that came in last. With --status, list uploads.',
    )
    .option('--site <domain>', 'articles of this site, by its domain, such as example.org')
    .addOption(new Option('--day <day>', 'of this day of UTC, such as 2026-03-31 or today').argParser(day))
    .addOption(new Option('--status <status>', 'uploads with this status').choices(UPLOAD_STATUSES).conflicts('site'))
    .addOption(new Option('--limit <count>', 'how many at most').argParser(count).default(20))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'copydesk list',
        'copydesk list --site example.org --limit 100',
        'copydesk list --day 2026-03-31 --json',
        'copydesk list --status rejected',
      ),
    );
  addStackOptions(command).action(async (options: Options) => {
    const [{ withStack }, api] = await Promise.all([import('../api/stack.ts'), import('../api/list.ts')]);
    const { status, day, limit, json } = options;
    const site = options.site === undefined ? undefined : api.siteNamed(options.site);
    const now = io.now();
    await withStack(options, io, async (stack) => {
      if (status !== undefined) {
        const uploads = await api.listUploads(stack, { status, limit, now, ...(day !== undefined && { day }) });
        io.stdout.write(json ? `${renderJson(uploads, 2)}\n` : renderUploads(uploads, io.stdout, io.env));
        return;
      }
      const cards =
        site === undefined && day === undefined
          ? await api.listLatest(stack, { limit, now })
          : await api.listArticles(stack, {
              limit,
              ...(site !== undefined && { site }),
              ...(day !== undefined && { day }),
            });
      io.stdout.write(json ? `${renderJson(cards, 2)}\n` : renderCards(cards, io.stdout, io.env));
    });
    finish(true);
  });
};
