/**
 * The site maps that an index names: those that changed are read, a few at each reading, the latest changed first.
 *
 * What was read is remembered on the source, by its time of change. Big sites list hundreds, of which the newest changes
 * all day and the others never.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import type { Listing } from '../listing.ts';
import { outgoing, writeOf } from '../outgoing.ts';
import type { Ports, Source } from '../ports.ts';
import { isAskedSince } from '../sources/source.ts';
import { childKey, isTurnOver, MOST_CHILDREN, type Turn, takeTurns, UNDATED_MS } from './child-turns.ts';
import { nextTry } from './rhythm.ts';

/** Read at one reading of the index. */
const AT_A_TIME = 10;
/** One that failed and is asked for again is left alone for so long, should nothing come of it; milliseconds. */
const RETRY_LEASE_MS = 30 * MINUTE_MS;
/** A failure that was not tried again for so long is of a site map whose index cannot be read; milliseconds. */
const FORGOTTEN_MS = DAY_MS;
/** A site map that was not named for so long is forgotten; milliseconds. */
const GONE_MS = 3 * DAY_MS;
/** Characters of a failure in words: a row has notes on hundreds. */
const PROBLEM_LENGTH = 200;
/** The same of those that have one, which may be wrong: some never change theirs. */
const DATED_MS = 15 * MINUTE_MS;
/** Milliseconds for which a time of change is believed at least. */
const BELIEVED_MS = 6 * HOUR_MS;
/** Milliseconds after which one is read whole. */
const WHOLE_MS = DAY_MS;
/** A time of change that is a day, in the forms that instants are written in here. */
const WHOLE_DAY = /T00:00:00(?:\.000)?Z$/;
/** Milliseconds from a day's midnight in UTC until that day is over everywhere. */
const DAY_OVER_MS = 36 * HOUR_MS;
/** Characters of a validator that is kept: a row has notes on hundreds. */
const LONGEST_VALIDATOR = 100;
/** Indexes within an index, which the standard forbids and robots.txt files lead to. */
const DEEPEST = 3;

type Child = Listing['children'][number];
type Note = Source['children'][string];

/** A listing that may name site maps. */
interface Index extends Pick<Listing, 'children'> {
  /** Address as it is named itself; null for what the source leads to. */
  url: string | null;
  /** 1 for what the source leads to. */
  depth: number;
}

/** Queues the site maps that are to be read. */
export async function claimChildren(
  index: Index,
  source: Source,
  { queue, now }: Pick<Ports, 'queue' | 'now'>,
): Promise<ClaimedChildren> {
  const listed = index.depth > DEEPEST ? [] : index.children;
  const key = index.url === null ? SOURCE_ITSELF : childKey(index.url);
  const names: Names = { index: key, children: new Set(listed.map(({ url }) => childKey(url))) };
  if (listed.length === 0) return { notes: {}, names, turns: { [key]: null }, sent: 0, remaining: 0 };
  const readAt = now().toISOString();
  const pauses = pausesOf(source);
  const inOrder = newestFirst(listed, source);
  const isLatest = new Set(inOrder.slice(0, AT_A_TIME));
  const ends = new Set([listed[0], listed.at(-1)]);
  const stale = inOrder.filter((child) =>
    isStale(child, { isAtEnd: ends.has(child), isLatest: isLatest.has(child) }, source, pauses, now()),
  );
  const isChosen = new Set(stale);
  const others = isFull(source) ? listed.filter((child) => isUnknown(child, source) && !isChosen.has(child)) : [];
  const turn = takeTurns(others, source.childTurns[key], AT_A_TIME - Math.min(stale.length, 5), now());
  const chosen = [...stale.slice(0, AT_A_TIME - turn.chosen.length), ...turn.chosen];
  const { addedAt, settledAt } = source;
  await queue.send(
    chosen.map(({ url, modifiedAt }) => {
      const again = isAskedSince(source, noteOf(source, url)?.readAt ?? null);
      return outgoing(
        {
          kind: 'child',
          sourceId: source.id,
          addedAt,
          settledAt,
          url,
          modifiedAt,
          again,
          depth: index.depth,
          redirects: [],
        },
        writeOf(source),
      );
    }),
  );
  const notes = Object.fromEntries(
    chosen.map(({ url, modifiedAt }) => {
      const { failure, ...known } = noteOf(source, url) ?? UNREAD;
      const retryAt = new Date(now().getTime() + RETRY_LEASE_MS).toISOString();
      return [
        childKey(url),
        { ...known, index: key, goneAt: null, modifiedAt, readAt, failure: failure && { ...failure, retryAt } },
      ];
    }),
  );
  const remaining = stale.length + turn.owed - chosen.length;
  return { notes, names, turns: { [key]: turn.next }, sent: chosen.length, remaining };
}

/** Stands for the source itself where notes say which index names a site map. */
const SOURCE_ITSELF = '';

interface Names {
  /** Key of the index. */
  index: string;
  /** Keys of all that it names. */
  children: ReadonlySet<string>;
}

