/** How sources are: for the list, the metrics and the alarms. Pure. */

import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import { childFailures } from '../readings/child-notes.ts';
import type { Rhythm } from '../readings/rhythm.ts';
import { type Source, SourceSchema } from './source.ts';
import { warningsOf } from './warnings.ts';

/**
 * How much longer than the longest gaps it had lately a silence may be. Where they are alike, as weekends are, by so many times;
 * where the longest stand out more, as those of a person's blog do, the next may stand out more again.
 */
const GAPS = { times: 2, compared: 4, weight: 2.5, mostOfLongest: 2.5 } as const;
/** The longest counts whole up to here, in seconds: of weekends with a holiday there are few. */
const LONG_WEEKEND = 7 * 24 * 3600;
/** Seconds after which a source is silent whatever its gaps; a quarterly has to come within. */
const LONGEST_GAP = 120 * 24 * 3600;
/** Where there are too few gaps to compare, the longest counts up to so many seconds. */
const LONGEST_OF_FEW = 45 * 24 * 3600;
/** Nothing is called silent before this; seconds. */
const LEAST = 24 * 3600;
/** Nor before this while it was not watched over a weekend yet. */
const LEAST_AT_FIRST = 72 * 3600;
const WEEK_MS = 7 * DAY_MS;
/** Arrivals that make a rhythm. */
const ARRIVALS = 3;
/** What is usual of a source without one, such as a feed without dates in which nothing new has come yet; seconds. */
const PRESUMED = 2 * 24 * 3600;

/**
 * Seconds without a new article from which on a source counts as silent: as many times its usual interval as it was given, ten
 * by default, and longer than its {@link longGap}, and a day, or three in its first week. Until its rhythm is known two days are
 * its usual interval: what never gives anything is to be found out as well.
 */
export function silenceLimit({
  silentAfter,
  arrivals,
  rhythmSeconds,
  gapsByDay,
  addedAt,
  newestAt,
}: Pick<Source, 'silentAfter' | 'addedAt' | keyof Rhythm>): number {
  // All on one day, as at a site's opening, they are no rhythm either.
  const isKnown = arrivals >= ARRIVALS && gapsByDay.length > 1;
  const usual = isKnown ? (rhythmSeconds ?? PRESUMED) : Math.max(rhythmSeconds ?? 0, PRESUMED);
  const least = Date.parse(newestAt ?? addedAt) - Date.parse(addedAt) < WEEK_MS ? LEAST_AT_FIRST : LEAST;
  return Math.max(usual * silentAfter, longGap(gapsByDay), least);
}

/**
 * Seconds of silence that would be longer than can be expected by the gaps that a source had: nights, weekends, holidays, and
 * the weeks between the issues of a monthly. The tail of their distribution is drawn on as Hill's estimator has it, by the mean
 * logarithm of how far the longest stand above the next.
 */
function longGap(gaps: readonly number[]): number {
  const sorted = gaps.toSorted((a, b) => b - a);
  const longest = sorted[0] ?? 0;
  const next = sorted[GAPS.compared];
  if (next === undefined) return GAPS.times * Math.min(longest, LONGEST_OF_FEW);
  const mean = sorted.slice(0, GAPS.compared).reduce((sum, gap) => sum + Math.log(gap / next), 0) / GAPS.compared;
  const expected = GAPS.times * next * Math.exp(GAPS.weight * mean);
  const most = Math.min(expected, GAPS.mostOfLongest * longest, LONGEST_GAP);
  return Math.max(most, GAPS.times * Math.min(longest, LONG_WEEKEND));
}

/** Whether it has had no new article for far longer than usual, though nobody paused or retired it. */
export function isSilent(source: Source, now: Date): boolean {
  if (source.state !== 'active') return false;
  return now.getTime() - Date.parse(silentSince(source)) > silenceLimit(source) * 1000;
}

/**
 * Only the time counts in which it was watched: who resumes one is to be told should it stay silent, and two old dates in a
 * feed are no rhythm.
 */
