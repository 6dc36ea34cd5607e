import type { MarkupTree, Node } from '../markup/tree.ts';

/** A block-level element: the frame in which blocks of text stand. Ordered as in the document, parents first. */
export interface Box {
  index: number;
  /** Index of the enclosing box; -1 for the root. */
  parent: number;
  depth: number;
  /** The element; the page itself for the root. */
  node: Node;
  tag: string;
  /** Bits of hints.ts that the element itself gives. */
  hints: number;
  /** Bits of hints.ts of the element and everything around it. */
  around: number;
  /** What the element's names tell by learned weights; above 0 speaks for the article. */
  score: number;
  /** Alike for elements whose names and whose parents' names are the same. */
  signature: number;
  names: number;
  /** One past the index of the last box inside. */
  last: number;
  /** Level 1 to 6 of the nearest heading around, 0 for none. */
  heading: number;
  /** Nesting of lists around, 0 for none. */
  listDepth: number;
  listOrdered: boolean;
  /** Index of the nearest list item or block quote around, -1 for none. */
  item: number;
  quote: boolean;
  /** Blocks inside: from `first` up to but not including `end`. */
  first: number;
  end: number;
}

/** One block of text: what stands between two block boundaries, with what its characters tell. */
export interface Segment {
  index: number;
  box: number;
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
  box: number;
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
  boxes: Box[];
  segments: Segment[];
  figures: Figure[];
}
