import type { ArticleRecord } from '../../functions/article/record.ts';
import { foldCase } from '../../functions/article/slug.ts';
import type { ArticleQuery } from '../../functions/query/list-articles.ts';
import { recordsOf } from '../export/export-articles.ts';
import type { Stack } from './stack.ts';

export interface Match {
  record: ArticleRecord;
  /** The text around the first word that was found. */
  excerpt: string;
}

export interface Search {
  matches: Match[];
  /** Records that were read. */
  scanned: number;
  /** Of the last record that was read. */
  scannedTo: string | null;
  /** Whether that was all the query asks for. */
  complete: boolean;
}

const PAGE = 100;
/** Characters of an excerpt. */
const BEFORE = 40;
const EXCERPT = 120;

/**
 * Reads the records of a query, newest first, and keeps those in whose title, description or text every word stands,
 * as a part of another word too. There is no index of words: it reads until it has found enough, or read enough.
 *
 * @param most records to read
 */
export async function searchArticles(
  stack: Pick<Stack, 'articles'>,
  words: readonly string[],
  query: ArticleQuery,
  { limit, most, now, signal }: { limit: number; most: number; now: Date; signal: AbortSignal },
): Promise<Search> {
  const wanted = words.map(foldCase);
  const search: Search = { matches: [], scanned: 0, scannedTo: null, complete: false };
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof recordsOf>> = await recordsOf(stack, query, {
      cursor,
      now,
      limit: Math.min(PAGE, most - search.scanned),
    });
    for await (const record of page.records) {
      search.scanned += 1;
      search.scannedTo = record.sortAt;
      const places = [record.title, record.description, record.text].map((text) => foldCase(text ?? ''));
      if (!wanted.every((word) => places.some((place) => place.includes(word)))) continue;
      search.matches.push({ record, excerpt: excerptOf(record.text, wanted) });
      if (search.matches.length >= limit) return search;
    }
    cursor = page.cursor;
  } while (cursor !== null && search.scanned < most && !signal.aborted);
  return { ...search, complete: cursor === null };
}

function excerptOf(text: string, words: readonly string[]): string {
  const plain = text.replaceAll(/\s+/g, ' ');
  // Folding may change lengths; the place is then a little off, which an excerpt can bear.
  const found = words.map((word) => foldCase(plain).indexOf(word)).filter((at) => at !== -1);
  const start = Math.max(0, (found.length > 0 ? Math.min(...found) : 0) - BEFORE);
  return `${start > 0 ? '…' : ''}${plain.slice(start, start + EXCERPT)}${start + EXCERPT < plain.length ? '…' : ''}`;
}
