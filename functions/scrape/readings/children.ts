/**
 * The site maps that an index names: those that changed are read, a few at each reading, the latest changed first.
 *
 * What was read is remembered on the source, by its time of change. Big sites list hundreds, of which the newest changes
 * all day and the others never.
 */
import { DAY_MS, MINUTE_MS } from '../../article/durations.ts';
import type { Listing } from '../listing.ts';
import { outgoing, writeOf } from '../outgoing.ts';
import type { Ports, Source } from '../ports.ts';
import { isAskedSince } from '../sources/source.ts';
import {
  type Child,
  isDoubted,
  isFull,
  isOpen,
  isPromise,
  isToBeReadAgain,
  type Note,
  namedNotes,
  noteOf,
  type Pauses,
  pausesOf,
  SOURCE_ITSELF,
  UNREAD,
  vainOf,
  withChildren,
} from './child-notes.ts';
import { childKey, isTurnOver, type Turn, takeTurns } from './child-turns.ts';

/** Read at one reading of the index. */
const AT_A_TIME = 10;
/** Share of these that is kept for those that no time of change brings to the front, where others would take all. */
const KEPT = 0.3;
/** One that failed and is asked for again is left alone for so long, should nothing come of it; milliseconds. */
const RETRY_LEASE_MS = 30 * MINUTE_MS;
/** A site map that was not named for so long is forgotten; milliseconds. */
const GONE_MS = 3 * DAY_MS;
/** Indexes within an index, which the standard forbids and robots.txt files lead to. */
const DEEPEST = 3;

/** A listing that may name site maps. */
interface Index extends Pick<Listing, 'children'> {
  /** Whether what it names for the first time now was there before it was watched. */
  isBacklog: boolean;
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
  const isNew = newByTheirWord(listed, source);
  const stale = inOrder.filter((child) => {
    const place = { isAtEnd: ends.has(child), isLatest: isLatest.has(child), isNew: isNew.has(child) };
    return isStale(child, place, source, pauses, now());
  });
  const isChosen = new Set(stale);
  const others = isFull(source) ? listed.filter((child) => isUnknown(child, source) && !isChosen.has(child)) : [];
  const turn = takeTurns(others, source.childTurns[key], AT_A_TIME - Math.min(stale.length, 5), now());
  const chosen = [...inFront(stale, AT_A_TIME - turn.chosen.length, source), ...turn.chosen];
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
      const note = noteOf(source, url);
      const { failure, ...known } = note ?? UNREAD;
      const vain = note ? vainOf(note, modifiedAt) : 0;
      const isBacklog = note ? note.isBacklog : index.isBacklog;
      const retryAt = new Date(now().getTime() + RETRY_LEASE_MS).toISOString();
      return [
        childKey(url),
        {
          ...known,
          index: key,
          goneAt: null,
          modifiedAt,
          readAt,
          vain,
          isBacklog,
          failure: failure && { ...failure, retryAt },
        },
      ];
    }),
  );
  const remaining = stale.length + turn.owed - chosen.length;
  return { notes, names, turns: { [key]: turn.next }, sent: chosen.length, remaining };
}

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

/** Whether site maps that a source names now, and that are not known, were there before it was watched: not all are read at once. */
export function isFirstPass({ remaining, fullReadAt, settledAt }: Source): boolean {
  return remaining > 0 || fullReadAt === null || (settledAt !== null && fullReadAt < settledAt);
}

/** Whether there is no note on one that is wanted. */
function isUnknown({ url, modifiedAt }: Child, source: Source): boolean {
  return noteOf(source, url) === null && !(source.since !== null && modifiedAt !== null && modifiedAt < source.since);
}

/** Those without a time of change that is believed at the end; of the same time the longest unread first. */
function newestFirst(children: readonly Child[], source: Source): Child[] {
  const ranked = children.map((child) => {
    const note = noteOf(source, child.url);
    return { child, changed: believed(child, note) ?? '', readAt: note?.readAt ?? '' };
  });
  ranked.sort((a, b) => {
    if (a.changed !== b.changed) return a.changed > b.changed ? -1 : 1;
    return a.readAt === b.readAt ? 0 : a.readAt < b.readAt ? -1 : 1;
  });
  return ranked.map(({ child }) => child);
}

/** Its time of change; null where it has none, or none that is believed. */
function believed({ modifiedAt }: Child, note: Note | null): string | null {
  return note !== null && isDoubted(note) ? null : modifiedAt;
}

/** The first so many, some of them without a time of change. */
function inFront(stale: readonly Child[], most: number, source: Source): Child[] {
  const dated = new Set(stale.filter((child) => believed(child, noteOf(source, child.url)) !== null));
  const others = stale.filter((child) => !dated.has(child));
  const first = [...dated].slice(0, most - Math.min(others.length, Math.floor(most * KEPT)));
  return [...first, ...others.slice(0, most - first.length)];
}

interface Place {
  /** The first or the last that is listed: sites put new ones there. */
  isAtEnd: boolean;
  /** Among the ten that changed last, or are unread for longest where none has a time of change. */
  isLatest: boolean;
  /** Changed by its own word since the index was read. */
  isNew: boolean;
}

/** Those that changed since the index was read whole; none where most have, for that says nothing of any. */
function newByTheirWord(listed: readonly Child[], { fullReadAt }: Source): Set<Child> {
  const changed = listed.filter(
    ({ modifiedAt }) => modifiedAt !== null && fullReadAt !== null && modifiedAt > fullReadAt,
  );
  return new Set(changed.length * 2 > listed.length ? [] : changed);
}

function isStale(
  { url, modifiedAt }: Child,
  { isAtEnd, isLatest, isNew }: Place,
  source: Source,
  pauses: Pauses,
  now: Date,
): boolean {
  // It changed last before the first article that is wanted.
  if (source.since !== null && modifiedAt !== null && modifiedAt < source.since) return false;
  const note = noteOf(source, url);
  // With no room for a note it would be read again and again: it is read in turn, unless it is new by its own word or place.
  if (!note && isFull(source)) return isAtEnd || isNew;
  if (note && !note.failure && isAtEnd && isOpen(note) && (isFull(source) || isDoubted(note))) {
    return now.getTime() - Date.parse(note.readAt) >= pauses.own;
  }
  if (!note || isToBeReadAgain(note, pauses, now)) return true;
  // Someone wants what is new, or what could not be had, which any may name.
  if ((isLatest || source.lostPages > 0 || source.pageFailures) && isAskedSince(source, note.readAt)) return true;
  if (note.failure) return false;
  if (note.isIndex && hasFailureToTry(childKey(url), source, now)) return true;
  if (isDoubted(note) || !isPromise(note, modifiedAt)) return false;
  // What changes all the time is no reason to read it more often than its source: others wait, and its host as well.
  return now.getTime() - Date.parse(note.readAt) >= pauses.own;
}

/** Whether one that an index within the source's names is to be tried again. */
function hasFailureToTry(index: string, source: Source, now: Date): boolean {
  return namedNotes(source).some(
    (note) => note.index === index && note.failure && note.failure.retryAt <= now.toISOString(),
  );
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
