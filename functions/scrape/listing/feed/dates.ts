/**
 * Dates as feeds write them: ISO 8601 and its profile of the W3C, RFC 822 and what became of it, asctime; anything else
 * as pages print dates, in the languages the engine knows. What is not certain to the day is no date.
 */
import { DAY_MS, MINUTE_MS } from '../../../article/durations.ts';
import { parseStamp } from '../../../extract/metadata/dates.ts';
import { ATLANTIC, offsetOn, zoneNamed } from '../../../extract/metadata/time-zones.ts';

export interface FeedDateHints {
  /** The instant the listing was read; dates more than 24 h after it are refused. */
  asOf: Date;
  /** BCP 47; settles 01/02/2026. */
  language: string | null;
}

const MAX_LENGTH = 120;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
/** Unix time to parts of a second. */
const UNIX_FRACTION = /^(\d{9,10})\.\d{1,9}$/;
/** Furthest from UTC that clocks are set, in minutes (Kiribati, Baker Island). */
const MAX_OFFSET = 14 * 60;

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/**
 * Reads a feed's date.
 *
 * A time without a zone, or with the name of an unknown one, is read as UTC (RFC 2822, 4.3); a date without a time is
 * midnight UTC. A wrong day of the week is passed over.
 *
 * @returns ISO 8601 in UTC, `YYYY-MM-DDTHH:MM:SSZ`; null for what states no whole day, does not exist, or lies ahead
 */
export function readFeedDate(stated: string | null, hints: FeedDateHints): string | null {
  if (stated === null) return null;
  const plain = stated.slice(0, MAX_LENGTH).replace(/\s+/g, ' ').trim().replace(UNIX_FRACTION, '$1');
  const text = inSeoul(plain);
  if (text === '') return null;
  for (const readForm of [isoInstant, compactInstant, shortYearInstant, mailInstant]) {
    const instant = readForm(text, hints.asOf);
    if (instant !== undefined) return instant === null ? null : written(instant, hints.asOf);
  }
  const found = parseStamp(text, { asOf: hints.asOf, language: hints.language });
  if (found === null) return null;
  // A zone that stands apart from its time: 15:04 02.01.2006 -0700.
  const apart = found.zoned ? undefined : / [+-]\d{2}:?\d{2}$/.exec(text)?.[0];
  const offset = apart === undefined || found.precision === 'day' ? 0 : offsetOf(apart, 0);
  if (offset === null) return null;
  const own = Date.parse(found.iso) - offset * MINUTE_MS;
  // Pages pad days with midnight, which is why that reader takes 00:00 for no time; feeds mean the instant.
  const time = found.precision === 'day' ? /(?:^|[ T])(\d{1,2}:\d{2}.{0,40})$/.exec(text)?.[1] : undefined;
  return written((time === undefined ? null : withTime(own, time)) ?? own, hints.asOf);
}

/**
 * The zero of Unix time is what programs write that know no date; what lies ahead by more than a day, which zones explain,
 * is an event's date or a mistake. The engine refuses such dates of pages too.
 */
