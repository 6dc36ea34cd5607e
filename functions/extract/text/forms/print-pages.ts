import type { Line } from '../lines.ts';
import { wrapOf } from '../wrap.ts';

/** The number of a printed page on a line of its own, with what typesetters put around it. */
export const PAGE_NUMBER =
  /^[-–—|•[\s]{0,4}(?:(?:page|seite|página|pagina) )?(\d{1,4})(?: (?:of|von|de|di) \d{1,4})?[-–—|•\]\s]{0,4}$/iu;
/** Lines on either side of a page's number that may be its running head or foot. */
const BESIDE = 2;
/** Pages a head must stand on, and page numbers that must follow each other. */
const FEWEST_PAGES = 2;
const SHORTEST_HEAD = 8;
const LONGEST_HEAD = 120;
/** Lines between two page numbers: a numbered list has fewer. */
const PAGE_LINES = 8;

/**
 * Takes off what a printed or typeset text repeats on every page: its number, and the running head or foot beside it. A
 * paragraph that goes on the next page is then whole again for what joins wrapped lines.
 */
export function trimPrintPages(lines: Line[]): Line[] {
  const numbers = pageNumbers(lines);
  if (numbers.length < FEWEST_PAGES) return lines;
  const pages = new Map<string, number>();
  for (const at of numbers) {
    for (const head of new Set(headsBeside(lines, at))) pages.set(head, (pages.get(head) ?? 0) + 1);
  }
  const heads = new Set([...pages].filter(([, times]) => times >= FEWEST_PAGES).map(([head]) => head));
  // Numbered lists of the web repeat things beside their numbers too, but nobody has broken their lines.
  if (heads.size === 0 || wrapOf(lines) === null) return lines;
  const turns = new Set(numbers);
  const kept: Line[] = [];
  let turned = false;
  for (const [i, line] of lines.entries()) {
    if (turns.has(i) || heads.has(headOf(line))) {
      turned = turns.has(i) || turned;
      continue;
    }
    const goesOn =
      turned && /^\p{Ll}/u.test(line.text) && !/[.!?…]["'”’»)]{0,2}$/u.test(kept.at(-1)?.text.slice(-4) ?? '.');
    kept.push(goesOn ? { ...line, blanksBefore: 0 } : line);
    turned = false;
  }
  return kept;
}

/** Indexes of lines that are page numbers: each one more than the one before, a page's lines between. */
function pageNumbers(lines: readonly Line[]): number[] {
  let best: number[] = [];
  let run: number[] = [];
  let last = Number.NaN;
  for (const [i, { text }] of lines.entries()) {
    const number = text.length > LONGEST_HEAD ? null : PAGE_NUMBER.exec(text);
    if (number === null) continue;
    const value = Number(number[1]);
    const follows = value === last + 1 && i - (run.at(-1) as number) >= PAGE_LINES;
    if (follows) run.push(i);
    else run = [i];
    last = value;
    if (run.length > best.length) best = run;
  }
  return best;
}

function headsBeside(lines: readonly Line[], at: number): string[] {
  const heads: string[] = [];
  for (let i = at - BESIDE; i <= at + BESIDE; i++) {
    const line = lines[i];
    if (line === undefined || i === at) continue;
    const head = headOf(line);
    if (head.length >= SHORTEST_HEAD && head.length <= LONGEST_HEAD && /\p{L}{3}/u.test(head)) heads.push(head);
  }
  return heads;
}

/** Heads differ from page to page in numbers alone. */
function headOf({ text }: Line): string {
  return text.length > LONGEST_HEAD ? '' : text.replace(/\d/g, '0');
}
