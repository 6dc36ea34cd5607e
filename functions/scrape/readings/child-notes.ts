/**
 * What a source's row remembers of the site maps that its index names: a note on each of a few hundred, by hash of its
 * address. Pure.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../article/durations.ts';
import type { Listing } from '../listing.ts';
import type { Source } from '../ports.ts';
import { childKey, MOST_CHILDREN, UNDATED_MS } from './child-turns.ts';
import { nextTry } from './rhythm.ts';

/** A failure that was not tried again for so long is of a site map whose index cannot be read; milliseconds. */
const FORGOTTEN_MS = DAY_MS;
/** Characters of a failure in words: a row has notes on hundreds. */
const PROBLEM_LENGTH = 200;
/**
 * Milliseconds from one reading to the next of all site maps of an index that have a time of change, for each of them: it may
 * be wrong, for some never change theirs.
 */
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
/** Times of change in a row of which nothing new came until the next is no longer believed: some are those of the request. */
const DOUBTED = 4;

/** Hours from one reading of a site map to the next that are worth a word. */
const SLOW_HOURS = 4;

export type Child = Listing['children'][number];
export type Note = Source['children'][string];

/** Stands for the source itself where notes say which index names a site map. */
export const SOURCE_ITSELF = '';

export const UNREAD = {
  index: SOURCE_ITSELF,
  goneAt: null,
  etag: null,
  lastModified: null,
  failure: null,
  fullReadAt: null,
  isIndex: false,
  vain: 0,
  isBacklog: false,
};

/** What is known of a site map of the source's index; null where it was never read. */
export function noteOf({ children }: Pick<Source, 'children'>, url: string): Note | null {
  return children[childKey(url)] ?? null;
}

export function isFull({ children }: Pick<Source, 'children'>): boolean {
  return Object.keys(children).length >= MOST_CHILDREN;
}

/**
 * The validators to ask for one with: none where it was not read whole for a day, for a server may say 304 for ever, as of a
 * source.
 */
export function validatorsFor(note: Note | null, now: Date): Pick<Note, 'etag' | 'lastModified'> {
  const isFresh = note?.fullReadAt && now.getTime() - Date.parse(note.fullReadAt) < WHOLE_MS;
  return isFresh ? note : { etag: null, lastModified: null };
}

/** Whether the index says that one has changed since it was read. */
export function isPromise(note: Note, modifiedAt: string | null): boolean {
  return modifiedAt !== null && (note.modifiedAt === null || modifiedAt > note.modifiedAt);
}

/** Whether times of change were stated for it again and again, and nothing new came. What is new in an index is in its site maps. */
export function isDoubted({ vain, isIndex }: Pick<Note, 'vain' | 'isIndex'>): boolean {
  return !isIndex && vain >= DOUBTED;
}

/** Times of change in a row of which nothing new came, once one is asked for: this one too, until something does. */
export function vainOf(note: Note, modifiedAt: string | null): number {
  return isPromise(note, modifiedAt) ? Math.min(note.vain + 1, DOUBTED) : note.vain;
}

/** That times of change are not believed, in words; null where that makes no difference that matters. */
export function doubtedWords(source: Pick<Source, 'children' | 'intervalSeconds'>): string | null {
  const doubted = namedNotes(source).filter(isDoubted).length;
  const { own, open } = pausesOf(source);
  const hours = Math.round(open / HOUR_MS);
  if (doubted === 0 || hours < SLOW_HOURS || open <= own) return null;
  return `It says of ${doubted} site maps ever again that they have changed, though nothing new is in them: they are read in turn, each once in ${hours} hours or so. Watch a news site map, or a part of them, to have new articles sooner.`;
}

/** How long site maps of a source are left alone whatever its index says, in milliseconds: the more of them, the longer. */
export interface Pauses {
  /** The source's own; a reading may come a little early. */
  own: number;
  open: number;
  dated: number;
}

export function pausesOf({ children, intervalSeconds }: Pick<Source, 'children' | 'intervalSeconds'>): Pauses {
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
export function isToBeReadAgain(note: Note, pauses: Pauses, now: Date): boolean {
  if (note.failure) return note.failure.retryAt <= now.toISOString();
  const age = now.getTime() - Date.parse(note.readAt);
  if (!isOpen(note)) return age >= pauses.dated;
  // What an index names is looked after by what is known of each.
  return age >= (note.isIndex ? pauses.own : pauses.open);
}

/**
 * Whether it may have changed since it was read without another time of change: it has none, or none that is believed, or a
 * day that was not over.
 */
export function isOpen(note: Note): boolean {
  const { modifiedAt, readAt } = note;
  if (modifiedAt === null || isDoubted(note)) return true;
  return WHOLE_DAY.test(modifiedAt) && Date.parse(readAt) < Date.parse(modifiedAt) + DAY_OVER_MS;
}

/** Notes on what an index names. */
export function namedNotes({ children }: Pick<Source, 'children'>): Note[] {
  return Object.values(children).filter(({ goneAt }) => goneAt === null);
}

/** The source with these notes; those on what is named no more, and then the oldest, give way where they are too many. */
export function withChildren(source: Source, notes: Source['children']): Source {
  const all = Object.entries({ ...source.children, ...notes });
  if (all.length > MOST_CHILDREN) {
    const rank = ({ goneAt, readAt }: Note) => `${goneAt === null ? 1 : 0} ${readAt}`;
    all.sort(([, a], [, b]) => (rank(a) > rank(b) ? -1 : 1));
  }
  return { ...source, children: Object.fromEntries(all.slice(0, MOST_CHILDREN)) };
}

/** Notes that one was read. @param read with `isNews`, whether it held any new article */
export function withChild(
  source: Source,
  url: string,
  read: Pick<Note, 'modifiedAt' | 'etag' | 'lastModified' | 'isIndex'> & { isNews: boolean },
  now: Date,
): Source {
  const short = (validator: string | null) =>
    validator !== null && validator.length <= LONGEST_VALIDATOR ? validator : null;
  const at = now.toISOString();
  const { index, vain } = noteOf(source, url) ?? UNREAD;
  const note: Note = {
    index,
    goneAt: null,
    modifiedAt: read.modifiedAt,
    readAt: at,
    fullReadAt: at,
    etag: short(read.etag),
    lastModified: short(read.lastModified),
    isIndex: read.isIndex,
    vain: read.isNews ? 0 : vain,
    isBacklog: false,
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
    vain: known.vain,
    isBacklog: known.isBacklog,
    modifiedAt,
    readAt: now.toISOString(),
    failure,
  };
  const after = withWords(source, withChildren(source, { [childKey(url)]: note }), now);
  return { ...after, dueAt: notAfterRetry(after, after.dueAt, now) };
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

/** With the words on its site maps as they are now, where nothing else is wrong with the source. */
function withWords(before: Source, after: Source, now: Date): Source {
  const isOwn = before.problem !== null && before.problem !== childProblem(before, now);
  return isOwn ? after : { ...after, problem: childProblem(after, now) };
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