export interface ClaimedChildren {
  /** On each that was queued. */
  notes: Source['children'];
  names: Names;
  /** Of the index that was claimed from; null where all that it names have notes. */
  turns: Record<string, Turn | null>;
  sent: number;
  /** How many are to be read as well, and were left. */
  remaining: number;
}

const UNREAD = {
  index: SOURCE_ITSELF,
  goneAt: null,
  etag: null,
  lastModified: null,
  failure: null,
  fullReadAt: null,
  isIndex: false,
};

function isFull({ children }: Pick<Source, 'children'>): boolean {
  return Object.keys(children).length >= MOST_CHILDREN;
}

/** Whether there is no note on one that is wanted. */
function isUnknown({ url, modifiedAt }: Child, source: Source): boolean {
  return noteOf(source, url) === null && !(source.since !== null && modifiedAt !== null && modifiedAt < source.since);
}

/**
 * The validators to ask for one with: none where it was not read whole for a day, for a server may say 304 for ever, as of a
 * source.
 */
export function validatorsFor(note: Note | null, now: Date): Pick<Note, 'etag' | 'lastModified'> {
  const isFresh = note?.fullReadAt && now.getTime() - Date.parse(note.fullReadAt) < WHOLE_MS;
  return isFresh ? note : { etag: null, lastModified: null };
}

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

interface Place {
  /** The first or the last that is listed: sites put new ones there. */
  isAtEnd: boolean;
  /** Among the ten that changed last, or are unread for longest where none has a time of change. */
  isLatest: boolean;
}

function isStale(
  { url, modifiedAt }: Child,
  { isAtEnd, isLatest }: Place,
  source: Source,
  pauses: Pauses,
  now: Date,
): boolean {
  // It changed last before the first article that is wanted.
  if (source.since !== null && modifiedAt !== null && modifiedAt < source.since) return false;
  const note = noteOf(source, url);
  // With no room for a note it would be read again and again: it is read in turn, unless it is new by its own word or place.
  if (!note && isFull(source)) {
    return isAtEnd || (modifiedAt !== null && source.fullReadAt !== null && modifiedAt > source.fullReadAt);
  }
  if (note && !note.failure && isAtEnd && isOpen(note) && isFull(source)) {
    return now.getTime() - Date.parse(note.readAt) >= pauses.own;
  }
  if (!note || isToBeReadAgain(note, pauses, now)) return true;
  // Someone wants what is new, or what could not be had, which any may name.
  if ((isLatest || source.lostPages > 0 || source.pageFailures) && isAskedSince(source, note.readAt)) return true;
  if (note.failure) return false;
  if (note.isIndex && hasFailureToTry(childKey(url), source, now)) return true;
  return modifiedAt !== null && (note.modifiedAt === null || modifiedAt > note.modifiedAt);
}

/** Whether one that an index within the source's names is to be tried again. */
function hasFailureToTry(index: string, source: Source, now: Date): boolean {
  return namedNotes(source).some(
    (note) => note.index === index && note.failure && note.failure.retryAt <= now.toISOString(),
  );
}

/** How long site maps of a source are left alone whatever its index says, in milliseconds: the more of them, the longer. */
interface Pauses {
  /** The source's own; a reading may come a little early. */
  own: number;
  open: number;
  dated: number;
}

function pausesOf({ children, intervalSeconds }: Pick<Source, 'children' | 'intervalSeconds'>): Pauses {
  const all = namedNotes({ children });
  const open = all.filter(isOpen).length;
  const own = Math.max(intervalSeconds * 1000 * 0.9, UNDATED_MS);
  return {
    own,
    open: Math.max(own, open * UNDATED_MS),
    dated: Math.max(BELIEVED_MS, (all.length - open) * DATED_MS),
  };
}

/** Whether its time has come, whatever the index says: it failed, or what the index says of its changes is not enough. */
function isToBeReadAgain(note: Note, pauses: Pauses, now: Date): boolean {
  if (note.failure) return note.failure.retryAt <= now.toISOString();
  const age = now.getTime() - Date.parse(note.readAt);
  if (!isOpen(note)) return age >= pauses.dated;
  // What an index names is looked after by what is known of each.
  return age >= (note.isIndex ? pauses.own : pauses.open);
}

/** Whether it may have changed since it was read without another time of change: it has none, or a day that was not over. */
function isOpen({ modifiedAt, readAt }: Note): boolean {
  if (modifiedAt === null) return true;
  return WHOLE_DAY.test(modifiedAt) && Date.parse(readAt) < Date.parse(modifiedAt) + DAY_OVER_MS;
}

/** Whether an index has to be read though it did not change, because a site map in it may have. */
export function hasChildrenToRead(source: Source, now: Date): boolean {
  const pauses = pausesOf(source);
  return (
    namedNotes(source).some((note) => isToBeReadAgain(note, pauses, now)) ||
    Object.values(source.childTurns).some((turn) => isTurnOver(turn, now))
  );
}

