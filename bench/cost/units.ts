/**
 * Request units as DynamoDB charges them, by "DynamoDB read and write operations" and "DynamoDB transactions: how it
 * works" in its developer guide. Sizes in bytes, as itemSize of functions/aws counts them.
 */
const WRITE_UNIT = 1_024;
const READ_UNIT = 4_096;
/** A transaction prepares and commits. */
const TRANSACTION = 2;

export interface Units {
  read: number;
  write: number;
}

/** @param bytes of the item, or of all items that a query went through */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (consistent ? 1 : 0.5);
}

/**
 * @param before bytes of the item as it was, 0 where there was none; the larger of the two is charged
 * @param inTransaction checks of a condition in a transaction are charged as writes are
 */
export function writeUnits(before: number, after: number, inTransaction: boolean): number {
  return Math.max(1, Math.ceil(Math.max(before, after) / WRITE_UNIT)) * (inTransaction ? TRANSACTION : 1);
}

/** A row of an index as it stands, null where the item is not in it. */
export interface IndexRow {
  key: string;
  bytes: number;
  /** What tells whether it changed. */
  content: string;
}

/** Index rows follow after the write, so a transaction does not double them; a row whose key changed goes and comes. */
export function indexWriteUnits(before: IndexRow | null, after: IndexRow | null): number {
  if (before && after && before.key === after.key) {
    return before.content === after.content ? 0 : writeUnits(before.bytes, after.bytes, false);
  }
  return [before, after].reduce((sum, row) => sum + (row ? writeUnits(0, row.bytes, false) : 0), 0);
}
