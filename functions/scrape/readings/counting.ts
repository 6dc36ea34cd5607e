/**
 * What a source counts as its articles, and the arrivals that its rhythm is made of. A reading counts what it claims, at
 * once; what could not be had, or leads to an article that is known, is taken back. So a source's row is written for the few
 * articles that turn out to be none, and not for each that comes. Pure.
 */
import type { Page, Source } from '../ports.ts';
import { notAfterRetry } from './children.ts';
import { nextReading, pause, withArrival } from './rhythm.ts';

const DAY_MS = 24 * 3_600_000;
/** Days that newByDay holds. */
const DAYS_KEPT = 14;

const dayOf = (instant: string) => instant.slice(0, 10);

/** @param count of articles; negative to take them back */
export function counted(source: Source, count: number, day: string, now: Date): Source {
  const oldest = dayOf(new Date(now.getTime() - (DAYS_KEPT - 1) * DAY_MS).toISOString());
  const days = { ...source.newByDay, ...(count !== 0 && { [day]: (source.newByDay[day] ?? 0) + count }) };
  const kept = Object.entries(days).filter(([each, of]) => each >= oldest && of !== 0);
  return { ...source, articles: source.articles + count, newByDay: Object.fromEntries(kept) };
}

/** @param claimedAt when its articles were claimed, which their rows say too */
export function arrived(source: Source, taken: number, claimedAt: string | null, now: Date): Source {
  const after = { ...source, ...withArrival(source, now) };
  if (claimedAt === null) return after;
  const { newestAt, arrivals, rhythmSeconds, longestGapSeconds, fillsInSeconds } = source;
  const before = { newestAt, arrivals, rhythmSeconds, longestGapSeconds, fillsInSeconds };
  return { ...after, lastArrival: { at: claimedAt, standing: taken, before } };
}

/** A page that could not be had so far has come. */
export function cameAfterAll(source: Source, now: Date): Source {
  return counted(source, 1, dayOf(now.toISOString()), now);
}

/**
 * A page that was counted is none of its articles, for now or for good.
 *
 * @param isKnown whether it leads to an article that is known: where all of an arrival does, as where a feed's links are
 *   others at every reading, there was none
 */
export function takenBack(
  source: Source,
  { firstSeenAt }: Pick<Page, 'firstSeenAt'>,
  isKnown: boolean,
  now: Date,
): Source {
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
