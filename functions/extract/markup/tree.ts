import { decodeHTML, decodeHTMLAttribute } from 'entities';
import type { ColumnMemory } from './column-memory.ts';
import { MARKED, type Names } from './names.ts';
import type { Source } from './source.ts';
import { ValueNumbers } from './value-numbers.ts';

/**
 * A node of a page: an element or a text, by its number. Numbers count in document order, so what stands inside node n
 * are the nodes from n + 1 up to but not including `end[n]`.
 */
export type Node = number;

/** The page itself, parent of what stands outermost; its name is ''. */
export const ROOT: Node = 0;

/**
 * A parsed page in columns of numbers: 24 bytes a node and 12 an attribute, with everything written left where it
 * stands in the source until somebody reads it. A tree of objects takes twenty times as much and the collector's time.
 */
export class MarkupTree {
  readonly source: Source;
  /** Where columns on this page belong that last no longer than its tree. */
  readonly memory: ColumnMemory;
  /** Nodes of the page, {@link ROOT} included. */
  readonly count: number;
  readonly parent: Int32Array;
  /** One past the number of the last node inside. */
  readonly end: Int32Array;
  /** Number of an element's name in {@link tags}; {@link TEXT} for texts, {@link DOCUMENT} for the root. */
  readonly kind: Int32Array;
  /** Element names by kind. */
  readonly tags: readonly string[];
  /** Of texts where they begin in the source, of elements their first attribute. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** One bit for each of the first usual attributes that an element has. */
  readonly marks: Int32Array;
  /** Of attributes where their value stands in the source, references and all. */
  readonly valueFrom: Int32Array;
  readonly valueTo: Int32Array;
  /** The values of attributes by number. */
  readonly numbers: ValueNumbers;
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.source = columns.source;
    this.memory = columns.memory;
    this.count = columns.count;
    this.parent = columns.parent;
    this.end = columns.end;
    this.kind = columns.kind;
    this.from = columns.from;
    this.to = columns.to;
    this.marks = columns.marks;
    this.valueFrom = columns.attributeFrom;
    this.valueTo = columns.attributeTo;
    this.tags = columns.tagNames.list;
    this.numbers = new ValueNumbers(this);
  }

  isText(node: Node): boolean {
    return this.kind[node] === TEXT;
  }

  isElement(node: Node): boolean {
    return (this.kind[node] as number) >= 0;
  }

  /** Name of an element in small letters, '' for texts and the page. */
  name(node: Node): string {
    return this.tags[this.kind[node] as number] ?? '';
  }

  /** What a text says, character references resolved; '' for elements. */
  text(node: Node): string {
    return this.kind[node] === TEXT ? this.#columns.text(node) : '';
  }

  /** Whether a text is short and nothing but white space, told without copying it; references count as more. */
  isBlank(node: Node): boolean {
    const from = this.from[node] as number;
    const to = this.to[node] as number;
    if (from < 0 || to - from >= BLANK) return false;
    const { bytes } = this.source;
    for (let i = from; i < to; i++) {
      const code = bytes[i] as number;
      if (code !== 32 && (code < 9 || code > 13)) return false;
    }
    return true;
  }

  /** Value of an attribute, '' where it has none, undefined where the element has no such attribute. */
  attribute(node: Node, name: string): string | undefined {
    if ((this.kind[node] as number) < 0) return undefined;
    const { attributeKind, attributeNames } = this.#columns;
    const last = this.to[node] as number;
    for (let at = this.from[node] as number; at < last; at++) {
      if (attributeNames.list[attributeKind[at] as number] === name) return this.value(at);
    }
    return undefined;
  }

  /** Place of an attribute of one of the usual kinds, for {@link value}; −1 where the node has none. */
  find(node: Node, kind: number): number {
    if (kind < MARKED && ((this.marks[node] as number) & (1 << kind)) === 0) return -1;
    if ((this.kind[node] as number) < 0) return -1;
    const { attributeKind } = this.#columns;
    const last = this.to[node] as number;
    let at = this.from[node] as number;
    while (at < last && attributeKind[at] !== kind) at++;
    return at < last ? at : -1;
  }

  /** As {@link attribute}, for one of the usual kinds. */
  valueOf(node: Node, kind: number): string | undefined {
    const at = this.find(node, kind);
    return at === -1 ? undefined : this.value(at);
  }

  /** Value of the attribute at a place, character references resolved. */
  value(attribute: number): string {
    const value = this.source.slice(this.valueFrom[attribute] as number, this.valueTo[attribute] as number);
    return value.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  /** First node inside; 0, which is inside nothing, for none. */
  firstChild(node: Node): Node {
    return node + 1 < (this.end[node] as number) ? node + 1 : 0;
  }

  /** Next node with the same parent; 0 for none. */
  nextSibling(node: Node): Node {
    const next = this.end[node] as number;
    return node !== ROOT && next < (this.end[this.parent[node] as number] as number) ? next : 0;
  }

  /** The texts directly inside an element as one. */
  ownText(element: Node): string {
    let text = '';
    const end = this.end[element] as number;
    for (let node = element + 1; node < end; node = this.end[node] as number) text += this.text(node);
    return text;
  }
}

