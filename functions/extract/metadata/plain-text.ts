/** What a text tells by its bytes, before a string is made of it: most texts of a page are ASCII and state nothing. */
import type { MarkupTree, Node } from '../markup/tree.ts';
import { mayOpenWith } from './byline-openers.ts';

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

/** Whether a text in ASCII may open a byline, as byline-openers.ts tells of strings. */
export function opensWith(tree: MarkupTree, node: Node): boolean {
  const { bytes } = tree.source;
  const to = tree.to[node] as number;
  let at = tree.from[node] as number;
  while (at < to && ((bytes[at] as number) === 32 || ((bytes[at] as number) >= 9 && (bytes[at] as number) <= 13))) at++;
  return at < to && mayOpenWith(bytes[at] as number, at + 1 < to ? (bytes[at + 1] as number) : 0);
}
