import { closeBlankLines } from '../../article/blank-lines.ts';
import type { BlockKind } from '../../article/record.ts';
import type { Box, Boxes } from './boxes.ts';
import { bulleted, headingByRole, headsInBold } from './implied-blocks.ts';
import type { Page, Segment } from './page.ts';

/** The article as text and the kind of each of its blocks; `segments[i]` is where block i came from, several of one list at times. */
export interface Body {
  text: string;
  blocks: BlockKind[];
  segments: Segment[];
  words: number;
}

/**
 * Soft hyphens and zero-width characters steer line breaking and are no part of the words, and characters for private use
 * are icons of a font; joiners stay inside the words of scripts that need them.
 */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF\uE000-\uF8FF]/g;

const UNUSUAL = /[^ -~]/;

/** Puts the kept blocks together. */
export function assembleBody(page: Page, keep: Uint8Array): Body {
  const kept = page.segments.filter(({ index }) => keep[index] === 1);
  const texts = kept.map(cleanBlock);
  const body: Body & { texts: string[] } = { text: '', blocks: [], segments: [], words: 0, texts: [] };
  const add = (kind: BlockKind, segment: Segment, text: string) => {
    body.blocks.push(kind);
    body.segments.push(segment);
    body.texts.push(text);
  };
  let lastItem = -1;
  for (const [i, segment] of kept.entries()) {
    const text = texts[i] as string;
    if (text === '') continue;
    const shown = kindOf(segment, page.boxes, lastItem);
    const level = shown === 'p' ? headingByRole(page, segment) : 0;
    const kind = level > 0 ? (HEADINGS[level] as BlockKind) : shown;
    const item = page.boxes.item[segment.box] as Box;
    if (item !== -1) lastItem = item;
    body.words += segment.words;
    const items = kind === 'p' ? bulleted(text) : null;
    const isList =
      items && (items.length > 1 || [texts[i - 1], texts[i + 1]].some((other) => other && bulleted(other)));
    if (isList) for (const line of items) add('ul1', segment, line);
    else add(kind === 'p' && headsInBold(page, segment, kept[i + 1]) ? 'h2' : kind, segment, text);
  }
  body.text = body.texts.join('\n\n');
  return body;
}

/** The text of a block as the record bears it; '' where nothing can be seen of it. */
export function cleanBlock(segment: Segment): string {
  // Most blocks are one line of ASCII, of which nothing is taken.
  if (segment.form === 'flow' && !UNUSUAL.test(segment.text)) return segment.text.trim();
  const text = closeBlankLines(withoutJoiners(segment.text.replace(INVISIBLE, '')).normalize('NFC'));
  return segment.form === 'flow' ? text.trim() : text;
}

const isJoiner = (code: number): boolean => code === 0x200c || code === 0x200d;

/** Joiners at the ends of a block join nothing; editors leave them where a paragraph was emptied. */
function withoutJoiners(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isJoiner(text.charCodeAt(from))) from++;
  while (to > from && isJoiner(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

const HEADINGS: readonly BlockKind[] = ['h2', 'h2', 'h2', 'h3', 'h4', 'h5', 'h6'];
const UNORDERED: readonly BlockKind[] = ['ul1', 'ul1', 'ul2', 'ul3', 'ul4'];
const ORDERED: readonly BlockKind[] = ['ol1', 'ol1', 'ol2', 'ol3', 'ol4'];

function kindOf(segment: Segment, boxes: Boxes, lastItem: Box): BlockKind {
  const { box } = segment;
  if (segment.form === 'pre') return 'pre';
  if (segment.form === 'table') return 'table';
  if (boxes.tag(box) === 'caption') return 'caption';
  const heading = boxes.heading[box] as number;
  if (heading > 0) return HEADINGS[heading] ?? 'h6';
  const item = boxes.item[box] as Box;
  if (item === -1) return 'p';
  if (boxes.quote[box] === 1) return 'quote';
  // Only the first block of an item carries its bullet; what follows inside it is a paragraph.
  if (item === lastItem) return 'p';
  const depth = Math.min(Math.max(boxes.listDepth[box] as number, 1), 4);
  return (boxes.listOrdered[box] === 1 ? ORDERED : UNORDERED)[depth] ?? 'ul1';
}
