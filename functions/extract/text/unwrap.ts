import { HARD_WRAP } from '../thresholds.ts';
import { isUnspaced } from './characters.ts';
import type { Line } from './lines.ts';
import { beginsAnew } from './paragraph-start.ts';
import { type Spelling, seamBetween, spellingOf } from './seam.ts';

/**
 * Joins lines again that a mailer or terminal broke at a fixed width, hyphenation mended. Text that was not wrapped
 * comes back as it is.
 *
 * Every break a wrapper made has one trait: the first word of the next line would not have fitted any more. The width
 * is the longest line of several words. Text counts as wrapped when most of its long lines have that trait, or when most
 * lines that have it go on in small letters, as no line of a menu or new paragraph does.
 */
export function unwrapLines(lines: Line[]): Line[] {
  const wrap = wrapOf(lines);
  if (wrap === null) return lines;
  const spelling = spellingOf(lines);
  const stands = standsElsewhere(lines, wrap);
  const joined: Line[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && continues(lines[end - 1] as Line, lines[end] as Line, wrap)) end++;
    while (start < end) {
      const size = openingSize(lines, start, end, stands);
      joined.push(join(lines, start, start + size, spelling));
      start += size;
    }
  }
  return joined;
}

/** Lines a headline has at most, and lines after it that are looked at. */
const OPENING_LINES = 3;
const FOLLOWING_LINES = 4;

/** How many lines the first paragraph of a run has: a headline that fills the width looks like a part of what follows. */
function openingSize(lines: readonly Line[], start: number, end: number, stands: Elsewhere): number {
  let head = '';
  for (let size = 1; size <= OPENING_LINES && start + size < end; size++) {
    head += `${size > 1 ? ' ' : ''}${lines[start + size - 1]?.text ?? ''}`;
    const next = lines[start + size] as Line;
    if (!/^\p{Ll}/u.test(next.text) && ((size === 1 && stands.ends.has(head)) || stands.opens.has(next.text)))
      return size;
    const rest = lines.slice(start + size, Math.min(end, start + size + FOLLOWING_LINES));
    if (beginsAnew(head, rest, start + size + rest.length === end)) return size;
  }
  return end - start;
}

/** Lines that somewhere in the text end, or open, a paragraph for sure: where they stand again they do so too. */
interface Elsewhere {
  ends: ReadonlySet<string>;
  opens: ReadonlySet<string>;
}

/** Characters from which a line that returns is no accident. */
const FEWEST_CHARACTERS = 12;

function standsElsewhere(lines: readonly Line[], wrap: Wrap): Elsewhere {
  const ends = new Set<string>();
  const opens = new Set<string>();
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i - 1];
    const next = lines[i];
    if (line && next && continues(line, next, wrap)) continue;
    if (line && line.text.length >= FEWEST_CHARACTERS) ends.add(line.text);
    if (next && next.text.length >= FEWEST_CHARACTERS && !/[.!?…]$/u.test(next.text)) opens.add(next.text);
  }
  return { ends, opens };
}

function join(lines: readonly Line[], start: number, end: number, spelling: Spelling): Line {
  const first = lines[start] as Line;
  if (end === start + 1) return first;
  const parts = [first.text];
  for (let i = start + 1; i < end; i++) {
    const { text } = lines[i] as Line;
    const seam = seamBetween(parts.at(-1) ?? '', text, spelling);
    if (seam.cut > 0) parts.push((parts.pop() ?? '').slice(0, -seam.cut));
    parts.push(seam.glue + text);
  }
  return { ...first, text: parts.join('') };
}

/** How a text was wrapped. */
interface Wrap {
  width: number;
  /** The wrapper broke words at their hyphens too. */
  atHyphens: boolean;
}

function wrapOf(lines: readonly Line[]): Wrap | null {
  let width = 0;
  for (const [i, line] of lines.entries()) {
    const extent = extentOf(line);
    if (extent <= width || !(line.text.includes(' ') || isUnspaced(line.text.charCodeAt(0)))) continue;
    // An address that fits no line stands over the edge.
    if (UNBREAKABLE.test(line.text)) continue;
    if (extent > HARD_WRAP.widest) return null;
    // A line between empty ones, such as a headline over a column of print, was not broken.
    if (line.blanksBefore === 0 || lines[i + 1]?.blanksBefore === 0) width = extent;
  }
  if (width < HARD_WRAP.narrowest) return null;
  const atHyphens = lines.some(({ text }, i) => endsInHyphen(text) && /^\p{Ll}/u.test(lines[i + 1]?.text ?? ''));
  const wrap = { width, atHyphens };
  let long = 0;
  let broken = 0;
  let small = 0;
  let cased = 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i] as Line;
    const next = lines[i + 1] as Line;
    if (next.blanksBefore > 0 || extentOf(line) < width * HARD_WRAP.longShare) continue;
    long++;
    if (!continues(line, next, wrap)) continue;
    broken++;
    if (/^\p{Ll}/u.test(next.text)) small++;
    if (/^[\p{Ll}\p{Lu}\p{N}\p{P}]/u.test(next.text)) cased++;
  }
  if (broken < HARD_WRAP.fewestBreaks) return null;
  // A log or a table fills its lines as well, but none of them goes on in small letters.
  const most = broken >= long * HARD_WRAP.brokenShare && small >= cased * HARD_WRAP.leastSmallShare;
  const goOn = small >= HARD_WRAP.fewestBreaks && small >= broken * HARD_WRAP.smallShare;
  // Pages have many short headings and boxes between; then both are fewer, and hold together.
  const often = broken >= long * HARD_WRAP.oftenBroken && small >= broken * HARD_WRAP.oftenSmall;
  return most || goOn || often ? wrap : null;
}

/** Whether a wrapper of this width must have broken between the two lines. */
function continues(line: Line, next: Line, { width, atHyphens }: Wrap): boolean {
  if (next.blanksBefore > 0 || next.number > line.number + 1) return false;
  if (opensParagraph(line, next)) return false;
  // Nothing else ends a long line with a hyphen and goes on in small letters.
  if (extentOf(line) >= width * HARD_WRAP.longShare && endsInHyphen(line.text) && /^\p{Ll}/u.test(next.text))
    return true;
  const unspaced = isUnspaced(next.text.charCodeAt(0));
  const word = unspaced ? 1 : ((atHyphens ? /^[^\s-]{1,120}-?/ : /^\S{1,120}/).exec(next.text)?.[0].length ?? 1);
  const space = line.text.endsWith('-') || unspaced ? 0 : 1;
  return extentOf(line) + space + word > width;
}

const UNBREAKABLE = /[!-~]{40}/;

/** Columns up to the end of a line. */
function extentOf({ indent, text }: Line): number {
  return indent + text.length;
}

const FEWEST_COLUMNS = 2;

/** Whether a line is set in as the first of a paragraph is; below a bullet or a number it goes on the item. */
function opensParagraph(line: Line, next: Line): boolean {
  if (next.indent < FEWEST_COLUMNS || next.indent <= line.indent) return false;
  return !/^\p{Ll}/u.test(next.text) && !/^(?:[•‣◦▪*·–-]|\d{1,3}[.)])\s/u.test(line.text);
}

function endsInHyphen(text: string): boolean {
  return text.endsWith('-') && /\p{L}-$/u.test(text.slice(-3));
}
