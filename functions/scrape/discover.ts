/**
 * What happens every minute: sources and pages that are due are claimed, and a message is queued for each.
 *
 * Nothing is fetched here: reading a feed is a request to a host as well, and waits for that host's turn. Claimed before it
 * is queued, so that of two runs side by side one queues it; where the run ends between the two, the lease runs out.
 */
import { eachThatCan } from '../article/each-at-once.ts';
import { dispatch, leaseOf, listingMessage, pageMessage } from './outgoing.ts';
import type { DiscoverPorts, Due, OutgoingMessage, RowStore } from './ports.ts';

/** Rows claimed in one run; what is left is the longest waiting of the next. */
const MOST_SOURCES = 500;
const MOST_PAGES = 2_000;
/** Rows written side by side. */
const AT_ONCE = 16;

export interface Discovered {
  sources: number;
  pages: number;
}

/** @throws the first failure, once all that could be claimed and queued is */
export async function discover(ports: DiscoverPorts): Promise<Discovered> {
  const now = ports.now();
  const sources = await queueDue(ports.sources, MOST_SOURCES, listingMessage, leaseOf('source', now), ports);
  const pages = await queueDue(ports.pages, MOST_PAGES, pageMessage, leaseOf('page', now), ports);
  const failures = [...sources.failures, ...pages.failures];
  if (failures.length > 0) throw failures[0];
  return { sources: sources.queued, pages: pages.queued };
}

interface DueRows<Row extends { revision: number }> extends Pick<RowStore<Row>, 'save'> {
  due(at: Date, limit: number): Promise<Row[]>;
}

/** What cannot be claimed now is left for the next run, and keeps nothing else from being queued. */
async function queueDue<Row extends Due & { revision: number }>(
  store: DueRows<Row>,
  most: number,
  messageOf: (row: Row) => OutgoingMessage,
  leaseUntil: string,
  { queue, now }: Pick<DiscoverPorts, 'queue' | 'now'>,
): Promise<{ queued: number; failures: unknown[] }> {
  try {
    const { won, failures } = await claim(await store.due(now(), most), store, leaseUntil);
    await dispatch(won, messageOf, store, queue);
    return { queued: won.length, failures };
  } catch (error) {
    return { queued: 0, failures: [error] };
  }
}

/** Those of the rows that this run has won, in their order. */
async function claim<Row extends Due & { revision: number }>(
  due: readonly Row[],
  store: Pick<RowStore<Row>, 'save'>,
  leaseUntil: string,
): Promise<{ won: Row[]; failures: unknown[] }> {
  const won: (Row | null)[] = due.map(() => null);
  const failures = await eachThatCan(AT_ONCE, due, async (row, index) => {
    const claimed = { ...row, leaseUntil, revision: row.revision + 1 };
    if (await store.save(claimed, row.revision)) won[index] = claimed;
  });
  return { won: won.filter((row) => row !== null), failures };
}