function written(instant: number, asOf: Date): string | null {
  if (Number.isNaN(instant) || instant === 0 || instant > asOf.getTime() + DAY_MS) return null;
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds since 1970; null for a day or time that does not exist, undefined for text of another form. */
type Instant = number | null | undefined;

const ZONE = '(?:Z|[+-]\\d{2}:?\\d{2})$';
const ORDINAL = /^(\d{4})-?(\d{3})(?=$|T)/i;
const WEEK_DAY = /^(\d{4})-?W(\d{2})-?([1-7])(?=$|T)/i;
/** XML Schema has a day with a zone. */
const CALENDAR_DAY = new RegExp(`^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?=$|[T ,]|${ZONE})`, 'i');
/** An hour alone, and a zone without any. */
const WHOLE_HOUR = new RegExp(`^(\\d{2})(?=$|${ZONE})`, 'i');
const HOUR_AND_MINUTE = new RegExp(`^(\\d{2})(\\d{2})(?=$|${ZONE})`, 'i');
const ZONE_ALONE = new RegExp(`^(?=${ZONE})`, 'i');

/**
 * 2026-05-03, 2026-5-3T10:15:30.5+02:00, 2026-05-03 10:15 CEST, 2026-05-03T10Z, 2026-05-03+02:00, 2026-123 (day of the
 * year), 2026-W18-7 (day of a week).
 */
function isoInstant(text: string): Instant {
  const [ordinal, week] = [ORDINAL.exec(text), WEEK_DAY.exec(text)];
  const day = ordinal ?? week ?? CALENDAR_DAY.exec(text);
  if (!day) return undefined;
  const [year, second, third] = day.slice(1).map(Number) as [number, number, number];
  const midnight = ordinal
    ? ofYear(year, second)
    : week
      ? ofWeek(year, second, third)
      : midnightOf(year, second, third);
  if (midnight === null) return null;
  const rest = text.slice(day[0].length).replace(/^[Tt ,]{1,3}/, '');
  if (rest === '') return midnight;
  return withTime(
    midnight,
    rest.replace(WHOLE_HOUR, '$1:00').replace(HOUR_AND_MINUTE, '$1:$2').replace(ZONE_ALONE, '00:00'),
  );
}

/** 03-12-31T10:15, 31-12-03: with a year of two digits, where only one order of the three is a day that has been. */
function shortYearInstant(text: string, asOf: Date): Instant {
  const [whole, first = '', second = '', third = ''] = /^(\d{2})-(\d{2})-(\d{2})(?=$|[T ])/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const days = [
    midnightOf(yearOf(first), Number(second), Number(third)),
    midnightOf(yearOf(third), Number(second), Number(first)),
    midnightOf(yearOf(third), Number(first), Number(second)),
  ].filter((day) => day !== null && day <= asOf.getTime() + DAY_MS);
  const [midnight] = days;
  if (midnight === undefined || midnight === null || new Set(days).size > 1) return undefined;
  const time = text.slice(whole.length + 1);
  return time === '' ? midnight : withTime(midnight, time);
}

/** Korean has the half of the day before the hour, and is written in one zone, which its feeds do not name. */
function inSeoul(text: string): string {
  if (!/\p{Script=Hangul}/u.test(text)) return text;
  return text
    .replace(/(오전|오후) ?(\d{1,2})(?=:)/, (_, half: string, hour: string) =>
      String((Number(hour) % 12) + (half === '오후' ? 12 : 0)).padStart(2, '0'),
    )
    .replace(/:\d{2}$/, '$& KST');
}

/** 20260503, 20260503T101530Z, 202605031015. */
function compactInstant(text: string): Instant {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2})?)?(.{0,12})$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, zone = ''] = parts;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  // Ten digits may as well be Unix time.
  if (midnight === null || Number(year) < 1990) return undefined;
  if (hour === undefined) return zone === '' ? midnight : undefined;
  return withTime(midnight, `${hour}:${minute}:${second ?? '00'}${zone}`);
}

/** `Sun, 03 May 2026 10:15:30 +0200`, `3-May-26`, `May 3, 2026 10:15 PM EST`, `Sun May  3 10:15:30 CEST 2026`. */
function mailInstant(text: string): Instant {
  // A comment (RFC 822, 3.4.3) says again what the zone is called, or is the only one to say it.
  const zone = /\(([A-Za-z]{1,5})\)$/.exec(text)?.[1] ?? '';
  const words = text
    .replace(/\([^()]{0,60}\)/g, ' ')
    .replace(/(\d)[-/](\p{L}{3,9}\.?)[-/](\d)/u, '$1 $2 $3')
    .replace(/,/g, ' ')
    .trim()
    .split(/ +/);
  let at = 0;
  if (/^\p{L}{2,20}\.?$/u.test(words[0] ?? '') && monthOf(words[0]) === null) at = 1;
  const dayFirst = dayOf(words[at]);
  const month = monthOf(words[dayFirst === null ? at : at + 1]);
  const day = dayFirst ?? dayOf(words[at + 1]);
  if (month === null || day === null) return undefined;
  const rest = words.slice(at + 2);
  // asctime has its year at the end.
  const yearAt = isYear(rest[0]) ? 0 : rest.length > 1 && /^\d{4}$/.test(rest.at(-1) ?? '') ? rest.length - 1 : -1;
  if (yearAt < 0) return undefined;
  const midnight = midnightOf(yearOf(rest[yearAt] as string), month, day);
  if (midnight === null) return null;
  const time = rest.toSpliced(yearAt, 1).join(' ');
  if (time === '') return midnight;
  return withTime(midnight, /\d$/.test(time) && !/[+-]\d{1,2}:?\d{0,2}$/.test(time) ? `${time} ${zone}` : time);
}

