/**
 * The articles that a listing names: those nobody has seen yet are claimed, and queued as their hosts can give them.
 *
 * An article is known by its canonical URL, so that whatever a feed does with its GUIDs, and whichever feed comes first,
 * it has one row; of several who claim it at once one wins. One that its source cannot get (paused, removed, obeys its
 * opt-out) goes to the next that names it.
 */

import { canonicalizeUrl } from '../../article/canonical-url.ts';
import { MINUTE_MS } from '../../article/durations.ts';
import { eachThatCan } from '../../article/each-at-once.ts';
import { articleId } from '../../article/identity.ts';
import { changeRow } from '../change-row.ts';
import { delayOf, hostOf } from '../hosts/manners.ts';
import type { ListedItem } from '../listing.ts';
import { dispatch, leaseOf, pageMessage } from '../outgoing.ts';
import { isLost, mayBeTakenOver, mayBeTriedAgain, newPage, triedAgain } from '../pages/page-states.ts';
import type { Page, Ports, Source } from '../ports.ts';
import { changeSource, isSameWatch } from '../sources/change-source.ts';
import { claimBegun, takenBack } from './counting.ts';
import { tellKnown } from './known-pages.ts';
import { type OwnerOf, owners } from './owners.ts';
import { type Speaker, saidOf } from './said.ts';

/** Items of one listing that are looked at: what the standard allows a site map. */
const MOST_ITEMS = 50_000;
/** Rows written side by side. */
const AT_ONCE = 16;
/** Pages due within this are queued at once, the others by discover when they are; milliseconds. */
const SOON_MS = MINUTE_MS;

export interface Claimed {
  taken: number;
  /** Articles that came since the source's last, and that another source was the first to name. */
  elsewhere: number;
  remaining: number;
  /** Seconds for which the busiest host is busy with what was taken. */
  busySeconds: number;
  /** As the rows of the new pages say. */
  claimedAt: string;
  /** Dates of all that was new, whether taken or not; of all that is listed, where the source's rhythm is not known. */
  dates: string[];
  /** Whether the listing told more of known pages than could be kept now. */
  isUntold: boolean;
}

interface Candidate {
  id: string;
  item: ListedItem;
}

/**
 * @param again whether pages that could not be had so far are tried at once: someone asks for them
 * @throws the first failure, once those that could be claimed are queued
 */
export async function claimPages(
  items: readonly ListedItem[],
  source: Source,
  { again, ...speaker }: Speaker & { again: boolean },
  delaySeconds: number,
  ports: Pick<Ports, 'sources' | 'pages' | 'hosts' | 'hints' | 'queue' | 'now'>,
): Promise<Claimed> {
  const candidates = candidatesOf(items, source);
  const known = new Map((await ports.pages.known([...candidates.keys()])).map((page) => [page.page, page]));

  const ownerOf = owners(ports);
  const { free, lost } = await freePages([...known.values()], source, again, ownerOf, ports);
  const unseen = [...candidates.values()].filter(({ id }) => !known.has(id) || free.has(id));
  const chosen = newestFirst(unseen).slice(0, source.maxPerRun);
  const retried = [...candidates.values()].filter(({ id }) => lost.has(id)).slice(0, source.maxPerRun);
  const start = ports.now();
  const { pages, busySeconds } = await planned([...chosen, ...retried], source, start, delaySeconds, ports);
  if (chosen.length > 0) {
    const row = await changeSource(source, ports, (same) => claimBegun(same, start.toISOString()));
    if (!row || !isSameWatch(row, source)) return nothing(start);
  }
  const won: { page: Page; was: Page | null; isRetried: boolean }[] = [];
  const failures = await eachThatCan(AT_ONCE, pages, async ({ page, item }) => {
    const said = saidOf(item, source, speaker);
    const was = known.get(page.page) ?? null;
    const isRetried = was !== null && lost.has(page.page);
    const begun = isRetried ? triedAgain(was, page) : page;
    const hints = said && (await ports.hints.put(page.page, said.hints));
    const row = { ...begun, hints, saidBy: said?.by ?? null };
    const taken = was ? { ...row, revision: was.revision + 1 } : row;
    if (await ports.pages.save(taken, was?.revision ?? null)) won.push({ page: taken, was, isRetried });
  });
  for (const { page } of won) known.delete(page.page);
  const listed = [...candidates.values()].flatMap(({ id, item }) => {
    const page = known.get(id);
    return page ? [{ page, item }] : [];
  });
  let isUntold = false;
  try {
    await handOver(
      won.flatMap(({ was, isRetried }) => (was && !isRetried ? was : [])),
      ports,
    );
    if (failures.length === 0) isUntold = await tellKnown(listed, source, speaker, ownerOf, ports);
  } finally {
    // Last, for what becomes of them may change what the reading is about to count; and though something else has failed.
    const soon = won.map(({ page }) => page).filter(({ leaseUntil }) => leaseUntil !== null);
    await dispatch(soon.sort(byDue), pageMessage, ports.pages, ports.queue);
  }
  if (failures.length > 0) throw failures[0];
  const telling = source.newestAt === null ? [...candidates.values()] : unseen;
  const dates = telling.flatMap(({ item }) => dateOf(item) ?? []);
  const taken = won.filter(({ isRetried }) => !isRetried).length;
  const remaining = unseen.length - chosen.length;
  const elsewhere = await newElsewhere([...known.values()], source, ports);
  return { taken, elsewhere, remaining, busySeconds, claimedAt: start.toISOString(), dates, isUntold };
}

