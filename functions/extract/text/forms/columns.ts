/** Spaces between two columns of print as PDF readers lay them out. */
const GUTTER = /\S( {3,60})(?=\S)/g;
/** Columns of text before a gutter, lines that have it, and part of the lines from the first of these to the last. */
const NARROWEST = 18;
const FEWEST_LINES = 8;
const SHARE = 0.6;
/** Columns by which a gutter's end may differ from line to line. */
const SLACK = 1;
/** Words of a line on either side, on average: a table has fewer. */
const FEWEST_WORDS = 3;
/** Splits of a split page: three columns are two of them. */
const DEEPEST = 2;
const LONGEST_LINE = 400;

/**
 * Puts the columns of a page one below the other, which PDF readers lay out side by side; other text comes back as it is.
 */
export function withoutColumns(source: string): string {
  if (!/\S {3,60}\S/.test(source)) return source;
  const pages = source.split('\f').map((page) => {
    const lines = page.split(/\r?\n/);
    return columnsOf(lines, 0).join('\n');
  });
  const text = pages.join('\f');
  return text === source.replaceAll('\r\n', '\n') ? source : text;
}

function columnsOf(lines: string[], depth: number): string[] {
  const start = gutterEnd(lines);
  if (start === null || depth === DEEPEST) return lines;
  const { column, first, last } = start;
  const out = lines.slice(0, first);
  let left: string[] = [];
  let right: string[] = [];
  const flush = () => {
    for (const column of [left, right]) for (const line of columnsOf(column, depth + 1)) out.push(line);
    left = [];
    right = [];
  };
  for (let i = first; i <= last; i++) {
    const line = lines[i] ?? '';
    const at = cutOf(line, column);
    if (at === null) {
      // A line across both columns, such as a headline amid the page, parts what stands above it from what is below.
      flush();
      out.push(line);
      continue;
    }
    left.push(line.slice(0, at).trimEnd());
    if (line.trim() !== '' || right.length > 0) right.push(line.slice(at));
  }
  while (right.at(-1)?.trim() === '') right.pop();
  flush();
  for (const line of lines.slice(last + 1)) out.push(line);
  return out;
}

/** Where the second column of a line begins, or its end where it has none; null where it goes across. */
function cutOf(line: string, column: number): number | null {
  if (line.length <= column - SLACK) return line.length;
  for (const at of [column, column - SLACK, column + SLACK])
    if (/^\s?$/.test(line.slice(at - 1, at)) && line[at] !== ' ') return at;
  return line.slice(column - SLACK - 1, column + SLACK).trim() === '' ? column : null;
}

interface Gutter {
  column: number;
  first: number;
  last: number;
}

/** Where the second of two columns begins, and the first and last line that have it; null where text has one column. */
function gutterEnd(lines: readonly string[]): Gutter | null {
  const ends = new Map<number, number>();
  for (const line of lines) for (const end of endsIn(line)) ends.set(end, (ends.get(end) ?? 0) + 1);
  let column = 0;
  let most = 0;
  for (const [end, times] of ends) if (times > most) [column, most] = [end, times];
  if (most < FEWEST_LINES) return null;
  const rows = [...lines.keys()].filter((i) => endsIn(lines[i] ?? '').some((end) => Math.abs(end - column) <= SLACK));
  const first = rows[0] as number;
  const last = rows.at(-1) as number;
  let said = 0;
  for (let i = first; i <= last; i++) if ((lines[i] ?? '').trim() !== '') said++;
  if (rows.length < said * SHARE) return null;
  let words = 0;
  for (const i of rows) {
    const line = lines[i] ?? '';
    words += Math.min(wordsIn(line.slice(0, column - 1)), wordsIn(line.slice(column)));
  }
  return words >= rows.length * FEWEST_WORDS ? { column, first, last } : null;
}

function endsIn(line: string): number[] {
  if (line.length > LONGEST_LINE || !line.includes('   ')) return [];
  const ends: number[] = [];
  for (const found of line.matchAll(GUTTER)) {
    const end = found.index + found[0].length;
    if (end >= NARROWEST) ends.push(end);
  }
  return ends;
}

/** Words with a letter: numbers stand in tables. */
const wordsIn = (text: string): number => text.match(/\p{L}[\p{L}\p{M}'’-]*/gu)?.length ?? 0;
