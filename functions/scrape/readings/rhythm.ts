/**
 * How often a source is read: by its own rhythm of new articles, within what it asks and what the user says.
 *
 * The pause is a third of the usual time between arrivals, and once the source has been silent for three such times, a
 * ninth of the silence:
 *
 *   pause = max(usual, silence / 3) / 3, between 5 minutes and 12 hours
 *
 * A third, so that an article waits a sixth of the usual time on average, for two readings in vain each: readers know no
 * better compromise (Miniflux reads once per usual time, most others every hour whatever happens). A share of the silence,
 * because the longer nothing came the less likely the next minute is to bring it: a night costs some ten readings and a
 * source that ended drifts to the ceiling within days, while one that wakes is back at its rhythm with the first article.
 *
 * A listing forgets: one of ten items that come four minutes apart is full after forty. So it is read twice in the time in
 * which it last filled, also before its articles come again, and more seldom only in a long silence.
 *
 * Where another source names the same articles and is first with most of them, as a site's main feed is beside its sections,
 * the usual time is that of its own: divided by the share of arrivals in which it was the first.
 *
 * An arrival is a reading that brought something new: ten articles at once are one, so that bursts do not make a
 * source look busier than it can be caught at. The usual time is a mean of the times between arrivals on a
 * logarithmic scale, weighted towards the last ones, so that a weekend among minutes moves it by a step and no more.
 */
import type { Source } from '../sources/source.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds. */
export const FLOOR = 5 * MINUTE;
export const CEILING = 12 * HOUR;
/** What a source asks for is followed up to here: some say a year where they mean that nobody set it. */
const STATED_CEILING = DAY;
/** Where nothing is known of its rhythm. */
const FIRST_INTERVAL = 20 * MINUTE;
/** Weight of the last time between arrivals. */
const WEIGHT = 0.25;
/** Articles this close are one arrival: below the floor, or what comes all the time could not be seen to. */
const ONE_ARRIVAL = 4 * MINUTE;
/** Dates of a listing that are read back. */
const SEEDS = 200;
/** Articles of a listing whose dates tell how fast it fills. */
const LEAST_DATED = 5;
/** Share of them that is looked at, the latest first: the oldest may be pinned there. */
const NOT_PINNED = 0.8;
/** Parts of a silence in which a listing that fills fast is read: after a day every quarter of an hour, after a week every 100 minutes. */
const PATIENCE = 100;
/** Share of first words that counts at least: what a source alone names may be gone by the time it is read, if that is later still. */
const LEAST_SHARE = 0.2;
/** Days with arrivals of which the longest gaps are remembered. */
const GAP_DAYS = 30;

export type Rhythm = Pick<Source, 'newestAt' | 'arrivals' | 'rhythmSeconds' | 'gapsByDay' | 'firstShare'>;

const NO_RHYTHM: Rhythm = {
  newestAt: null,
  arrivals: 0,
  rhythmSeconds: null,
  gapsByDay: [],
  firstShare: 1,
};

const secondsBetween = (from: Date | string, to: Date | string) =>
  (new Date(to).getTime() - new Date(from).getTime()) / 1000;

/** The rhythm after new articles were seen. @param isFirst whether no other source had named all of them before */
export function withArrival(rhythm: Rhythm, at: Date, isFirst = true): Rhythm {
  const { newestAt, arrivals, rhythmSeconds, gapsByDay } = rhythm;
  const seen = at.toISOString();
  const firstShare = Math.max(rhythm.firstShare + WEIGHT * ((isFirst ? 1 : 0) - rhythm.firstShare), LEAST_SHARE);
  if (newestAt === null) return { newestAt: seen, arrivals: arrivals + 1, rhythmSeconds, gapsByDay, firstShare };
  const gap = secondsBetween(newestAt, at);
  if (gap < ONE_ARRIVAL) return { newestAt: seen, arrivals, rhythmSeconds, gapsByDay, firstShare };
  return {
    newestAt: seen,
    arrivals: arrivals + 1,
    rhythmSeconds: rhythmSeconds === null ? gap : rhythmSeconds * (gap / rhythmSeconds) ** WEIGHT,
    gapsByDay: withGap(gapsByDay, Math.round(gap), newestAt.slice(0, 10) === seen.slice(0, 10)),
    firstShare,
  };
}

function withGap(gaps: readonly number[], gap: number, isSameDay: boolean): number[] {
  const [first = 0, ...others] = gaps;
  return isSameDay ? [Math.max(first, gap), ...others] : [gap, ...gaps].slice(0, GAP_DAYS);
}

/**
 * What the dates in a listing tell of its rhythm at the first reading, when everything is new.
 *
 * @param dates in any order; those ahead of `now` say nothing
 */
export function rhythmOfDates(dates: readonly string[], now: Date): Rhythm {
  const times = [...new Set(dates.map((date) => Date.parse(date)))].filter((time) => time <= now.getTime());
  times.sort((a, b) => a - b);
  if (times.length >= LEAST_DATED) times.splice(0, Math.floor(times.length * (1 - NOT_PINNED)));
  let rhythm = NO_RHYTHM;
  for (const time of times.slice(-SEEDS)) {
    rhythm = withArrival(rhythm, new Date(time));
  }
  return rhythm;
}

/**
 * Seconds in which a listing filled, by the dates of what it holds.
 *
 * @returns null where they do not tell, or all came at once, which no reading can catch
 */