/**
 * Sources whose pages are claimed anew, by another one or by themselves what they had left alone, count them no more, neither as
 * articles nor as lost.
 *
 * @param pages as they were before
 */
async function handOver(pages: readonly Page[], { sources, now }: Pick<Ports, 'sources' | 'now'>): Promise<void> {
  const byOwner = Map.groupBy(pages, ({ sourceId }) => sourceId);
  for (const [owner, theirs] of byOwner) {
    if (owner === null) continue;
    const lost = theirs.filter(isLost).length;
    await changeRow(sources, owner, (row) => {
      if (!row) return row;
      const left = theirs.reduce((source, page) => takenBack(source, page, false, now()), row);
      return lost > 0 ? { ...left, lostPages: Math.max(left.lostPages - lost, 0) } : left;
    });
  }
}

/** What comes of a reading whose source was removed meanwhile, or given another address or filter. */
function nothing(start: Date): Claimed {
  const claimedAt = start.toISOString();
  return { taken: 0, elsewhere: 0, remaining: 0, busySeconds: 0, claimedAt, dates: [], isUntold: false };
}

/**
 * How many of the known pages came since the source's last, and are another's: where several name the same articles, one is the
 * first, and none of the others is silent for that. Of addresses that lead on, what they lead to counts.
 */
async function newElsewhere(
  known: readonly Page[],
  { id, newestAt, addedAt }: Source,
  { pages }: Pick<Ports, 'pages'>,
): Promise<number> {
  // Its newest may be a date of years ago, when it was not watched.
  const since = newestAt !== null && newestAt > addedAt ? newestAt : addedAt;
  const recent = known.filter(({ firstSeenAt }) => firstSeenAt > since);
  const targets = [...new Set(recent.flatMap(({ movedTo }) => movedTo ?? []))];
  const led = targets.length > 0 ? await pages.known(targets) : [];
  const articles = new Map([...recent, ...led].map((page) => [page.page, page]));
  return [...articles.values()].filter(
    ({ sourceId, movedTo, firstSeenAt }) => sourceId !== id && movedTo === null && firstSeenAt > since,
  ).length;
}

/** Those of the known pages that this source may take over, and those it may have tried again. */
async function freePages(
  known: readonly Page[],
  source: Source,
  again: boolean,
  ownerOf: OwnerOf,
  { now }: Pick<Ports, 'now'>,
): Promise<{ free: Set<string>; lost: Set<string> }> {
  const free = new Set<string>();
  const lost = new Set<string>();
  for (const page of known) {
    // Most were fetched long ago, and their sources need not be read for that.
    if (page.fetchedAt !== null) continue;
    const owner = await ownerOf(page);
    if (mayBeTakenOver(page, source, owner)) free.add(page.page);
    else if (again && mayBeTriedAgain(page, source, owner, now())) lost.add(page.page);
  }
  return { free, lost };
}

function candidatesOf(items: readonly ListedItem[], { since }: Source): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  for (const item of items.slice(0, MOST_ITEMS)) {
    const url = canonicalizeUrl(item.url);
    const date = dateOf(item);
    if (url === null || (since !== null && date !== null && date < since)) continue;
    const id = articleId(url, '');
    if (!candidates.has(id)) candidates.set(id, { id, item });
  }
  return candidates;
}

function dateOf({ hints, modifiedAt }: ListedItem): string | null {
  return hints.publishedAt ?? modifiedAt;
}

/** As listed, unless every one has a date: site maps often begin with the oldest. */
function newestFirst(candidates: readonly Candidate[]): Candidate[] {
  const dated = candidates.map((candidate) => ({ candidate, date: dateOf(candidate.item) }));
  if (dated.some(({ date }) => date === null)) return [...candidates];
  const newer = (a: string | null, b: string | null) => ((a ?? '') > (b ?? '') ? -1 : a === b ? 0 : 1);
  return dated.sort((a, b) => newer(a.date, b.date)).map(({ candidate }) => candidate);
}

/** Rows that become due one after the other at the pace their hosts allow: the table is the backlog, not the queue. */
async function planned(
  chosen: readonly Candidate[],
  source: Source,
  start: Date,
  delaySeconds: number,
  { hosts }: Pick<Ports, 'hosts'>,
): Promise<{ pages: { page: Page; item: ListedItem }[]; busySeconds: number }> {
  const pace = new Map<string, { delay: number; count: number }>();
  const pages: { page: Page; item: ListedItem }[] = [];
  for (const { id, item } of chosen) {
    const host = hostOf(item.url);
    let turn = pace.get(host);
    if (!turn) {
      turn = { delay: delayOf(await hosts.read(host), item.url, delaySeconds), count: 0 };
      pace.set(host, turn);
    }
    const wait = turn.delay * turn.count++ * 1000;
    const page = {
      ...newPage(id, item.url, source.id, start),
      listedModifiedAt: item.modifiedAt,
      dueAt: new Date(start.getTime() + wait).toISOString(),
      leaseUntil: wait <= SOON_MS ? leaseOf('page', start) : null,
    };
    pages.push({ page, item });
  }
  const busySeconds = Math.max(0, ...[...pace.values()].map(({ delay, count }) => delay * count));
  return { pages, busySeconds };
}

const byDue = (a: Page, b: Page) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1);
