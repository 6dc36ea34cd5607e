/** What a reading of its listing makes of a source. Pure: each function gives the source as it is afterwards. */

import { DAY_MS } from '../../article/durations.ts';
import type { Redirect } from '../http.ts';
import type { Listing, ListingKind } from '../listing.ts';
import { isNeverAsked } from '../sources/never-asked.ts';
import { GIVEN_UP, paused, type Source } from '../sources/source.ts';
import { isSameAddress } from '../sources/watched-address.ts';
import { childProblem, doubtedWords, notAfterRetry } from './child-notes.ts';
import { crowdedWords } from './child-turns.ts';
import { arrived, claimEnded } from './counting.ts';
import {
  CEILING,
  filledIn,
  nextReading,
  nextTry,
  pause,
  type Rhythm,
  readingForMore,
  rhythmOfDates,
  withArrival,
} from './rhythm.ts';

/** Days of failures, and failures, after which a source is paused. */
const GIVE_UP_DAYS = 7;
const GIVE_UP_FAILURES = 10;
/** A problem in words, in characters. */
const PROBLEM_LENGTH = 500;
const WARNINGS_KEPT = 5;

export interface At {
  now: Date;
  /** From 0 to below 1. */
  random: number;
}

/** The answer had something, or a 304, in it that could be used. */
function succeeded(source: Source, { now }: At): Source {
  const at = now.toISOString();
  return {
    ...source,
    leaseUntil: null,
    readAt: at,
    succeededAt: at,
    failures: 0,
    failingSince: null,
    otherKind: null,
    problem: childProblem(source, now),
  };
}

function scheduled(source: Source, freshFor: number | null, { now, random }: At): Source {
  const intervalSeconds = pause(source, now, freshFor);
  const next = nextReading(source, intervalSeconds, now, random).toISOString();
  return { ...source, intervalSeconds, dueAt: notAfterRetry(source, next, now) };
}

/** Nothing has changed: a 304, or the body that was there before. */
export function unchanged(
  source: Source,
  answer: Pick<Source, 'etag' | 'lastModified'> & { full: boolean; freshFor: number | null },
  at: At,
): Source {
  const read = succeeded(source, at);
  return scheduled(
    {
      ...read,
      // A 304 need not repeat the validators (RFC 9110, 15.4.5).
      etag: answer.etag ?? read.etag,
      lastModified: answer.lastModified ?? read.lastModified,
      fullReadAt: answer.full ? at.now.toISOString() : read.fullReadAt,
    },
    answer.freshFor,
    at,
  );
}

export interface Findings {
  /** New articles that were claimed. */
  taken: number;
  /** Articles that came since the last ones, and that another source has claimed. */
  elsewhere: number;
  /** New articles, or site maps of an index, left for the next reading. */
  remaining: number;
  /** Seconds until the host will have given what was taken. */
  busySeconds: number;
  /** Whether what is left are site maps. */
  isIndex: boolean;
  /** When it was claimed, as the rows of the pages say; null where that is not to be known later. */
  claimedAt: string | null;
}

/** The listing was read and its new articles were claimed. */
export function read(
  source: Source,
  answer: Pick<Source, 'etag' | 'lastModified' | 'bodyHash'> & { freshFor: number | null },
  listing: Listing,
  findings: Findings,
  at: At,
): Source {
  const { rhythm } = listing;
  const stated = [rhythm.ttlMinutes, rhythm.updateMinutes].filter((minutes) => minutes !== null);
  const after: Source = {
    ...withFindings(
      succeeded(source, at),
      { ...findings, isLeftover: source.remaining > 0, arePublished: isDated(listing) },
      datesOf(listing),
      at,
    ),
    kind: listing.kind,
    title: listing.title ?? source.title,
    etag: answer.etag,
    lastModified: answer.lastModified,
    bodyHash: answer.bodyHash,
    fullReadAt: at.now.toISOString(),
    stated: {
      intervalSeconds: stated.length > 0 ? Math.round(Math.max(...stated) * 60) : null,
      skipHours: [...rhythm.skipHours],
      skipDays: [...rhythm.skipDays],
    },
    warnings: [crowdedWords(source), doubtedWords(source), ...listing.warnings]
      .filter((warning) => warning !== null)
      .slice(0, WARNINGS_KEPT)
      .map((warning) => warning.slice(0, PROBLEM_LENGTH)),
    remaining: findings.remaining,
    fillsInSeconds: fillsIn(source, listing, findings, at),
  };
  return dueSoonIfMore(scheduled(after, answer.freshFor, at), findings, answer.freshFor, at);
}

