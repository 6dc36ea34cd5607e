/**
 * The site maps that an index names: those that changed are read, a few at each reading, the latest changed first.
 *
 * What was read is remembered on the source, by its time of change. Big sites list hundreds, of which the newest changes
 * all day and the others never.
 */
import { createHash } from 'node:crypto';
import type { Listing } from './listing.ts';
import { outgoing } from './outgoing.ts';
import type { Ports, Source } from './ports.ts';

/** Site maps of one index that are followed: those that changed last. A source's row holds a note on each. */
const MOST_CHILDREN = 300;
/** Read at one reading of the index. */
const AT_A_TIME = 10;
/** One without a time of change is read again after this; milliseconds. */
const UNDATED_MS = 12 * 3_600_000;
/** Indexes within an index, which the standard forbids and robots.txt files lead to. */
const DEEPEST = 3;

type Child = Listing['children'][number];

function childKey(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

/**
 * Queues the site maps that are to be read.
 *
 * @param depth 1 for those that the source itself names
 * @returns a note on each that was queued, and how many were left
 */
export async function claimChildren(
  listed: readonly Child[],
  source: Source,
  depth: number,
  { queue, now }: Pick<Ports, 'queue' | 'now'>,
): Promise<{ notes: Source['children']; sent: number; remaining: number }> {
  if (listed.length === 0 || depth > DEEPEST) return { notes: {}, sent: 0, remaining: 0 };
  const readAt = now().toISOString();
  const stale = newestFirst(listed)
    .slice(0, MOST_CHILDREN)
    .filter((child) => isStale(child, source, now()));
  const chosen = stale.slice(0, AT_A_TIME);
  await queue.send(
    chosen.map(({ url, modifiedAt }) =>
      outgoing({ kind: 'child', sourceId: source.id, url, modifiedAt, depth, redirects: [] }, source.revision),
    ),
  );
  const notes = Object.fromEntries(chosen.map(({ url, modifiedAt }) => [childKey(url), { modifiedAt, readAt }]));
  return { notes, sent: chosen.length, remaining: stale.length - chosen.length };
}

function newestFirst(children: readonly Child[]): Child[] {
  const order = (a: string | null, b: string | null) => ((a ?? '') > (b ?? '') ? -1 : a === b ? 0 : 1);
  return [...children].sort((a, b) => order(a.modifiedAt, b.modifiedAt));
}

function isStale({ url, modifiedAt }: Child, { children, since }: Source, now: Date): boolean {
  // It changed last before the first article that is wanted.
  if (since !== null && modifiedAt !== null && modifiedAt < since) return false;
  const note = children[childKey(url)];
  if (!note) return true;
  if (modifiedAt === null) return now.getTime() - Date.parse(note.readAt) >= UNDATED_MS;
  return note.modifiedAt === null || modifiedAt > note.modifiedAt;
}

/** The source with these notes; the oldest give way where they are too many. */
export function withChildren(source: Source, notes: Source['children']): Source {
  const all = Object.entries({ ...source.children, ...notes });
  if (all.length > 2 * MOST_CHILDREN) all.sort(([, a], [, b]) => (a.readAt > b.readAt ? -1 : 1));
  return { ...source, children: Object.fromEntries(all.slice(0, 2 * MOST_CHILDREN)) };
}

/** Forgets that one was read, so that the next reading of its index takes it up again. */
export function withoutChild(source: Source, url: string): Source {
  const { [childKey(url)]: _, ...children } = source.children;
  return { ...source, children };
}