/** Characters from which white space counts as text that is walked over. */
const BLANK = 40;

/** {@link MarkupTree.kind} of texts and of the page. */
export const TEXT = -1;
export const DOCUMENT = -2;

/** The columns of a tree while it grows. */
export class Columns {
  readonly source: Source;
  readonly memory: ColumnMemory;
  readonly tagNames: Names;
  readonly attributeNames: Names;
  count = 0;
  parent: Int32Array;
  end: Int32Array;
  kind: Int32Array;
  from: Int32Array;
  to: Int32Array;
  marks: Int32Array;
  attributes = 0;
  attributeKind: Int32Array;
  attributeFrom: Int32Array;
  attributeTo: Int32Array;
  /** Texts that do not stand in the source as they are: with references, or parted by markup that means nothing, as `a</nothing>b`. */
  readonly #made: string[] = [];
  readonly #rawTags: ReadonlySet<number>;

  /** @param rawTags kinds of elements whose text has no character references */
  constructor(
    source: Source,
    tagNames: Names,
    attributeNames: Names,
    rawTags: ReadonlySet<number>,
    memory: ColumnMemory,
  ) {
    this.source = source;
    this.memory = memory;
    this.tagNames = tagNames;
    this.attributeNames = attributeNames;
    this.#rawTags = rawTags;
    // Pages have a node for 30 to 60 bytes.
    const nodes = Math.max(64, source.length >> 5);
    this.parent = memory.unset(nodes);
    this.end = memory.unset(nodes);
    this.kind = memory.unset(nodes);
    this.from = memory.unset(nodes);
    this.to = memory.unset(nodes);
    this.marks = memory.unset(nodes);
    const attributes = Math.max(64, source.length >> 6);
    this.attributeKind = memory.unset(attributes);
    this.attributeFrom = memory.unset(attributes);
    this.attributeTo = memory.unset(attributes);
  }

  text(node: Node): string {
    const from = this.from[node] as number;
    if (from < 0) return this.#made[-1 - from] as string;
    const raw = this.source.slice(from, this.to[node] as number);
    const text = this.#resolved(node, raw);
    // Several walks ask for a text.
    if (text !== raw) this.from[node] = -this.#made.push(text);
    return text;
  }

  /** Lets a text go on with more of the source that does not follow on it there. */
  join(node: Node, from: number, to: number): void {
    const more = this.#resolved(node, this.source.slice(from, to));
    const own = this.text(node);
    const start = this.from[node] as number;
    if (start < 0) this.#made[-1 - start] = own + more;
    else this.from[node] = -this.#made.push(own + more);
  }

  /** A piece of a text with its references resolved, where they are any. */
  #resolved(node: Node, raw: string): string {
    if (!raw.includes('&') || this.#rawTags.has(this.kind[this.parent[node] as number] as number)) return raw;
    return decodeHTML(raw);
  }

  add(kind: number, parent: Node, from: number, to: number): Node {
    if (this.count === this.kind.length) {
      this.parent = grown(this.parent, this.memory);
      this.end = grown(this.end, this.memory);
      this.kind = grown(this.kind, this.memory);
      this.from = grown(this.from, this.memory);
      this.to = grown(this.to, this.memory);
      this.marks = grown(this.marks, this.memory);
    }
    const node = this.count++;
    this.parent[node] = parent;
    this.end[node] = this.count;
    this.kind[node] = kind;
    this.from[node] = from;
    this.to[node] = to;
    this.marks[node] = 0;
    return node;
  }

  addAttribute(kind: number, from: number, to: number): void {
    if (this.attributes === this.attributeKind.length) {
      this.attributeKind = grown(this.attributeKind, this.memory);
      this.attributeFrom = grown(this.attributeFrom, this.memory);
      this.attributeTo = grown(this.attributeTo, this.memory);
    }
    const at = this.attributes++;
    this.attributeKind[at] = kind;
    this.attributeFrom[at] = from;
    this.attributeTo[at] = to;
  }
}

function grown(column: Int32Array, memory: ColumnMemory): Int32Array {
  const larger = memory.unset(column.length + (column.length >> 1));
  larger.set(column);
  return larger;
}
