import { ROOT } from '../markup/tree.ts';
import type { Trace } from '../trace.ts';
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

function selectorOf(page: Page, box: number): string {
  const parts: string[] = [];
  const { tree } = page;
  for (let at = page.boxes[box]; at && at.node !== ROOT && parts.length < SELECTOR_DEPTH; at = page.boxes[at.parent]) {
    const id = tree.attribute(at.node, 'id');
    const first = (tree.attribute(at.node, 'class') ?? '').slice(0, 200).trim().split(/\s+/)[0];
    const name = id ? `#${id}` : first ? `.${first}` : '';
    parts.unshift(at.tag + name.slice(0, MAX_NAME));
  }
  return parts.join(' > ');
}
