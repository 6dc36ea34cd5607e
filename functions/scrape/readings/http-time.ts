/**
 * What an HTTP answer says about time: when to come back, and how long it stays fresh. Pure.
 */
import type { HttpHeaders } from '../http.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT`; also without weekday or seconds, and with the zone names that servers write. */
const IMF_FIXDATE =
  /^(?:[a-z]{3,9},? )?(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{4}|\d{2}) (\d{1,2}):(\d{2})(?::(\d{2}))? (?:GMT|UTC|Z|[+-]0000)$/i;
/** `Sunday, 06-Nov-94 08:49:37 GMT`; also with a year of four digits. */
const RFC_850 = /^(?:[a-z]{3,9},? )?(\d{1,2})-([a-z]{3})-(\d{4}|\d{2}) (\d{1,2}):(\d{2}):(\d{2}) (?:GMT|UTC)$/i;
/** `Sun Nov  6 08:49:37 1994`. */
const ASCTIME = /^[a-z]{3} ([a-z]{3}) {1,2}(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) (\d{4})$/i;

const LONGEST_DATE = 60;
const FIFTY_YEARS = 50;

/**
 * Reads a date of HTTP in any of its three forms (RFC 9110, 5.6.7).
 *
 * @param now a year of two digits that lies more than 50 years ahead of it belongs to the century before
 * @returns null where it is none
 */
export function parseHttpDate(value: string, now: Date): Date | null {
  const text = value.trim();
  if (text.length > LONGEST_DATE) return null;
  const fixed = IMF_FIXDATE.exec(text) ?? RFC_850.exec(text);
  if (fixed) {
    const [, day, month, year, hour, minute, second] = fixed;
    return instant(fullYear(year as string, now), month, day, hour, minute, second);
  }
  const asctime = ASCTIME.exec(text);
  if (!asctime) return null;
  const [, month, day, hour, minute, second, year] = asctime;
  return instant(Number(year), month, day, hour, minute, second);
}

function fullYear(year: string, now: Date): number {
  if (year.length === 4) return Number(year);
  const current = now.getUTCFullYear();
  const guess = current - (current % 100) + Number(year);
  return guess > current + FIFTY_YEARS ? guess - 100 : guess;
}

type Digits = string | undefined;

function instant(year: number, month: Digits, day: Digits, hour: Digits, minute: Digits, second: Digits): Date | null {
  const index = MONTHS.indexOf(month?.toLowerCase() ?? '');
  const [d, h, m, s] = [day, hour, minute, second ?? '0'].map(Number) as [number, number, number, number];
  // 60 is a leap second.
  // Of years before 100 the calendar of JavaScript makes those of the 20th century.
  if (index < 0 || year < 100 || h > 23 || m > 59 || s > 60) return null;
  const date = new Date(Date.UTC(year, index, d, h, m, Math.min(s, 59)));
  // 30 February would roll over into March.
  return date.getUTCDate() === d ? date : null;
}

/** A longer wait is no wait but a mistake: 30 days. */
const LONGEST_WAIT_S = 30 * 24 * 60 * 60;

/**
 * The instant before which the server asks not to be asked again (RFC 9110, 10.2.3), at most 30 days ahead.
 *
 * A date is by the server's clock: where its `Date` is known, the wait is what lies between the two.
 *
 * @param now when the answer arrived
 * @returns never before `now`; null where nothing usable is said
 */
export function retryAfter(headers: HttpHeaders, now: Date): Date | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  // Some send fractions.
  const seconds = /^\d{1,100}(?:\.\d{1,9})?$/.test(value) ? Number(value) : secondsUntil(value, headers, now);
  if (seconds === null) return null;
  return new Date(now.getTime() + Math.ceil(Math.min(Math.max(seconds, 0), LONGEST_WAIT_S) * 1000));
}

function secondsUntil(value: string, headers: HttpHeaders, now: Date): number | null {
  const date = parseHttpDate(value, now);
  return date && (date.getTime() - serverTime(headers, now).getTime()) / 1000;
}

function serverTime(headers: HttpHeaders, now: Date): Date {
  return parseHttpDate(headers.date ?? '', now) ?? now;
}

/** RFC 9111, 1.2.2: a number too large to hold stands for this one. */
const MAX_DELTA_SECONDS = 2_147_483_648;
const LONGEST_FIELD = 2_000;

/**
 * How long the answer stays fresh, in seconds from its arrival (RFC 9111, 4.2): `s-maxage`, for what is fetched here serves
 * many, else `max-age`; else `Expires` less `Date`; all of them less the age of the answer (4.2.3), which is what `Age` says
 * and at least the time since `Date`.
 *
 * @returns 0 where it may not be used again without asking (`no-store`, `no-cache`, long past); null where it says nothing
 */
export function freshForSeconds(headers: HttpHeaders, now: Date): number | null {
  const directives = cacheControl(headers['cache-control'] ?? '');
  if (directives.has('no-store') || directives.has('no-cache')) return 0;
  // Of several the first counts (5.1).
  const stated = deltaSeconds(headers.age?.split(',', 1)[0]) ?? 0;
  const made = serverTime(headers, now).getTime();
  const age = Math.max(stated, (now.getTime() - made) / 1000);
  const lifetime = directives.get('s-maxage') ?? directives.get('max-age');
  // One that cannot be read makes the answer stale (4.2.1).
  if (lifetime !== undefined) return Math.max((deltaSeconds(lifetime) ?? 0) - age, 0);

  const { expires } = headers;
  if (expires === undefined) return null;
  // `0` and other words that are no date mean the past (5.3).
  const date = parseHttpDate(expires, now);
  return date ? Math.max((date.getTime() - made) / 1000 - age, 0) : 0;
}

function deltaSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/.test(value.trim()) ? Math.min(Number(value), MAX_DELTA_SECONDS) : null;
}

/** Directives by name in lower case, the first of several; values without their quotes. */
function cacheControl(field: string): Map<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of field
    .slice(0, LONGEST_FIELD)
    .matchAll(/([a-z0-9!#$%&'*+.^_`|~-]+)(?: {0,4}= {0,4}(?:"((?:[^"\\]|\\.){0,200})"|([^",\s]{1,200})))?/gi)) {
    const key = name.toLowerCase();
    if (!directives.has(key)) directives.set(key, quoted ?? token);
  }
  return directives;
}

/** Validators longer than this are not sent back. Characters. */
const LONGEST_VALIDATOR = 1_000;

/**
 * What to send with the next request for the same address, exactly as it came: an entity tag may be weak, unquoted or
 * otherwise wrong, and only its own server knows it again.
 */
export function validators(headers: HttpHeaders): { etag: string | null; lastModified: string | null } {
  const verbatim = (value: string | undefined) =>
    value !== undefined && value.trim() !== '' && value.length <= LONGEST_VALIDATOR ? value : null;
  return { etag: verbatim(headers.etag), lastModified: verbatim(headers['last-modified']) };
}
