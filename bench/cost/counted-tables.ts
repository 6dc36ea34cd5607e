/**
 * Tables in memory that answer the stores' commands and count what DynamoDB would charge for them. The stores are the
 * real ones, so that what is counted is what they ask. One at a time: conditions are taken to hold.
 */

import { itemSize } from '../../functions/aws/articles/item-size.ts';
import { documentClient } from '../../functions/aws/stack/clients.ts';
import { type IndexRow, indexWriteUnits, readUnits, type Units, writeUnits } from './units.ts';

type Item = Record<string, unknown>;

export interface KeyShape {
  key: string;
  sort?: string;
}

export interface TableShape extends KeyShape {
  /** By name; null projects everything. */
  indexes?: Record<string, Required<KeyShape> & { project: readonly string[] | null }>;
}

/** Bytes that DynamoDB stores beside an item and beside a row of an index, by its page on item sizes. */
const STORED_OVERHEAD = 100;
/** Bytes at which DynamoDB ends a page of a scan. */
const PAGE_BYTES = 1_048_576;

export class CountedTables {
  readonly documents = documentClient({ region: 'us-east-1' });
  readonly #shapes: Record<string, TableShape>;
  readonly #items: Record<string, Map<string, Item>>;
  #units: Units = { read: 0, write: 0 };

  constructor(shapes: Record<string, TableShape>) {
    this.#shapes = shapes;
    this.#items = Object.fromEntries(Object.keys(shapes).map((table) => [table, new Map()]));
    this.documents.send = (async (command: Command) => this.#answer(command)) as unknown as typeof this.documents.send;
  }

  /** What the work is charged. */
  async count(work: () => Promise<unknown>): Promise<Units> {
    this.#units = { read: 0, write: 0 };
    await work();
    // A copy: what is asked later is not part of it.
    return { ...this.#units };
  }

  /** Bytes of everything stored, indexes and overhead included. */
  get storedBytes(): number {
    let bytes = 0;
    for (const [table, items] of Object.entries(this.#items)) {
      for (const item of items.values()) {
        bytes += itemSize(item) + STORED_OVERHEAD;
        for (const index of Object.keys(this.#shape(table).indexes ?? {})) {
          const row = this.#project(table, index, item);
          if (row) bytes += itemSize(row) + STORED_OVERHEAD;
        }
      }
    }
    return bytes;
  }

  #answer({ constructor: { name }, input }: Command): unknown {
    switch (name) {
      case 'GetCommand':
        return this.#get(input as Keyed);
      case 'BatchGetCommand': {
        const asked = Object.entries((input as BatchGet).RequestItems);
        const found = asked.map(([TableName, { Keys }]) => [
          TableName,
          Keys.flatMap((Key) => this.#get({ TableName, Key }).Item ?? []),
        ]);
        return { Responses: Object.fromEntries(found) };
      }
      case 'QueryCommand':
        return this.#query(input as Query);
      case 'ScanCommand':
        return this.#scan(input as Scan);
      case 'PutCommand':
        return this.#put(input as Put, false);
      case 'TransactWriteCommand':
        for (const item of (input as { TransactItems: Transacted[] }).TransactItems) this.#transact(item);
        return {};
      case 'BatchWriteCommand':
        for (const [TableName, deletions] of Object.entries((input as Batch).RequestItems)) {
          for (const { DeleteRequest } of deletions) this.#delete({ TableName, ...DeleteRequest }, false);
        }
        return {};
      default:
        throw new Error(`No rule for ${name}.`);
    }
  }

  #transact(item: Transacted): void {
    if ('Put' in item) this.#put(item.Put, true);
    else if ('Delete' in item) this.#delete(item.Delete, true);
    else if ('Update' in item) {
      const { Update: update } = item;
      this.#put({ TableName: update.TableName, Item: updated(this.#find(update), update) }, true);
    } else this.#units.write += writeUnits(itemSize(this.#find(item.ConditionCheck) ?? {}), 0, true);
  }

  #get({ TableName, Key, ConsistentRead }: Keyed): { Item?: Item } {
    const item = this.#find({ TableName, Key });
    this.#units.read += readUnits(item ? itemSize(item) : 0, ConsistentRead ?? false);
    return item ? { Item: item } : {};
  }

  #query(input: Query): unknown {
    const { TableName: table, IndexName: index, Limit = Number.POSITIVE_INFINITY, ExclusiveStartKey } = input;
    const equals = /^(#\w+) = (:\w+)(?: AND #\w+ (?:BETWEEN (:\w+) AND|<=) (:\w+))?$/.exec(
      input.KeyConditionExpression,
    );
    if (!equals) throw new Error(`No rule for the condition ${input.KeyConditionExpression}.`);
    const [, name = '', value = '', least, most] = equals;
    const attribute = input.ExpressionAttributeNames[name] ?? '';
    const wanted = input.ExpressionAttributeValues[value];
    const [since, until] = [least, most].map((bound) => bound && String(input.ExpressionAttributeValues[bound]));
    const { sort = '' } = index === undefined ? this.#shape(table) : this.#index(table, index);
    const rows = [...this.#table(table).values()]
      .map((item) => (index === undefined ? item : this.#project(table, index, item)))
      .filter((row): row is Item => row !== null && row[attribute] === wanted)
      .filter((row) => !until || (String(row[sort]) >= (since ?? '') && String(row[sort]) <= until))
      .sort((a, b) => compare(a[sort], b[sort]) || compare(this.#name(table, a), this.#name(table, b)));
    if (input.ScanIndexForward === false) rows.reverse();
    const after = ExclusiveStartKey
      ? rows.findIndex((row) => this.#name(table, row) === this.#name(table, ExclusiveStartKey)) + 1
      : 0;
    const items = rows.slice(after, after + Limit);
    const bytes = items.reduce((sum, row) => sum + itemSize(row), 0);
    this.#units.read += readUnits(bytes, input.ConsistentRead ?? false);
    return { Items: items, ...(items.length === Limit && { LastEvaluatedKey: items.at(-1) }) };
  }

  #scan({ TableName, Limit = Number.POSITIVE_INFINITY, ExclusiveStartKey }: Scan): unknown {
    const rows = [...this.#table(TableName).values()];
    const after = ExclusiveStartKey
      ? rows.findIndex((row) => this.#name(TableName, row) === this.#name(TableName, ExclusiveStartKey)) + 1
      : 0;
    const items: Item[] = [];
    let bytes = 0;
    for (const row of rows.slice(after)) {
      if (items.length === Limit || bytes >= PAGE_BYTES) break;
      items.push(row);
      bytes += itemSize(row);
    }
    this.#units.read += readUnits(bytes, false);
    return { Items: items, ...(after + items.length < rows.length && { LastEvaluatedKey: items.at(-1) }) };
  }

  #put({ TableName, Item: item }: Put, inTransaction: boolean): object {
    const name = this.#name(TableName, item);
    const before = this.#table(TableName).get(name);
    this.#table(TableName).set(name, item);
    return this.#charge(TableName, before, item, inTransaction);
  }

  #delete({ TableName, Key }: Keyed, inTransaction: boolean): object {
    const name = this.#name(TableName, Key);
    const before = this.#table(TableName).get(name);
    this.#table(TableName).delete(name);
    return this.#charge(TableName, before, undefined, inTransaction);
  }

  #charge(table: string, before: Item | undefined, after: Item | undefined, inTransaction: boolean): object {
    this.#units.write += writeUnits(itemSize(before ?? {}), itemSize(after ?? {}), inTransaction);
    for (const index of Object.keys(this.#shape(table).indexes ?? {})) {
      this.#units.write += indexWriteUnits(this.#row(table, index, before), this.#row(table, index, after));
    }
    return {};
  }

  #row(table: string, index: string, item: Item | undefined): IndexRow | null {
    const row = item && this.#project(table, index, item);
    if (!row) return null;
    const { key, sort } = this.#index(table, index);
    return { key: JSON.stringify([row[key], row[sort]]), bytes: itemSize(row), content: JSON.stringify(row) };
  }

  /** @returns null where the item stays out of the index */
  #project(table: string, index: string, item: Item): Item | null {
    const { key, sort, project } = this.#index(table, index);
    if (item[key] === undefined || item[sort] === undefined) return null;
    if (project === null) return item;
    const own = this.#shape(table);
    const names = new Set([key, sort, own.key, ...(own.sort === undefined ? [] : [own.sort]), ...project]);
    return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
  }

  #find({ TableName, Key }: Keyed): Item | undefined {
    return this.#table(TableName).get(this.#name(TableName, Key));
  }

  #name(table: string, item: Item): string {
    const { key, sort } = this.#shape(table);
    return JSON.stringify([item[key], ...(sort === undefined ? [] : [item[sort]])]);
  }

  #shape(table: string): TableShape {
    const shape = this.#shapes[table];
    if (!shape) throw new Error(`There is no table ${table}.`);
    return shape;
  }

  #index(table: string, index: string): NonNullable<TableShape['indexes']>[string] {
    const shape = this.#shape(table).indexes?.[index];
    if (!shape) throw new Error(`There is no index ${index}.`);
    return shape;
  }

