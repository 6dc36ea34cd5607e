/**
 * Rows that wait for their time, found through a sparse index: `dueShard` is `due#n`, `readyAt` the instant from which
 * a row may be claimed.
 */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { PAGES, SOURCES } from '../../names.ts';
import { type Due, readyAt } from '../../scrape/ports.ts';
import { shardsOf } from '../lists/shards.ts';

type DueIndex = typeof SOURCES.byDue | typeof PAGES.byDue;
type Item = Record<string, unknown>;

const DUE = 'due';

/** What a row carries for the index; nothing where it waits for nothing. Instants are ISO 8601 UTC, which sort as text. */
export function dueAttributes(index: DueIndex, shard: number, row: Due): Item {
  const at = readyAt(row);
  return at === null ? {} : { [index.key]: `${DUE}#${shard}`, [index.sort]: at };
}

/** The item without what {@link dueAttributes} put there. */
export function withoutDueAttributes(index: DueIndex, item: Item): Item {
  const { [index.key]: _shard, [index.sort]: _readyAt, ...rest } = item;
  return rest;
}

/**
 * Rows that may be claimed at an instant, the longest waiting first.
 *
 * The index lags behind its table by some milliseconds: whoever claims a row does so by its revision.
 *
 * @returns what the index projects of them
 */
export async function dueRows(
  documents: DynamoDBDocumentClient,
  table: string,
  index: DueIndex,
  at: Date,
  limit: number,
): Promise<Item[]> {
  const shards = await Promise.all(
    shardsOf(DUE, index.shards).map((shard) => dueInShard(documents, table, index, shard, at, limit)),
  );
  const instant = (row: Item) => row[index.sort] as string;
  return shards
    .flat()
    .sort((a, b) => (instant(a) < instant(b) ? -1 : instant(a) > instant(b) ? 1 : 0))
    .slice(0, limit);
}

async function dueInShard(
  documents: DynamoDBDocumentClient,
  table: string,
  index: DueIndex,
  shard: string,
  at: Date,
  limit: number,
): Promise<Item[]> {
  const rows: Item[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: table,
        IndexName: index.index,
        KeyConditionExpression: '#shard = :shard AND #at <= :at',
        ExpressionAttributeNames: { '#shard': index.key, '#at': index.sort },
        ExpressionAttributeValues: { ':shard': shard, ':at': at.toISOString() },
        Limit: limit - rows.length,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...Items);
    start = LastEvaluatedKey;
  } while (start && rows.length < limit);
  return rows;
}
