/** Pages that redirects lead to others: known ones, new ones, and for now alone. */
import { siteOf } from '../../article/canonical-url.ts';
import { changeRow } from '../change-row.ts';
import type { HttpAnswer } from '../http.ts';
import { done, type FetchOutcome } from '../outcome.ts';
import { leaseOf } from '../outgoing.ts';
import type { Page, Ports, Source } from '../ports.ts';
import { idOf } from './page-id.ts';
import { missed, movedForNow, movedTo } from './page-states.ts';
import { change, giveUp, isKnownAs, uncounted } from './tell-source.ts';

type Response = Extract<HttpAnswer, { kind: 'response' }>;

/**
 * The row of another page that redirects led to and that the copy belongs to, claimed as if a listing had named it.
 *
 * @returns null where that page is known already
 */
export async function claimTarget(
  page: Page,
  source: Source,
  id: string,
  answer: Response,
  ports: Ports,
  now: Date,
): Promise<Page | null> {
  // As a row that is under way: where this ends half-way, its lease runs out and it is fetched as itself.
  const target: Page = {
    ...page,
    page: id,
    url: answer.url,
    leaseUntil: leaseOf('page', now),
    movedTo: null,
    revision: 0,
  };
  const won = await ports.pages.save(target, null);
  const led = (row: Page) => (isForNow(answer) ? movedForNow(row, id, null, now) : movedTo(row, id));
  if (!won) {
    await isKnownAs(page, source, ports, led);
    return null;
  }
  // It is counted as what it leads to.
  await change(page, ports, (row) => uncounted(led(row)));
  return target;
}

/** Whether a permanent redirect is not all that led there. */
export function isForNow({ redirects }: Pick<Response, 'redirects'>): boolean {
  return redirects.some(({ status }) => status !== 301 && status !== 308);
}

/** A page that was had before is elsewhere for now: its article is looked at again, and what it leads to is another. */
export async function isAway(page: Page, source: Source, url: string, ports: Ports): Promise<FetchOutcome> {
  const problem = `${page.url} redirects to ${url} for now.`;
  await change(page, ports, (row) => missed(row, problem, source, ports.now()));
  return done('failed', problem);
}

export async function leadsToKnown(
  page: Page,
  source: Source,
  { url, redirects }: Pick<Response, 'url' | 'redirects'>,
  ports: Ports,
): Promise<FetchOutcome> {
  const id = idOf(url) as string;
  if (!isForNow({ redirects })) {
    await isKnownAs(page, source, ports, (row) => movedTo(row, id));
    if (page.fetchedAt !== null && (await leadsBack(id, page, ports))) await goesOnAt(id, url, page, source, ports);
    return done('moved', `${page.url} redirects to ${url}, which is known already.`);
  }
  if (page.fetchedAt !== null) return isAway(page, source, url, ports);
  const problem = `${page.url} redirects to ${url} for now, which is known already.`;
  // Feeds count readers by way of another site; within its own a site that leads all pages to one is down or closed.
  if (siteOf(url) === siteOf(page.url)) {
    await giveUp(page, source, problem, ports, (row) => movedForNow(row, id, problem, ports.now()), true);
    return done('failed', problem);
  }
  await isKnownAs(page, source, ports, (row) => movedForNow(row, id, null, ports.now()));
  return done('moved', problem);
}

/** Addresses that an article is followed through. */
const MOST_MOVES = 10;

/** Whether a known page leads to this one. */
async function leadsBack(id: string, page: Page, { pages }: Pick<Ports, 'pages'>): Promise<boolean> {
  let at: string | null = id;
  for (let moves = 0; moves < MOST_MOVES && at !== null && at !== page.page; moves++) {
    at = (await pages.read(at))?.movedTo ?? null;
  }
  return at === page.page;
}

/**
 * An article is back at an address that it had before: its row goes on as this page. As one that could not be had this time,
 * so that two addresses that lead to each other are asked ever more seldom, and no longer than its days last.
 */
async function goesOnAt(
  id: string,
  url: string,
  page: Page,
  source: Source,
  { pages, now }: Pick<Ports, 'pages' | 'now'>,
): Promise<void> {
  await changeRow(pages, id, (row) => {
    if (!row || row.movedTo === null) return row;
    const back = { ...page, page: id, url, movedTo: null, etag: null, lastModified: null, revision: row.revision };
    return missed(back, `${page.url} has led back to ${url}.`, source, now());
  });
}