  #table(table: string): Map<string, Item> {
    this.#shape(table);
    return this.#items[table] as Map<string, Item>;
  }
}

interface Command {
  constructor: { name: string };
  input: unknown;
}

interface Put {
  TableName: string;
  Item: Item;
}

interface Keyed {
  TableName: string;
  Key: Item;
  ConsistentRead?: boolean;
}

interface Query {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
  ScanIndexForward?: boolean;
  ConsistentRead?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
}

interface Scan {
  TableName: string;
  Limit?: number;
  ExclusiveStartKey?: Item;
}

interface Update extends Keyed {
  UpdateExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
}

type Transacted = { Put: Put } | { Delete: Keyed } | { Update: Update } | { ConditionCheck: Keyed };

interface BatchGet {
  RequestItems: Record<string, { Keys: Item[] }>;
}

interface Batch {
  RequestItems: Record<string, { DeleteRequest: { Key: Item } }[]>;
}

/** The two kinds of clause that the stores write. */
function updated(was: Item | undefined, update: Update): Item {
  const { Key, UpdateExpression, ExpressionAttributeNames: names, ExpressionAttributeValues: values } = update;
  const item: Item = { ...was, ...Key };
  const [set = '', remove = ''] = UpdateExpression.split(' REMOVE ');
  for (const [, name = '', value = ''] of set.matchAll(/(#\w+) = (:\w+)/g)) item[names[name] ?? ''] = values[value];
  for (const [name] of remove.matchAll(/#\w+/g)) delete item[names[name] ?? ''];
  return item;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
