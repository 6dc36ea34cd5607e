/**
 * Site maps beyond those that a source's row has notes on: they are read in turn, a few an hour, so that all of them are
 * read in the end though the row stays small.
 */

import { createHash } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import type { Listing } from '../listing.ts';
import type { Source } from '../ports.ts';

/** Site maps of one source that are followed, those that changed last first. Its row holds a note on each. */
export const MOST_CHILDREN = 600;
/** Milliseconds from one reading to the next of all site maps of an index that have no time of change, for each of them. */
export const UNDATED_MS = 5 * MINUTE_MS;
/** Indexes of which site maps are read in turn. */
const MOST_TURNS = 10;

type Child = Listing['children'][number];
export type Turn = Source['childTurns'][string];

export function childKey(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

export function isTurnOver({ at }: Turn, now: Date): boolean {
  return now.getTime() - Date.parse(at) >= UNDATED_MS;
}

/**
 * Those without a note that are read now: one in so many minutes, in the order of their hashes, from the last one on. Each
 * gets a note for that, and another one, the longest unread, loses its own and joins them: all are read in the end, whatever
 * comes and goes meanwhile.
 *
 * @param most that may be read now
 */
export function takeTurns(
  others: readonly Child[],
  turn: Turn | undefined,
  most: number,
  now: Date,
): { chosen: Child[]; owed: number; next: Turn | null } {
  if (others.length === 0) return { chosen: [], owed: 0, next: null };
  const { after, at } = turn ?? { after: '', at: new Date(now.getTime() - UNDATED_MS).toISOString() };
  const owed = Math.min(Math.floor((now.getTime() - Date.parse(at)) / UNDATED_MS), others.length);
  const inOrder = others.map((child) => ({ child, key: childKey(child.url) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const begin = inOrder.findIndex(({ key }) => key > after);
  const fromThere = begin > 0 ? [...inOrder.slice(begin), ...inOrder.slice(0, begin)] : inOrder;
  const taken = fromThere.slice(0, Math.min(owed, most));
  // What is owed and could not be taken is owed still.
  const until = taken.length < owed ? Date.parse(at) + taken.length * UNDATED_MS : now.getTime();
  const next = {
    after: taken.at(-1)?.key ?? after,
    at: owed === 0 ? at : new Date(until).toISOString(),
    left: others.length,
  };
  return { chosen: taken.map(({ child }) => child), owed, next };
}

/** The source with these turns; the oldest give way where indexes are too many. */
export function withTurns(source: Source, turns: Record<string, Turn | null>): Source {
  const all = Object.entries({ ...source.childTurns, ...turns }).filter((entry): entry is [string, Turn] => !!entry[1]);
  all.sort(([, a], [, b]) => (a.at > b.at ? -1 : 1));
  return { ...source, childTurns: Object.fromEntries(all.slice(0, MOST_TURNS)) };
}

/** That there are more site maps than can be followed, in words; null where there are not. */
export function crowdedWords({ childTurns }: Pick<Source, 'childTurns'>): string | null {
  const left = Object.values(childTurns).reduce((sum, turn) => sum + turn.left, 0);
  if (left === 0) return null;
  // One that has its turn takes the place of another, which may have no time of change and be read in turn itself.
  const [least, most] = [left, left + MOST_CHILDREN].map((count) => Math.ceil((count * UNDATED_MS) / HOUR_MS));
  return `It names ${left} site maps more than the ${MOST_CHILDREN} that are followed closely: those are read in turn, each once in ${least} to ${most} hours. Watch a news site map, or a part of them, to have new articles sooner.`;
}