/** The source with its next reading brought forward where the last one left something. */
export function dueSoonIfMore(
  source: Source,
  findings: Pick<Findings, 'remaining' | 'busySeconds' | 'isIndex'>,
  freshFor: number | null,
  { now, random }: At,
): Source {
  if (findings.remaining === 0) return source;
  const soon = readingForMore(source, findings, freshFor, now, random).toISOString();
  return soon < source.dueAt ? { ...source, dueAt: soon } : source;
}

/**
 * By how much the time is stretched in which a listing without dates is thought to fill, each time it held something known: up
 * to where it makes no difference, for no number may grow for ever.
 */
const SLOWER = 1.1;

function fillsIn(
  source: Source,
  listing: Listing,
  { taken, elsewhere, remaining }: Findings,
  { now }: At,
): number | null {
  const dated = filledIn(datesOf(listing));
  if (dated !== null || source.readAt === null) return dated;
  const known = source.fillsInSeconds;
  const all = listing.items.length;
  const news = taken + elsewhere + remaining;
  // What an earlier reading left is no news.
  if (source.remaining > 0 || source.succeededAt === null) return known;
  if (all === 0 || news < all / 2) return known === null ? null : Math.min(known * SLOWER, 2 * CEILING);
  // One that somebody asked for, or that failed before, comes sooner than the last, and a burst says little then.
  const seconds = Math.max((now.getTime() - Date.parse(source.succeededAt)) / 1000, source.intervalSeconds);
  // Where nothing in it is known, something may have come and gone between; where half of it is not, that is near.
  return Math.min(known ?? Number.POSITIVE_INFINITY, news >= all ? seconds : 2 * seconds);
}

type NewArticles = Pick<Findings, 'taken' | 'elsewhere' | 'claimedAt'> & { isLeftover: boolean; arePublished: boolean };

/** Whether a listing says when its articles were published, and not only when they changed. */
export function isDated({ items }: Listing): boolean {
  return items.some(({ hints }) => hints.publishedAt !== null);
}

function datesOf({ items }: Listing): string[] {
  return items.flatMap(({ hints, modifiedAt }) => hints.publishedAt ?? modifiedAt ?? []);
}

/**
 * Counts new articles, and takes them for an arrival.
 *
 * @param findings with `isLeftover`, whether an earlier reading left these, and `arePublished`, whether the dates are those of publication
 */
export function withFindings(
  source: Source,
  { taken, elsewhere, claimedAt, isLeftover, arePublished }: NewArticles,
  dates: readonly string[],
  { now }: At,
): Source {
  const more = claimEnded(source, taken, claimedAt ?? now.toISOString(), now);
  // At the first reading everything is new, and what was left then is no news later, though it may have the later dates.
  const told = rhythmOfDates(dates, now);
  // Times of change tell how often to look, and nothing of when articles come: shops and wikis are edited all day.
  const rhythm: Rhythm = arePublished ? told : { ...told, arrivals: 0, gapsByDay: [] };
  if (source.newestAt === null) return { ...more, ...seeded(rhythm, taken + elsewhere, now) };
  // Arrivals that were seen tell more than dates.
  if (isLeftover) return source.lastArrival === null ? { ...more, ...laterSeed(source, rhythm, now) } : more;
  return taken + elsewhere === 0 ? more : arrived(more, { taken, elsewhere }, claimedAt, now);
}

/**
 * What the dates of what was left tell of the rhythm. Of the site maps of an index some hold archives, and some a few pages
 * that hardly change: the fastest rhythm that still goes on is the source's.
 */
function laterSeed(source: Source, rhythm: Rhythm, now: Date): Partial<Rhythm> {
  // Times of change say less than those of publication.
  if (rhythm.arrivals === 0 && source.arrivals > 0) return {};
  if (rhythm.arrivals > 0 && source.arrivals === 0) return rhythm;
  const newestAt = [source.newestAt ?? '', rhythm.newestAt ?? ''].sort().at(-1) || null;
  if (rhythm.rhythmSeconds === null || !goesOn(rhythm, now)) return { newestAt };
  const isFaster = source.rhythmSeconds === null || rhythm.rhythmSeconds < source.rhythmSeconds;
  return isFaster || !goesOn(source, now) ? { ...rhythm, newestAt } : { newestAt };
}

/** Days without anything new after which no rhythm goes on, or as many of its usual times. */
const OVER = { days: 14, times: 10 } as const;

function goesOn({ newestAt, rhythmSeconds }: Rhythm, now: Date): boolean {
  if (newestAt === null) return false;
  const since = now.getTime() - Date.parse(newestAt);
  return since <= Math.max(OVER.days * DAY_MS, OVER.times * (rhythmSeconds ?? 0) * 1000);
}

