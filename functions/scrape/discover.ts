/**
 * What happens every minute: sources and pages that are due are claimed, and a message is queued for each.
 *
 * Nothing is fetched here: reading a feed is a request to a host as well, and waits for that host's turn. Claimed before it
 * is queued, so that of two runs side by side one queues it; where the run ends between the two, the lease runs out.
 */
import { eachAtOnce } from '../article/each-at-once.ts';
import { dispatch, leaseOf, listingMessage, pageMessage } from './outgoing.ts';
import type { Due, Ports, RowStore } from './ports.ts';

/** Rows claimed in one run; what is left is the longest waiting of the next. */
const MOST_SOURCES = 500;
const MOST_PAGES = 2_000;
/** Rows written side by side. */
const AT_ONCE = 16;

export interface Discovered {
  sources: number;
  pages: number;
}

export async function discover(ports: Pick<Ports, 'sources' | 'pages' | 'queue' | 'now'>): Promise<Discovered> {
  const now = ports.now();
  const sources = await claim(await ports.sources.due(now, MOST_SOURCES), ports.sources, leaseOf('source', now));
  await dispatch(sources, listingMessage, ports.sources, ports.queue);
  const pages = await claim(await ports.pages.due(now, MOST_PAGES), ports.pages, leaseOf('page', now));
  await dispatch(pages, pageMessage, ports.pages, ports.queue);
  return { sources: sources.length, pages: pages.length };
}

/** Those of the rows that this run has won, in their order. */
async function claim<Row extends Due & { revision: number }>(
  due: readonly Row[],
  store: Pick<RowStore<Row>, 'save'>,
  leaseUntil: string,
): Promise<Row[]> {
  const won: (Row | null)[] = due.map(() => null);
  await eachAtOnce(AT_ONCE, due, async (row, index) => {
    const claimed = { ...row, leaseUntil, revision: row.revision + 1 };
    if (await store.save(claimed, row.revision)) won[index] = claimed;
  });
  return won.filter((row) => row !== null);
}
