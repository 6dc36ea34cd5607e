/** Who signs a text below its last line, set to the right, as papers of many countries do. */

import { attributeKind } from '../markup/names.ts';
import type { Node } from '../markup/tree.ts';
import { splitByline } from '../metadata/author-names.ts';
import { isPersonName } from '../metadata/visible-authors.ts';
import type { Box } from './boxes.ts';
import type { Page, Segment } from './page.ts';

const STYLE = attributeKind('style');

/** Blocks behind the last kept one among which a signature stands, and characters of the longest. */
const REACH = 2;
const LONGEST = 60;
/** Boxes around a signature that may set it to the right. */
const LEVELS = 3;
/** Of ideographs, characters of the longest name. */
const IDEOGRAPHS = 4;

/** The names below the text, where nothing but their place says who wrote. */
export function signedToTheRight(page: Page, keep: Uint8Array): string[] {
  const last = keep.lastIndexOf(1);
  if (last <= keep.indexOf(1)) return [];
  for (let i = last; i <= Math.min(last + REACH, page.segments.length - 1); i++) {
    const segment = page.segments[i] as Segment;
    if (segment.form !== 'flow' || segment.letters > LONGEST || segment.linkLetters > 0) continue;
    const names = splitByline(segment.text).filter(isPersonName);
    const isName = (name: string) => !/^\p{sc=Han}+$/u.test(name) || name.length <= IDEOGRAPHS;
    if (names.length > 0 && names.every(isName) && isToTheRight(page, segment.box)) return names;
  }
  return [];
}

function isToTheRight({ tree, boxes }: Page, inner: Box): boolean {
  let box = inner;
  for (let level = 0; level < LEVELS && box > 0; level++, box = boxes.parent[box] as Box) {
    // What holds more than the line is the frame of the text.
    if ((boxes.end[box] as number) - (boxes.first[box] as number) > 1) return false;
    const node = boxes.node[box] as Node;
    const align = tree.attribute(node, 'align')?.toLowerCase();
    if (align !== undefined) return align === 'right';
    if (/text-align\s?:\s?right/i.test(tree.valueOf(node, STYLE)?.slice(0, 300) ?? '')) return true;
  }
  return false;
}
