import type { MarkupTree, Node } from '../markup/tree.ts';
import type { RuleFindings } from '../rules/apply-rule.ts';
import { cleanBlock } from './body.ts';
import { FIGURE_CAPTION } from './hints.ts';
import type { Page } from './page.ts';

/**
 * The blocks that a site rule says are the article: those inside the elements it names. What it names for another field
 * is no part of the text, and captions stand with their images.
 *
 * @returns which blocks to keep; null where the rule names no body, or one without a block
 */
export function keepByRule(page: Page, { matches, body }: RuleFindings): Uint8Array | null {
  if (body === null) return null;
  const { tree } = page;
  const inside = marked(tree, body);
  const elsewhere = marked(
    tree,
    matches.flatMap(({ part, nodes }) =>
      part === 'authors' ? nodes : part === 'title' || part === 'published' ? nodes.slice(0, 1) : [],
    ),
  );
  const { boxes } = page;
  const keep = Uint8Array.from(page.segments, (segment) => {
    const node = boxes.node[segment.box] as Node;
    const isCaption = ((boxes.around[segment.box] as number) & FIGURE_CAPTION) !== 0;
    const isText = inside[node] === 1 && elsewhere[node] === 0 && !isCaption;
    return isText && cleanBlock(segment) !== '' ? 1 : 0;
  });
  return keep.includes(1) ? keep : null;
}

/** One byte a node: 1 for the given ones and what stands inside them. Linear, however they are nested. */
function marked(tree: MarkupTree, nodes: readonly Node[]): Uint8Array {
  const marks = new Uint8Array(tree.count);
  let done = 0;
  for (const node of nodes.toSorted((a, b) => a - b)) {
    const end = tree.end[node] as number;
    if (end > done) marks.fill(1, Math.max(node, done), end);
    done = Math.max(done, end);
  }
  return marks;
}
