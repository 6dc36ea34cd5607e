import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Upload, UploadStatus } from '../../article/upload.ts';
import type { Claim, UploadRow, UploadStatuses } from '../../ingest/ports.ts';
import { UPLOADS } from '../../names.ts';
import { type CursorQuery, decodeCursor, encodeCursor } from '../lists/cursor.ts';
import { daysBefore, daysTogether, isDayOf, rangeUpTo } from '../lists/days.ts';
import { type DayRange, PAGE, type Page, type PageOptions } from '../lists/page.ts';
import { type TransactItem, transact } from '../tables/transaction.ts';
import { HEAD, LINEAGE, statusDay, toHead, toUpload, toUploadItem, toUploadRow } from './upload-items.ts';

/** What became of every uploaded object version. */
export interface UploadLedger extends UploadStatuses {
  /**
   * @param object bucket/key, decoded
   * @param version S3 version id; left out, the newest version the pipeline has seen
   */
  get(object: string, version?: string): Promise<Upload | null>;
  /** By the time of their last change, newest first. */
  listByStatus(status: UploadStatus, days: DayRange, options?: PageOptions): Promise<Page<Upload>>;
  /** Every version of one object that the pipeline has seen, last received first. */
  versionsOf(object: string): Promise<Upload[]>;
  /** The same, a page at a time. Each reads all rows of the object, which lie in another order. */
  listVersions(object: string, options?: PageOptions): Promise<Page<Upload>>;
}

/** Days asked at once at most. */
const MOST_DAYS_TOGETHER = 16;

