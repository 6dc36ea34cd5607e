import { HARD_WRAP } from '../thresholds.ts';
import { isUnspaced } from './characters.ts';
import type { Line } from './lines.ts';

/** How a text was wrapped. */
export interface Wrap {
  /** Columns: those of the longest line of several words. */
  width: number;
  /** The wrapper broke words at their hyphens too. */
  atHyphens: boolean;
  /** Hyphens at line ends are so many that a typesetter put them in: even in print, his lines differ in characters. */
  typeset: boolean;
  /** Part of the long lines that a wrapper must have broken, and part of those that go on in small letters. */
  brokenShare: number;
  smallShare: number;
}

/**
 * How a text was wrapped, null where it was not.
 *
 * Every break a wrapper made has one trait: the first word of the next line would not have fitted any more. The width
 * is the longest line of several words. Text counts as wrapped when most of its long lines have that trait, or when most
 * lines that have it go on in small letters, as no line of a menu or new paragraph does.
 */
export function wrapOf(lines: readonly Line[]): Wrap | null {
  let width = 0;
  let wide = 0;
  for (const [i, line] of lines.entries()) {
    const extent = extentOf(line);
    if (extent <= width || !(line.text.includes(' ') || UNSPACED.test(line.text))) continue;
    // An address that fits no line stands over the edge.
    if (UNBREAKABLE.test(line.text)) continue;
    if (extent > HARD_WRAP.widest) {
      // What was pasted above or below a wrapped text, such as the notice of its rights, keeps its own lines.
      if (++wide > HARD_WRAP.mostWide || wide > lines.length * HARD_WRAP.wideShare) return null;
      continue;
    }
    // A line between empty ones, such as a headline over a column of print, was not broken.
    const below = lines[i + 1]?.blanksBefore === 0;
    if (below || (i > 0 && line.blanksBefore === 0)) width = extent;
  }
  if (width < HARD_WRAP.narrowest) return null;
  let hyphens = 0;
  for (const [i, { text }] of lines.entries())
    if (endsInHyphen(text) && /^\p{Ll}/u.test(lines[i + 1]?.text ?? '')) hyphens++;
  const edge = { width, atHyphens: hyphens > 0, typeset: hyphens >= HARD_WRAP.fewestHyphens };
  let long = 0;
  let broken = 0;
  let small = 0;
  let cased = 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i] as Line;
    const next = lines[i + 1] as Line;
    if (next.blanksBefore > 0 || extentOf(line) < width * HARD_WRAP.longShare || extentOf(line) > HARD_WRAP.widest)
      continue;
    long++;
    if (!continues(line, next, edge)) continue;
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
  return most || goOn || often ? { ...edge, brokenShare: broken / long, smallShare: small / broken } : null;
}

type Edge = Pick<Wrap, 'width' | 'atHyphens' | 'typeset'>;

/** Whether a wrapper of this width must have broken between the two lines. */
export function continues(line: Line, next: Line, { width, atHyphens, typeset }: Edge): boolean {
  if (next.blanksBefore > 0 || extentOf(line) > HARD_WRAP.widest) return false;
  if (opensParagraph(line, next) || (ADDRESS.test(next.text) && /[.!?…]$/u.test(line.text))) return false;
  // Nothing else ends a long line with a hyphen and goes on in small letters.
  if (extentOf(line) >= width * HARD_WRAP.longShare && endsInHyphen(line.text) && /^\p{Ll}/u.test(next.text))
    return true;
  if (typeset && extentOf(line) >= width * HARD_WRAP.typesetShare && /[\p{L}\p{N},;]$/u.test(line.text.slice(-2))) {
    if (/^\p{Ll}/u.test(next.text)) return true;
  }
  return overshoot(line, next, { width, atHyphens, typeset }) > 0;
}

/** Columns by which the first word of the next line would have stood over the edge; 0 or less where it fits. */
export function overshoot(line: Line, next: Line, { width, atHyphens }: Edge): number {
  const unspaced = isUnspaced(next.text.charCodeAt(0));
  const word = unspaced ? 1 : wordLength((atHyphens ? /^[^\s-]{1,120}-?/ : /^\S{1,120}/).exec(next.text)?.[0] ?? '');
  const space = line.text.endsWith('-') || unspaced ? 0 : 1;
  return extentOf(line) + space + word - width;
}

/** Letters of a script without spaces, in which a line breaks anywhere. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Characters that stay together: of `10年前に` the number. */
function wordLength(run: string): number {
  const unspaced = run.search(UNSPACED);
  return unspaced < 0 ? Math.max(1, run.length) : unspaced;
}

/** An address on a line of its own, which says where to read more of what ends above it. */
const ADDRESS = /^https?:\/\/\S{1,500}$/;

const UNBREAKABLE = /[!-~]{40}/;

/** Columns up to the end of a line. */
export function extentOf({ indent, text }: Line): number {
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
