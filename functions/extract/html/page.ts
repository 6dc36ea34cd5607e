import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Box, Boxes } from './boxes.ts';

/** One block of text: what stands between two block boundaries, with what its characters tell. */
export interface Segment {
  index: number;
  box: Box;
  text: string;
  form: 'flow' | 'pre' | 'table';
  words: number;
  letters: number;
  linkWords: number;
  linkLetters: number;
  /** Sentence ends, in any script. */
  stops: number;
  commas: number;
  digits: number;
  capitals: number;
  strongLetters: number;
  /** Line breaks inside. */
  breaks: number;
  /** A button, a label or a summary holds the whole block. */
  control: boolean;
  /** Bits of hints.ts from inline elements that open the block. */
  inlineHints: number;
  inlineScore: number;
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
  figures: Figure[];
}
