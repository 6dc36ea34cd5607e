/** What becomes of a page, in its row and in that of its source, which counts it and tells what could not be had. */
import { HOUR_MS } from '../../article/durations.ts';
import { changeRow } from '../change-row.ts';
import type { Page, Ports, Source } from '../ports.ts';
import { came, isCounted, takenBack } from '../readings/counting.ts';
import { FRUITLESS_READINGS, MOST_FAILURES_COUNTED } from '../sources/health.ts';
import { isLost } from './page-states.ts';

export const change = (page: Page, { pages }: Pick<Ports, 'pages'>, next: (page: Page) => Page) =>
  changeRow(pages, page.page, (row) => row && next(row));

/**
 * Changes the row of a page that could not be had; its source tells of it, and counts it no more.
 *
 * @param isKnown whether it leads to an article that is known
 */
export async function giveUp(
  page: Page,
  source: Source,
  problem: string,
  ports: Pick<Ports, 'pages' | 'sources' | 'now'>,
  next: (page: Page) => Page,
  isKnown = false,
): Promise<void> {
  const row = await change(page, ports, (was) => uncounted(next(was)));
  if (!row || row.fetchedAt !== null) return;
  const lost = isLost(row) && !isLost(page);
  const isToBeTold = lost || isNews(source.pageFailures, page);
  if (!isToBeTold && !page.counted) return;
  const said = { at: ports.now().toISOString(), url: page.url, problem: problem.slice(0, 500) };
  await changeRow(ports.sources, source.id, (was) => {
    if (!was) return was;
    const left = takenBack(was, page, isKnown, ports.now());
    if (!isToBeTold) return left;
    const told = lost ? { ...left, lostPages: was.lostPages + 1, lastLostPage: said } : left;
    // What is left alone, as its source was told to, is no failure.
    if (row.leftAlone) return told;
    return { ...told, pageFailures: withFailure(was.pageFailures, page, said) };
  });
}

type PageFailures = NonNullable<Source['pageFailures']>;

/** Pages found within this are of one reading, for an index takes a while to be read to its end; milliseconds. */
const ONE_READING_MS = 6 * HOUR_MS;

function isOfAnother({ arrivals, foundAt }: PageFailures, { firstSeenAt }: Page): boolean {
  if (arrivals >= FRUITLESS_READINGS) return false;
  return foundAt === null || Date.parse(firstSeenAt) - Date.parse(foundAt) > ONE_READING_MS;
}

/** Whether one failure more makes a difference. */
function isNews(failures: Source['pageFailures'], page: Page): boolean {
  return failures === null || failures.count < MOST_FAILURES_COUNTED || isOfAnother(failures, page);
}

function withFailure(
  before: Source['pageFailures'],
  page: Page,
  { at, problem }: { at: string; problem: string },
): PageFailures {
  const known = before ?? { count: 0, since: at, arrivals: 0, foundAt: null, reachedAt: null, problem };
  const after = { ...known, count: Math.min(known.count + 1, MOST_FAILURES_COUNTED), problem };
  if (!isOfAnother(known, page)) return after;
  const arrivals = known.arrivals + 1;
  const reachedAt = arrivals === FRUITLESS_READINGS ? at : known.reachedAt;
  return { ...after, arrivals, foundAt: page.firstSeenAt, reachedAt };
}

/** What was had before stays counted. */
export function uncounted(page: Page): Page {
  return page.fetchedAt === null ? { ...page, counted: false } : page;
}

/** Changes the row of a page that leads to a known one; its source counts it no more. */
export async function isKnownAs(
  page: Page,
  source: Source,
  ports: Pick<Ports, 'pages' | 'sources' | 'now'>,
  next: (page: Page) => Page,
): Promise<void> {
  await change(page, ports, (was) => uncounted(next(was)));
  if (page.fetchedAt !== null || !page.counted) return;
  await changeRow(ports.sources, source.id, (was) => was && takenBack(was, page, true, ports.now()));
}

/** A new page came: it is counted, and what its source told of it, and of failures in a row, is over. @param page as it was before */
export async function tellOfSuccess(page: Page, source: Source, ports: Pick<Ports, 'sources' | 'now'>): Promise<void> {
  if (page.fetchedAt !== null) return;
  if (!isLost(page) && !source.pageFailures && isCounted(source, page)) return;
  await changeRow(ports.sources, source.id, (was) => {
    if (!was) return was;
    const lostPages = isLost(page) ? Math.max(was.lostPages - 1, 0) : was.lostPages;
    const all = came(was, page, ports.now());
    if (all === was && !isLost(page) && !was.pageFailures) return was;
    return { ...all, lostPages, pageFailures: null };
  });
}
