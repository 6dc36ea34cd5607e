import { elementKind } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';

/** Number of a box: its place among the boxes of a page, in document order, so that what is inside comes right behind. */
export type Box = number;

const BLOCKQUOTE = elementKind('blockquote');
const LI = elementKind('li');
const OL = elementKind('ol');
const UL = elementKind('ul');
/** The headings follow one another among the usual elements. */
const H1 = elementKind('h1');

/** The box of the page itself, around all others. */
export const PAGE: Box = 0;

/**
 * The block-level elements of a page, the frames in which blocks of text stand, in columns: 60 bytes a box, where an object
 * takes three times as much. A page of 10 MB has 175,000 of them.
 */
export class Boxes {
  count = 0;
  /** The enclosing box; -1 for {@link PAGE}. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** The element; {@link ROOT} for the page. */
  readonly node: Int32Array;
  /** Bits of hints.ts that the element itself gives, and of everything around it as well. */
  readonly hints: Int32Array;
  readonly around: Int32Array;
  /** What the element's names tell by learned weights; above 0 speaks for the article. */
  readonly score: Float64Array;
  /** Alike for elements whose names and whose parents' names are the same. */
  readonly signature: Float64Array;
  /** One past the last box inside. */
  readonly last: Int32Array;
  /** Level 1 to 6 of the nearest heading around, 0 for none. */
  readonly heading: Uint8Array;
  /** Nesting of lists around, 0 for none, and whether the innermost counts its items. */
  readonly listDepth: Int32Array;
  readonly listOrdered: Uint8Array;
  /** The nearest list item or block quote around, -1 for none, and whether it is a quote. */
  readonly item: Int32Array;
  readonly quote: Uint8Array;
  /** Blocks of text inside: from `first` up to but not including `end`. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Names of the element, as numbers; what signatures are made of. */
  readonly #names: Float64Array;
  readonly #tree: MarkupTree;

  /** @param most how many boxes there may be besides the page */
  constructor(tree: MarkupTree, most: number) {
    const size = most + 1;
    const { memory } = tree;
    this.#tree = tree;
    this.parent = memory.ints(size);
    this.depth = memory.ints(size);
    this.node = memory.ints(size);
    this.hints = memory.ints(size);
    this.around = memory.ints(size);
    this.score = memory.doubles(size);
    this.signature = memory.doubles(size);
    this.last = memory.ints(size);
    this.heading = memory.bytes(size);
    this.listDepth = memory.ints(size);
    this.listOrdered = memory.bytes(size);
    this.item = memory.ints(size);
    this.quote = memory.bytes(size);
    this.first = memory.ints(size);
    this.end = memory.ints(size);
    this.#names = memory.doubles(size);
    this.parent[PAGE] = -1;
    this.node[PAGE] = ROOT;
    this.item[PAGE] = -1;
    this.count = 1;
  }

  /** Adds the box of an element that opens inside another, behind so many blocks of text. */
  add(parent: Box, node: Node, hints: number, score: number, names: number, first: number): Box {
    const box = this.count++;
    const kind = this.#tree.kind[node] as number;
    const isQuote = kind === BLOCKQUOTE;
    const isItem = kind === LI || isQuote;
    const isOrdered = kind === OL;
    const isList = kind === UL || isOrdered;
    const outer = this.parent[parent] as number;
    this.parent[box] = parent;
    this.depth[box] = (this.depth[parent] as number) + 1;
    this.node[box] = node;
    this.hints[box] = hints;
    this.around[box] = (this.around[parent] as number) | hints;
    this.score[box] = score;
    // Own names and those of two boxes around: enough to tell lists of like things apart.
    this.signature[box] =
      (names * 31 + (this.#names[parent] as number)) * 31 + (outer === -1 ? 0 : (this.#names[outer] as number));
    this.#names[box] = names;
    this.heading[box] = kind >= H1 && kind < H1 + 6 ? kind - H1 + 1 : (this.heading[parent] as number);
    this.listDepth[box] = (this.listDepth[parent] as number) + (isList ? 1 : 0);
    this.listOrdered[box] = isList ? (isOrdered ? 1 : 0) : (this.listOrdered[parent] as number);
    this.item[box] = isItem ? box : (this.item[parent] as number);
    this.quote[box] = isItem ? (isQuote ? 1 : 0) : (this.quote[parent] as number);
    this.first[box] = first;
    return box;
  }

  /** Ends a box, behind so many blocks of text. */
  close(box: Box, end: number): void {
    this.end[box] = end;
    this.last[box] = this.count;
  }

  /** Number of the element's name, as {@link MarkupTree.kind} holds it. */
  kind(box: Box): number {
    return this.#tree.kind[this.node[box] as Node] as number;
  }

  /** Name of the element, '' for the page. */
  tag(box: Box): string {
    return this.#tree.name(this.node[box] as Node);
  }

  /** Whether a box is another or stands inside it. */
  isInside(inner: Box, outer: Box): boolean {
    return inner >= outer && inner < (this.last[outer] as number);
  }
}
