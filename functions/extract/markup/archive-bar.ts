import { attributeKind } from './names.ts';
import type { MarkupTree, Node } from './tree.ts';

const ID = attributeKind('id');
/** First letters of the ids below. */
const STARTS = new Set([...'wb'].map((char) => char.charCodeAt(0)));
const BAR = /^(?:wm-ipp|bN015htcoyT__google-cache-hdr)/;

/** Whether an element is the bar that the Wayback Machine or Google's cache lays over what it keeps: its words and days are no part of the page. */
export function isArchiveBar(tree: MarkupTree, node: Node): boolean {
  const id = tree.find(node, ID);
  if (id === -1 || !STARTS.has(tree.source.bytes[tree.valueFrom[id] as number] as number)) return false;
  return BAR.test(tree.value(id));
}
