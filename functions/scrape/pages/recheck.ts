/**
 * When a page is fetched again. Pure.
 *
 * The pause grows threefold with every fetch that found the page as it was, from an hour on, and is no shorter than an
 * eighth of the page's age: 1 h, 3 h, 9 h, 27 h … after it came, and hourly again for a page that keeps changing on its
 * first day. Corrections come soon or never, and a page that does not change costs four requests in three days.
 */
import type { Page, Source } from '../ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_MS = HOUR_MS;
const GROWTH = 3;
const LONGEST_MS = 30 * DAY_MS;
/** Share of a page's age. */
const OF_AGE = 1 / 8;

function pauseMs({ unchanged, firstSeenAt }: Page, now: Date): number {
  const age = now.getTime() - Date.parse(firstSeenAt);
  return Math.min(Math.max(FIRST_MS * GROWTH ** Math.min(unchanged, 10), age * OF_AGE), LONGEST_MS);
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
  const rested = new Date(Math.max(Date.parse(page.fetchedAt) + pauseMs(page, now), now.getTime())).toISOString();
  const dueAt = page.dueAt !== null && page.dueAt <= rested ? page.dueAt : rested;
  return { ...page, listedModifiedAt: modifiedAt, dueAt };
}
