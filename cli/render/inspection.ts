import type { Inspection } from '../../functions/scrape/sources/inspect.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { KINDS } from './source.ts';
import { styleFor } from './style.ts';
import { renderTable } from './table.ts';

const ALTERNATES_SHOWN = 5;

/** What an address is, how that was found out, and the first articles it names. */
export function renderInspection(inspection: Inspection, out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  const { chosen, steps, items, itemCount, alternates, warnings } = inspection;
  const lines = steps.map(printableLine);
  if (chosen !== null) {
    const title = chosen.title === null ? '' : `, “${printableLine(chosen.title)}”`;
    lines.push('', `${style('bold', 'To be watched')}: ${printableLine(chosen.url)} (${KINDS[chosen.kind]}${title})`);
  }
  lines.push(...warnings.map((warning) => `${style('yellow', 'Read past')}: ${printableLine(warning)}`));
  let text = `${lines.join('\n')}\n`;
  if (items.length > 0) {
    const columns = [{ heading: 'date' }, { heading: 'title', flexible: true }, { heading: 'address', flexible: true }];
    const rows = items.map(({ url, modifiedAt, hints }) => [
      (hints.publishedAt ?? modifiedAt ?? '').slice(0, 10),
      hints.title ?? '',
      url,
    ]);
    const which = itemCount > items.length ? `The first ${items.length} of ${itemCount} articles` : 'Its articles';
    text += `\n${which}:\n${renderTable(columns, rows, out, env)}`;
  }
  const others = alternates.filter(({ url }) => url !== chosen?.url);
  if (others.length > 0) {
    const shown = others.slice(0, ALTERNATES_SHOWN);
    const more = others.length > shown.length ? `  and ${others.length - shown.length} more\n` : '';
    text += `\nElse there is:\n${shown.map(({ url, title }) => `  ${printableLine(url)}${title === null ? '' : `  ${printableLine(title)}`}\n`).join('')}${more}`;
  }
  return text;
}
