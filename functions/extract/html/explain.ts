import type { Node } from '../markup/tree.ts';
import type { Trace } from '../trace.ts';
import { type Box, PAGE } from './boxes.ts';
import type { Page } from './page.ts';

/** Longest run of text a decision shows. */
const SHOWN = 120;
/** Elements named in a selector: enough to find the place, short enough for a line. */
const SELECTOR_DEPTH = 4;
const MAX_NAME = 40;

/** Tells the trace what became of each block, by which rule, and the place. */
export function explainBlocks(page: Page, keep: Uint8Array, ruleOf: (index: number) => string, trace: Trace): void {
  for (const segment of page.segments) {
    trace({
      step: 'html-body',
      rule: ruleOf(segment.index),
      verdict: keep[segment.index] ? 'keep' : 'drop',
      text: segment.text.slice(0, SHOWN),
      at: selectorOf(page, segment.box),
    });
  }
}

function selectorOf(page: Page, box: Box): string {
  const parts: string[] = [];
  const { tree, boxes } = page;
  for (let at = box; at !== PAGE && parts.length < SELECTOR_DEPTH; at = boxes.parent[at] as Box) {
    const node = boxes.node[at] as Node;
    const id = tree.attribute(node, 'id');
    const first = (tree.attribute(node, 'class') ?? '').slice(0, 200).trim().split(/\s+/)[0];
    const name = id ? `#${id}` : first ? `.${first}` : '';
    parts.unshift(tree.name(node) + name.slice(0, MAX_NAME));
  }
  return parts.join(' > ');
}