function silentSince({ arrivals, newestAt, addedAt, resumedAt }: Source): string {
  const since = newestAt === null || (arrivals < ARRIVALS && newestAt < addedAt) ? addedAt : newestAt;
  return resumedAt !== null && resumedAt > since ? resumedAt : since;
}

/** Milliseconds of failures that are worth a look: most sites are well again within hours. */
const FAILING_MS = DAY_MS;

/** Failures of its pages in a row that are counted: a source whose pages all fail is not written again for each. */
export const MOST_FAILURES_COUNTED = 20;
/** Readings in a row of whose new pages none could be had, after which it fails: dead links of one are no sign of it. */
export const FRUITLESS_READINGS = 3;

/** Whether it could not be read for a day, or was paused because of that, or its new pages all failed for as long. */
export function isFailing(source: Source, now: Date): boolean {
  const { state, failingSince } = source;
  if (state === 'retired') return false;
  return isLosingAll(source, now) || (failingSince !== null && hasLasted(failingSince, now));
}

/** Whether none of its new pages can be had, though it is read itself: its site forbids them, or wants a login. */
function isLosingAll({ state, pageFailures }: Source, now: Date): boolean {
  if (state !== 'active' || !pageFailures?.since || pageFailures.reachedAt === null) return false;
  return pageFailures.reachedAt <= now.toISOString() && hasLasted(pageFailures.since, now);
}

const hasLasted = (since: string, now: Date) => now.getTime() - Date.parse(since) >= FAILING_MS;

/** Milliseconds: a lease runs out and is taken over well within. */
const OVERDUE_MS = HOUR_MS;

/** Whether it has long been due and nothing has come of it, which is no fault of its site. */
export function isOverdue({ state, dueAt }: Source, now: Date): boolean {
  return state === 'active' && now.getTime() - Date.parse(dueAt) >= OVERDUE_MS;
}

/** Two countings: where one fails, the next makes up for it. The shorter, the sooner the alarm rings for the next source. */
const NEW_MS = 30 * MINUTE_MS;

/** What became true of a source within the last half hour, such as its silence. */
export function newly(isSo: (source: Source, now: Date) => boolean): typeof isSo {
  return (source, now) => isSo(source, now) && !isSo(source, new Date(now.getTime() - NEW_MS));
}

/** In one word, the worst that is true of it. */
export const HEALTHS = ['paused', 'retired', 'failing', 'refused', 'silent', 'new', 'well'] as const;
export type Health = (typeof HEALTHS)[number];

export function healthOf(source: Source, now: Date): Health {
  if (source.state !== 'active') return source.state;
  if (source.failures > 0 || childFailures(source, now).some(({ count }) => count > 0)) return 'failing';
  if (isLosingAll(source, now)) return 'failing';
  // A problem without a failure: robots.txt, or a host that asked to be left alone.
  if (source.problem !== null) return 'refused';
  if (source.succeededAt === null) return 'new';
  return isSilent(source, now) ? 'silent' : 'well';
}

export type Census = Record<Health, number>;

/** How many sources there are of each health. */
export function census(sources: readonly Source[], now: Date): Census {
  const counts: Census = { paused: 0, retired: 0, failing: 0, refused: 0, silent: 0, new: 0, well: 0 };
  for (const source of sources) counts[healthOf(source, now)]++;
  return counts;
}

/** A source as people and programs are told of it. */
export interface ReportedSource extends Source {
  health: Health;
}

export function reported(source: Source, now: Date): ReportedSource {
  return { ...source, warnings: warningsOf(source), health: healthOf(source, now) };
}

/** What only the readings need. */
const INNER = { children: true, childTurns: true, childWarnings: true, lastArrival: true, openClaims: true } as const;

/** The same without what only the readings need. */
export const ShownSourceSchema = SourceSchema.omit(INNER).extend({
  health: z.enum(HEALTHS).describe('in one word, the worst that is true of it'),
});
export type ShownSource = z.infer<typeof ShownSourceSchema>;

export function shown(source: Source, now: Date): ShownSource {
  const fields = Object.entries(reported(source, now)).filter(([name]) => !(name in INNER));
  return Object.fromEntries(fields) as unknown as ShownSource;
}
