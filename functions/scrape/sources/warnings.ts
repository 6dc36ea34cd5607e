/** What was wrong with site maps of an index and read past, in words, a few of them at a time. Pure. */
import { DAY_MS } from '../../article/durations.ts';
import type { Source } from '../ports.ts';
import { childKey } from '../readings/child-turns.ts';

/** A row has room for some; the others are told once these are mended. */
const MOST = 5;
/** Characters. */
const LENGTH = 300;
/** Milliseconds: each site map is read whole within that, while it is named. */
const FORGOTTEN_MS = 8 * DAY_MS;

/** The source after one of its site maps was read. */
export function withChildWarnings(source: Source, url: string, warnings: readonly string[], now: Date): Source {
  const [first] = warnings;
  const own = childKey(url);
  const kept = Object.entries(source.childWarnings).filter(
    ([key, { at }]) => key !== own && now.getTime() - Date.parse(at) < FORGOTTEN_MS,
  );
  const told =
    first === undefined || kept.length >= MOST
      ? []
      : [[own, { at: now.toISOString(), words: `${url}: ${first}`.slice(0, LENGTH) }]];
  return { ...source, childWarnings: Object.fromEntries([...kept, ...told]) };
}

/** All that was read past, of the listing itself and of the site maps that it names. */
export function warningsOf({ warnings, childWarnings }: Pick<Source, 'warnings' | 'childWarnings'>): string[] {
  return [...warnings, ...Object.values(childWarnings).map(({ words }) => words)];
}
