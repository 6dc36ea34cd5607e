import { HARD_WRAP } from '../thresholds.ts';
import { isUnspaced } from './characters.ts';
import type { Line } from './lines.ts';

/**
 * Joins lines again that a mailer or terminal broke at a fixed width, hyphenation mended. Text that was not wrapped
 * comes back as it is.
 *
 * Every break a wrapper made has one trait: the first word of the next line would not have fitted any more. The width
 * is the longest line of several words, and the text counts as wrapped when most long lines have that trait.
 */
export function unwrapLines(lines: Line[]): Line[] {
  const width = wrapWidth(lines);
  if (width === null) return lines;
  const spelling = spellingsOf(lines);
  const typeset = hyphensAtEnds(lines) >= HARD_WRAP.fewestHyphens;
  const joined: Line[] = [];
  let parts: string[] = [];
  let first: Line | undefined;
  const flush = () => {
    if (first) joined.push({ ...first, text: parts.join('') });
  };
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (first && before && continues(before, line, width)) {
      const seam = seamBetween(parts.at(-1) ?? '', line.text, spelling, typeset);
      if (seam.cut > 0) parts.push((parts.pop() ?? '').slice(0, -seam.cut));
      parts.push(seam.glue + line.text);
      continue;
    }
    flush();
    first = line;
    parts = [line.text];
  }
  flush();
  return joined;
}

function hyphensAtEnds(lines: Line[]): number {
  let count = 0;
  for (const [i, { text }] of lines.entries())
    if (/\p{L}-$/u.test(text.slice(-3)) && /^\p{Ll}/u.test(lines[i + 1]?.text ?? '')) count++;
  return count;
}

/** Words as the text spells them, without the pieces on either side of a hyphen at a line's end. */
function spellingsOf(lines: Line[]): Set<string> {
  const spellings = new Set<string>();
  let broken = false;
  for (const { text } of lines) {
    const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
    const breaks = text.endsWith('-');
    for (const word of words.slice(broken ? 1 : 0, breaks ? -1 : undefined)) spellings.add(word);
    broken = breaks;
  }
  return spellings;
}

function wrapWidth(lines: Line[]): number | null {
  let width = 0;
  for (const { text } of lines)
    if (text.length > width && (text.includes(' ') || isUnspaced(text.charCodeAt(0)))) width = text.length;
  if (width < HARD_WRAP.narrowest || width > HARD_WRAP.widest) return null;
  let long = 0;
  let broken = 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i];
    const next = lines[i + 1];
    if (!line || !next || next.blanksBefore > 0 || line.text.length < width * HARD_WRAP.longShare) continue;
    long++;
    if (continues(line, next, width)) broken++;
  }
  return broken >= HARD_WRAP.fewestBreaks && broken >= long * HARD_WRAP.brokenShare ? width : null;
}

/** Whether a wrapper of this width must have broken between the two lines. */
function continues(line: Line, next: Line, width: number): boolean {
  if (next.blanksBefore > 0 || next.number > line.number + 1) return false;
  // Nothing else ends a long line with a hyphen and goes on in small letters.
  if (line.text.length >= width * HARD_WRAP.longShare && line.text.endsWith('-') && /^\p{Ll}/u.test(next.text))
    return true;
  const word = isUnspaced(next.text.charCodeAt(0)) ? 1 : (/^[^\s-]{1,120}-?/.exec(next.text)?.[0].length ?? 1);
  const space = line.text.endsWith('-') || isUnspaced(next.text.charCodeAt(0)) ? 0 : 1;
  return line.text.length + space + word > width;
}

interface Seam {
  /** Characters to take off the end of the first part. */
  cut: number;
  glue: string;
}

function seamBetween(left: string, right: string, spelling: ReadonlySet<string>, typeset: boolean): Seam {
  if (isUnspaced(left.charCodeAt(left.length - 1)) && isUnspaced(right.charCodeAt(0))) return { cut: 0, glue: '' };
  const head = /([\p{L}\p{M}]{1,40})-$/u.exec(left.slice(-42))?.[1]?.toLowerCase();
  const tail = /^\p{Ll}[\p{L}\p{M}]{0,40}/u.exec(right)?.[0].toLowerCase();
  if (head === undefined || tail === undefined) return { cut: 0, glue: left.endsWith('-') && head ? '' : ' ' };
  // "well-" + "known": a hyphen of its own, or one a typesetter added? The rest of the text tells how it is spelled.
  if (spelling.has(head + tail)) return { cut: 1, glue: '' };
  if (spelling.has(`${head}-${tail}`) || (spelling.has(tail) && spelling.has(head))) return { cut: 0, glue: '' };
  // Mailers break at hyphens that are there; only typesetters put them in, and then often.
  return { cut: typeset ? 1 : 0, glue: '' };
}
