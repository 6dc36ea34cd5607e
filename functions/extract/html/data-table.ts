import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { nextBelow } from './document-order.ts';

/** Letters in one cell beyond which a table lays out a page; the longest cell of prose-free data tables seen is about 300. */
const MAX_CELL = 600;
/** Elements looked at before a table is taken for layout. */
const MAX_NODES = 20_000;

const LAYS_OUT = new Set([
  'table',
  'h1',
  'h2',
  'h3',
  'article',
  'section',
  'form',
  'iframe',
  'blockquote',
  'pre',
  'nav',
]);

/**
 * Tells a table of data from one that lays out a page: at least two rows of two cells, and no cell that
 * holds a table, a heading, several paragraphs or a long text.
 *
 * Looks no further than the first nested table, so that all tables of a page together cost one walk.
 */
export function isDataTable(table: Element): boolean {
  const { role } = table.attribs;
  if (role === 'presentation' || role === 'none') return false;
  let rows = 0;
  let cells = 0;
  let cellLetters = 0;
  let cellParagraphs = 0;
  let fullRows = 0;
  let nodes = 0;
  let node: ChildNode | null = table.firstChild;
  while (node !== null) {
    if (++nodes > MAX_NODES) return false;
    let down: ChildNode | null = null;
    if (isText(node)) {
      cellLetters += node.data.trim().length;
      if (cellLetters > MAX_CELL) return false;
    } else if (isTag(node)) {
      const { name } = node;
      if (LAYS_OUT.has(name)) return false;
      if (name === 'tr') {
        if (cells >= 2) fullRows++;
        rows++;
        cells = 0;
      } else if (name === 'td' || name === 'th') {
        cells++;
        cellLetters = 0;
        cellParagraphs = 0;
      } else if (name === 'p' && ++cellParagraphs > 2) return false;
      down = node.firstChild;
    }
    node = nextBelow(table, node, down);
  }
  if (cells >= 2) fullRows++;
  return rows >= 2 && fullRows >= 2;
}
