import type { Box, Boxes } from './boxes.ts';
import type { Page, Segment } from './page.ts';

/** Entries from which a list of links to places on the page is a table of contents. */
const ENTRIES = 3;
/** Words of what heads it. */
const LABEL_WORDS = 4;

/** A list of links to places on the page itself repeats its headings. */
export function dropContents({ segments, boxes, tree }: Page, keep: Uint8Array): void {
  const lists = new Map<Box, number[]>();
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 0) continue;
    const { box } = segments[i] as Segment;
    const item = boxes.item[box] as Box;
    if (item === -1 || boxes.quote[box] === 1) continue;
    const list = outermost(boxes, item);
    const known = lists.get(list);
    if (known) known.push(i);
    else lists.set(list, [i]);
  }
  for (const entries of lists.values()) {
    if (entries.length < ENTRIES) continue;
    const leadsHere = (i: number) => {
      const { anchors, linkLetters, letters } = segments[i] as Segment;
      return (
        1.2 * linkLetters >= letters &&
        anchors !== null &&
        anchors.every((a) => tree.attribute(a, 'href')?.startsWith('#'))
      );
    };
    if (!entries.every(leadsHere)) continue;
    for (const i of entries) keep[i] = 0;
    const before = (entries[0] as number) - 1;
    if (keep[before] === 1 && (segments[before] as Segment).words <= LABEL_WORDS) keep[before] = 0;
  }
}

/** The outermost list around an item. */
function outermost(boxes: Boxes, item: Box): Box {
  let list = boxes.parent[item] as Box;
  for (let up = list; up > 0 && (boxes.listDepth[up] as number) > 0; up = boxes.parent[up] as Box) list = up;
  return list;
}
