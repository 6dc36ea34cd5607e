import type { Match } from '../api/search.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { styleFor } from './style.ts';

/** What a search found: for each article a line to know it by, and where the words stand. */
export function renderMatches(matches: readonly Match[], out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  return matches
    .map(({ record, excerpt }) => {
      const about = [record.sortAt.slice(0, 10), record.site].filter(Boolean).join('  ');
      return `${record.id}  ${about}\n  ${style('bold', printableLine(record.title ?? ''))}\n  ${printableLine(excerpt)}\n`;
    })
    .join('');
}
