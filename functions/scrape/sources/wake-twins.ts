/** Sources that are paused because another one watches what they lead to, where that does so no more. */
import { DAY_MS } from '../../article/durations.ts';
import { eachThatCan } from '../../article/each-at-once.ts';
import type { Source, Sources } from '../ports.ts';
import { isGivenUp, NO_LONGER_DECLARED, resumed } from './source.ts';
import { isSameAddress, watches } from './watched-address.ts';

/** A source that was led to its twin may have its own listing again, as after a maintenance: looked at once a day. Milliseconds. */
const LOOK_AGAIN_MS = DAY_MS;
/** Rows written side by side. */
const AT_ONCE = 16;

/**
 * Watches again what is left: its twin was removed, given another address, retired by its site, given up or no longer
 * declared. Not where a person paused that. Once a day the others are looked at as well, while their twin is read.
 *
 * @param all every source there is. One that is written by another at this moment is left for the next time.
 */
export async function wakeTwins(all: readonly Source[], sources: Pick<Sources, 'save'>, now: Date): Promise<void> {
  const byId = new Map(all.map((source) => [source.id, source]));
  const lookedAt = new Date(now.getTime() - LOOK_AGAIN_MS).toISOString();
  const awake = all.filter(({ state }) => state === 'active');
  const woken: { row: Source; anew: Source }[] = [];
  for (const row of all) {
    if (!row.twin) continue;
    const isDue = (row.pausedAt ?? '') < lookedAt && isRead(row.twin.id, byId);
    const at = isLeft(row.twin, byId.get(row.twin.id)) ? row : isDue ? beforeItLed(row, row.twin.url) : null;
    // Where the site has turned its redirects round, that one is read under this one's address.
    if (!at || awake.some((other) => watches(other, at.url))) continue;
    const anew = resumed(at, now);
    woken.push({ row, anew });
    awake.push(anew);
  }
  const failures = await eachThatCan(AT_ONCE, woken, async ({ row, anew }) => {
    await sources.save({ ...anew, revision: row.revision + 1 }, row.revision);
  });
  if (failures.length > 0) throw failures[0];
}

/** Whether a source is read, or what it leads to: not where a person paused that, who means what leads there as well. */
function isRead(id: string, byId: ReadonlyMap<string, Source>): boolean {
  const seen = new Set<Source>();
  let source = byId.get(id);
  while (source?.twin && !seen.has(source)) {
    seen.add(source);
    source = byId.get(source.twin.id);
  }
  // Two that were read at one moment may each be at rest for the other.
  return source === undefined || source.state === 'active' || seen.has(source);
}

/**
 * A source at the address that leads to what its twin watches: it may have been led there for good, and read there it would
 * never be told from its twin.
 *
 * @returns null where no other address of it is known
 */
function beforeItLed(source: Source, led: string): Source | null {
  if (!isSameAddress(source.url, led)) return source;
  return source.movedFrom === null ? null : { ...source, url: source.movedFrom, movedFrom: null };
}

function isLeft({ url }: NonNullable<Source['twin']>, twin: Source | undefined): boolean {
  if (!twin || twin.state === 'retired' || !watches(twin, url)) return true;
  return twin.stateReason === NO_LONGER_DECLARED || isGivenUp(twin);
}
