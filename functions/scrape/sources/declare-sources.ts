/**
 * Makes the sources that a file declares those that are watched. What people added by hand is left alone, unless the file
 * names it too.
 */
import { changeRow } from '../change-row.ts';
import type { Sources } from '../ports.ts';
import {
  DEFAULT_SETTINGS,
  GIVEN_UP,
  newSource,
  paused,
  resettled,
  resumed,
  type Source,
  type SourceSettings,
  twinOf,
} from './source.ts';
import { isSameAddress, type NewSource, namesFor, settingsOf, watchedAlready, watches } from './source-desk.ts';

/** Why a source is paused that is no longer declared: nothing is lost should the file have been cut by mistake. */
export const NO_LONGER_DECLARED = 'It is no longer declared in the file of sources; declare it again, or remove it.';

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
  const named = new Set<string>();
  const entries = declared.map((each) => {
    const id = each.id ?? ownName(each.url, known, named);
    named.add(id);
    return { each, id };
  });
  // One that was declared and is named no more is paused below; one that is named has the address that the file gives it.
  const stays = ({ id, url }: { id: string; url: string }) => {
    const twin = known.get(id);
    if (twin?.state !== 'active') return false;
    const entry = entries.find((one) => one.id === id);
    if (!entry) return !twin.declared && watches(twin, url);
    return watches(twin, entry.each.url) ? watches(twin, url) : isSameAddress(entry.each.url, url);
  };
  for (const { each, id } of entries) {
    const settings = { ...DEFAULT_SETTINGS, ...each, id };
    const other = watcherOf(each.url, id, known);
    if (other) {
      done.push({ id, did: 'refused', reason: watchedAlready(each.url, other) });
      continue;
    }
    let did: Declaration['did'] = 'unchanged';
    await changeRow(sources, id, (row) => {
      const change = row ? asDeclared(row, settings, stays, now) : added(settings, now);
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
      return { ...(row.state === 'active' ? paused(row, NO_LONGER_DECLARED) : row), declared: false };
    });
    if (did) done.push({ id, did });
  }
  return done;
}

function added(settings: SourceSettings, now: Date): { source: Source; did: Declaration['did'] } {
  return { source: { ...newSource(settings, now), declared: true }, did: 'added' };
}

function asDeclared(
  row: Source,
  settings: SourceSettings,
  stays: (twin: { id: string; url: string }) => boolean,
  now: Date,
): { source: Source; did: Declaration['did'] } {
  // Its site has led it elsewhere since, which the file need not know.
  const followed = row.movedFrom !== null && row.movedFrom === settings.url ? { ...settings, url: row.url } : settings;
  const same = Object.entries(settingsOf(row)).every(
    ([name, value]) => followed[name as keyof SourceSettings] === value,
  );
  const set = same ? row : resettled(row, followed, now);
  const twin = twinOf(row);
  // What its former address is to blame for says nothing of another.
  const isItsAddress = row.state === 'retired' || twin !== null || row.stateReason?.startsWith(GIVEN_UP) === true;
  const isElsewhere = isItsAddress && followed.url !== row.url;
  if (row.stateReason === NO_LONGER_DECLARED || (twin !== null && !stays(twin)) || isElsewhere) {
    return { source: { ...resumed(set, now), declared: true }, did: 'resumed' };
  }
  if (same) return { source: row.declared ? row : { ...row, declared: true }, did: 'unchanged' };
  return { source: { ...set, declared: true }, did: 'changed' };
}

/** Another source, added by hand, that is read and watches an address which the named one has not so far. */
function watcherOf(url: string, id: string, known: ReadonlyMap<string, Source>): Source | null {
  const own = known.get(id);
  if (own && watches(own, url)) return null;
  const byHand = [...known.values()].filter(({ declared, state }) => !declared && state === 'active');
  return byHand.find((source) => source.id !== id && watches(source, url)) ?? null;
}

/** The name of the source that has this address, else a new one. */
function ownName(url: string, known: ReadonlyMap<string, Source>, taken: ReadonlySet<string>): string {
  const own = [...known.values()].find((source) => !taken.has(source.id) && watches(source, url));
  if (own) return own.id;
  const names = namesFor(url);
  return names.find((name) => !known.has(name) && !taken.has(name)) ?? (names[0] as string);
}
