/**
 * Cursors: where the next page of a list starts, opaque to callers and safe in a URL.
 *
 * A cursor carries a hash of the query it belongs to. That is no protection, only a check: whoever makes one up can
 * start a list elsewhere in the same query, which they may read anyway.
 */
import { createHash } from 'node:crypto';
import { BadCursorError } from '../errors.ts';

/** What makes two lists the same: the name of the list and its arguments, page size left out. */
export type CursorQuery = readonly (string | null | undefined)[];

/** Longer ones are none of ours. Characters. */
const MAX_LENGTH = 4_000;

export function encodeCursor(query: CursorQuery, position: unknown): string {
  return Buffer.from(JSON.stringify([queryHash(query), position])).toString('base64url');
}

/**
 * @param isPosition whether what the cursor holds is a position of such a list
 * @returns null for no cursor: the first page
 * @throws BadCursorError where the cursor is none of ours, or one of another query
 */
export function decodeCursor<Position>(
  query: CursorQuery,
  cursor: string | null | undefined,
  isPosition: (value: unknown) => value is Position,
): Position | null {
  if (cursor === null || cursor === undefined) return null;
  const [hash, position] = parse(cursor);
  if (typeof hash === 'string' && hash !== queryHash(query)) throw new BadCursorError(cursor, 'of another query');
  if (hash === undefined || !isPosition(position)) throw new BadCursorError(cursor, 'malformed');
  return position;
}

function parse(cursor: string): unknown[] {
  if (cursor.length > MAX_LENGTH) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function queryHash(query: CursorQuery): string {
  const named = JSON.stringify(query.map((part) => part ?? null));
  return createHash('sha256').update(named).digest('base64url').slice(0, 10);
}
