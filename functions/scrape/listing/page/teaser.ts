/** The piece of a page that stands for one article: its headline and date where they are no part of the link. */
import type { MarkupTree, Node } from '../../../extract/markup/tree.ts';
import { squash, textOf } from '../../../extract/metadata/element-text.ts';
import { namesZone, ZONE } from '../../../extract/metadata/zones.ts';
import { type FeedDateHints, readFeedDate } from '../feed/dates.ts';
import type { PageLink } from './page-links.ts';

/** Levels that a teaser has around its link. */
const MAX_LEVELS = 8;
/** Links and nodes looked at in a teaser; what holds more is a list. */
const MAX_LINKS = 40;
const MAX_NODES = 400;
const MAX_TITLE = 400;
/** A line that is a date and little else. */
const MAX_DATE = 60;
/** Elements that look like dates and are read. */
const MAX_DATES = 6;
const OUTERMOST = new Set(['body', 'html', 'main']);

/** Says of a link whether it leads to another article. */
export type IsSibling = (link: PageLink) => boolean;

/** The largest element around a link in which no link leads to another article, so that what it prints is of this one. */
export function teaserAround(tree: MarkupTree, link: PageLink, links: readonly PageLink[], isSibling: IsSibling): Node {
  let teaser = link.node;
  for (let level = 0; level < MAX_LEVELS; level++) {
    const around = tree.parent[teaser] as Node;
    if (around <= 0 || OUTERMOST.has(tree.name(around))) break;
    const end = tree.end[around] as number;
    const first = firstFrom(links, around);
    let seen = 0;
    let alone = true;
    for (let i = first; i < links.length && (links[i] as PageLink).node < end && alone; i++) {
      if (++seen > MAX_LINKS || isSibling(links[i] as PageLink)) alone = false;
    }
    if (!alone) break;
    teaser = around;
  }
  return teaser;
}

export function headingIn(tree: MarkupTree, teaser: Node): string | null {
  for (const node of elementsOf(tree, teaser)) {
    if (/^h[1-6]$/.test(tree.name(node))) return textOf(tree, node, MAX_TITLE) || null;
  }
  return null;
}

/** The date a teaser prints: a `time` element, else what is named a date. @returns ISO 8601 UTC and as written */
export function dateIn(tree: MarkupTree, teaser: Node, hints: FeedDateHints): { at: string; raw: string } | null {
  let printed: { at: string; raw: string } | null = null;
  let tried = 0;
  for (const node of elementsOf(tree, teaser)) {
    const isTime = tree.name(node) === 'time';
    if (!isTime && (printed !== null || (namesZone(tree.attribute(node, 'class') ?? '') & ZONE.date) === 0)) continue;
    if (++tried > MAX_DATES) break;
    const text = textOf(tree, node, MAX_DATE + 1);
    for (const raw of [isTime ? squash(tree.attribute(node, 'datetime') ?? '') : '', text]) {
      const at = raw === '' || raw.length > MAX_DATE ? null : readFeedDate(raw, hints);
      if (at !== null && isTime) return { at, raw };
      if (at !== null) printed ??= { at, raw };
    }
  }
  return printed;
}

function* elementsOf(tree: MarkupTree, teaser: Node): Generator<Node> {
  const end = Math.min(tree.end[teaser] as number, teaser + MAX_NODES);
  for (let node = teaser; node < end; node++) if (tree.isElement(node)) yield node;
}

/** Index of the first link at or behind a node; links are in document order. */
function firstFrom(links: readonly PageLink[], node: Node): number {
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links[middle] as PageLink).node < node) low = middle + 1;
    else high = middle;
  }
  return low;
}
