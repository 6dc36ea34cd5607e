import type { Line } from './lines.ts';
import { paragraphStarts } from './paragraph-start.ts';
import { type Spelling, seamBetween, spellingOf } from './seam.ts';
import { wrapOf } from './wrap.ts';

/**
 * Joins lines again that a mailer or terminal broke at a fixed width, hyphenation mended. Text that was not wrapped
 * comes back as it is.
 *
 * @param startsOf tells which lines of wrapped text open a paragraph
 */
export function unwrapLines(source: Line[], startsOf = paragraphStarts): Line[] {
  const wrap = wrapOf(source);
  if (wrap === null) return source;
  const lines = source.map(unjoined);
  const starts = startsOf(lines, wrap);
  joinHeadline(lines, starts);
  const spelling = spellingOf(lines);
  const joined: Line[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && starts[end] === 0) end++;
    joined.push(join(lines, start, end, spelling));
    start = end;
  }
  return joined;
}

/** Letters that typesetters join, as print has them that a machine read. */
const LIGATURES = /[\ufb00-\ufb06]/gu;

const unjoined = (line: Line): Line =>
  line.text.search(LIGATURES) < 0
    ? line
    : { ...line, text: line.text.replace(LIGATURES, (sign) => sign.normalize('NFKC')) };

/** Lines from the top in which a headline that was set in several lines stands, and lines of it. */
const TOP_LINES = 8;
const HEADLINE_LINES = 4;

/** A headline is set in its own size, so that its lines break elsewhere: lines between empty ones that go on in small letters. */
function joinHeadline(lines: readonly Line[], starts: Uint8Array): void {
  for (let top = 0; top < Math.min(TOP_LINES, lines.length); top++) {
    if (top > 0 && lines[top]?.blanksBefore === 0) continue;
    let end = top + 1;
    while (end < lines.length && lines[end]?.blanksBefore === 0 && end - top < HEADLINE_LINES) {
      if (/[.!?:;…]$/u.test(lines[end - 1]?.text ?? '') || !/^\p{Ll}/u.test(lines[end]?.text ?? '')) break;
      end++;
    }
    if (end === top + 1 || (end < lines.length && lines[end]?.blanksBefore === 0)) continue;
    starts.fill(0, top + 1, end);
    return;
  }
}

function join(lines: readonly Line[], start: number, end: number, spelling: Spelling): Line {
  const first = lines[start] as Line;
  if (end === start + 1) return first;
  const parts = [first.text];
  for (let i = start + 1; i < end; i++) {
    const { text } = lines[i] as Line;
    const seam = seamBetween(parts.at(-1) ?? '', text, spelling);
    if (seam.cut > 0) parts.push((parts.pop() ?? '').slice(0, -seam.cut));
    parts.push(seam.glue + text);
  }
  return { ...first, text: parts.join('') };
}