export function filledIn(dates: readonly string[]): number | null {
  const times = dates.map((date) => Date.parse(date)).sort((a, b) => b - a);
  const last = Math.floor((times.length - 1) * NOT_PINNED);
  if (times.length < LEAST_DATED) return null;
  const span = ((times[0] as number) - (times[last] as number)) / 1000;
  const seconds = (span * (times.length - 1)) / last;
  return seconds < FLOOR ? null : seconds;
}

/**
 * Seconds until the next reading.
 *
 * @param freshFor seconds for which the last answer says it stays fresh (RFC 9111), null where it does not
 */
export function pause(
  source: Rhythm & Pick<Source, 'everySeconds' | 'addedAt' | 'stated' | 'fillsInSeconds'>,
  now: Date,
  freshFor: number | null,
): number {
  if (source.everySeconds !== null) return source.everySeconds;
  const silence = Math.max(secondsBetween(source.newestAt ?? source.addedAt, now), 0);
  const usual = (source.rhythmSeconds ?? 3 * FIRST_INTERVAL) / source.firstShare;
  const full = source.fillsInSeconds === null ? CEILING : Math.max(source.fillsInSeconds / 2, silence / PATIENCE);
  const own = Math.min(Math.max(Math.min(Math.max(usual, silence / 3) / 3, full), FLOOR), CEILING);
  return Math.round(Math.max(own, statedPause(source, freshFor)));
}

function statedPause({ stated }: Pick<Source, 'stated'>, freshFor: number | null): number {
  return Math.min(Math.max(stated.intervalSeconds ?? 0, freshFor ?? 0), STATED_CEILING);
}

/** While a listing holds more than was taken, what it asks for is followed up to here: else thousands would take years. Seconds. */
const PATIENCE_WITH_MORE = 15 * MINUTE;

/**
 * When a listing that holds more than was taken is read again: as soon as its host can have given that, and no sooner than
 * any listing. It has to be read whole, for what it holds is kept nowhere, so that what it asks for counts here as well. An
 * index is small beside the site maps it names, ten of which are read at a time.
 *
 * @param busySeconds until the host will have given what was taken
 */
export function readingForMore(
  source: Pick<Source, 'stated'>,
  { busySeconds, isIndex }: { busySeconds: number; isIndex: boolean },
  freshFor: number | null,
  now: Date,
  random: number,
): Date {
  const asked = Math.min(statedPause(source, freshFor), PATIENCE_WITH_MORE);
  const due = new Date(now.getTime() + Math.max(busySeconds, isIndex ? MINUTE : FLOOR, asked) * 1000);
  return outsideSkipped(due, source.stated, random);
}

/** Share of a pause by which sources that were added together drift apart. */
const JITTER = 0.05;

/**
 * When the next reading is: after that pause, a little later by chance, and in no hour or day the source asks to skip.
 *
 * A pause that the user has set counts from when this reading was due, for what is due is looked for at every full minute
 * and one that is due seconds later waits for the next; a reading that came late is no reason for two in a row.
 *
 * @param source its `dueAt` is that of this reading
 * @param random from 0 to below 1
 */
export function nextReading(
  source: Pick<Source, 'everySeconds' | 'dueAt' | 'stated'>,
  pauseSeconds: number,
  now: Date,
  random: number,
): Date {
  if (source.everySeconds !== null) {
    const pauseMs = pauseSeconds * 1000;
    return new Date(Math.max(Date.parse(source.dueAt) + pauseMs, now.getTime() + pauseMs / 2));
  }
  const due = new Date(now.getTime() + pauseSeconds * (1 + JITTER * random) * 1000);
  return outsideSkipped(due, source.stated, random);
}

/** Minutes over which the readings of sources that skip the same hours are spread. */
const SPREAD = 10 * MINUTE;

function outsideSkipped(due: Date, { skipHours, skipDays }: Source['stated'], random: number): Date {
  if (skipHours.length === 0 && skipDays.length === 0) return due;
  const hour = new Date(due);
  for (let hours = 0; hours <= 7 * 24; hours++) {
    if (!skipHours.includes(hour.getUTCHours()) && !skipDays.includes(hour.getUTCDay())) {
      return hours === 0 ? due : new Date(hour.getTime() + random * SPREAD * 1000);
    }
    hour.setUTCMinutes(0, 0, 0);
    hour.setUTCHours(hour.getUTCHours() + 1);
  }
  // It asks never to be read, which is a mistake and no wish.
  return due;
}

const FIRST_RETRY = 5 * MINUTE;
const LAST_RETRY = 6 * HOUR;

/**
 * Seconds until the next try after failures in a row: twice as long each time, up to six hours, and by chance up to a
 * quarter longer, so that a host that comes back is not met by all at once.
 *
 * @param failures 1 at least
 * @param random from 0 to below 1
 */
export function backoff(failures: number, random: number): number {
  return Math.min(FIRST_RETRY * 2 ** (Math.min(failures, 30) - 1), LAST_RETRY) * (1 + random / 4);
}

/**
 * When what failed is tried again, as ISO 8601: after its {@link backoff}, and not while its host has to be left alone.
 *
 * @param notBefore until when that is; null where it need not be
 */
export function nextTry(
  failures: number,
  notBefore: string | null,
  { now, random }: { now: Date; random: number },
): string {
  const retryAt = new Date(now.getTime() + backoff(failures, random) * 1000).toISOString();
  return notBefore !== null && notBefore > retryAt ? notBefore : retryAt;
}
