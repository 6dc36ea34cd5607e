/** Messages on their way into the fetch queue. */

import { createHash } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '../article/durations.ts';
import { eachThatCan } from '../article/each-at-once.ts';
import { hostOf } from './hosts/manners.ts';
import type { PoliteAnswer } from './hosts/polite-get.ts';
import type { RobotsMessage } from './message.ts';
import type { Due, FetchMessage, FetchQueue, OutgoingMessage, Page, RowStore, Source } from './ports.ts';

/**
 * Milliseconds for which a row counts as under way: after that its message is taken for lost, and sent again.
 *
 * A page's is the longer one: hundreds may wait behind each other, and what waits for longer than its lease is sent twice.
 */
const LEASE_MS = { source: 30 * MINUTE_MS, page: HOUR_MS };

export function leaseOf(kind: keyof typeof LEASE_MS, now: Date): string {
  return new Date(now.getTime() + LEASE_MS[kind]).toISOString();
}

/** Milliseconds for which a page has been under way; 0 where it is not. */
export function underWayFor({ leaseUntil }: Pick<Page, 'leaseUntil'>, now: Date): number {
  return leaseUntil === null ? 0 : now.getTime() - (Date.parse(leaseUntil) - LEASE_MS.page);
}

/** Tells the writes of a source apart, and those of one that was removed from those of the next of its name. */
export function writeOf({ addedAt, revision }: Pick<Source, 'addedAt' | 'revision'>): string {
  return `${addedAt} ${revision}`;
}

/**
 * A message for the host it asks.
 *
 * @param write of the row it is sent for: the same message is wanted again once the row was written again
 */
export function outgoing(message: FetchMessage, write: string | number): OutgoingMessage {
  const deduplicationId = createHash('sha256')
    .update(JSON.stringify([message, write]))
    .digest('hex');
  return { message, group: hostOf(message.url), deduplicationId };
}

/** The same work at the host that an answer leads to, or first the robots.txt that it waits for. */
export function onward(
  message: Exclude<FetchMessage, RobotsMessage>,
  { url, redirects, robots }: Extract<PoliteAnswer, { kind: 'elsewhere' }>,
  write: string | number,
): OutgoingMessage {
  const work = { ...message, url, redirects: [...redirects] };
  return outgoing(robots ? { kind: 'robots', ...robots, waiting: work } : work, write);
}

/** The work that waited for a robots.txt, back to its host. Not the same as when it was sent there first. */
export function resumed(message: RobotsMessage): OutgoingMessage {
  const { deduplicationId } = outgoing(message, -1);
  return { ...outgoing(message.waiting, 0), deduplicationId };
}

export function listingMessage(source: Source): OutgoingMessage {
  return outgoing({ kind: 'listing', sourceId: source.id, url: source.url, redirects: [] }, writeOf(source));
}

export function pageMessage({ page, url, revision }: Page): OutgoingMessage {
  return outgoing({ kind: 'page', page, url, redirects: [] }, revision);
}

/** Rows released side by side. */
const AT_ONCE = 16;

/**
 * Sends the messages of rows that were claimed for it.
 *
 * @throws what the queue throws, once the rows were let go again: they need not wait for the end of their leases
 */
export async function dispatch<Row extends Due & { revision: number }>(
  rows: readonly Row[],
  messageOf: (row: Row) => OutgoingMessage,
  store: Pick<RowStore<Row>, 'save'>,
  queue: FetchQueue,
): Promise<void> {
  try {
    await queue.send(rows.map(messageOf));
  } catch (error) {
    await eachThatCan(AT_ONCE, rows, async (row) => {
      await store.save({ ...row, leaseUntil: null, revision: row.revision + 1 }, row.revision);
    });
    throw error;
  }
}