function seeded(rhythm: Rhythm, came: number, now: Date): Rhythm {
  return rhythm.newestAt === null && came > 0 ? withArrival(rhythm, now) : rhythm;
}

/**
 * The reading failed: tried again ever more seldom, and paused once it has failed for a week.
 *
 * @param problem one sentence
 * @param notBefore where the host has to be left alone until then
 */
export function failed(source: Source, problem: string, notBefore: string | null, { now, random }: At): Source {
  const failures = source.failures + 1;
  const failingSince = source.failingSince ?? now.toISOString();
  const after: Source = {
    ...source,
    leaseUntil: null,
    readAt: now.toISOString(),
    failures,
    failingSince,
    problem: problem.slice(0, PROBLEM_LENGTH),
    dueAt: nextTry(failures, notBefore, { now, random }),
  };
  const days = (now.getTime() - Date.parse(failingSince)) / DAY_MS;
  if (days < GIVE_UP_DAYS || failures < GIVE_UP_FAILURES) return after;
  const reason = `${GIVEN_UP} ${failingSince.slice(0, 10)}: ${problem} Resume it once that is mended.`;
  return paused(after, reason.slice(0, PROBLEM_LENGTH), now);
}

/** It may not be read now, which is nobody's failure: robots.txt, or a host that asked to be left alone. */
export function putOff(source: Source, problem: string, until: Date): Source {
  return { ...source, leaseUntil: null, problem: problem.slice(0, PROBLEM_LENGTH), dueAt: until.toISOString() };
}

/** The site says that it is gone for good. */
export function retired(source: Source, reason: string, { now }: At): Source {
  return {
    ...source,
    state: 'retired',
    stateReason: reason.slice(0, PROBLEM_LENGTH),
    leaseUntil: null,
    readAt: now.toISOString(),
    problem: null,
  };
}

const FAMILIES: Record<ListingKind, 'feed' | 'site map' | 'page'> = {
  rss: 'feed',
  atom: 'feed',
  rdf: 'feed',
  'json-feed': 'feed',
  sitemap: 'site map',
  'news-sitemap': 'site map',
  'sitemap-index': 'site map',
  robots: 'site map',
  section: 'page',
};

/** Whether a listing is of another sort than was watched so far: a login or maintenance page in a feed's place is one. */
export function isOtherSort(source: Pick<Source, 'kind'>, kind: ListingKind): boolean {
  return source.kind !== null && FAMILIES[source.kind] !== FAMILIES[kind];
}

/**
 * The feed that a page names which links no articles itself, such as the front page of a blog, at the first reading: whoever
 * added it without looking, as a file does, means that. Followed once, for two pages may name each other.
 */
export function feedInstead(
  { kind, movedFrom, url }: Pick<Source, 'kind' | 'movedFrom' | 'url'>,
  listing: Listing,
): string | null {
  if (kind !== null || movedFrom !== null || listing.kind !== 'section' || listing.items.length > 0) return null;
  // A page of this machine may name a feed there, where sites of it are asked at all; no other may.
  const isLocal = isNeverAsked(url, false);
  const mayBeAsked = (feed: string) => feed.length <= 2000 && !isNeverAsked(feed, isLocal);
  // Some pages name themselves as their feed.
  return listing.alternates.find((feed) => mayBeAsked(feed.url) && !isSameAddress(feed.url, url))?.url ?? null;
}

/** The source as that feed, which is read at the next minute. */
export function ledTo(source: Source, url: string, { now }: At): Source {
  const at = now.toISOString();
  return { ...source, url, movedFrom: source.url, leaseUntil: null, readAt: at, dueAt: at };
}

/**
 * The source under the address that permanent redirects led to: those at the start, for what follows a temporary one holds
 * no longer than that.
 *
 * At once, as RFC 9110 asks: the redirects count only when a listing of the same sort was read at their end, which no
 * misplaced maintenance page is.
 */
export function moved(source: Source, redirects: readonly Redirect[]): Source {
  const url = leadsForGood(source, redirects);
  if (url === null || source.kind === null) return source;
  return { ...source, url, movedFrom: source.movedFrom ?? source.url };
}

/** The other address that permanent redirects lead to; null where they lead to none. */
export function leadsForGood(source: Pick<Source, 'url'>, redirects: readonly Redirect[]): string | null {
  const temporary = redirects.findIndex(({ status }) => status !== 301 && status !== 308);
  const url = redirects.at(temporary === -1 ? -1 : temporary - 1)?.to;
  return temporary === 0 || url === undefined || url === source.url || url.length > 2000 ? null : url;
}
