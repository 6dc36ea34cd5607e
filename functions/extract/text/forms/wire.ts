import type { Line } from '../lines.ts';

/** Where a wire story ends by the trade's signs; "ends" alone is only a sign when it stands in capitals. */
const END = /^(?:-\s?30\s?-|#\s?#\s?#|(?:-{0,3}\s?)ENDS?(?:\s?-{0,3})|XXX|\(END\)|\(Ends\))$/;
/** What goes on, and on which page. */
const MORE =
  /^(?:\(MORE\)|-?\s?more\s?-?|MORE\s?-{1,3}|\/{2,3}|PAGE \d{1,3}(?: OF \d{1,3})?|[-–—] ?\d{1,4} ?[-–—]|Page \d{1,3} of \d{1,3})$/;
/** Words that must stand before the sign; a menu entry "END" at the top ends nothing. */
const STORY_WORDS = 60;

/** Drops "(MORE)" lines and page numbers, and everything after the sign that ends a wire story. */
export function trimWire(lines: Line[]): Line[] {
  const kept: Line[] = [];
  let words = 0;
  for (const line of lines) {
    if (line.text.length <= 20) {
      if (words >= STORY_WORDS && END.test(line.text)) break;
      if (MORE.test(line.text)) continue;
    }
    if (words < STORY_WORDS) words += line.text.split(' ', STORY_WORDS).length;
    kept.push(line);
  }
  return kept;
}
