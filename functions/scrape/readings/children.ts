/**
 * The site maps that an index names: those that changed are read, a few at each reading, the latest changed first.
 *
 * What was read is remembered on the source, by its time of change. Big sites list hundreds, of which the newest changes
 * all day and the others never.
 */
import { createHash } from 'node:crypto';
import type { Listing } from '../listing.ts';
import { outgoing } from '../outgoing.ts';
import type { Ports, Source } from '../ports.ts';
import { isAskedSince } from '../sources/source.ts';
import { backoff } from './rhythm.ts';

/** Site maps of one source that are followed, those that changed last first. Its row holds a note on each. */
const MOST_CHILDREN = 600;
/** Read at one reading of the index. */
const AT_A_TIME = 10;
/** One that failed and is asked for again is left alone for so long, should nothing come of it; milliseconds. */
const RETRY_LEASE_MS = 30 * 60_000;
/** A failure that was not tried again for so long is of a site map that is named no more; milliseconds. */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Characters of a failure in words: a row has notes on hundreds. */
const PROBLEM_LENGTH = 200;
/** Milliseconds from one reading to the next of all site maps of an index that have no time of change, for each of them. */
const UNDATED_MS = 5 * 60_000;
/** The same of those that have one, which may be wrong: some never change theirs. */
const DATED_MS = 15 * 60_000;
/** Milliseconds for which a time of change is believed at least. */
const BELIEVED_MS = 6 * 3_600_000;
/** Milliseconds from a day's midnight in UTC until that day is over everywhere. */
const DAY_OVER_MS = 36 * 3_600_000;
/** Characters of a validator that is kept: a row has notes on hundreds. */
const LONGEST_VALIDATOR = 100;
/** Indexes within an index, which the standard forbids and robots.txt files lead to. */
const DEEPEST = 3;

type Child = Listing['children'][number];
type Note = Source['children'][string];

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
  const pauses = pausesOf(source);
  const stale = newestFirst(
    listed.filter((child) => isStale(child, source, pauses, now())),
    source,
  );
  const chosen = stale.slice(0, AT_A_TIME);
  await queue.send(
    chosen.map(({ url, modifiedAt }) => {
      const again = isAskedSince(source, noteOf(source, url)?.readAt ?? null);
      return outgoing(
        { kind: 'child', sourceId: source.id, url, modifiedAt, again, depth, redirects: [] },
        source.revision,
      );
    }),
  );
  const notes = Object.fromEntries(
    chosen.map(({ url, modifiedAt }) => {
      const { etag, lastModified, failure } = noteOf(source, url) ?? UNREAD;
      const retryAt = new Date(now().getTime() + RETRY_LEASE_MS).toISOString();
      return [childKey(url), { modifiedAt, readAt, etag, lastModified, failure: failure && { ...failure, retryAt } }];
    }),
  );
  return { notes, sent: chosen.length, remaining: stale.length - chosen.length };
}

const UNREAD = { etag: null, lastModified: null, failure: null };

/** What is known of a site map of the source's index; null where it was never read. */
export function noteOf({ children }: Pick<Source, 'children'>, url: string): Note | null {
  return children[childKey(url)] ?? null;
}

/** Those without a time of change at the end, the longest unread first. */
function newestFirst(children: readonly Child[], source: Source): Child[] {
  const readAt = (child: Child) => noteOf(source, child.url)?.readAt ?? '';
  return [...children].sort((a, b) => {
    if (a.modifiedAt === null && b.modifiedAt === null) return readAt(a) < readAt(b) ? -1 : 1;
    return (a.modifiedAt ?? '') > (b.modifiedAt ?? '') ? -1 : a.modifiedAt === b.modifiedAt ? 0 : 1;
  });
}

function isStale({ url, modifiedAt }: Child, source: Source, pauses: Pauses, now: Date): boolean {
  // It changed last before the first article that is wanted.
  if (source.since !== null && modifiedAt !== null && modifiedAt < source.since) return false;
  const note = noteOf(source, url);
  // With no room for a note it would be read again and again; what changes by its own word is read once for that.
  if (!note && Object.keys(source.children).length >= MOST_CHILDREN) {
    return modifiedAt !== null && source.fullReadAt !== null && modifiedAt > source.fullReadAt;
  }
  if (!note || isToBeReadAgain(note, pauses, now)) return true;
  // Someone wants what could not be had, and it may be named there.
  if ((source.lostPages > 0 || source.pageFailures) && isAskedSince(source, note.readAt)) return true;
  if (note.failure) return false;
  return modifiedAt !== null && (note.modifiedAt === null || modifiedAt > note.modifiedAt);
}

/** How long site maps of a source are left alone whatever its index says, in milliseconds: the more of them, the longer. */
interface Pauses {
  open: number;
  dated: number;
}

function pausesOf({ children, intervalSeconds }: Pick<Source, 'children' | 'intervalSeconds'>): Pauses {
  const all = Object.values(children);
  const open = all.filter(isOpen).length;
  return {
    // At the source's own pace; a reading may come a little early.
    open: Math.max(intervalSeconds * 1000 * 0.9, open * UNDATED_MS),
    dated: Math.max(BELIEVED_MS, (all.length - open) * DATED_MS),
  };
}

