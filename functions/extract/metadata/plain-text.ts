/** What a text tells by its bytes, before a string is made of it: most texts of a page are ASCII and state nothing. */
import type { MarkupTree, Node } from '../markup/tree.ts';

/** A text that is not ASCII as it stands; one that is, without digits; and one with some. */
export const MUST_BE_READ = 0;
export const NO_DIGITS = 1;
const DIGITS = 2;

/** Which of the three a text is. */
export function lookAt(tree: MarkupTree, node: Node): number {
  const { bytes } = tree.source;
  const to = tree.to[node] as number;
  let from = tree.from[node] as number;
  if (from < 0) return MUST_BE_READ;
  let seen = NO_DIGITS;
  for (; from < to; from++) {
    const code = bytes[from] as number;
    if (code >= 0x80 || code === 38) return MUST_BE_READ;
    if (code >= 48 && code <= 57) seen = DIGITS;
  }
  return seen;
}

/** Where a text in ASCII begins behind its white space; its end where it is nothing else. */
export function beginOf(tree: MarkupTree, node: Node): number {
  const { bytes } = tree.source;
  const to = tree.to[node] as number;
  let at = tree.from[node] as number;
  while (at < to && ((bytes[at] as number) === 32 || ((bytes[at] as number) >= 9 && (bytes[at] as number) <= 13))) at++;
  return at;
}

const isDigit = (code: number | undefined): boolean => code !== undefined && code >= 48 && code <= 57;
/** Full stop, slash, hyphen. */
const parts = (code: number | undefined): boolean => code === 46 || code === 47 || code === 45;

/** Whether a text in ASCII may hold a whole date, as year-mark.ts tells of strings. */
export function holdsYear(tree: MarkupTree, node: Node): boolean {
  const { bytes } = tree.source;
  const to = tree.to[node] as number;
  // The shortest is 1.1.24 or 2024.
  for (let at = tree.from[node] as number; at + 4 <= to; at++) {
    const first = bytes[at] as number;
    if (!isDigit(first)) continue;
    const second = bytes[at + 1] as number;
    const opensYear = first === 49 ? second === 57 : first === 50 && (second === 48 || second === 53);
    if (opensYear && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3])) return true;
    if (!parts(second) || !isDigit(bytes[at + 2])) continue;
    const sign = at + (isDigit(bytes[at + 3]) ? 4 : 3);
    if (sign + 2 < to && parts(bytes[sign]) && isDigit(bytes[sign + 1]) && isDigit(bytes[sign + 2])) return true;
  }
  return false;
}
