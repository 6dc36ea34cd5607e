import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ArticleQuery, BadQueryError, checkArticleQuery } from '../../functions/query/list-articles.ts';
import { UsageError } from '../errors.ts';
import { day } from './parse.ts';

/** What articles a command is about. */
export interface FilterOptions {
  site?: string;
  section?: string;
  tag?: string;
  author?: string;
  language?: string;
  day?: string;
  from?: string;
  to?: string;
}

const FILTERS = ['site', 'section', 'tag', 'author', 'language', 'from', 'to'] as const;
/** All of them but `day`, which lists of uploads take too. */
export const NOT_DAY: string[] = [...FILTERS];

export function addFilterOptions(command: Command): Command {
  return command
    .option('--site <domain>', 'of this site, by a domain or an address, such as example.org')
    .option('--section <label>', 'of this section, by its label or slug')
    .option('--tag <label>', 'with this tag, by its label or slug')
    .option('--author <name>', 'by this author, by name or slug')
    .option('--language <code>', 'in this language, such as en')
    .addOption(new Option('--day <day>', 'of this day of UTC, such as 2026-03-31 or today').argParser(day))
    .addOption(new Option('--from <day>', 'from this day or instant on').argParser(bound).conflicts('day'))
    .addOption(new Option('--to <day>', 'up to this day or instant, included').argParser(bound).conflicts('day'));
}

/**
 * @returns null where no filter is given
 * @throws UsageError where the filters make no sense
 */
export function queryOf(options: FilterOptions): ArticleQuery | null {
  const { day: only } = options;
  const query: ArticleQuery = only === undefined ? {} : { from: only, to: only };
  for (const name of FILTERS) if (options[name] !== undefined) query[name] = options[name];
  if (Object.keys(query).length === 0) return null;
  try {
    checkArticleQuery(query);
  } catch (error) {
    throw error instanceof BadQueryError ? new UsageError(error.message) : error;
  }
  return query;
}

/** For messages: `of the site example.org, from 2026-03-01`. */
export function describeQuery({ from, to, ...filters }: ArticleQuery): string {
  const parts = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  const days = from !== undefined && from === to ? [`on ${from}`] : [from && `from ${from}`, to && `to ${to}`];
  return [parts.length > 0 ? `of ${parts.join(', ')}` : '', ...days].filter(Boolean).join(' ');
}

function bound(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z?$/.test(value)) return value;
  try {
    return day(value);
  } catch {
    throw new InvalidArgumentError(
      'It must be a day or an instant in UTC, such as 2026-03-31 or 2026-03-31T18:00:00Z.',
    );
  }
}