/**
 * The source with notes on what was claimed from an index. Those on what it names no more, and on what these name in turn,
 * stay for some days without any weight: some indexes name others from one answer to the next.
 */
export function withClaimed(
  source: Source,
  { notes, names }: Pick<ClaimedChildren, 'notes' | 'names'>,
  now: Date,
): Source {
  const { index, children } = names;
  const all = Object.entries(source.children);
  const isGone = new Set(all.flatMap(([key, note]) => (note.index === index && !children.has(key) ? key : [])));
  for (let depth = 1; depth < DEEPEST; depth++) {
    for (const [key, note] of all) if (isGone.has(note.index)) isGone.add(key);
  }
  const at = now.toISOString();
  const noted = all.map(([key, note]): [string, Note] => {
    if (children.has(key)) return [key, { ...note, index, goneAt: null }];
    return [key, isGone.has(key) ? { ...note, goneAt: note.goneAt ?? at } : note];
  });
  const forgotten = new Date(now.getTime() - GONE_MS).toISOString();
  const kept = noted.filter(([, { goneAt }]) => goneAt === null || goneAt > forgotten);
  const childTurns = Object.fromEntries(Object.entries(source.childTurns).filter(([key]) => !isGone.has(key)));
  return withChildren({ ...source, children: Object.fromEntries(kept), childTurns }, notes);
}

/** The source with these notes; those on what is named no more, and then the oldest, give way where they are too many. */
function withChildren(source: Source, notes: Source['children']): Source {
  const all = Object.entries({ ...source.children, ...notes });
  if (all.length > MOST_CHILDREN) {
    const rank = ({ goneAt, readAt }: Note) => `${goneAt === null ? 1 : 0} ${readAt}`;
    all.sort(([, a], [, b]) => (rank(a) > rank(b) ? -1 : 1));
  }
  return { ...source, children: Object.fromEntries(all.slice(0, MOST_CHILDREN)) };
}

/** Notes on what an index names. */
function namedNotes({ children }: Pick<Source, 'children'>): Note[] {
  return Object.values(children).filter(({ goneAt }) => goneAt === null);
}

/** Notes that one was read. */
export function withChild(
  source: Source,
  url: string,
  { etag, lastModified, modifiedAt, isIndex }: Pick<Note, 'modifiedAt' | 'etag' | 'lastModified' | 'isIndex'>,
  now: Date,
): Source {
  const short = (validator: string | null) =>
    validator !== null && validator.length <= LONGEST_VALIDATOR ? validator : null;
  const at = now.toISOString();
  const validators = { etag: short(etag), lastModified: short(lastModified) };
  const { index } = noteOf(source, url) ?? UNREAD;
  const note: Note = {
    index,
    goneAt: null,
    modifiedAt,
    readAt: at,
    fullReadAt: at,
    ...validators,
    isIndex,
    failure: null,
  };
  return withWords(source, withChildren(source, { [childKey(url)]: note }), now);
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
  at: { now: Date; random: number },
): Source {
  const { now } = at;
  const known = noteOf(source, url) ?? UNREAD;
  const before = known.failure?.count ?? 0;
  const count = 'until' in wait ? before : before + 1;
  const retryAt = 'until' in wait ? wait.until : nextTry(count, wait.notBefore, at);
  const failure = { count, problem: problem.slice(0, PROBLEM_LENGTH), retryAt };
  const note = {
    ...UNREAD,
    index: known.index,
    isIndex: known.isIndex,
    modifiedAt,
    readAt: now.toISOString(),
    failure,
  };
  const after = withWords(source, withChildren(source, { [childKey(url)]: note }), now);
  return { ...after, dueAt: notAfterRetry(after, after.dueAt, now) };
}

/** When the source is due, brought forward to where a site map that failed is to be tried again. */
export function notAfterRetry({ children }: Pick<Source, 'children'>, dueAt: string, now: Date): string {
  const times = namedNotes({ children }).flatMap(({ failure }) => failure?.retryAt ?? []);
  // Past ones wait for a reading of their index.
  return times.filter((at) => at > now.toISOString()).reduce((soonest, at) => (at < soonest ? at : soonest), dueAt);
}

/** Failures of site maps that are still named. */
export function childFailures({ children }: Pick<Source, 'children'>, now: Date): NonNullable<Note['failure']>[] {
  const forgotten = new Date(now.getTime() - FORGOTTEN_MS).toISOString();
  return namedNotes({ children }).flatMap(({ failure }) => (failure && failure.retryAt > forgotten ? failure : []));
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

/** Forgets that one was read, and the indexes that lead to it, so that the next reading of the source takes it up again. */
export function withoutChild(source: Source, url: string, now: Date): Source {
  const children = { ...source.children };
  for (let key = childKey(url); key in children; ) {
    const index = children[key]?.index ?? SOURCE_ITSELF;
    delete children[key];
    key = index;
  }
  return withWords(source, { ...source, children }, now);
}
