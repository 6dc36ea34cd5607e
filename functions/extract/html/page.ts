import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Box, Boxes } from './boxes.ts';
import type { Counts } from './counts.ts';

/** One block of text: what stands between two block boundaries, with what its characters tell. */
export interface Segment {
  index: number;
  box: Box;
  text: string;
  form: 'flow' | 'pre' | 'table';
  words: number;
  letters: number;
  linkLetters: number;
  /** Sentence ends, in any script. */
  stops: number;
  anchors: Node[] | null;
}

export interface Figure {
  element: Node;
  box: Box;
  /** Number of blocks that stand before it. */
  after: number;
  /** The address of the link that wraps it, if any. */
  href: string | null;
  kind: 'image' | 'embed' | 'noscript';
}

/** What the head says, as far as the body needs it. */
export interface Head {
  title: string | null;
  description: string | null;
  /** What relative addresses are relative to, where the page says so. */
  base: string | null;
}

export interface Page {
  tree: MarkupTree;
  head: Head;
  boxes: Boxes;
  segments: Segment[];
  /** By block as {@link segments}. */
  counts: Counts;
  figures: Figure[];
}
