import type { Line } from '../lines.ts';

/** The foot of a page that a browser printed: its address, and which page of how many. */
const FOOT =
  /^https?:\/\/\S{1,1000}\s(?:\d{1,3}\/\d{1,3}|(?:page|seite|página|pagina) \d{1,3} (?:of|von|de|di) \d{1,3})$/iu;
/** Its head: when it was printed, and the page's name. */
const HEAD = /^\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)? \S/iu;
/** A head with the day of printing alone says less than the page's own day; two of them, or a foot, tell that it is none. */
const MOST_BETWEEN = 3;

/** Drops heads and feet of the pages that a browser printed: the day in them is that of printing. */
export function withoutBrowserPrint(lines: Line[]): Line[] {
  const feet = new Set<number>();
  for (const [i, { text }] of lines.entries()) if (text.startsWith('http') && FOOT.test(text)) feet.add(i);
  if (feet.size === 0) return lines;
  const near = (i: number) => i === 0 || [...Array(MOST_BETWEEN).keys()].some((step) => feet.has(i - 1 - step));
  return lines.filter(({ text }, i) => !feet.has(i) && !(HEAD.test(text) && near(i)));
}
