/** A page's row, and what a fetch makes of it. Pure: each function gives the row as it is afterwards. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import type { Page, Source } from '../ports.ts';
import type { At } from '../readings/reading.ts';
import { nextTry } from '../readings/rhythm.ts';
import { isToldAnew } from '../readings/said.ts';
import { dueAgain, nextFetch } from './recheck.ts';

/** Tries of a page whose site or server fails; half a day together. */
const MOST_FAILURES = 8;
/** Tries of one that its site refuses: soon where it may not be there yet, and much later where it is forbidden. */
const MOST_REFUSALS = 3;
/** From the first of them to the second, and six times that to the third; milliseconds. */
const REFUSED_RETRY_MS = { absent: 10 * MINUTE_MS, forbidden: HOUR_MS };
/** When a page is asked again that leads elsewhere for now, as all of a site do while it is down; milliseconds. */
const LED_AWAY_RETRY_MS = [6 * HOUR_MS, 48 * HOUR_MS] as const;
/** Characters. */
const PROBLEM_LENGTH = 500;
/** A day more than a host may ask to be left alone: the backlog of one that never answers has an end. */
const LONGEST_WAIT_MS = 8 * DAY_MS;
/**
 * A paused source's pages are looked at again after a quarter of the pause so far, and within these; milliseconds. After days
 * of it, after a share of it: a look costs a message and a write, for each page of a source that nobody may ever resume.
 */
const REST_MS = { least: 10 * MINUTE_MS, most: 3 * HOUR_MS, last: 2 * DAY_MS };
const REST_SHARES = { first: 1 / 4, later: 1 / 24 };
/** From one try to the next of a page that was given up, in days: servers fail for half a day, and posts come late. */
const RARE_DAYS = [1, 2, 4] as const;

/** As it is when it is found: due at once. */
export function newPage(page: string, url: string, sourceId: string, now: Date): Page {
  return {
    page,
    url,
    sourceId,
    recheckedBy: null,
    hints: null,
    saidBy: null,
    storedHints: null,
    firstSeenAt: now.toISOString(),
    listedModifiedAt: null,
    dueAt: now.toISOString(),
    leaseUntil: null,
    fetchedAt: null,
    changedAt: null,
    fetches: 0,
    unchanged: 0,
    changes: 0,
    wholeAt: null,
    counted: true,
    failures: 0,
    losses: 0,
    etag: null,
    lastModified: null,
    bodyHash: null,
    fingerprint: null,
    movedTo: null,
    leftAlone: false,
    problem: null,
    revision: 0,
  };
}

/** Nothing more is to come of it. */
export function settled(page: Page, problem: string | null): Page {
  const losses = page.fetchedAt === null ? Math.max(page.losses, 1) : page.losses;
  return { ...page, losses, dueAt: null, leaseUntil: null, problem: problem?.slice(0, PROBLEM_LENGTH) ?? null };
}

/** Whether it was given up once and has not come since. */
export function isLost({ fetchedAt, movedTo, losses }: Page): boolean {
  return fetchedAt === null && movedTo === null && losses > 0;
}

/** Given up for now: tried again a few times more, ever more seldom, whether or not its listing still names it. */
function givenUp(page: Page, problem: string, now: Date): Page {
  const days = RARE_DAYS[page.losses];
  const after = { ...page, losses: page.losses + 1 };
  if (days === undefined) return settled(after, problem);
  return putOffPage(after, new Date(now.getTime() + days * DAY_MS), problem);
}

/** A page that was had before and could not be had now: looked at again as often as if it had not changed. */
export function missed(page: Page, problem: string, source: Pick<Source, 'recheckDays'>, now: Date): Page {
  const after = { ...page, unchanged: page.unchanged + 1 };
  const dueAt = nextFetch(after, source, now);
  return dueAt === null ? settled(after, problem) : putOffPage(after, new Date(dueAt), problem);
}

