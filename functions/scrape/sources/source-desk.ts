/** What people do with sources, whether on the command line, over HTTP or in a file that declares them. */
import { createHash } from 'node:crypto';
import { eachAtOnce } from '../../article/each-at-once.ts';
import { changeRow } from '../change-row.ts';
import type { ListingKind } from '../listing.ts';
import type { Sources } from '../ports.ts';
import { isNeverAsked, NEVER_ASKED } from './never-asked.ts';
import {
  DEFAULT_SETTINGS,
  dueNow,
  newSource,
  paused,
  resettled,
  resumed,
  type Source,
  type SourceSettings,
} from './source.ts';
import { wakeTwins } from './wake-twins.ts';
import { formless, watches } from './watched-address.ts';

/** A source to be: everything but its address may be left out. */
export type NewSource = Pick<SourceSettings, 'url'> & Partial<SourceSettings>;

/** What of a source may be changed: everything but its name, which records carry. */
export type SourceChanges = Partial<Omit<SourceSettings, 'id'>>;

export const SOURCE_ERRORS = {
  NO_SOURCE: 'there is no source of that name',
  NAME_TAKEN: 'another source has that name',
  WATCHED_ALREADY: 'another source watches that address',
  NOT_ACTIVE: 'the source is paused or retired',
  NOT_PUBLIC: 'the address is not public, and is never asked',
} as const;

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: keyof typeof SOURCE_ERRORS;
  /** Name of the source that is, or is not, there. */
  readonly source: string;

  constructor(code: keyof typeof SOURCE_ERRORS, source: string, message: string) {
    super(message);
    this.code = code;
    this.source = source;
  }
}

export interface SourceDesk {
  /** By name. */
  list(): Promise<Source[]>;
  /** @throws SourceError NO_SOURCE, as all below do that are given a name */
  get(id: string): Promise<Source>;
  /**
   * Watches an address from the next minute on, under a name made from it unless one is given.
   *
   * @param found what somebody has seen to be there, which its first reading is held to; null where nobody looked
   * @throws SourceError NAME_TAKEN, WATCHED_ALREADY, NOT_PUBLIC
   */
  add(source: NewSource, found?: ListingKind | null): Promise<Source>;
  /**
   * Watches many addresses, each once: those that are watched already are left as they are.
   *
   * @param signal once it is aborted no more are added
   * @returns in the order they were given
   */
  addAll(sources: readonly NewSource[], signal?: AbortSignal): Promise<AddedAll>;
  /** Of another address, what was paused for its former one is watched again. @throws SourceError WATCHED_ALREADY, NOT_PUBLIC */
  change(id: string, changes: SourceChanges): Promise<Source>;
  /** @param reason one sentence, shown in lists */
  pause(id: string, reason: string): Promise<Source>;
  /** Watches a paused or retired source again, from the next minute on. @throws SourceError WATCHED_ALREADY where another is read */
  resume(id: string): Promise<Source>;
  /** Reads an active source at the next minute, whatever its interval. @throws SourceError NOT_ACTIVE */
  run(id: string): Promise<Source>;
  /**
   * Forgets a source. Its articles stay, and are fetched again only where another one names them, while their days last. What
   * was paused for it is watched again.
   */
  remove(id: string): Promise<Source>;
}

export interface AddedAll {
  added: Source[];
  /** How many of the addresses were watched already. */
  known: number;
  refused: SourceError[];
}

/** Rows written side by side. */
const AT_ONCE = 16;

/** Names tried for an address whose own is taken. */
const MOST_NAMES = 100;

