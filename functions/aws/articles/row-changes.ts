/**
 * From the rows beside an article as it was to those beside it as it is: what goes and what is written.
 */
import { isDeepStrictEqual } from 'node:util';
import type { TransactItem } from '../tables/transaction.ts';
import type { Item } from './article-items.ts';

export interface KeyNames {
  key: string;
  sort: string;
}

/** Rows that stay as they are cost nothing. */
export function rowChanges(table: string, { key, sort }: KeyNames, was: Item[], now: Item[]): TransactItem[] {
  const nameOf = (row: Item) => JSON.stringify([row[key], row[sort]]);
  const before = new Map(was.map((row) => [nameOf(row), row]));
  const changes: TransactItem[] = [];
  for (const row of now) {
    const name = nameOf(row);
    if (!isDeepStrictEqual(before.get(name), row)) changes.push({ Put: { TableName: table, Item: row } });
    before.delete(name);
  }
  for (const row of before.values()) {
    changes.push({ Delete: { TableName: table, Key: { [key]: row[key], [sort]: row[sort] } } });
  }
  return changes;
}
