/** Values of options, refused with a sentence where they cannot be meant. */
import { InvalidArgumentError } from 'commander';
import { SOURCE_ID } from '../../functions/names.ts';
import { isContactUrl } from '../../functions/scrape/hosts/user-agent.ts';
import { CREDENTIALS_REFUSED, hasCredentials } from '../../functions/scrape/sources/watched-address.ts';
import { parseDuration } from '../api/duration.ts';

/** An absolute web address, in the ASCII form that S3 metadata can carry. */
export function webAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new InvalidArgumentError('It must be an absolute http or https address, such as https://example.org/story.');
  }
  return url.href;
}

/** An address to be watched. */
export function watchedAddress(value: string): string {
  const url = webAddress(value);
  if (hasCredentials(url)) throw new InvalidArgumentError(CREDENTIALS_REFUSED);
  return url;
}

/** Where the people behind requests can be reached. */
export function contactUrl(value: string): string {
  if (!isContactUrl(value)) throw new InvalidArgumentError('It must be an http, https or mailto address.');
  return value;
}

/** A day of UTC, `today` for the one that is. */
export function day(value: string): string {
  const known = value === 'today' ? new Date().toISOString().slice(0, 10) : value;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(known) || new Date(known).toJSON()?.slice(0, 10) !== known) {
    throw new InvalidArgumentError('It must be a day, such as 2026-03-31 or today.');
  }
  return known;
}

/** A content type that an HTTP header can carry. */
export function mediaType(value: string): string {
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(;[ -~]*)?$/.test(value)) {
    throw new InvalidArgumentError('It must be a content type, such as "text/html; charset=gbk".');
  }
  return value;
}

/** @returns what reads a text of so many characters at most */
export function textUpTo(length: number) {
  return (value: string): string => {
    if (value.length <= length) return value;
    throw new InvalidArgumentError(`It has ${value.length} characters; ${length} are the most.`);
  };
}

/** Each day is asked for by itself, so centuries would take hours. */
const MOST_DAYS = 3_660;

/** @returns what reads a whole number within these, both included; `of` says what it counts */
function wholeNumber(least: number, most: number, of = ''): (value: string) => number {
  const form = new RegExp(`^\\d{1,${String(most).length}}$`);
  return (value) => {
    const number = Number(value);
    if (!form.test(value) || number < least || number > most) {
      throw new InvalidArgumentError(`It must be a whole number${of} from ${least} to ${most}.`);
    }
    return number;
  };
}

/** How many days back. */
export const dayCount = wholeNumber(1, MOST_DAYS, ' of days');

export function count(value: string): number {
  const number = Number(value);
  if (!/^\d{1,6}$/.test(value) || number < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

/** A pause between readings, in seconds. */
export function rhythm(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === null || seconds < 60 || seconds > 30 * 86_400) {
    throw new InvalidArgumentError('It must be a duration from 1m to 30d, such as 15m or 2h.');
  }
  return seconds;
}

/** The name of a source, which records carry. */
export function sourceName(value: string): string {
  if (!SOURCE_ID.test(value)) {
    throw new InvalidArgumentError('It must be lower-case letters, digits, dots and hyphens, a letter or digit first.');
  }
  return value;
}

export const recheckDays = wholeNumber(0, 30, ' of days');

/** New articles taken at a reading. */
export const perRun = wholeNumber(1, 10_000);

/** Times the usual interval of a source. */
export const silentAfter = wholeNumber(2, 1000);
