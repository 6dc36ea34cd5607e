/**
 * Makes the sources that a file declares those that are watched. What people added by hand is left alone, unless the file
 * names it too.
 */
import { changeRow } from '../change-row.ts';
import type { Sources } from '../ports.ts';
import {
  DEFAULT_SETTINGS,
  NO_LONGER_DECLARED,
  newSource,
  paused,
  pausedForTwin,
  resettled,
  resumed,
  type Source,
  type SourceSettings,
} from './source.ts';
import { type NewSource, namesFor, settingsOf, watchedAlready } from './source-desk.ts';
import { isSameAddress, watches } from './watched-address.ts';

export interface Declaration {
  id: string;
  did: 'added' | 'changed' | 'resumed' | 'paused' | 'unchanged' | 'refused';
  /** Why it is refused, one sentence. */
  reason?: string;
}

/** @returns what became of each declared source, in the file's order, and of each that is no longer declared */
export async function declareSources(
  declared: readonly NewSource[],
  sources: Sources,
  now: Date,
): Promise<Declaration[]> {
  const known = new Map((await sources.list()).map((source) => [source.id, source]));
  const done: Declaration[] = [];
  const named = new Set(declared.flatMap(({ id }) => id ?? []));
  const entries = declared.map((each) => {
    const id = each.id ?? ownName(each.url, known, named);
    named.add(id);
    return { each, id };
  });
  // One that was declared and is named no more is paused below; one that is named has the address that the file gives it.
  const stays = ({ id, url }: NonNullable<Source['twin']>) => {
    const twin = known.get(id);
    if (twin?.state !== 'active') return false;
    const entry = entries.find((one) => one.id === id);
    if (!entry) return !twin.declared && watches(twin, url);
    return watches(twin, entry.each.url) ? watches(twin, url) : isSameAddress(entry.each.url, url);
  };
  // Of one that its site has led to what another entry names, as a page to its feed.
  const twinFor = ({ id, url, movedFrom }: Source) => {
    if (movedFrom === null) return null;
    const twin = entries.find((one) => one.id !== id && isSameAddress(one.each.url, url));
    return twin && isWatched(known.get(twin.id)) ? twin : null;
  };
  for (const { each, id } of entries) {
    const settings = { ...DEFAULT_SETTINGS, ...each, id };
    const other = watcherOf(each.url, id, known, named);
    if (other) {
      done.push({ id, did: 'refused', reason: watchedAlready(each.url, other) });
      continue;
    }
    let did: Declaration['did'] = 'unchanged';
    await changeRow(sources, id, (row) => {
      const change = row ? asDeclared(row, settings, { stays, twinFor }, now) : added(settings, now);
      ({ did } = change);
      return change.source;
    });
    done.push({ id, did });
  }
  const names = new Set(done.map(({ id }) => id));
  for (const { id } of known.values()) {
    if (names.has(id)) continue;
    let did: Declaration['did'] | null = null;
    await changeRow(sources, id, (row) => {
      if (!row?.declared) return null;
      did = 'paused';
      // One that is at rest for its twin would be read again once that is.
      const isToRest = row.state === 'active' || row.twin !== null;
      return { ...(isToRest ? paused(row, NO_LONGER_DECLARED, now) : row), declared: false };
    });
    if (did) done.push({ id, did });
  }
  return done;
}

interface Twins {
  /** Whether another source goes on watching the address for which one is paused. */
  stays(twin: NonNullable<Source['twin']>): boolean;
  /** The entry that names what a source was led to. */
  twinFor(source: Source): { id: string } | null;
}

/** Whether an entry is read after the file was taken over: not where somebody paused it. */
function isWatched(row: Source | undefined): boolean {
  return row === undefined || row.state === 'active' || row.stateReason === NO_LONGER_DECLARED;
}

function added(settings: SourceSettings, now: Date): { source: Source; did: Declaration['did'] } {
  return { source: { ...newSource(settings, now), declared: true }, did: 'added' };
}

function asDeclared(
  row: Source,
  settings: SourceSettings,
  { stays, twinFor }: Twins,
  now: Date,
): { source: Source; did: Declaration['did'] } {
  // Its site has led it elsewhere since, which the file need not know.
  const followed = row.movedFrom !== null && row.movedFrom === settings.url ? { ...settings, url: row.url } : settings;
  const same = Object.entries(settingsOf(row)).every(
    ([name, value]) => followed[name as keyof SourceSettings] === value,
  );
  const set = same ? row : resettled(row, followed, now);
  const { twin } = row;
  const isAwake = row.state !== 'active' && set.state === 'active';
  if (row.stateReason === NO_LONGER_DECLARED || (twin !== null && !stays(twin)) || isAwake) {
    return { source: { ...(isAwake ? set : resumed(set, now)), declared: true }, did: 'resumed' };
  }
  const other = row.state === 'active' ? twinFor(set) : null;
  if (other) return { source: { ...pausedForTwin(set, set.url, other, now), declared: true }, did: 'paused' };
  if (same) return { source: row.declared ? row : { ...row, declared: true }, did: 'unchanged' };
  return { source: { ...set, declared: true }, did: 'changed' };
}

/**
 * Another source, added by hand, that is read and watches an address which the named one has not so far. One that the file
 * names as well is where the file has it.
 */
function watcherOf(
  url: string,
  id: string,
  known: ReadonlyMap<string, Source>,
  named: ReadonlySet<string>,
): Source | null {
  const own = known.get(id);
  if (own && watches(own, url)) return null;
  const byHand = [...known.values()].filter(
    (source) => !source.declared && source.state === 'active' && !named.has(source.id),
  );
  return byHand.find((source) => watches(source, url)) ?? null;
}

/** The name of the source that has this address, one that is read before others, else a new one. */
function ownName(url: string, known: ReadonlyMap<string, Source>, taken: ReadonlySet<string>): string {
  const own = [...known.values()].filter((source) => !taken.has(source.id) && watches(source, url));
  const best = own.find(({ state }) => state === 'active') ?? own.find(({ declared }) => declared) ?? own[0];
  if (best) return best.id;
  const names = namesFor(url);
  return names.find((name) => !known.has(name) && !taken.has(name)) ?? (names.at(-1) as string);
}
