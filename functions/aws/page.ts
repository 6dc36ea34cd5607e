import { MalformedCursorError } from './errors.ts';

/** One page of a list, and where the next one starts. */
export interface Page<Item> {
  items: Item[];
  /** Pass it back for the next page; null on the last one. */
  cursor: string | null;
}

/** Days of UTC, both included, `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}

/** A cursor is opaque to callers and safe in a URL. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws MalformedCursorError where the cursor is none of ours */
export function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new MalformedCursorError(cursor);
  }
}
