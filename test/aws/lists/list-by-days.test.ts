import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLists } from '../../../functions/aws/lists/card-lists.ts';
import { shardOf } from '../../../functions/aws/lists/shards.ts';
import { ARTICLES } from '../../../functions/names.ts';

interface Row {
  id: string;
  sortAt: string;
}

/** The index by day as DynamoDB answers for it: newest first, a page at a time. */
function tableOf(rows: readonly Row[]) {
  let asked = 0;
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked++;
    const { ':key': key } = input.ExpressionAttributeValues as Record<string, string>;
    const start = input.ExclusiveStartKey as Row | undefined;
    const limit = input.Limit as number;
    const place = ({ sortAt, id }: Row) => `${sortAt}#${id}`;
    const all = rows
      .filter(({ sortAt, id }) => `${sortAt.slice(0, 10)}#${shardOf(id, ARTICLES.byDay.shards)}` === key)
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
const row = fc
  .record({
    day: fc.integer({ min: 0, max: 99 }),
    second: fc.nat(86_399),
    id: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
  })
  .map(
    ({ day, second, id }): Row => ({ id, sortAt: new Date(Date.UTC(2026, 0, 1 + day, 0, 0, second)).toISOString() }),
  );

describe('articles across days', () => {
  it('come page by page, newest first, every one once, however they are spread and however short a page is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { maxLength: 60, selector: ({ id }) => id }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 3 }),
        async (rows, limit, together) => {
          const { lists } = tableOf(rows);
          const seen: Row[] = [];
          let cursor: string | null = null;
          do {
            const page = await lists.listByDays(days, { limit, cursor, together });
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

  it('cost one request a partition where the newest day fills the page', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      id: n.toString(16).padStart(32, '0'),
      sortAt: new Date(Date.UTC(2026, 3, 10, 0, 0, n)).toISOString(),
    }));
    const { lists, asked } = tableOf(rows);
    expect((await lists.listByDays(days, { limit: 20 })).items).toHaveLength(20);
    expect(asked()).toBe(ARTICLES.byDay.shards);
  });

  it('cost no more than one day more soon after midnight, when the newest holds little yet', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      id: n.toString(16).padStart(32, '0'),
      sortAt: new Date(Date.UTC(2026, 3, 9, 0, 20) - n * 260_000).toISOString(),
    }));
    const { lists, asked } = tableOf(rows);
    expect((await lists.listByDays(days, { limit: 50, together: 2 })).items).toHaveLength(50);
    // Tomorrow and today at once, then yesterday; a key may be asked for a second page.
    expect(asked()).toBeLessThanOrEqual(3 * ARTICLES.byDay.shards + 2);
  });

  it('cost no more than both days where the newest is empty and is asked together with the one before', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      id: n.toString(16).padStart(32, '0'),
      sortAt: new Date(Date.UTC(2026, 3, 9, 0, 0, n)).toISOString(),
    }));
    const { lists, asked } = tableOf(rows);
    const page = await lists.listByDays(days, { limit: 20, together: 2 });
    expect(page.items.map(({ id }) => id)).toEqual(
      rows
        .slice(-20)
        .reverse()
        .map(({ id }) => id),
    );
    expect(asked()).toBe(2 * ARTICLES.byDay.shards);
  });
});
