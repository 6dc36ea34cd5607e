import { lastDays } from '../../functions/query/days.ts';
import { allArticles } from '../../functions/query/list-articles.ts';
import type { Stack } from './stack.ts';

export interface Count {
  name: string;
  count: number;
}

export interface Stats {
  from: string;
  to: string;
  /** Articles by day of sortAt, the last day first, days without any too. */
  days: Count[];
  /** The sites with the most articles first. */
  sites: Count[];
  /** Rejected uploads by reason, the most frequent first. */
  rejections: Count[];
  articles: number;
  /** Whether there were more articles or rejections than are counted. */
  more: boolean;
}

/** Articles, and rejected uploads, that are counted at most. */
const MOST = 50_000;
const PAGE = 1_000;

/** How many articles each of the last days and each site had, and why uploads were rejected. Duplicates do not count. */
export async function countArticles(
  { articles, uploads }: Pick<Stack, 'articles' | 'uploads'>,
  { days: count, now }: { days: number; now: Date },
): Promise<Stats> {
  const range = lastDays(count, now);
  const days = new Map<string, number>();
  for (let back = 0; back < count; back++) days.set(lastDays(back + 1, now).from, 0);
  const sites = new Map<string, number>();
  const rejections = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let total = 0;
  let more = false;
  for await (const { items } of allArticles(articles, range, { now, pageSize: PAGE })) {
    for (const { sortAt, site } of items) {
      add(days, sortAt.slice(0, 10));
      add(sites, site ?? '(no site)');
    }
    total += items.length;
    more = total >= MOST;
    if (more) break;
  }
  let seen = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof uploads.listByStatus>> = await uploads.listByStatus('rejected', range, {
      limit: PAGE,
      cursor,
    });
    for (const { reason } of page.items) add(rejections, reason ?? '(no reason)');
    seen += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null && seen < MOST);
  const sorted = (counts: Map<string, number>) =>
    [...counts].map(([name, counted]) => ({ name, count: counted })).sort((a, b) => b.count - a.count);
  return {
    ...range,
    days: [...days].map(([name, counted]) => ({ name, count: counted })),
    sites: sorted(sites),
    rejections: sorted(rejections),
    articles: total,
    more: more || cursor !== null,
  };
}
