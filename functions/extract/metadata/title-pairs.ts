/** A quick no to whether a text may stand in the `title` element, by its first two characters. */

import { UNTOLD } from './plain-text.ts';

/** Two characters in a row as a number below {@link PAIRS}. */
const PAIRS = 1024;
const pairOf = (first: number, second: number): number => (first * 37 + second) & (PAIRS - 1);

export function pairsOf(text: string): Uint8Array {
  const pairs = new Uint8Array(PAIRS);
  for (let i = 0; i + 1 < text.length; i++) pairs[pairOf(text.charCodeAt(i), text.charCodeAt(i + 1))] = 1;
  return pairs;
}

/** Whether the title may hold a text that begins with two characters. */
export const mayOpenIn = (pairs: Uint8Array, first: number, second: number): boolean =>
  first === UNTOLD || second === UNTOLD || pairs[pairOf(first, second)] === 1;