/** Its robots.txt disallows it: looked at again a few times, for rules change, and as any other where it was had before. */
export function disallowedPage(page: Page, problem: string, source: Pick<Source, 'recheckDays'>, now: Date): Page {
  return page.fetchedAt === null ? givenUp(page, problem, now) : missed(page, problem, source, now);
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

/**
 * Whether a source that somebody asks to be read may have it tried at once: it could not be had so far, and is this
 * source's or nobody's.
 *
 * @param owner its source; null where that is no more
 */
export function mayBeTriedAgain(
  page: Page,
  by: Pick<Source, 'id'>,
  owner: Pick<Source, 'id'> | null,
  now: Date,
): boolean {
  if (page.fetchedAt !== null || page.movedTo !== null || page.leftAlone || page.problem === null) return false;
  return (owner === null || owner.id === by.id) && (page.dueAt === null || page.dueAt > now.toISOString());
}

/** @param begun the page as if it were found now. @returns it with what is known of its failures */
export function triedAgain({ losses, problem, counted }: Page, begun: Page): Page {
  return { ...begun, losses: Math.min(losses, 1), problem, counted };
}

export function movedTo(page: Page, target: string): Page {
  return { ...settled(page, null), movedTo: target };
}

/**
 * It leads elsewhere by a temporary redirect (RFC 9110, 15.4): what it leads to stands for it unless it comes by itself when
 * it is asked again, twice.
 */
export function movedForNow(page: Page, target: string, problem: string | null, now: Date): Page {
  const wait = LED_AWAY_RETRY_MS[page.failures];
  if (wait === undefined) return { ...movedTo(page, target), problem };
  return { ...putOffPage(page, new Date(now.getTime() + wait), problem), movedTo: target, failures: page.failures + 1 };
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

/** While its source is paused: looked at again ever more seldom, so that it has not long to wait once the pause is over. */
export function resting(page: Page, source: Pick<Source, 'recheckDays' | 'pausedAt'>, now: Date): Page {
  if (page.fetchedAt !== null && nextFetch(page, source, now) === null) return settled(page, null);
  const soFar = now.getTime() - Date.parse(source.pausedAt ?? page.firstSeenAt);
  const soon = Math.min(Math.max(soFar * REST_SHARES.first, REST_MS.least), REST_MS.most);
  const rest = Math.min(Math.max(soon, soFar * REST_SHARES.later), REST_MS.last);
  return putOffPage(page, new Date(now.getTime() + rest), page.problem);
}

export interface Copy {
  /** Where it was fetched. */
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** Null for a 304. */
  body: { hash: string; fingerprint: string | null; changed: boolean } | null;
  /** Key of what was uploaded with it, where it was uploaded. */
  uploadedWith?: string | null;
}

export function fetched(page: Page, copy: Copy, source: Pick<Source, 'recheckDays'>, now: Date): Page {
  const { body, uploadedWith } = copy;
  const at = now.toISOString();
  const changed = body?.changed ?? false;
  const after: Page = {
    ...page,
    url: copy.url,
    leaseUntil: null,
    fetchedAt: at,
    changedAt: changed ? at : page.changedAt,
    fetches: page.fetches + 1,
    unchanged: changed ? 0 : page.unchanged + 1,
    changes: changed && page.fetchedAt !== null ? page.changes + 1 : page.changes,
    wholeAt: body ? at : page.wholeAt,
    counted: true,
    failures: 0,
    losses: 0,
    movedTo: null,
    etag: copy.etag ?? (body ? null : page.etag),
    lastModified: copy.lastModified ?? (body ? null : page.lastModified),
    ...(body && uploadedWith !== undefined && { bodyHash: body.hash, fingerprint: body.fingerprint }),
    ...(uploadedWith !== undefined && { storedHints: uploadedWith }),
    problem: null,
  };
  const isToBeTold = isToldAnew(after) && source.recheckDays > 0;
  return {
    ...after,
    dueAt: nextFetch(after, source, now) ?? (isToBeTold ? dueAgain({ ...after, dueAt: null }, now) : null),
  };
}

/** Tried again, a bounded number of times. */
export function failedPage(
  page: Page,
  problem: string,
  notBefore: string | null,
  source: Pick<Source, 'recheckDays'>,
  at: At,
): Page {
  const { now } = at;
  const after = { ...page, failures: page.failures + 1 };
  if (page.losses > 0 || after.failures >= MOST_FAILURES) {
    const words = `${problem} It was tried ${after.failures} times.`;
    return page.fetchedAt === null ? givenUp(after, words, now) : missed({ ...after, failures: 0 }, words, source, now);
  }
  return putOffPage(after, new Date(nextTry(after.failures, notBefore, at)), problem);
}

/**
 * Its host gives no more for now (429), which is not about the page: tried again ever more seldom, as long as any host may ask
 * for. One that was had before is looked at again as seldom as if it had not changed: some hosts limit for good.
 */
export function limitedPage(
  page: Page,
  problem: string,
  notBefore: string | null,
  source: Pick<Source, 'recheckDays'>,
  at: At,
): Page {
  if (page.fetchedAt !== null) return missed(page, problem, source, at.now);
  const after = { ...page, failures: page.failures + 1 };
  return postponed(after, new Date(nextTry(after.failures, notBefore, at)), problem, at.now);
}

/** A 404 or 403: it may not be there yet, or not be for us; of a page that was had before, for now. */
export function refusedPage(
  page: Page,
  problem: string,
  why: keyof typeof REFUSED_RETRY_MS,
  source: Pick<Source, 'recheckDays'>,
  { now }: At,
): Page {
  const after = { ...page, failures: page.failures + 1 };
  if (page.fetchedAt !== null) {
    return missed(after, `${problem} It was last there on ${page.fetchedAt.slice(0, 10)}.`, source, now);
  }
  if (page.losses > 0 || after.failures >= MOST_REFUSALS) return givenUp(after, problem, now);
  const wait = REFUSED_RETRY_MS[why] * 6 ** (after.failures - 1);
  return putOffPage(after, new Date(now.getTime() + wait), problem);
}
