import Table from 'cli-table3';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { styleFor } from './style.ts';

/** Columns of text where no terminal says its width. */
const DEFAULT_WIDTH = 120;
const GAP = 2;
const NO_BORDERS = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((part) => [part, '']),
);

/** One column: its heading, and whether it gives way when the line is too long. */
export interface Column {
  heading: string;
  flexible?: boolean;
  /** Width that a flexible column keeps, such as that of an id that people copy. */
  least?: number;
}

/**
 * A table without lines, cut to the width of the terminal: flexible columns share what the others leave.
 * Cells are made harmless.
 *
 * @param highlight adds colour to a cell, never text
 * @param notes a line below each row, never cut, where it is not empty: what says something only as a whole
 * @returns lines with a line feed at the end; only the heading where there are no rows
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  out: Out,
  env: Io['env'],
  highlight: (cell: string, column: number) => string = (cell) => cell,
  notes: readonly string[] = [],
): string {
  const style = styleFor(out, env);
  const cells = rows.map((row) => row.map(printableLine));
  const colWidths = widths(columns, cells, out.columns || DEFAULT_WIDTH);
  const lines = linesOf([columns.map(({ heading }) => style('bold', heading))], colWidths);
  // The library passes all rows as arguments of one call, and there is a limit to those.
  for (let from = 0; from < cells.length; from += ROWS_AT_ONCE) {
    const rows = cells.slice(from, from + ROWS_AT_ONCE).map((row) => row.map(highlight));
    for (const [at, line] of linesOf(rows, colWidths).entries()) {
      lines.push(line);
      const note = printableLine(notes[from + at] ?? '');
      if (note !== '') lines.push(`  ${note}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const ROWS_AT_ONCE = 1_000;

function linesOf(rows: string[][], colWidths: number[]): string[] {
  const table = new Table({
    colWidths,
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
  });
  table.push(...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function widths(columns: readonly Column[], rows: readonly string[][], total: number): number[] {
  const wanted = columns.map(
    ({ heading }, column) =>
      GAP + rows.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? '')), heading.length),
  );
  const flexible = columns.filter((column) => column.flexible).length;
  const overflow = wanted.reduce((sum, width) => sum + width, 0) - total;
  if (overflow <= 0 || flexible === 0) return wanted;

  // The widest flexible column gives way first, so that short ones stay whole.
  const shrunk = [...wanted];
  for (let left = overflow; left > 0; left--) {
    const [widest] = columns
      .map(({ flexible, least = LEAST }, index) => ({ index, least, flexible, width: shrunk[index] ?? 0 }))
      .filter(({ flexible, least, width }) => flexible && width > least + GAP)
      .sort((a, b) => b.width - a.width);
    if (!widest) break;
    shrunk[widest.index] = widest.width - 1;
  }
  return shrunk;
}

const LEAST = 10;

/** Terminal cells a text takes: East Asian wide characters take two. An upper estimate is enough for a width. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60\u{1f300}-\u{3fffd}]/u.test(character)
      ? 2
      : 1;
  return width;
}
