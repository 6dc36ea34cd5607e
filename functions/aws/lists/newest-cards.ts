/** The newest cards of several partitions as one list: what a busy key is spread over is read from all and merged. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleCard } from '../../article/card.ts';
import { CARD } from '../../names.ts';

/** A table or index whose partitions hold cards by their sortAt. */
export interface Shelf {
  table: string;
  index?: string;
  key: string;
  sort: string;
  /** The key to go on after, but for the partition. */
  start(card: Pick<ArticleCard, 'sortAt' | 'id'>): Record<string, string>;
}

/** Where to go on in one partition: `sortAt#id` of the card before. */
export type Place = string;
export const START = '';
export const END = '-';
const PLACE = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)#([0-9a-f]{32})$/;

export function placeOf({ sortAt, id }: Pick<ArticleCard, 'sortAt' | 'id'>): Place {
  return `${sortAt}#${id}`;
}

export function isPlace(value: unknown): value is Place {
  return value === START || value === END || (typeof value === 'string' && PLACE.test(value));
}

export interface Reading {
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

/** Cards of several partitions, and where each goes on after them. */
export interface Newest {
  cards: ArticleCard[];
  places: Place[];
  /** The same as if so many, or fewer, had been asked for: nothing is read again. */
  first(count: number): Newest;
}

/**
 * More than an even share, so that few partitions must be asked twice: of 50 cards the fullest of four partitions holds
 * over 17 in three pages of ten. 17 cards still are one and a half read units.
 */
const SPARE = 4;

/**
 * The newest cards of several partitions, as a k-way merge.
 *
 * @throws RangeError where none are asked for: no place would move, and who goes on from there would never end
 */
export async function readNewest(
  documents: DynamoDBDocumentClient,
  shelf: Shelf,
  partitions: readonly string[],
  { since, until, limit, places: from }: Reading,
): Promise<Newest> {
  if (!(limit >= 1)) throw new RangeError(`A page holds at least one card, not ${limit}.`);
  const runs = partitions.map((partition, i): Run => {
    const place = from[i] ?? START;
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

  const taken: Run[] = [];
  while (taken.length < limit) {
    const left = limit - taken.length;
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
    newest.taken++;
    taken.push(newest);
  }

  const first = (count: number): Newest => {
    const counts = new Map<Run, number>();
    const cards = taken.slice(0, count).map((run) => {
      const at = counts.get(run) ?? 0;
      counts.set(run, at + 1);
      return run.cards[at] as ArticleCard;
    });
    const places = runs.map((run, i) => {
      const at = counts.get(run) ?? 0;
      if (at === run.cards.length && !run.more) return END;
      const last = run.cards[at - 1];
      return last ? placeOf(last) : (from[i] ?? START);
    });
    return { cards, places, first };
  };
  return first(limit);
}
