/**
 * Lists of cards, newest first. A list that is spread over partitions is read from all of them and merged.
 */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleCard } from '../article/card.ts';
import { ARTICLES, CARD, FACETS } from '../names.ts';
import { type CursorQuery, decodeCursor, encodeCursor } from './cursor.ts';
import { daysNewestFirst, isDayOf } from './days.ts';
import { BadCursorError } from './errors.ts';
import { type DayRange, PAGE, type Page, type PageOptions } from './page.ts';
import { shardsOf } from './shards.ts';

export interface CardListOptions extends PageOptions {
  /** Bounds of sortAt, both included: an instant or the beginning of one, such as a day. */
  since?: string;
  until?: string;
}

export interface CardLists {
  /** Everything of a site, duplicates included. */
  listBySite(site: string, options?: CardListOptions): Promise<Page<ArticleCard>>;
  /** Across all sites by their day in UTC; duplicates are left out. A page looks at a month of days at most. */
  listByDays(days: DayRange, options?: PageOptions): Promise<Page<ArticleCard>>;
  /** @param facet a name as facetName() of functions/article/facets.ts makes it; duplicates are left out */
  listByFacet(facet: string, options?: CardListOptions): Promise<Page<ArticleCard>>;
}

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
    { since, until, limit = PAGE, cursor }: CardListOptions,
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

    async listByDays(days, { limit = PAGE, cursor } = {}) {
      const { shards } = ARTICLES.byDay;
      const query: CursorQuery = ['days', days.from, days.to];
      const from = decodeCursor(query, cursor, isDayPosition(shards, days));
      const fresh = () => Array<Place>(shards).fill(START);
      const cards: ArticleCard[] = [];
      const rest = daysNewestFirst(from ? { from: days.from, to: from.day } : days);
      let looked = 0;
      // Where a day did not fill the page the next may be empty too: more and more of them are asked at once.
      for (let together = 1; ; together = Math.min(together * 2, MOST_DAYS_TOGETHER)) {
        const missing = limit - cards.length;
        const next = [...take(rest, Math.min(together, DAYS_A_PAGE - looked))];
        looked += next.length;
        const readings = await Promise.all(
          next.map(async (day) => {
            const places = day === from?.day ? from.places : fresh();
            const reading = { limit: missing, places };
            return { day, places, merged: await readNewest(documents, byDay, shardsOf(day, shards), reading) };
          }),
        );
        for (const { day, places, merged } of readings) {
          const left = limit - cards.length;
          if (left === 0) return { items: cards, cursor: encodeCursor(query, { day, places }) };
          if (merged.cards.length > left) {
            const cut = await readNewest(documents, byDay, shardsOf(day, shards), { limit: left, places });
            cards.push(...cut.cards);
            return { items: cards, cursor: encodeCursor(query, { day, places: cut.places }) };
          }
          cards.push(...merged.cards);
          if (!merged.places.every((place) => place === END))
            return { items: cards, cursor: encodeCursor(query, { day, places: merged.places }) };
        }
        if (cards.length < limit && looked < DAYS_A_PAGE && next.length > 0) continue;
        const [day] = take(rest, 1);
        return { items: cards, cursor: day === undefined ? null : encodeCursor(query, { day, places: fresh() }) };
      }
    },
  };
}

function* take<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i++) {
    const next = from.next();
    if (next.done) return;
    yield next.value;
  }
}

/** A table or index whose partitions hold cards by their sortAt. */
interface Shelf {
  table: string;
  index?: string;
  key: string;
  sort: string;
  /** The key to go on after, but for the partition. */
  start(card: Pick<ArticleCard, 'sortAt' | 'id'>): Record<string, string>;
}

/** Where to go on in one partition: `sortAt#id` of the card before. */
type Place = string;
const START = '';
const END = '-';
const PLACE = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)#([0-9a-f]{32})$/;

function placeOf({ sortAt, id }: Pick<ArticleCard, 'sortAt' | 'id'>): Place {
  return `${sortAt}#${id}`;
}

function isPlace(value: unknown): value is Place {
  return value === START || value === END || (typeof value === 'string' && PLACE.test(value));
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

interface Reading {
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
  places: readonly Place[];
}

/** One partition as it is read: the cards at hand, and where the next ones come from. */
interface Run {
  partition: string;
  cards: ArticleCard[];
  taken: number;
  next: Record<string, unknown> | undefined;
  more: boolean;
}

/** More than an even share, so that few partitions must be asked twice. */
const SPARE = 3;

/** The newest cards of several partitions, as a k-way merge. */
async function readNewest(
  documents: DynamoDBDocumentClient,
  shelf: Shelf,
  partitions: readonly string[],
  { since, until, limit, places }: Reading,
): Promise<{ cards: ArticleCard[]; places: Place[] }> {
  const runs = partitions.map((partition, i): Run => {
    const place = places[i] ?? START;
    const [, sortAt, id] = PLACE.exec(place) ?? [];
    const next = sortAt && id ? { [shelf.key]: partition, ...shelf.start({ sortAt, id }) } : undefined;
    return { partition, cards: [], taken: 0, next, more: place !== END };
  });

  // '~' sorts after every character of an instant, so a day's name as the upper bound takes in that day.
  const range = since === undefined && until === undefined ? '' : ' AND #sort BETWEEN :since AND :until';
  const fill = async (run: Run, count: number) => {
    const page = await documents.send(
      new QueryCommand({
        TableName: shelf.table,
        ...(shelf.index ? { IndexName: shelf.index } : {}),
        KeyConditionExpression: `#key = :key${range}`,
        ExpressionAttributeNames: { '#key': shelf.key, ...(range ? { '#sort': shelf.sort } : {}) },
        ExpressionAttributeValues: {
          ':key': run.partition,
          ...(range ? { ':since': since ?? '0', ':until': `${until ?? ''}~` } : {}),
        },
        ScanIndexForward: false,
        Limit: count,
        ...(run.next ? { ExclusiveStartKey: run.next } : {}),
      }),
    );
    run.cards.push(...(page.Items ?? []).map((item) => item[CARD] as ArticleCard));
    run.next = page.LastEvaluatedKey;
    run.more = run.next !== undefined;
  };

  const cards: ArticleCard[] = [];
  while (cards.length < limit) {
    const left = limit - cards.length;
    const share = runs.length === 1 ? left : Math.min(left, Math.ceil(left / runs.length) + SPARE);
    // A run that is used up may hold the newest card of all: none is taken before it is filled again.
    const empty = runs.filter((run) => run.taken === run.cards.length && run.more);
    await Promise.all(empty.map((run) => fill(run, share)));
    if (empty.some((run) => run.taken === run.cards.length && run.more)) continue;

    let newest: Run | null = null;
    for (const run of runs) {
      const card = run.cards[run.taken];
      if (card && (!newest || card.sortAt > (newest.cards[newest.taken] as ArticleCard).sortAt)) newest = run;
    }
    if (!newest) break;
    cards.push(newest.cards[newest.taken++] as ArticleCard);
  }

  return {
    cards,
    places: runs.map((run, i) => {
      if (run.taken === run.cards.length && !run.more) return END;
      const last = run.cards[run.taken - 1];
      return last ? placeOf(last) : (places[i] ?? START);
    }),
  };
}