/** @param table name of the uploads table */
export function uploadLedger(documents: DynamoDBDocumentClient, table: string): UploadLedger {
  const item = async (object: string, version: string) =>
    (
      await documents.send(
        new GetCommand({
          TableName: table,
          Key: { [UPLOADS.key]: object, [UPLOADS.sort]: version },
          ConsistentRead: true,
        }),
      )
    ).Item;

  /** Up to so many rows, last changed first, and where those after them start. */
  async function readDay(
    status: UploadStatus,
    day: string,
    after: Record<string, unknown> | undefined,
    count: number,
  ): Promise<{ rows: Record<string, unknown>[]; next: Record<string, unknown> | undefined }> {
    const key = statusDay(status, day);
    const rows: Record<string, unknown>[] = [];
    // Whatever a cursor says, the partition is that of the day.
    let next = after && { ...after, [UPLOADS.byStatus.key]: key };
    do {
      const page = await documents.send(
        new QueryCommand({
          TableName: table,
          IndexName: UPLOADS.byStatus.index,
          KeyConditionExpression: '#day = :day',
          ExpressionAttributeNames: { '#day': UPLOADS.byStatus.key },
          ExpressionAttributeValues: { ':day': key },
          ScanIndexForward: false,
          Limit: count - rows.length,
          ...(next ? { ExclusiveStartKey: next } : {}),
        }),
      );
      rows.push(...(page.Items ?? []));
      next = page.LastEvaluatedKey as typeof next;
    } while (next && rows.length < count);
    return { rows, next };
  }

  return {
    async read(object, version) {
      const [row, head] = await Promise.all([item(object, version), item(object, HEAD)]);
      return { row: row ? toUploadRow(row) : null, head: head ? toHead(head) : null };
    },

    async claim({ row, wasRow, head }: Claim) {
      const items: TransactItem[] = [{ Put: { TableName: table, Item: toUploadItem(row), ...unchangedRow(wasRow) } }];
      if (head) {
        items.push(moveHead(table, row.object, head));
      }
      return (await transact(documents, items)) === null;
    },

    async lineage(object) {
      return ((await item(object, HEAD))?.[LINEAGE] as string | undefined) ?? null;
    },

    async settle(row, lease) {
      try {
        await documents.send(new PutCommand({ TableName: table, Item: toUploadItem(row), ...heldBy(lease) }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async get(object, version) {
      // What the object's other row keeps is no upload.
      if (version === HEAD) return null;
      let wanted = version;
      if (wanted === undefined) {
        const head = await item(object, HEAD);
        // A version may have been superseded, by S3's word, before any was taken: it has a row and its object no head.
        if (!head) return (await this.versionsOf(object))[0] ?? null;
        wanted = toHead(head).version;
      }
      const row = await item(object, wanted);
      return row ? toUpload(row) : null;
    },

    async versionsOf(object) {
      const uploads: Upload[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: '#object = :object',
            ExpressionAttributeNames: { '#object': UPLOADS.key },
            ExpressionAttributeValues: { ':object': object },
            ConsistentRead: true,
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        );
        for (const row of page.Items ?? []) if (row[UPLOADS.sort] !== HEAD) uploads.push(toUpload(row));
        start = page.LastEvaluatedKey;
      } while (start);
      return uploads.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    },

    async listVersions(object, { limit = PAGE, cursor = null } = {}) {
      const query: CursorQuery = ['versions', object];
      const after = decodeCursor(query, cursor, isPlace);
      const rest = (await this.versionsOf(object)).filter((upload) => after === null || placeOf(upload) < after);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return { items, cursor: last && rest.length > limit ? encodeCursor(query, placeOf(last)) : null };
    },

    async listByStatus(status, days, { limit = PAGE, cursor = null } = {}) {
      // A list of the last days goes on after midnight as it began: which they are stands in the position.
      const query: CursorQuery = ['uploads', status, days.from === days.to ? days.from : null];
      const from = decodeCursor(query, cursor, isPositionIn(days));
      const uploads: Upload[] = [];
      const rest = from ? { from: from.first, to: from.day } : days;
      const { from: first } = rest;
      for (const together of daysTogether(rest, 1, MOST_DAYS_TOGETHER)) {
        const missing = limit - uploads.length;
        const readings = await Promise.all(
          together.map(async (day) => {
            const start = day === from?.day ? (from.start ?? undefined) : undefined;
            return { day, start, ...(await readDay(status, day, start, missing)) };
          }),
        );
        for (const { day, start, rows, next } of readings) {
          const left = limit - uploads.length;
          const fitting = rows.slice(0, left);
          uploads.push(...fitting.map(toUpload));
          if (rows.length > left) {
            const last = fitting.at(-1);
            return {
              items: uploads,
              cursor: encodeCursor(query, { first, day, start: last ? keyOf(last) : (start ?? null) }),
            };
          }
          if (next) return { items: uploads, cursor: encodeCursor(query, { first, day, start: next }) };
        }
        const day = daysBefore(together.at(-1) ?? first, 1);
        if (uploads.length === limit && day >= first)
          return { items: uploads, cursor: encodeCursor(query, { first, day, start: null }) };
      }
      return { items: uploads, cursor: null };
    },
  };
}

const INDEX_KEYS = [UPLOADS.key, UPLOADS.sort, UPLOADS.byStatus.key, UPLOADS.byStatus.sort] as const;

function keyOf(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(INDEX_KEYS.map((name) => [name, row[name]]));
}

/** Where a version stands among those of its object. */
const placeOf = ({ receivedAt, version }: Upload) => `${receivedAt}#${version}`;
const isPlace = (value: unknown) => typeof value === 'string';

/** Where the next page starts: the earliest day of the list, a day, and the row of it that was last read. */
interface Position {
  first: string;
  day: string;
  start: Record<string, string> | null;
}

function isPositionIn(days: DayRange) {
  return (value: unknown): value is Position => {
    if (!isPosition(value)) return false;
    const { first, day } = value;
    // No list is longer than what was asked for, or a made-up cursor would have years looked through.
    return isDayOf({ from: first, to: days.to }, day) && isDayOf(rangeUpTo(day, days), first);
  };
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  if (!('first' in value && 'day' in value && 'start' in value)) return false;
  const { first, day, start } = value;
  if (typeof first !== 'string' || typeof day !== 'string') return false;
  if (start === null) return true;
  return (
    typeof start === 'object' &&
    Object.keys(start).toSorted().join() === INDEX_KEYS.toSorted().join() &&
    Object.values(start).every((part) => typeof part === 'string' && part !== '')
  );
}

/** The condition under which a row may be replaced by the attempt that holds it. */
export function heldBy(lease: string) {
  return {
    ConditionExpression: '#lease = :lease',
    ExpressionAttributeNames: { '#lease': 'lease' },
    ExpressionAttributeValues: { ':lease': lease },
  };
}

/** Every attempt raises `attempts` and every end takes the lease away, so the two tell any two states of a row apart. */
function unchangedRow(was: UploadRow | null) {
  if (!was)
    return { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': UPLOADS.key } };
  const attempts = {
    ExpressionAttributeNames: { '#attempts': 'attempts', '#lease': 'lease' },
    ExpressionAttributeValues: { ':attempts': was.attempts },
  };
  if (was.lease === null) {
    return { ...attempts, ConditionExpression: '#attempts = :attempts AND attribute_not_exists(#lease)' };
  }
  return {
    ConditionExpression: '#attempts = :attempts AND #lease = :lease',
    ExpressionAttributeNames: attempts.ExpressionAttributeNames,
    ExpressionAttributeValues: { ':attempts': was.attempts, ':lease': was.lease },
  };
}

/** Leaves what else stands in the row. It has no `statusDay`, so that it stays out of the index. */
function moveHead(table: string, object: string, { next, was }: NonNullable<Claim['head']>): TransactItem {
  const names = { '#newest': 'newestVersion', '#sequencer': 'sequencer' };
  const values: Record<string, string> = { ':next': next.version };
  if (next.sequencer !== null) values[':nextSequencer'] = next.sequencer;
  let condition = 'attribute_not_exists(#newest)';
  if (was) {
    values[':was'] = was.version;
    if (was.sequencer !== null) values[':wasSequencer'] = was.sequencer;
    const sequencer = was.sequencer === null ? 'attribute_not_exists(#sequencer)' : '#sequencer = :wasSequencer';
    condition = `#newest = :was AND ${sequencer}`;
  }
  return {
    Update: {
      TableName: table,
      Key: { [UPLOADS.key]: object, [UPLOADS.sort]: HEAD },
      UpdateExpression: `SET #newest = :next${next.sequencer === null ? ' REMOVE #sequencer' : ', #sequencer = :nextSequencer'}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}
