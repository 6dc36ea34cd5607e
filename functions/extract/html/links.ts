import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Link } from '../../article/record.ts';
import { nextBelow } from './document-order.ts';
import type { Segment } from './page.ts';

/** Characters of link text kept; a link around a whole card is no label. */
const MAX_TEXT = 500;
const MAX_NODES = 200;

/** The links of the kept blocks, in order, absolute; places on the page itself and other schemes are left out. */
export function readLinks(segments: readonly Segment[], base: string | null): Link[] {
  const links: Link[] = [];
  let last: Element | null = null;
  for (const { anchors } of segments) {
    for (const anchor of anchors ?? []) {
      if (anchor === last) continue;
      last = anchor;
      const href = anchor.attribs.href ?? '';
      if (href === '' || href.startsWith('#')) continue;
      const url = parseHttpUrl(href, base);
      if (url) links.push({ url: url.href, text: textOf(anchor) });
    }
  }
  return links;
}

/** Text of a small element, white space folded. Stops after a bounded number of nodes. */
export function textOf(element: Element, limit: number = MAX_TEXT): string {
  let text = '';
  let nodes = 0;
  let node: ChildNode | null = element.firstChild;
  while (node !== null && nodes++ < MAX_NODES && text.length < limit * 2) {
    let down: ChildNode | null = null;
    if (isText(node)) text += node.data;
    else if (isTag(node) && node.name !== 'script' && node.name !== 'style') {
      if (node.name === 'br') text += ' ';
      down = node.firstChild;
    }
    node = nextBelow(element, node, down);
  }
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length > limit ? folded.slice(0, limit) : folded;
}
