import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayShard } from '../../../functions/aws/articles/article-items.ts';
import { cardLists } from '../../../functions/aws/lists/card-lists.ts';
import { ARTICLES } from '../../../functions/names.ts';

interface Row {
  id: string;
  sortAt: string;
  firstSeenAt: string;
}

/** The index by day as DynamoDB answers for it: newest first, a page at a time. */
function tableOf(rows: readonly Row[]) {
  let asked = 0;
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked++;
    const { ':key': key } = input.ExpressionAttributeValues as Record<string, string>;
    const start = input.ExclusiveStartKey as Row | undefined;
    const limit = input.Limit as number;
    const place = ({ sortAt, id }: Pick<Row, 'sortAt' | 'id'>) => `${sortAt}#${id}`;
    const all = rows
      .filter((row) => dayShard(row) === key)
      .filter((row) => start === undefined || place(row) < place(start))
      .sort((a, b) => (place(a) < place(b) ? 1 : -1));
    const page = all.slice(0, limit);
    const last = page.at(-1);
    const isCut = page.length === limit && last !== undefined;
    return {
      Items: page.map((card) => ({ card })),
      ...(isCut && { LastEvaluatedKey: { ...last, [ARTICLES.byDay.key]: key } }),
    };
  };
  const documents = { send } as unknown as DynamoDBDocumentClient;
  return { lists: cardLists(documents, { articlesTable: 'articles', facetsTable: 'facets' }), asked: () => asked };
}

const days = { from: '2026-01-01', to: '2026-04-10' };
const today = '2026-04-09';
const row = fc
  .record({
    day: fc.integer({ min: 0, max: 99 }),
    second: fc.nat(86_399),
    isAhead: fc.boolean(),
    id: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
  })
  .map(({ day, second, isAhead, id }): Row => {
    const sortAt = new Date(Date.UTC(2026, 0, 1 + day, 0, 0, second)).toISOString();
    // Nothing has been seen on a day that has not begun.
    const firstSeenAt = `${isAhead || sortAt > `${today}~` ? dayBefore(sortAt) : sortAt.slice(0, 10)}T00:00:00.000Z`;
    return { id, sortAt, firstSeenAt };
  });

function dayBefore(instant: string): string {
  return new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) - 1).toISOString().slice(0, 10);
}

/** Two hundred articles, so many seconds apart, the last of them at that instant. */
function until(last: number, apart: number): Row[] {
  return Array.from({ length: 200 }, (_, n) => {
    const sortAt = new Date(last - n * apart * 1_000).toISOString();
    return { id: n.toString(16).padStart(32, '0'), sortAt, firstSeenAt: sortAt };
  });
}

describe('articles across days', () => {
  it('come page by page, newest first, every one once, however they are spread and however short a page is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { maxLength: 60, selector: ({ id }) => id }),
        fc.integer({ min: 1, max: 30 }),
        async (rows, limit) => {
          const { lists } = tableOf(rows);
          const seen: Row[] = [];
          let cursor: string | null = null;
          do {
            const page = await lists.listByDays(days, { today, limit, cursor });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...(page.items as unknown as Row[]));
            cursor = page.cursor;
          } while (cursor !== null);
          expect(seen.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
          const instants = seen.map(({ sortAt }) => sortAt);
          expect(instants).toEqual([...instants].sort().reverse());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cost one request a partition where the newest day fills the page, and one more where it is tomorrow', async () => {
    const rows = until(Date.UTC(2026, 3, 9, 0, 4), 1);
    const { lists, asked } = tableOf(rows);
    expect((await lists.listByDays({ ...days, to: today }, { today, limit: 20 })).items).toHaveLength(20);
    expect(asked()).toBe(ARTICLES.byDay.shards);
    const page = await lists.listByDays(days, { today, limit: 20 });
    expect(page.items.map(({ id }) => id)).toEqual(rows.slice(0, 20).map(({ id }) => id));
    expect(asked()).toBe(2 * ARTICLES.byDay.shards + 1);
  });

  it('cost no more than one day more soon after midnight, when today holds little yet', async () => {
    const { lists, asked } = tableOf(until(Date.UTC(2026, 3, 9, 0, 20), 260));
    expect((await lists.listByDays(days, { today, limit: 50 })).items).toHaveLength(50);
    // Tomorrow and today at once, then yesterday; a key may be asked for a second page.
    expect(asked()).toBeLessThanOrEqual(2 * ARTICLES.byDay.shards + 1 + 2);
  });

  it('are not looked for in days after tomorrow, which no article can be dated into', async () => {
    const { lists, asked } = tableOf(until(Date.UTC(2026, 3, 9, 0, 4), 1));
    const page = await lists.listByDays({ from: '2026-01-01', to: '9999-12-31' }, { today, limit: 20 });
    expect(page.items).toHaveLength(20);
    expect(asked()).toBe(ARTICLES.byDay.shards + 1);
    expect(await lists.listByDays({ from: '2026-06-01', to: '2026-06-30' }, { today })).toEqual({
      items: [],
      cursor: null,
    });
    expect(asked()).toBe(ARTICLES.byDay.shards + 1);
  });
});