function dayOf(word: string | undefined): number | null {
  const digits = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/i.exec(word ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function monthOf(word: string | undefined): number | null {
  const name = (word ?? '').toLowerCase().replace(/\.$/, '');
  if (name.length < 3) return null;
  const index = MONTHS.findIndex(
    (month) => month === name || month.slice(0, 3) === name || (name === 'sept' && month === 'september'),
  );
  return index < 0 ? null : index + 1;
}

function isYear(word: string | undefined): boolean {
  return /^(?:\d{2}|\d{3}|\d{4})$/.test(word ?? '');
}

/** Years of two and three digits as RFC 2822, 4.3 reads them. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function midnightOf(year: number, month: number, day: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  const midnight = Date.UTC(year, month - 1, day);
  // 31 February would be a day of March.
  return new Date(midnight).getUTCMonth() === month - 1 ? midnight : null;
}

function ofYear(year: number, day: number): number | null {
  const first = midnightOf(year, 1, 1);
  if (first === null || day < 1) return null;
  const midnight = first + (day - 1) * DAY_MS;
  return new Date(midnight).getUTCFullYear() === year ? midnight : null;
}

/** The first week of a year has its first Thursday, or 4 January (ISO 8601, 3.1.1.23); days count from Monday. */
function ofWeek(year: number, week: number, day: number): number | null {
  const fourth = midnightOf(year, 1, 4);
  if (fourth === null || week < 1) return null;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  const thursday = new Date(monday + ((week - 1) * 7 + 3) * DAY_MS);
  return thursday.getUTCFullYear() === year ? monday + ((week - 1) * 7 + day - 1) * DAY_MS : null;
}

/** A time of day and its zone on a day. */
function withTime(midnight: number, text: string): Instant {
  const parts = /^(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,:]\d{1,9})?)? ?(?:([ap])\.?m\.?(?![a-z]) ?)?/i.exec(text);
  const bare = parts ? null : /^(\d{1,2})(?: ?([ap])\.?m\.? ?|(?=Z$))/i.exec(text);
  if (!parts && !bare) return undefined;
  let hour = Number(parts?.[1] ?? bare?.[1]);
  const minute = Number(parts?.[2] ?? 0);
  const second = Number(parts?.[3] ?? 0);
  const half = (parts?.[4] ?? bare?.[2])?.toLowerCase();
  if (half !== undefined && hour <= 12) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  const midnightAhead = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnightAhead) || minute > 59 || second > 60) return null;
  const offset = offsetOf(text.slice((parts ?? bare)?.[0].length), midnight);
  return offset === null ? null : midnight + (hour * 60 + minute - offset) * MINUTE_MS + second * 1_000;
}

/** Names of the time zone database: `Europe/Berlin`, and old ones that say both times of a place, `EST5EDT`. */
const PLACE = /^(?:[A-Z][A-Za-z_]{1,30}\/[A-Za-z_/-]{2,40}|[A-Z]{3}\d[A-Z]{3})$/;

/** Minutes east of UTC. @returns null for what is no zone */
function offsetOf(zone: string, midnight: number): number | null {
  // Java writes a place in brackets (RFC 9557).
  const text = zone.trim().replace(/^\[([^\]]{1,60})\]$/, '$1');
  if (text === '') return 0;
  const numeric = /(?:^|[A-Za-z ])([+\-−–])(\d{1,2}):?(\d{2})?(?=$|[^\d:])/.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return minutes > MAX_OFFSET || Number(numeric[3] ?? 0) > 59 ? null : numeric[1] === '+' ? minutes : -minutes;
  }
  const place = PLACE.test(text) ? offsetAt(text, midnight) : null;
  if (place !== null) return place;
  const name = /^(?:Etc\/)?([A-Za-z]{1,5})\b/.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return /\d/.test(text) ? null : 0;
  const known = name === 'at' ? ATLANTIC : zoneNamed(name);
  return known === null ? 0 : offsetOn(known, midnight);
}

/** Of a place of the time zone database, such as Europe/Berlin. @returns null for a name it does not know */
function offsetAt(zone: string, midnight: number): number | null {
  const format = offsetFormat(zone);
  if (format === null) return null;
  const name = format.formatToParts(midnight).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const parts = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (!parts) return null;
  const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}

/** Formats by zone, null for a zone that is none: to make one takes ten times as long as all else of a date. */
const OFFSET_FORMATS = new Map<string, Intl.DateTimeFormat | null>();
const MAX_FORMATS = 50;

function offsetFormat(zone: string): Intl.DateTimeFormat | null {
  const known = OFFSET_FORMATS.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // No such zone.
  }
  if (OFFSET_FORMATS.size >= MAX_FORMATS) OFFSET_FORMATS.clear();
  OFFSET_FORMATS.set(zone, format);
  return format;
}
