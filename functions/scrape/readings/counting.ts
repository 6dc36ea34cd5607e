/**
 * What a source counts as its articles, and the arrivals that its rhythm is made of. A reading counts what it claims, at
 * once; what could not be had, or leads to an article that is known, is taken back. So a source's row is written for the few
 * articles that turn out to be none, and not for each that comes. A reading says that it is about to claim before it does:
 * should it end half-way, what it claimed is counted as it comes. Pure.
 */
import { DAY_MS } from '../../article/durations.ts';
import type { Page, Source } from '../ports.ts';
import { notAfterRetry } from './child-notes.ts';
import { nextReading, pause, type Rhythm, withArrival } from './rhythm.ts';

/** Days that newByDay holds. */
const DAYS_KEPT = 14;

const dayOf = (instant: string) => instant.slice(0, 10);

/** Readings that are remembered which have not counted what they claimed: those under way, the others having ended half-way. */
const OPEN_KEPT = 50;

/** A reading is about to claim articles, which it counts at its end. */
export function claimBegun(source: Source, claimedAt: string): Source {
  const open = Object.entries({ ...source.openClaims, [claimedAt]: source.openClaims[claimedAt] ?? 0 });
  open.sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...source, openClaims: Object.fromEntries(open.slice(-OPEN_KEPT)) };
}

/** Counts what a reading has claimed, less what was dealt with one by one meanwhile. */
export function claimEnded(source: Source, taken: number, claimedAt: string, now: Date): Source {
  const { [claimedAt]: dealtWith = 0, ...openClaims } = source.openClaims;
  return counted({ ...source, openClaims }, taken - dealtWith, dayOf(claimedAt), now);
}

/**
 * Whether the source's count holds a page: not while it could not be had, nor while the reading that claimed it has not
 * counted, nor where that was one of a source of this name that was removed since.
 */
export function isCounted(source: Pick<Source, 'addedAt' | 'openClaims'>, page: Page): boolean {
  return page.counted && page.firstSeenAt >= source.addedAt && source.openClaims[page.firstSeenAt] === undefined;
}

/** What becomes of a page is known before the reading that claimed it has counted. */
function dealtWith(source: Source, { counted, firstSeenAt }: Page): Source {
  const count = source.openClaims[firstSeenAt];
  if (!counted || count === undefined) return source;
  return { ...source, openClaims: { ...source.openClaims, [firstSeenAt]: count + 1 } };
}

/** @param count of articles; negative to take them back */
export function counted(source: Source, count: number, day: string, now: Date): Source {
  const oldest = dayOf(new Date(now.getTime() - (DAYS_KEPT - 1) * DAY_MS).toISOString());
  const days = { ...source.newByDay, ...(count !== 0 && { [day]: (source.newByDay[day] ?? 0) + count }) };
  const kept = Object.entries(days).filter(([each, of]) => each >= oldest && of > 0);
  return { ...source, articles: Math.max(source.articles + count, 0), newByDay: Object.fromEntries(kept) };
}

/**
 * @param came how many articles: its own, and those that another source has claimed
 * @param claimedAt when its own were claimed, which their rows say too
 */
export function arrived(
  source: Source,
  came: { taken: number; elsewhere: number },
  claimedAt: string | null,
  now: Date,
): Source {
  const after = { ...source, ...withArrival(known(source), now, came.taken > 0) };
  if (claimedAt === null) return after;
  const { newestAt, arrivals, rhythmSeconds, gapsByDay, firstShare, fillsInSeconds } = source;
  const before = { newestAt, arrivals, rhythmSeconds, gapsByDay, firstShare, fillsInSeconds };
  return { ...after, lastArrival: { at: claimedAt, standing: came.taken + came.elsewhere, before } };
}

/** What was known of its arrivals, over the time for which it was watched. */
function known(source: Source): Rhythm {
  const { newestAt, addedAt, resumedAt } = source;
  if (newestAt === null) return source;
  // Of times of change alone no article is known: nothing came since it was added.
  const before: Rhythm = source.arrivals === 0 ? { ...source, newestAt: addedAt, rhythmSeconds: null } : source;
  return resumedAt !== null && resumedAt > newestAt ? { ...before, newestAt: resumedAt } : before;
}

/**
 * A page has come, and is counted unless it was.
 *
 * @param page as it was before
 * @returns the same source where there is nothing to count
 */
export function came(source: Source, page: Page, now: Date): Source {
  if (page.fetchedAt !== null || isCounted(source, page)) return source;
  return counted(dealtWith(source, page), 1, dayOf(now.toISOString()), now);
}

/**
 * A page that was counted is none of its articles, for now or for good.
 *
 * @param isKnown whether it leads to an article that is known: where all of an arrival does, as where a feed's links are
 *   others at every reading, there was none
 */
export function takenBack(source: Source, page: Page, isKnown: boolean, now: Date): Source {
  if (!isCounted(source, page)) return dealtWith(source, page);
  const { firstSeenAt } = page;
  const less = counted(source, -1, dayOf(firstSeenAt), now);
  const { lastArrival } = source;
  if (!isKnown || lastArrival?.at !== firstSeenAt) return less;
  const standing = lastArrival.standing - 1;
  if (standing > 0) return { ...less, lastArrival: { ...lastArrival, standing } };
  return postponed({ ...less, ...lastArrival.before, lastArrival: null }, now);
}

/** Read as late as its rhythm says, now that it says something else. */
function postponed(source: Source, now: Date): Source {
  const { everySeconds, readAt, remaining, leaseUntil, dueAt } = source;
  const isUnderWay = leaseUntil !== null && leaseUntil > now.toISOString();
  if (everySeconds !== null || readAt === null || remaining > 0 || isUnderWay) return source;
  const seconds = pause(source, now, null);
  const next = nextReading(source, seconds, new Date(readAt), 0).toISOString();
  return next > dueAt ? { ...source, intervalSeconds: seconds, dueAt: notAfterRetry(source, next, now) } : source;
}
