/**
 * Dates as pages print them, in some sixty languages, read by tokens and never by `Date.parse`, whose answers
 * depend on the engine and the machine's zone. What cannot be told for certain is left out.
 */
import { DAY_MS, MINUTE_MS } from '../../article/durations.ts';
import { mayHoldDigits } from './date-tokens.ts';
import { type Day, dayAt, isoDay } from './day-forms.ts';
import { offsetOn } from './time-zones.ts';
import { type Time, timeAfter, timeBefore } from './times-of-day.ts';
import { type DateHints, TokenRun } from './token-run.ts';

export type { DateHints };

export interface ParsedDate {
  /** Instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`; with day precision midnight UTC of the day as printed. */
  iso: string;
  /** The date as it was written, white space collapsed. */
  raw: string;
  precision: 'day' | 'second';
  /** Whether the text names its zone; a time without one is read as UTC. */
  zoned: boolean;
  /** The day as printed, YYYY-MM-DD, in the text's own zone. */
  day: string;
}

export interface FoundDate extends ParsedDate {
  /** Offsets into the text given, the time and zone included. */
  start: number;
  end: number;
}

/** Characters read: a line that states a date is short, and prose about dates is not wanted. */
const MAX_LENGTH = 300;

function datesOf(run: TokenRun): FoundDate[] {
  const found: FoundDate[] = [];
  let from = 0;
  // Every form has a number in it: behind the last one none begins.
  const end = run.tokens.findLastIndex(({ kind }) => kind === 'number') + 1;
  for (let i = 0; i < end; i++) {
    const day = dayAt(run, i);
    if (!day) continue;
    let after = day.time ?? timeAfter(run, day.next);
    let before = after && isBeside(run, day.next, after.from) ? null : timeBefore(run, i, from);
    // "15:07 GMT, 3 May 2024 | Updated: 16:20 GMT": the hour behind the bar is that of the change.
    if (before && !day.time) after = null;
    else before = after ? null : before;
    const time = after ?? before;
    const last = Math.max(day.next, after?.next ?? 0) - 1;
    const date = settle(run, day, time);
    const start = run.tokens[before?.from ?? day.from ?? i]?.start ?? 0;
    const stop = run.tokens[last]?.end ?? run.text.length;
    if (date) found.push({ ...date, raw: squash(run.text.slice(start, stop)), start, end: stop });
    i = last;
    from = last + 1;
  }
  return found;
}

/** Whether no word stands between a day and an hour. */
function isBeside(run: TokenRun, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (run.tokens[at]?.kind === 'word') return false;
  return true;
}

function settle(run: TokenRun, day: Day, time: Time | null): Omit<ParsedDate, 'raw'> | null {
  const own = isoDay(day.year, day.month, day.day);
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  const limit = run.hints.asOf.getTime() + DAY_MS;
  let offset = time?.offset ?? null;
  if (time?.zone) offset = offsetOn(time.zone, midnight);
  // A stamp of exactly midnight is a day that a program padded; moving it to UTC would change the day.
  if (!time || (time.hour === 0 && time.minute === 0 && time.second === 0)) {
    if (midnight > limit) return null;
    return { iso: `${own}T00:00:00Z`, precision: 'day', zoned: offset !== null, day: own };
  }
  const instant = midnight + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 - (offset ?? 0) * MINUTE_MS;
  if (instant > limit) return null;
  return { iso: isoInstant(instant), precision: 'second', zoned: offset !== null, day: own };
}

function isoInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function squash(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * Finds every date a short text states, in order; only its first 300 characters are read.
 * Dates without a year and relative ones ("2 hours ago") are no dates; future and undecidable ones are left out.
 */
export function findDates(text: string, hints: DateHints): FoundDate[] {
  const read = text.slice(0, MAX_LENGTH);
  return mayHoldDigits(read) ? datesOf(new TokenRun(read, hints)) : [];
}

/**
 * Reads the first date of a short text, such as a date line, a `datetime` attribute or an RFC 2822 stamp.
 *
 * @returns null where the text states no whole, decidable date up to a day after `asOf`
 */
export function parseDate(text: string, hints: DateHints): ParsedDate | null {
  const first = findDates(text, hints)[0];
  if (!first) return null;
  const { iso, raw, precision, zoned, day } = first;
  return { iso, raw, precision, zoned, day };
}

/** Reads a stamp as programs write it into markup: a date as {@link parseDate} reads it, or Unix time. */
export function parseStamp(stamp: string, hints: DateHints): ParsedDate | null {
  const unix = /^\s{0,20}(\d{10}|\d{13})\s{0,20}$/.exec(stamp.slice(0, 60))?.[1];
  if (!unix) return parseDate(stamp, hints);
  const instant = Number(unix) * (unix.length === 10 ? 1000 : 1);
  // Ten digits that lie before 1995 are an identifier, not a time.
  if (instant < Date.UTC(1995, 0, 1) || instant > hints.asOf.getTime() + DAY_MS) return null;
  const iso = isoInstant(instant);
  return { iso, raw: unix, precision: 'second', zoned: true, day: iso.slice(0, 10) };
}