/** @param allowLoopback whether sites on this machine may be watched */
export function sourceDesk(sources: Sources, now: () => Date, { allowLoopback = false } = {}): SourceDesk {
  async function get(id: string): Promise<Source> {
    const source = await sources.read(id);
    if (!source) throw unknown(id);
    return source;
  }

  async function changed(id: string, change: (source: Source) => Source): Promise<Source> {
    const source = await changeRow(sources, id, (row) => row && change(row));
    if (!source) throw unknown(id);
    return source;
  }

  /** @param id the source it is for, or its own address where it has no name yet */
  function refuseUnasked(url: string, id: string): void {
    if (!isNeverAsked(url, allowLoopback)) return;
    throw new SourceError('NOT_PUBLIC', id, `${url} ${NEVER_ASKED}`);
  }

  /** @param names that are taken already; its own is added to them */
  async function added({ id, ...given }: NewSource, found: ListingKind | null, names: Set<string>): Promise<Source> {
    const free = id === undefined ? namesFor(given.url).filter((name) => !names.has(name)) : [id];
    for (const name of free) {
      names.add(name);
      const source = newSource({ ...DEFAULT_SETTINGS, ...given, id: name }, now(), found);
      if (await sources.save(source, null)) return source;
    }
    throw taken(id ?? namesFor(given.url)[0] ?? given.url);
  }

  const others = async (id: string) => (await sources.list()).filter((each) => each.id !== id);

  return {
    get,

    async list() {
      return (await sources.list()).sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async add(source, found = null) {
      const { id, url } = source;
      refuseUnasked(url, id ?? url);
      if (id !== undefined && (await sources.read(id))) throw taken(id);
      const all = await sources.list();
      refuseWatched(url, all);
      return added(source, found, namesOf(all));
    },

    async addAll(all, signal) {
      const rows = await sources.list();
      const watched = new Set(rows.flatMap(({ url, movedFrom }) => [url, movedFrom ?? url].map(formless)));
      const unknown = all.filter(({ url }) => watched.size < watched.add(formless(url)).size);
      const names = namesOf(rows);
      const done: (Source | SourceError)[] = [];
      await eachAtOnce(AT_ONCE, unknown, async (source, place) => {
        if (signal?.aborted) return;
        try {
          refuseUnasked(source.url, source.id ?? source.url);
          done[place] = await added(source, null, names);
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          done[place] = error;
        }
      });
      return {
        added: done.filter((one): one is Source => !(one instanceof SourceError)),
        known: all.length - unknown.length,
        refused: done.filter((one) => one instanceof SourceError),
      };
    },

    async change(id, changes) {
      if (changes.url !== undefined) {
        refuseUnasked(changes.url, id);
        refuseWatched(changes.url, await others(id));
      }
      const source = await changed(id, (row) => resettled(row, { ...settingsOf(row), ...changes }, now()));
      if (changes.url !== undefined) await wakeTwins(await sources.list(), sources, now());
      return source;
    },

    pause: (id, reason) => changed(id, (source) => paused(source, reason, now())),

    async resume(id) {
      const { url } = await get(id);
      // While it was paused another one may have been led to its address.
      const read = (await others(id)).filter(({ state }) => state === 'active');
      refuseWatched(url, read);
      return changed(id, (source) => resumed(source, now()));
    },

    run: (id) =>
      changed(id, (source) => {
        if (source.state === 'active') return dueNow(source, now());
        const message = `${id} is ${source.state}: ${source.stateReason ?? 'no reason was given.'} Resume it first.`;
        throw new SourceError('NOT_ACTIVE', id, message);
      }),

    async remove(id) {
      const source = await get(id);
      await sources.remove(id);
      await wakeTwins(await sources.list(), sources, now());
      return source;
    },
  };
}

function refuseWatched(url: string, others: readonly Source[]): void {
  const other = others.find((each) => watches(each, url));
  if (other) throw new SourceError('WATCHED_ALREADY', other.id, watchedAlready(url, other));
}

const namesOf = (sources: readonly Source[]) => new Set(sources.map(({ id }) => id));

export function watchedAlready(url: string, { id, state }: Source): string {
  return `${url} is watched already, as ${id} (${state}).`;
}

/** What the user decided, without what became of it. */
export function settingsOf(source: Source): SourceSettings {
  const { id, url, section, everySeconds, maxPerRun, since, recheckDays, obeyOptOuts, silentAfter } = source;
  return { id, url, section, everySeconds, maxPerRun, since, recheckDays, obeyOptOuts, silentAfter };
}

/** Words of a path that say nothing of what is in a feed. */
const FEED_WORDS = new Set(
  'feed feeds rss atom xml index sitemap sitemaps json rdf html htm php aspx default'.split(' '),
);

/**
 * Names for an address, the best first: its host, its host with what tells its path from others, with all of its path, with
 * a number, and with a hash that no other address has.
 *
 * @returns what the schema of a name accepts
 */
export function namesFor(url: string): string[] {
  const { hostname, port, pathname } = new URL(url);
  const host = slug(hostname.replace(/^www\./, '')) || 'source';
  const base = port === '' ? host : `${host}-${port}`;
  const words = slug(pathname)
    .split(/[.-]/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !FEED_WORDS.has(word));
  const names = [...new Set([[], telling, words].map((more) => [base, ...more].join('-').slice(0, 90)))];
  const last = names.at(-1);
  const own = createHash('sha256').update(url).digest('hex').slice(0, 9);
  return [...names, ...Array.from({ length: MOST_NAMES }, (_, index) => `${last}-${index + 2}`), `${last}-${own}`];
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 90);
}

function unknown(id: string): SourceError {
  return new SourceError('NO_SOURCE', id, `There is no source ${id}.`);
}

function taken(id: string): SourceError {
  return new SourceError('NAME_TAKEN', id, `There is a source ${id} already.`);
}
