/**
 * Lists of cards, newest first. A list that is spread over partitions is read from all of them and merged.
 */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ArticleCard } from '../../article/card.ts';
import { ARTICLES, FACETS } from '../../names.ts';
import type { Bounds, CardLists } from '../../query/ports.ts';
import { BadCursorError } from '../errors.ts';
import { type CursorQuery, decodeCursor, encodeCursor } from './cursor.ts';
import { daysAfter, daysBefore, daysLikely, daysTogether, isDayOf } from './days.ts';
import { END, isPlace, type Place, placeOf, readNewest, type Shelf, START } from './newest-cards.ts';
import { type DayRange, PAGE, type Page, type PageOptions } from './page.ts';
import { shardsOf } from './shards.ts';

/** Days that one page looks at: each costs a query a shard, even when nothing is on it. */
const DAYS_A_PAGE = 31;
/** Days asked at once at most: with their shards, as many requests as a client keeps connections. */
const MOST_DAYS_TOGETHER = 8;

export function cardLists(
  documents: DynamoDBDocumentClient,
  { articlesTable, facetsTable }: { articlesTable: string; facetsTable: string },
): CardLists {
  const bySite: Shelf = {
    table: articlesTable,
    index: ARTICLES.bySite.index,
    key: ARTICLES.bySite.key,
    sort: ARTICLES.bySite.sort,
    start: ({ sortAt, id }) => ({ [ARTICLES.bySite.sort]: sortAt, [ARTICLES.key]: id }),
  };
  const byDay: Shelf = { ...bySite, index: ARTICLES.byDay.index, key: ARTICLES.byDay.key };
  const byFacet: Shelf = {
    table: facetsTable,
    key: FACETS.key,
    sort: FACETS.sort,
    start: ({ sortAt, id }) => ({ [FACETS.sort]: placeOf({ sortAt, id }) }),
  };

  async function list(
    query: CursorQuery,
    shelf: Shelf,
    partitions: readonly string[],
    { since, until, limit = PAGE, cursor }: PageOptions & Bounds,
  ): Promise<Page<ArticleCard>> {
    const places = decodeCursor(query, cursor, isPlaces(partitions.length)) ?? partitions.map(() => START);
    const merged = await readNewest(documents, shelf, partitions, { since, until, limit, places }).catch((error) => {
      // The position has the right form and lies outside the query: it was made up. The SDK has no class for this.
      if (cursor && error instanceof DynamoDBServiceException && error.name === 'ValidationException')
        throw new BadCursorError(cursor, 'malformed');
      throw error;
    });
    const isEnd = merged.places.every((place) => place === END);
    return { items: merged.cards, cursor: isEnd ? null : encodeCursor(query, merged.places) };
  }

  return {
    listBySite: (site, options = {}) => list(['site', site, options.since, options.until], bySite, [site], options),

    listByFacet: (facet, options = {}) =>
      list(['facet', facet, options.since, options.until], byFacet, shardsOf(facet, FACETS.shards), options),

    async listByDays(days, { today, limit = PAGE, cursor }) {
      const { shards } = ARTICLES.byDay;
      const query: CursorQuery = ['days', days.from, days.to];
      const from = decodeCursor(query, cursor, isDayPosition(shards, days));
      // What is dated into a day that has not begun is in its first partition (`dayShard`).
      const fresh = (day: string) =>
        Array.from({ length: shards }, (_, shard): Place => (day > today && shard > 0 ? END : START));
      const cards: ArticleCard[] = [];
      const newest = from?.day ?? ([days.to, daysAfter(today, 1)].sort()[0] as string);
      const oldest = [days.from, daysBefore(newest, DAYS_A_PAGE - 1)].sort()[1] as string;
      let next = newest;
      const range = { from: oldest, to: newest };
      const suggested = () =>
        daysLikely(
          limit - cards.length,
          cards.map(({ sortAt }) => sortAt),
        );
      for (const together of daysTogether(range, newest > today ? 2 : 1, MOST_DAYS_TOGETHER, suggested)) {
        const missing = limit - cards.length;
        const readings = await Promise.all(
          together.map(async (day) => {
            const places = day === from?.day ? from.places : fresh(day);
            const reading = { limit: missing, places };
            return { day, places, merged: await readNewest(documents, byDay, shardsOf(day, shards), reading) };
          }),
        );
        for (const { day, places, merged } of readings) {
          const left = limit - cards.length;
          if (left === 0) return { items: cards, cursor: encodeCursor(query, { day, places }) };
          const fitting = merged.first(left);
          cards.push(...fitting.cards);
          if (!fitting.places.every((place) => place === END))
            return { items: cards, cursor: encodeCursor(query, { day, places: fitting.places }) };
          next = daysBefore(day, 1);
        }
        if (cards.length === limit) break;
      }
      return {
        items: cards,
        cursor: next < days.from ? null : encodeCursor(query, { day: next, places: fresh(next) }),
      };
    },
  };
}

function isPlaces(count: number) {
  return (value: unknown): value is Place[] =>
    Array.isArray(value) && value.length === count && value.every(isPlace) && value.some((place) => place !== END);
}

function isDayPosition(shards: number, days: DayRange) {
  const places = isPlaces(shards);
  return (value: unknown): value is { day: string; places: Place[] } => {
    if (typeof value !== 'object' || value === null || !('day' in value) || !('places' in value)) return false;
    return isDayOf(days, value.day) && places(value.places);
  };
}
