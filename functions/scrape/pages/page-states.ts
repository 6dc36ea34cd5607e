/** A page's row, and what a fetch makes of it. Pure: each function gives the row as it is afterwards. */
import type { Page, Source } from '../ports.ts';
import type { At } from '../readings/reading.ts';
import { backoff } from '../readings/rhythm.ts';
import { nextFetch } from './recheck.ts';

/** Tries of a page whose site or server fails; half a day together. */
const MOST_FAILURES = 8;
/** Tries of one that is not there: feeds name articles a moment before their site has them. */
const MOST_NOT_FOUND = 3;
const NOT_FOUND_RETRY_MS = 10 * 60_000;
/** Characters. */
const PROBLEM_LENGTH = 500;
/** A day more than a host may ask to be left alone: the backlog of one that never answers has an end. */
const LONGEST_WAIT_MS = 8 * 24 * 3_600_000;
/** A paused source's pages are looked at again after this. */
const DAY_MS = 24 * 3_600_000;

/** As it is when it is found: due at once. */
export function newPage(page: string, url: string, sourceId: string, now: Date): Page {
  return {
    page,
    url,
    sourceId,
    hints: null,
    firstSeenAt: now.toISOString(),
    listedModifiedAt: null,
    dueAt: now.toISOString(),
    leaseUntil: null,
    fetchedAt: null,
    changedAt: null,
    fetches: 0,
    unchanged: 0,
    failures: 0,
    etag: null,
    lastModified: null,
    bodyHash: null,
    movedTo: null,
    leftAlone: false,
    problem: null,
    revision: 0,
  };
}

/** Nothing more is to come of it. */
export function settled(page: Page, problem: string | null): Page {
  return { ...page, dueAt: null, leaseUntil: null, problem: problem?.slice(0, PROBLEM_LENGTH) ?? null };
}

/** Its source was removed: a page that was never fetched is there for the next source that names it. */
export function orphaned(page: Page): Page {
  if (page.fetchedAt !== null) return settled(page, null);
  return { ...settled(page, 'Its source was removed before the page was fetched.'), sourceId: null };
}

/**
 * Whether a source that names a known page may take it over: one that nobody has got, and that its own source will not get
 * as things are.
 *
 * @param owner its source; null where that is no more
 */
export function mayBeTakenOver(
  page: Page,
  by: Pick<Source, 'id' | 'obeyOptOuts'>,
  owner: Pick<Source, 'state'> | null,
): boolean {
  if (page.fetchedAt !== null || page.movedTo !== null) return false;
  if (page.leftAlone) return !by.obeyOptOuts;
  if (page.sourceId === null) return true;
  return page.dueAt !== null && page.sourceId !== by.id && (owner === null || owner.state === 'paused');
}

export function movedTo(page: Page, target: string): Page {
  return { ...settled(page, null), movedTo: target };
}

export function putOffPage(page: Page, until: Date, problem: string | null): Page {
  return { ...page, dueAt: until.toISOString(), leaseUntil: null, problem: problem?.slice(0, PROBLEM_LENGTH) ?? null };
}

/** Its host is not to be asked for long: waited for, unless it has been so for longer than any host may ask for. */
export function postponed(page: Page, until: Date, reason: string, now: Date): Page {
  const waits = now.getTime() - Date.parse(page.firstSeenAt);
  if (page.fetchedAt !== null || waits < LONGEST_WAIT_MS) return putOffPage(page, until, reason);
  return settled(page, `${reason} The page could not be had in ${Math.round(waits / DAY_MS)} days and is given up.`);
}

/** While its source is paused, for as long as the pause may last. */
export function resting(page: Page, source: Pick<Source, 'recheckDays'>, now: Date): Page {
  const over = page.fetchedAt !== null && nextFetch(page, source, now) === null;
  return over ? settled(page, null) : putOffPage(page, new Date(now.getTime() + DAY_MS), page.problem);
}

export interface Copy {
  /** Where it was fetched. */
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** Null for a 304. */
  bodyHash: string | null;
}

export function fetched(page: Page, copy: Copy, source: Pick<Source, 'recheckDays'>, now: Date): Page {
  const changed = copy.bodyHash !== null && copy.bodyHash !== page.bodyHash;
  const after: Page = {
    ...page,
    url: copy.url,
    leaseUntil: null,
    fetchedAt: now.toISOString(),
    changedAt: changed ? now.toISOString() : page.changedAt,
    fetches: page.fetches + 1,
    unchanged: changed ? 0 : page.unchanged + 1,
    failures: 0,
    etag: copy.etag ?? (copy.bodyHash === null ? page.etag : null),
    lastModified: copy.lastModified ?? (copy.bodyHash === null ? page.lastModified : null),
    bodyHash: copy.bodyHash ?? page.bodyHash,
    problem: null,
  };
  return { ...after, dueAt: nextFetch(after, source, now) };
}

/** Tried again, a bounded number of times. */
export function failedPage(page: Page, problem: string, notBefore: string | null, { now, random }: At): Page {
  const failures = page.failures + 1;
  if (failures >= MOST_FAILURES) {
    return settled({ ...page, failures }, `${problem} It was tried ${failures} times and is given up.`);
  }
  const retryAt = new Date(now.getTime() + backoff(failures, random) * 1000).toISOString();
  const dueAt = notBefore !== null && notBefore > retryAt ? notBefore : retryAt;
  return { ...putOffPage(page, new Date(dueAt), problem), failures };
}

/** A 404: believed at once of a page that was there before, and after some tries of a new one. */
export function notFound(page: Page, problem: string, { now }: At): Page {
  const failures = page.failures + 1;
  if (page.fetchedAt !== null)
    return settled({ ...page, failures }, `${problem} It was last there on ${page.fetchedAt.slice(0, 10)}.`);
  if (failures >= MOST_NOT_FOUND) return settled({ ...page, failures }, problem);
  return { ...putOffPage(page, new Date(now.getTime() + NOT_FOUND_RETRY_MS * 6 ** (failures - 1)), problem), failures };
}