/** Whether its time has come, whatever the index says: it failed, or what the index says of its changes is not enough. */
function isToBeReadAgain(note: Note, pauses: Pauses, now: Date): boolean {
  if (note.failure) return note.failure.retryAt <= now.toISOString();
  const age = now.getTime() - Date.parse(note.readAt);
  return age >= (isOpen(note) ? pauses.open : pauses.dated);
}

/** Whether it may have changed since it was read without another time of change: it has none, or a day that was not over. */
function isOpen({ modifiedAt, readAt }: Note): boolean {
  if (modifiedAt === null) return true;
  return modifiedAt.endsWith('T00:00:00.000Z') && Date.parse(readAt) < Date.parse(modifiedAt) + DAY_OVER_MS;
}

/** Whether an index has to be read though it did not change, because a site map in it may have. */
export function hasChildrenToRead(source: Source, now: Date): boolean {
  const pauses = pausesOf(source);
  return Object.values(source.children).some((note) => isToBeReadAgain(note, pauses, now));
}

/** The source with these notes; the oldest give way where they are too many. */
export function withChildren(source: Source, notes: Source['children']): Source {
  const all = Object.entries({ ...source.children, ...notes });
  if (all.length > MOST_CHILDREN) all.sort(([, a], [, b]) => (a.readAt > b.readAt ? -1 : 1));
  return { ...source, children: Object.fromEntries(all.slice(0, MOST_CHILDREN)) };
}

/** Notes that one was read. */
export function withChild(
  source: Source,
  url: string,
  { etag, lastModified, modifiedAt }: Pick<Note, 'modifiedAt' | 'etag' | 'lastModified'>,
  now: Date,
): Source {
  const short = (validator: string | null) =>
    validator !== null && validator.length <= LONGEST_VALIDATOR ? validator : null;
  const note = { modifiedAt, readAt: now.toISOString(), etag: short(etag), lastModified: short(lastModified) };
  return withWords(source, withChildren(source, { [childKey(url)]: { ...note, failure: null } }), now);
}

/**
 * Notes that one could not be read: tried again as a source is, ever more seldom, with the next reading of its index, which
 * is no later than that where the source's own pace is its own.
 *
 * @param wait `until` in place of a pause of its own, where it was not even asked for
 */
export function withFailedChild(
  source: Source,
  { url, modifiedAt }: Pick<Child, 'url' | 'modifiedAt'>,
  problem: string,
  wait: { until: string } | { notBefore: string | null },
  { now, random }: { now: Date; random: number },
): Source {
  const before = noteOf(source, url)?.failure?.count ?? 0;
  const count = 'until' in wait ? before : before + 1;
  const pauseAt = new Date(now.getTime() + backoff(Math.max(count, 1), random) * 1000).toISOString();
  const retryAt = 'until' in wait ? wait.until : later(pauseAt, wait.notBefore);
  const failure = { count, problem: problem.slice(0, PROBLEM_LENGTH), retryAt };
  const note = { modifiedAt, readAt: now.toISOString(), etag: null, lastModified: null, failure };
  const after = withWords(source, withChildren(source, { [childKey(url)]: note }), now);
  return { ...after, dueAt: notAfterRetry(after, after.dueAt, now) };
}

function later(one: string, other: string | null): string {
  return other !== null && other > one ? other : one;
}

/** When the source is due, brought forward to where a site map that failed is to be tried again. */
export function notAfterRetry({ children }: Pick<Source, 'children'>, dueAt: string, now: Date): string {
  const times = Object.values(children).flatMap(({ failure }) => failure?.retryAt ?? []);
  // Past ones are of site maps that no index names any more.
  return times.filter((at) => at > now.toISOString()).reduce((soonest, at) => (at < soonest ? at : soonest), dueAt);
}

/** Failures of site maps that are still named. */
export function childFailures({ children }: Pick<Source, 'children'>, now: Date): NonNullable<Note['failure']>[] {
  const forgotten = new Date(now.getTime() - FORGOTTEN_MS).toISOString();
  return Object.values(children).flatMap(({ failure }) => (failure && failure.retryAt > forgotten ? failure : []));
}

/** What is wrong with the site maps of an index, in words; null where all could be read. */
export function childProblem(source: Pick<Source, 'children'>, now: Date): string | null {
  const [first, ...others] = childFailures(source, now);
  if (!first) return null;
  const more = others.length > 0 ? ` ${others.length} more of its site maps could not be read either.` : '';
  return `A site map that it names could not be read: ${first.problem}${more}`;
}

/** With the words on its site maps as they are now, where nothing else is wrong with the source. */
function withWords(before: Source, after: Source, now: Date): Source {
  const isOwn = before.problem !== null && before.problem !== childProblem(before, now);
  return isOwn ? after : { ...after, problem: childProblem(after, now) };
}

/** Forgets that one was read, so that the next reading of its index takes it up again. */
export function withoutChild(source: Source, url: string, now: Date): Source {
  const { [childKey(url)]: _, ...children } = source.children;
  return withWords(source, { ...source, children }, now);
}
