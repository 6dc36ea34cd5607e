/**
 * A change of a stored record: what was read, and what takes its place if that still holds.
 */
import type { Stored } from './tombstone.ts';

export interface Change<Now extends Stored = Stored> {
  was: Stored;
  now: Now;
}

/**
 * The time of a change, ISO 8601: strictly later than the one before, whatever the clock says, for writes are conditional
 * on it.
 */
export function changeTime(at: Date, { updatedAt }: Pick<Stored, 'updatedAt'>): string {
  return new Date(Math.max(at.getTime(), new Date(updatedAt).getTime() + 1)).toISOString();
}
