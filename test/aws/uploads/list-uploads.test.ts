import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uploadLedger } from '../../../functions/aws/uploads/upload-ledger.ts';

interface Row {
  object: string;
  version: string;
  statusDay: string;
  updatedAt: string;
}

const place = ({ updatedAt, object, version }: Row) => `${updatedAt}#${object}#${version}`;

/** The index by status as DynamoDB answers for it: newest first, a page at a time, which may be short of the limit. */
function tableOf(rows: readonly Row[], mostOfPage: number) {
  let asked = 0;
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked++;
    const { ':day': day } = input.ExpressionAttributeValues as Record<string, string>;
    const start = input.ExclusiveStartKey as Row | undefined;
    const count = Math.min(input.Limit as number, mostOfPage);
    const all = rows
      .filter(({ statusDay }) => statusDay === day)
      .filter((row) => start === undefined || place(row) < place(start))
      .sort((a, b) => (place(a) < place(b) ? 1 : -1));
    const page = all.slice(0, count);
    const last = page.at(-1);
    return { Items: page, ...(page.length === count && last !== undefined && { LastEvaluatedKey: { ...last } }) };
  };
  const documents = { send } as unknown as DynamoDBDocumentClient;
  return { uploads: uploadLedger(documents, 'uploads'), asked: () => asked };
}

const days = { from: '2026-03-01', to: '2026-03-31' };
const row = fc
  .record({ day: fc.integer({ min: 0, max: 30 }), second: fc.nat(86_399), name: fc.uuid() })
  .map(({ day, second, name }): Row => {
    const updatedAt = new Date(Date.UTC(2026, 2, 1 + day, 0, 0, second)).toISOString();
    return { object: `raw/${name}`, version: 'v', statusDay: `rejected#${updatedAt.slice(0, 10)}`, updatedAt };
  });

describe('uploads with a status', () => {
  it('come page by page, last changed first, every one once, however they are spread and however short a page is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { maxLength: 60, selector: ({ object }) => object }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, limit, mostOfPage) => {
          const { uploads } = tableOf(rows, mostOfPage);
          const seen: string[] = [];
          let cursor: string | null = null;
          do {
            const page: Awaited<ReturnType<typeof uploads.listByStatus>> = await uploads.listByStatus(
              'rejected',
              days,
              { limit, cursor },
            );
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...page.items.map(({ object }) => object));
            cursor = page.cursor;
          } while (cursor !== null);
          const expected = rows.toSorted((a, b) => (place(a) < place(b) ? 1 : -1)).map(({ object }) => object);
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('go on after midnight as they began', async () => {
    const rows = Array.from({ length: 4 }, (_, n) => ({
      object: `raw/${n}`,
      version: 'v',
      statusDay: `rejected#2026-03-${n < 2 ? '31' : '01'}`,
      updatedAt: `2026-03-${n < 2 ? '31' : '01'}T10:0${n}:00.000Z`,
    }));
    const { uploads } = tableOf(rows, 100);
    const first = await uploads.listByStatus('rejected', days, { limit: 2 });
    const tomorrow = { from: '2026-03-02', to: '2026-04-01' };
    const second = await uploads.listByStatus('rejected', tomorrow, { limit: 5, cursor: first.cursor });
    expect(second.items.map(({ object }) => object)).toEqual(['raw/3', 'raw/2']);
    const oneDay = { from: '2026-03-31', to: '2026-03-31' };
    await expect(uploads.listByStatus('rejected', oneDay, { cursor: first.cursor })).rejects.toMatchObject({
      code: 'BAD_CURSOR',
    });
  });

  it('cost a request where the last day fills the page', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => ({
      object: `raw/${n}`,
      version: 'v',
      statusDay: 'rejected#2026-03-31',
      updatedAt: new Date(Date.UTC(2026, 2, 31, 0, n)).toISOString(),
    }));
    const { uploads, asked } = tableOf(rows, 100);
    expect((await uploads.listByStatus('rejected', days, { limit: 10 })).items).toHaveLength(10);
    expect(asked()).toBe(1);
  });
});
