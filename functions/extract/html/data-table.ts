import type { MarkupTree, Node } from '../markup/tree.ts';

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
  'hr',
]);

/**
 * Tells a table of data from one that lays out a page: at least two rows of two cells, and no cell that
 * holds a table, a heading, a rule, several paragraphs or a long text.
 *
 * Looks no further than the first nested table, so that all tables of a page together cost one walk.
 */
export function isDataTable(tree: MarkupTree, table: Node): boolean {
  const role = tree.attribute(table, 'role');
  if (role === 'presentation' || role === 'none') return false;
  let rows = 0;
  let cells = 0;
  let cellLetters = 0;
  let cellParagraphs = 0;
  let fullRows = 0;
  let nodes = 0;
  const end = tree.end[table] as number;
  for (let node = table + 1; node < end; node++) {
    if (++nodes > MAX_NODES) return false;
    if (tree.isText(node)) {
      cellLetters += tree.text(node).trim().length;
      if (cellLetters > MAX_CELL) return false;
    } else {
      const name = tree.name(node);
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
    }
  }
  if (cells >= 2) fullRows++;
  return rows >= 2 && fullRows >= 2;
}
