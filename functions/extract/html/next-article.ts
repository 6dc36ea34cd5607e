import type { MarkupTree, Node } from '../markup/tree.ts';
import { titleKey } from '../metadata/title.ts';
import type { Box, Boxes } from './boxes.ts';
import type { Page } from './page.ts';

/** Letters that a headline has at least, so that it is told from other headings by its words. */
const SHORTEST_HEADLINE = 12;
/** Headings looked at; each costs the depth of the page, and sites load fewer articles than that. */
const MAX_HEADINGS = 50;

/**
 * Drops the articles that follow the page's own: some sites load the next ones below it, each built like the first.
 *
 * They are as well written and stand in like boxes, so only this tells them: an `article` element, or one that bears its
 * own address (`data-url`), of the same names as the one around the headline, with a heading of the same level and names that is another one than the page's title.
 */
export function dropNextArticles({ tree, segments, boxes, head }: Page, keep: Uint8Array): void {
  const title = titleKey(head.title ?? '');
  if (title.length < SHORTEST_HEADLINE) return;
  let headline: Box | null = null;
  let looks = 0;
  for (const segment of segments) {
    const { box } = segment;
    if (boxes.heading[box] === 0) continue;
    if (headline === null) {
      if (alike(titleKey(segment.text), title)) headline = box;
      continue;
    }
    const isLike = boxes.heading[box] === boxes.heading[headline] && boxes.signature[box] === boxes.signature[headline];
    if (!isLike || alike(titleKey(segment.text), title)) continue;
    if (++looks > MAX_HEADINGS) return;
    const frame = frameOf(boxes, box, headline);
    const own = frameOf(boxes, headline, box);
    const first = boxes.first[frame] as number;
    const ownFirst = boxes.first[own] as number;
    const ownEnd = boxes.end[own] as number;
    const isArticle =
      boxes.tag(frame) === 'article' || [frame, own].every((box) => hasAddress(tree, boxes.node[box] as Node));
    if (!isArticle || boxes.signature[frame] !== boxes.signature[own] || first < ownEnd) continue;
    const kept = keep.indexOf(1, ownFirst);
    if (kept !== -1 && kept < ownEnd) keep.fill(0, first, boxes.end[frame]);
  }
}

/** Where scripts find the address of an article that scrolls into view. */
const ADDRESSES = ['data-url', 'data-href', 'data-permalink', 'data-article-url', 'data-article-id'];

function hasAddress(tree: MarkupTree, element: Node): boolean {
  return ADDRESSES.some((name) => tree.attribute(element, name) !== undefined);
}

/** A title may go on behind the headline with the site's name, and a headline with some words of its own. */
function alike(heading: string, title: string): boolean {
  return heading.length >= SHORTEST_HEADLINE && (title.startsWith(heading) || heading.startsWith(title));
}

/** The outermost box around one heading that does not hold the other. */
function frameOf(boxes: Boxes, heading: Box, other: Box): Box {
  let frame = heading;
  for (;;) {
    const around = boxes.parent[frame] as Box;
    if (around === -1 || boxes.isInside(other, around)) return frame;
    frame = around;
  }
}
