import { HARD_WRAP } from '../thresholds.ts';
import { isUnspaced } from './characters.ts';
import type { Line } from './lines.ts';

/** How a text spells its words. */
export interface Spelling {
  /** Words of the text but for the pieces on either side of a hyphen at a line's end. */
  words: ReadonlySet<string>;
  /** Whether hyphens at line ends are so many that a typesetter put them in. */
  typeset: boolean;
}

export function spellingOf(lines: readonly Line[]): Spelling {
  const words = new Set<string>();
  let hyphens = 0;
  let broken = false;
  for (const [i, { text }] of lines.entries()) {
    const found = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
    const breaks = text.endsWith('-');
    for (const word of found.slice(broken ? 1 : 0, breaks ? -1 : undefined)) words.add(word);
    if (breaks && /\p{L}-$/u.test(text.slice(-3)) && /^\p{Ll}/u.test(lines[i + 1]?.text ?? '')) hyphens++;
    broken = breaks;
  }
  return { words, typeset: hyphens >= HARD_WRAP.fewestHyphens };
}

/** How two lines are put together. */
export interface Seam {
  /** Characters to take off the end of the first. */
  cut: number;
  glue: string;
}

export function seamBetween(left: string, right: string, { words, typeset }: Spelling): Seam {
  if (isUnspaced(left.charCodeAt(left.length - 1)) && isUnspaced(right.charCodeAt(0))) return { cut: 0, glue: '' };
  const head = /([\p{L}\p{M}]{1,40})-$/u.exec(left.slice(-42))?.[1]?.toLowerCase();
  const tail = /^\p{Ll}[\p{L}\p{M}]{0,40}/u.exec(right)?.[0].toLowerCase();
  if (head === undefined || tail === undefined) return { cut: 0, glue: left.endsWith('-') && head ? '' : ' ' };
  // "well-" + "known": a hyphen of its own, or one a typesetter added? The rest of the text tells how it is spelled.
  if (words.has(head + tail)) return { cut: 1, glue: '' };
  if (words.has(`${head}-${tail}`) || (words.has(tail) && words.has(head))) return { cut: 0, glue: '' };
  // Mailers break at hyphens that are there; only typesetters put them in, and then often.
  return { cut: typeset ? 1 : 0, glue: '' };
}
