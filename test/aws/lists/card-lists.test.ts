import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLists } from '../../../functions/aws/lists/card-lists.ts';
import { encodeCursor } from '../../../functions/aws/lists/cursor.ts';
import { daysAfter, daysBefore } from '../../../functions/aws/lists/days.ts';
import { uploadLedger } from '../../../functions/aws/uploads/upload-ledger.ts';
import { ARTICLES, FACETS } from '../../../functions/names.ts';
import type { CardLists } from '../../../functions/query/ports.ts';

const PLACE = `2026-03-01T08:00:00.000Z#${'a'.repeat(32)}`;
const days = { from: '2026-03-01', to: '2026-03-31' };
const dayQuery = ['days', days.from, days.to];
const facetQuery = ['facet', 'tag:floods', null, null];
const places = (count: number) => Array<string>(count).fill(PLACE);

/** Lists of tables that hold nothing, with the partitions they were asked for. */
function emptyTables() {
  const asked: string[] = [];
  const send = async ({ input }: { input: { ExpressionAttributeValues: Record<string, string> } }) => {
    asked.push(input.ExpressionAttributeValues[':key'] ?? input.ExpressionAttributeValues[':day'] ?? '');
    return { Items: [] };
  };
  const documents = { send } as unknown as DynamoDBDocumentClient;
  return {
    asked,
    lists: cardLists(documents, { articlesTable: 'articles', facetsTable: 'facets' }),
    uploads: uploadLedger(documents, 'uploads'),
  };
}

type List = (lists: CardLists, cursor: string) => Promise<unknown>;
const listOfSite: List = (lists, cursor) => lists.listBySite('a.example', { cursor });
const listOfDays: List = (lists, cursor) => lists.listByDays(days, { today: days.to, cursor });
const listOfTag: List = (lists, cursor) => lists.listByFacet('tag:floods', { cursor });

describe('a cursor of a list of cards', () => {
  it.each<[string, List, string]>([
    ['another site', listOfSite, encodeCursor(['site', 'b.example', null, null], [PLACE])],
    ['the same site since a day', listOfSite, encodeCursor(['site', 'a.example', '2026-03-01', null], [PLACE])],
    ['other days', listOfDays, encodeCursor(['days', '2026-03-01', '2026-03-30'], { day: days.to, places: places(4) })],
    ['another tag', listOfTag, encodeCursor(['facet', 'tag:fires', null, null], places(FACETS.shards))],
    ['a list of another kind', listOfTag, encodeCursor(['site', 'tag:floods', null, null], places(FACETS.shards))],
  ])('of %s is refused as that, before anything is read', async (_, list, cursor) => {
    const { asked, lists } = emptyTables();
    await expect(list(lists, cursor)).rejects.toMatchObject({
      code: 'BAD_CURSOR',
      message: expect.stringContaining('of another query'),
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, List, unknown]>([
    ['no list', listOfTag, 'here'],
    ['too few places', listOfTag, places(FACETS.shards - 1)],
    ['too many places', listOfTag, places(FACETS.shards + 1)],
    ['a place that is none', listOfTag, [...places(FACETS.shards - 1), `${PLACE}'`]],
    ['an object for a place', listOfTag, [...places(FACETS.shards - 1), { S: PLACE }]],
    ['an end that was reached', listOfTag, Array(FACETS.shards).fill('-')],
    ['no day', listOfDays, { places: places(ARTICLES.byDay.shards) }],
    ['a day after the range', listOfDays, { day: '2026-04-01', places: places(ARTICLES.byDay.shards) }],
    ['a day before the range', listOfDays, { day: '2026-02-28', places: places(ARTICLES.byDay.shards) }],
    ['a day that no calendar has', listOfDays, { day: '2026-03-99', places: places(ARTICLES.byDay.shards) }],
  ])('with %s was made up, and is refused before anything is read', async (_, list, position) => {
    const { asked, lists } = emptyTables();
    const cursor = encodeCursor(list === listOfDays ? dayQuery : facetQuery, position);
    await expect(list(lists, cursor)).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    expect(asked).toEqual([]);
  });

  it('reads the partitions of its query alone, wherever one that was made up points', async () => {
    const { asked, lists } = emptyTables();
    await listOfTag(lists, encodeCursor(facetQuery, places(FACETS.shards)));
    expect(asked).toEqual(['tag:floods#0', 'tag:floods#1', 'tag:floods#2', 'tag:floods#3']);
  });

  it('is refused or read, and never brings anything else down, whatever characters it holds', async () => {
    const { lists } = emptyTables();
    const junk = fc.oneof(
      fc.string({ maxLength: 5_000 }),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.anything().map((position) => encodeCursor(facetQuery, position ?? null)),
    );
    await fc.assert(
      fc.asyncProperty(junk, fc.constantFrom(listOfSite, listOfDays, listOfTag), async (cursor, list) => {
        const outcome = await list(lists, cursor).catch((error: { code?: string }) => error.code);
        expect(outcome === 'BAD_CURSOR' || typeof outcome === 'object').toBe(true);
      }),
    );
  });
});

describe('a cursor of a list of uploads', () => {
  it.each([
    [{ first: days.from, day: daysAfter(days.to, 1) }],
    [{ first: daysBefore(days.from, 1), day: days.to }],
    [{ first: '2020-01-01', day: days.from }],
    [{ first: days.to, day: days.from }],
  ])('cannot have more days looked through than were asked for: %j', async (position) => {
    const { asked, uploads } = emptyTables();
    const cursor = encodeCursor(['uploads', 'failed', null], { ...position, start: null });
    await expect(uploads.listByStatus('failed', days, { cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    expect(asked).toEqual([]);
  });
});
