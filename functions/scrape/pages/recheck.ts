/**
 * When a page is fetched again. Pure.
 *
 * The pause grows threefold with every fetch that found the page as it was, from an hour on, and is no shorter than an
 * eighth of the page's age: 1 h, 3 h, 9 h, 27 h … after it came. A page that changed is looked at hourly again, twice; from
 * the third change on the pause grows with them too, since most of what changes all the time is no article. Corrections come
 * soon or never, and a page that does not change costs four requests in three days, one that always does seven.
 */
import { DAY_MS, HOUR_MS } from '../../article/durations.ts';
import type { Page, Source } from '../ports.ts';
import { isToldAnew } from '../readings/said.ts';

const FIRST_MS = HOUR_MS;
const GROWTH = 3;
const LONGEST_MS = 30 * DAY_MS;
/** Share of a page's age. */
const OF_AGE = 1 / 8;

/** Changes after which a page is looked at as soon as after its first fetch. */
const BELIEVED = 2;

function pauseMs({ unchanged, changes, firstSeenAt }: Page, now: Date): number {
  const age = now.getTime() - Date.parse(firstSeenAt);
  const steps = Math.min(Math.max(unchanged, changes - BELIEVED), 10);
  return Math.min(Math.max(FIRST_MS * GROWTH ** steps, age * OF_AGE), LONGEST_MS);
}

/** Milliseconds after which a page is read whole, though its server may say 304. */
const WHOLE_MS = 12 * HOUR_MS;

/**
 * Whether its validators are left out: what is said of it since is to be uploaded with it, or its server, which may say 304
 * for ever, has not shown it for long.
 */
export function isToBeReadWhole(page: Page, now: Date): boolean {
  return isToldAnew(page) || page.wholeAt === null || now.getTime() - Date.parse(page.wholeAt) >= WHOLE_MS;
}

/** After a page was fetched: its next fetch, or null where its days are over. */
export function nextFetch(page: Page, { recheckDays }: Pick<Source, 'recheckDays'>, now: Date): string | null {
  const at = now.getTime() + pauseMs(page, now);
  return at <= Date.parse(page.firstSeenAt) + recheckDays * DAY_MS ? new Date(at).toISOString() : null;
}

/**
 * A known page that is listed with another time of change: due when its pause is over, even after its days.
 *
 * The pause counts here too, so that a site map that calls everything changed at every reading is believed less and
 * less: each fetch in vain makes it three times as long.
 *
 * @returns the same page where there is nothing to do
 */
export function listedAgain(
  page: Page,
  modifiedAt: string | null,
  { recheckDays }: Pick<Source, 'recheckDays'>,
  now: Date,
): Page {
  if (modifiedAt === null || recheckDays === 0 || page.fetchedAt === null || page.movedTo !== null) return page;
  if (page.listedModifiedAt !== null && modifiedAt <= page.listedModifiedAt) return page;
  return { ...page, listedModifiedAt: modifiedAt, dueAt: dueAgain(page, now) };
}

/**
 * Whether a source that names a page has it fetched again from now on: its own does not, which is gone, at rest or never
 * does, or another that had its rechecks.
 *
 * @param owner the source that has its rechecks; null where that is no more
 */
export function mayHaveRechecks(
  page: Page,
  by: Pick<Source, 'id' | 'recheckDays'>,
  owner: Pick<Source, 'id' | 'state' | 'recheckDays'> | null,
): boolean {
  if (page.fetchedAt === null || page.movedTo !== null || page.leftAlone || by.recheckDays === 0) return false;
  // It was away for a while, and is the one that would have had it fetched.
  if (owner?.id === by.id) return page.dueAt === null;
  return owner === null || owner.state !== 'active' || owner.recheckDays === 0;
}

/**
 * A page as it is once that source has its rechecks: due when its pause is over, unless that is after its days. What was said
 * of it by the source before is this one's word, where it says as much.
 */
export function withRechecks(
  page: Page,
  said: Page['saidBy'],
  by: Pick<Source, 'id' | 'recheckDays'>,
  now: Date,
): Page {
  const { sourceId, recheckedBy, saidBy } = page;
  const dueAt = dueAgain(page, now);
  const isOver = page.problem !== null || Date.parse(dueAt) > Date.parse(page.firstSeenAt) + by.recheckDays * DAY_MS;
  const isHeir = said !== null && saidBy !== null && saidBy.source === (recheckedBy ?? sourceId);
  return {
    ...page,
    recheckedBy: by.id === sourceId ? null : by.id,
    dueAt: page.dueAt === null && isOver ? null : dueAt,
    saidBy: isHeir && said.weight >= saidBy.weight ? { ...saidBy, source: by.id } : saidBy,
  };
}

/** When a page that was fetched, and of which there is news, is fetched again: once its pause is over, even after its days. */
export function dueAgain(page: Page, now: Date): string {
  const fetchedAt = Date.parse(page.fetchedAt ?? page.firstSeenAt);
  const rested = new Date(Math.max(fetchedAt + pauseMs(page, now), now.getTime())).toISOString();
  return page.dueAt !== null && page.dueAt <= rested ? page.dueAt : rested;
}
