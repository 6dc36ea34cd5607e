import { type ArticleCard, cardOf } from '../../functions/article/card.ts';
import { eachAtOnce } from '../../functions/article/each-at-once.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import type { Upload, UploadStatus } from '../../functions/article/upload.ts';
import { lastDays } from '../../functions/query/days.ts';
import {
  type ArticleQuery,
  BadQueryError,
  languageNamed as language,
  listArticles,
  siteNamed as registrable,
} from '../../functions/query/list-articles.ts';
import { UsageError } from '../errors.ts';
import type { Stack } from './stack.ts';

/** How far back lists without a day look for uploads. */
export const DAYS_BACK = 31;
const GETS_AT_ONCE = 8;

/** Articles that a query asks for, newest first. */
export function listCards({ articles }: Stack, query: ArticleQuery, limit: number, now: Date): Promise<ArticleCard[]> {
  return collect(limit, (options) => listArticles(articles, query, { ...options, now }));
}

/**
 * The registrable domain of a host or an address.
 *
 * @throws UsageError where it is none
 */
export function siteNamed(name: string): string {
  return orUsageError(() => registrable(name));
}

/**
 * The language that a code is listed under.
 *
 * @throws UsageError where it is none
 */
export function languageNamed(code: string): string {
  return orUsageError(() => language(code));
}

function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BadQueryError ? new UsageError(error.message) : error;
  }
}

/** Uploads with a status, last changed first. */
export function listUploads(
  { uploads }: Stack,
  { status, day, limit, now }: { status: UploadStatus; day?: string; limit: number; now: Date },
): Promise<Upload[]> {
  const days = day === undefined ? lastDays(DAYS_BACK, now) : { from: day, to: day };
  return collect(limit, (options) => uploads.listByStatus(status, days, options));
}

/**
 * The articles that came in last, whatever day they were published on: an archive of last year's copy shows up too.
 */
export async function listLatest(stack: Stack, { limit, now }: { limit: number; now: Date }): Promise<ArticleCard[]> {
  const days = lastDays(DAYS_BACK, now);
  const seen = new Set<string>();
  const cards: ArticleCard[] = [];
  let cursor: string | null = null;
  // An article that was corrected often, or withdrawn since, must not stand in the place of others.
  do {
    const page: { items: Upload[]; cursor: string | null } = await stack.uploads.listByStatus('ingested', days, {
      limit: Math.max(limit, UPLOADS_AT_ONCE),
      cursor,
    });
    const ids = new Set(page.items.flatMap(({ articleIds }) => articleIds).filter((id) => !seen.has(id)));
    const pending = [...ids];
    while (pending.length > 0 && cards.length < limit) {
      cards.push(...(await cardsOf(stack, pending.splice(0, limit - cards.length))));
    }
    for (const id of ids) seen.add(id);
    cursor = page.cursor;
  } while (cursor !== null && cards.length < limit);
  return cards;
}

const UPLOADS_AT_ONCE = 100;

async function cardsOf({ articles }: Stack, ids: readonly string[]): Promise<ArticleCard[]> {
  const records: (ArticleRecord | null)[] = [];
  await eachAtOnce(GETS_AT_ONCE, ids, async (id, index) => {
    records[index] = await articles.get(id);
  });
  return records.flatMap((record) => (record ? [cardOf(record)] : []));
}

/** Lists come in pages of at most 1 MB, so the first may hold fewer than were asked for. */
async function collect<T>(
  limit: number,
  page: (options: { limit: number; cursor: string | null }) => Promise<{ items: T[]; cursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const next: { items: T[]; cursor: string | null } = await page({ limit: limit - items.length, cursor });
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== null && items.length < limit);
  return items;
}
