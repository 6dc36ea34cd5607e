import type { Event } from '../../functions/article/events.ts';
import type { DeliveredEvent } from '../../functions/aws/events/event-subscription.ts';
import { keyIn } from '../api/object-key.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { type Style, styleFor } from './style.ts';

const COLOURS = {
  'article.created': 'green',
  'article.revised': 'cyan',
  'article.withdrawn': 'yellow',
  'upload.rejected': 'red',
} as const satisfies Record<Event['type'], string>;
/** Characters of the longest type, so that what follows stands in a column. */
const TYPE_WIDTH = Math.max(...Object.keys(COLOURS).map(({ length }) => length));

/** One line an event: when, what, and of what. */
export function renderEvent({ type, event }: DeliveredEvent, out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  if (!event) return `${printableLine(type)}: an event that this version does not know; --json shows it\n`;
  const at = style('dim', `${event.occurredAt.slice(0, 19).replace('T', ' ')}Z`);
  const what = style(COLOURS[event.type], event.type.padEnd(TYPE_WIDTH));
  return `${at}  ${what}  ${subject(event, style)}\n`;
}

function subject(event: Event, style: Style): string {
  if (event.type === 'upload.rejected') {
    const { object, reason, detail } = event.upload;
    return columns(keyIn(object), reason, detail);
  }
  const { site, title, canonicalUrl } = event.type === 'article.withdrawn' ? event.previousCard : event.card;
  const said =
    event.type === 'article.revised'
      ? `(${event.changed.join(', ')})`
      : event.type === 'article.withdrawn'
        ? event.reason
        : null;
  return `${style('dim', event.articleId)}  ${columns(site, title ?? canonicalUrl, said)}`;
}

function columns(...cells: (string | null)[]): string {
  return cells.flatMap((cell) => (cell ? printableLine(cell) : [])).join('  ');
}
