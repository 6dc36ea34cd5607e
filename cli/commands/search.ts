import { Option } from 'commander';
import { renderJson } from '../../functions/article/render/json.ts';
import { impliedFrom } from '../../functions/query/list-articles.ts';
import type { TargetOptions } from '../api/target.ts';
import { UsageError } from '../errors.ts';
import { renderMatches } from '../render/match.ts';
import { type AddCommand, examples } from './command.ts';
import { addFilterOptions, type FilterOptions, queryOf } from './filter-options.ts';
import { count } from './parse.ts';
import { addStackOptions } from './stack-options.ts';

interface Options extends TargetOptions, FilterOptions {
  limit: number;
  scan: number;
  json?: true;
}

export const searchCommand: AddCommand = (program, io, finish) => {
  const command = addFilterOptions(
    program
      .command('search')
      .summary('find articles that hold all of some words')
      .description(
        'Find articles in whose title, description or text all of the words stand. It reads the articles that the filters ask for, newest first, and says how many: there is no index of words. Without filters it reads those of the last month.',
      )
      .argument('<words...>', 'words, or parts of words; quote a phrase'),
  )
    .addOption(new Option('--limit <count>', 'how many to find').argParser(count).default(20))
    .addOption(new Option('--scan <count>', 'how many articles to read at most').argParser(count).default(2_000))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('copydesk search ferry --site example.org', 'copydesk search "night ferry" Saltmere --from 2026-01-01'),
    );
  addStackOptions(command).action(async (words: string[], options: Options) => {
    const [{ withStack }, { searchArticles }] = await Promise.all([
      import('../api/stack.ts'),
      import('../api/search.ts'),
    ]);
    const { limit, scan: most, json } = options;
    if (words.some((word) => word.trim() === '')) {
      throw new UsageError('An empty word stands in every article; give words that the articles hold.');
    }
    const query = queryOf(options) ?? {};
    await withStack(options, io, async (stack) => {
      const { signal } = io;
      const search = await searchArticles(stack, words, query, { limit, most, now: io.now(), signal });
      const { matches, scanned, scannedTo, complete } = search;
      const since = impliedFrom(query, io.now());
      if (json) {
        const items = matches.map(({ record, excerpt }) => ({
          id: record.id,
          title: record.title,
          site: record.site,
          sortAt: record.sortAt,
          canonicalUrl: record.canonicalUrl,
          excerpt,
        }));
        io.stdout.write(`${renderJson({ items, scanned, scannedTo, since, complete }, 2)}\n`);
        return;
      }
      if (matches.length > 0) io.stdout.write(renderMatches(matches, io.stdout, io.env));
      const rest = complete
        ? since === null
          ? 'which is all there are'
          : `which is all since ${since}; --from reaches further back`
        : `back to ${scannedTo ?? 'none'}; narrow it with --site, --to and the like, or raise --${matches.length >= limit ? 'limit' : 'scan'}`;
      io.stderr.write(`Read ${scanned} articles, ${rest}. Found ${matches.length}.\n`);
    });
    finish(true);
  });
};
