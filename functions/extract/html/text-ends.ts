/** How texts begin and end, as numbers for the classifier. */
import type { Segment } from './page.ts';

const STOP = 0x2e;

/** How a text ends: 1 a sentence, 2 a colon, 3 an ellipsis, 4 an arrow, 5 a digit, 6 a closing mark, 0 otherwise. */
export function endOf(block: Segment): number {
  const c = block.closing(1);
  if (c === STOP) return block.closing(2) === STOP && block.closing(3) === STOP ? 3 : 1;
  if (
    c === 0x21 ||
    c === 0x3f ||
    c === 0x3002 ||
    c === 0xff01 ||
    c === 0xff1f ||
    c === 0x964 ||
    c === 0x61f ||
    c === 0x6d4
  )
    return 1;
  if (c === 0x3a || c === 0xff1a) return 2;
  if (c === 0x2026) return 3;
  if (c === 0x3e || c === 0xbb || c === 0x203a || c === 0x2192 || c === 0x25b6) return 4;
  if (c >= 48 && c <= 57) return 5;
  if (c === 0x22 || c === 0x29 || c === 0x201d || c === 0x2019 || c === 0x300d) return 6;
  return 0;
}

/** How a text starts: 1 lower case, 2 a digit, 3 a bullet or arrow, 4 a quotation mark, 5 a bracket, 0 otherwise. */
export function startOf(block: Segment): number {
  const c = block.opening;
  if (c >= 97 && c <= 122) return 1;
  if (c >= 48 && c <= 57) return 2;
  if (c === 0x2022 || c === 0xb7 || c === 0x25ba || c === 0x3e || c === 0xbb || c === 0x7c || c === 0x2d) return 3;
  if (c === 0x22 || c === 0x201c || c === 0x201e || c === 0xab || c === 0x300c) return 4;
  if (c === 0x28 || c === 0x5b) return 5;
  if (c === 0xa9) return 6;
  return 0;
}
