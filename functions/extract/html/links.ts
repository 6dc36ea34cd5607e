import type { Link } from '../../article/record.ts';
import { attributeKind } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import type { ReadAddress } from './addresses.ts';
import type { Segment } from './page.ts';

const HREF = attributeKind('href');

/** Characters of link text kept; a link around a whole card is no label. */
const MAX_TEXT = 500;
const MAX_NODES = 200;

/** The links of the kept blocks, in order, absolute; places on the page itself and other schemes are left out. */
export function readLinks(tree: MarkupTree, segments: readonly Segment[], read: ReadAddress): Link[] {
  const links: Link[] = [];
  let last: Node | null = null;
  for (const [i, segment] of segments.entries()) {
    // A list set as one block.
    if (segment === segments[i - 1]) continue;
    const { anchors } = segment;
    for (const anchor of anchors ?? []) {
      if (anchor === last) continue;
      last = anchor;
      const href = tree.valueOf(anchor, HREF) ?? '';
      if (href === '' || href.startsWith('#')) continue;
      const url = read(href);
      if (url) links.push({ url: url.href, text: textOf(tree, anchor) });
    }
  }
  return links;
}

/** Text of a small element, white space folded. Stops after a bounded number of nodes. */
export function textOf(tree: MarkupTree, element: Node, limit: number = MAX_TEXT): string {
  let text = '';
  let nodes = 0;
  const end = tree.end[element] as number;
  for (let node = element + 1; node < end && nodes++ < MAX_NODES && text.length < limit * 2; node++) {
    if (tree.isText(node)) text += tree.text(node);
    else {
      const name = tree.name(node);
      if (name === 'br') text += ' ';
      else if (name === 'script' || name === 'style') node = (tree.end[node] as number) - 1;
    }
  }
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length > limit ? folded.slice(0, limit) : folded;
}
