/**
 * Pages as browsers forgive them. tokenize.ts finds tags, attributes and texts; this file puts them into a tree by the
 * rules of htmlparser2's parser, which closes what HTML lets authors leave open.
 */
import { type ColumnMemory, NEW_COLUMNS } from './column-memory.ts';
import { ATTRIBUTES, MARKED, Names, nameTable, TAGS } from './names.ts';
import { Source } from './source.ts';
import { type Tokens, tokenize } from './tokenize.ts';
import { Columns, DOCUMENT, MarkupTree, type Node, ROOT, TEXT } from './tree.ts';

/**
 * The largest page of four corpora has 15,000 elements, 10 MB of paragraphs, lists and figures 220,000. What has more
 * is a generated table or an attack.
 */
const MAX_ELEMENTS = 400_000;
/** Attributes of one element that are kept; elements of real pages have under 60. */
const MAX_ATTRIBUTES = 256;

/** Bytes of text in place of frames that are more than an excuse. */
const LEAST_OF_FRAMES = 500;
/** Elements in place of frames that are looked at; there is one as a rule. */
const MOST_OF_FRAMES = 8;

const TAG_TABLE = nameTable(TAGS);
const ATTRIBUTE_TABLE = nameTable(ATTRIBUTES);
const kinds = (names: string): Set<number> => new Set(names.split(' ').map((name) => TAGS.indexOf(name)));

/** Elements without content. */
const VOID = kinds(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
);
const RAW = kinds('script style textarea xmp');
/** Elements whose names are those of another language, and those of it inside which HTML stands. */
const FOREIGN = 1;
const INTEGRATION = 2;
const FOREIGNNESS = (() => {
  const foreign = kinds('math svg');
  const integration = kinds('mi mo mn ms mtext annotation-xml foreignobject desc title');
  return Uint8Array.from(TAGS, (_, kind) => (foreign.has(kind) ? FOREIGN : integration.has(kind) ? INTEGRATION : 0));
})();
const P = TAGS.indexOf('p');
const BR = TAGS.indexOf('br');
const DIV = TAGS.indexOf('div');
const FRAMESET = TAGS.indexOf('frameset');
const NOFRAMES = TAGS.indexOf('noframes');
const TEMPLATE = TAGS.indexOf('template');

/** For each element those whose end its start implies while they are innermost. */
const IMPLIED_ENDS: ReadonlyMap<number, ReadonlySet<number>> = new Map(
  (
    [
      ['tr', 'tr th td'],
      ['th', 'th'],
      ['td', 'thead th td'],
      ['body', 'head link script'],
      ['li', 'li'],
      ['p h1 h2 h3 h4 h5 h6', 'p'],
      ['select input output button datalist textarea', 'input option optgroup select button datalist textarea'],
      ['option', 'option'],
      ['optgroup', 'optgroup option'],
      ['dd dt', 'dd dt'],
      ['address article aside blockquote details div dl fieldset figcaption figure footer form header hr', 'p'],
      ['main nav ol pre section table ul', 'p'],
      ['rt rp', 'rt rp'],
      ['tbody tfoot', 'thead tbody'],
    ] as const
  ).flatMap(([starts, ends]) => [...kinds(starts)].map((start): [number, Set<number>] => [start, kinds(ends)])),
);

/** Tables by kind, for the usual elements. */
const IS_VOID = Uint8Array.from(TAGS, (_, kind) => (VOID.has(kind) ? 1 : 0));
const IMPLIES: readonly (Uint8Array | undefined)[] = TAGS.map((_, kind) => {
  const ends = IMPLIED_ENDS.get(kind);
  return ends && Uint8Array.from(TAGS, (_, end) => (ends.has(end) ? 1 : 0));
});

/**
 * Parses a page. Linear in its length, however deep it is nested: an end tag is only looked for among the open
 * elements where one of its name is open.
 *
 * @param memory for the tree and what is measured of it; the tree is to be used no more once it is cleared
 * @returns null where the page has more elements than are read within bounds
 */
export function parseMarkup(page: string | Source, memory: ColumnMemory = NEW_COLUMNS): MarkupTree | null {
  const source = typeof page === 'string' ? Source.of(page) : page;
  const columns = new Columns(source, new Names(TAG_TABLE, memory), new Names(ATTRIBUTE_TABLE, memory), RAW, memory);
  const builder = new TreeBuilder(columns);
  tokenize(source.bytes, builder);
  if (!builder.goesOn) return null;
  builder.finish();
  return new MarkupTree(columns);
}

class TreeBuilder implements Tokens {
  /** False once the page has more elements than are read. */
  goesOn = true;
  #elements = 0;
  readonly #columns: Columns;
  readonly #source: Source;
  /** Open elements, outermost first. */
  readonly #open: Node[] = [ROOT];
  /** How many elements of a kind are open. */
  readonly #openOf: number[] = [];
  /** Elements in place of frames so far. */
  #ofFrames = 0;
  /** Whether SVG or MathML is innermost, outermost first. */
  readonly #foreign: boolean[] = [false];
  /** The element whose start tag is being read. */
  #starting = -1;
  /** The text that more text would go on, if nothing else came between; -1 for none. */
  #text = -1;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#source = columns.source;
    columns.add(DOCUMENT, -1, 0, 0);
  }

  ontext(start: number, end: number): void {
    const columns = this.#columns;
    const text = this.#text;
    if (text === -1) {
      this.#text = columns.add(TEXT, this.#open[this.#open.length - 1] as number, start, end);
      return;
    }
    if (columns.to[text] === start && (columns.from[text] as number) >= 0) columns.to[text] = end;
    // A text goes on behind an end tag that ends nothing.
    else columns.join(text, start, end);
  }

  onopentagname(start: number, end: number): void {
    const kind = this.#columns.tagNames.read(this.#source, start, end);
    this.#start(kind);
  }

  #start(kind: number): void {
    if (++this.#elements > MAX_ELEMENTS) this.goesOn = false;
    const columns = this.#columns;
    const open = this.#open;
    const implied = IMPLIES[kind];
    if (implied !== undefined) {
      while (implied[columns.kind[open[open.length - 1] as number] as number] === 1) this.#end();
    }
    const { attributes } = columns;
    const element = columns.add(kind, open[open.length - 1] as number, attributes, attributes);
    if (IS_VOID[kind] !== 1) {
      open.push(element);
      this.#openOf[kind] = (this.#openOf[kind] ?? 0) + 1;
      const foreignness = FOREIGNNESS[kind];
      if (foreignness === FOREIGN) this.#foreign.push(true);
      else if (foreignness === INTEGRATION) this.#foreign.push(false);
    }
    this.#starting = element;
    this.#text = -1;
  }

  /** Ends the innermost element. */
  #end(): void {
    const columns = this.#columns;
    const element = this.#open.pop() as number;
    const kind = columns.kind[element] as number;
    this.#openOf[kind] = (this.#openOf[kind] as number) - 1;
    this.#close(element, kind);
    this.#text = -1;
  }

  /**
   * What is shown after all is a box like others: a template that a shadow root is made of (HTML standard, `shadowrootmode`),
   * and what stands in place of frames, whose documents are other files.
   */
  #close(element: Node, kind: number): void {
    const columns = this.#columns;
    columns.end[element] = columns.count;
    if (kind === TEMPLATE ? this.#isShadowRoot(element) : kind === NOFRAMES && this.#standsForFrames(element))
      columns.kind[element] = DIV;
  }

  /** Whether there are frames, and more stands here than that one's browser shows none. */
  #standsForFrames(noframes: Node): boolean {
    const { count, kind, from, to } = this.#columns;
    if (this.#openOf[FRAMESET] === undefined || ++this.#ofFrames > MOST_OF_FRAMES) return false;
    let length = 0;
    for (let node = noframes + 1; node < count && length < LEAST_OF_FRAMES; node++)
      if (kind[node] === TEXT) length += Math.max(0, (to[node] as number) - (from[node] as number));
    return length >= LEAST_OF_FRAMES;
  }

  #isShadowRoot(template: Node): boolean {
    const columns = this.#columns;
    const to = columns.to[template] as number;
    for (let place = columns.from[template] as number; place < to; place++)
      if (columns.attributeNames.list[columns.attributeKind[place] as number] === 'shadowrootmode') return true;
    return false;
  }

  onattribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const columns = this.#columns;
    const element = this.#starting;
    if (columns.attributes - (columns.from[element] as number) >= MAX_ATTRIBUTES) return;
    const kind = columns.attributeNames.read(this.#source, nameStart, nameEnd);
    columns.addAttribute(kind, valueStart, valueEnd);
    columns.to[element] = columns.attributes;
    if (kind < MARKED) columns.marks[element] = (columns.marks[element] as number) | (1 << kind);
  }

  onopentagend(): void {
    this.#starting = -1;
  }

  onselfclosingtag(): void {
    const element = this.#starting;
    this.#starting = -1;
    // Only SVG and MathML have elements that close themselves.
    if (this.#foreign.at(-1) === true && this.#open.at(-1) === element) this.#end();
  }

  onclosetag(start: number, end: number): void {
    const columns = this.#columns;
    const kind = columns.tagNames.read(this.#source, start, end);
    if ((FOREIGNNESS[kind] ?? 0) !== 0 && this.#foreign.length > 0) this.#foreign.pop();
    if (IS_VOID[kind] === 1) {
      if (kind === BR) columns.add(BR, this.#open.at(-1) as number, columns.attributes, columns.attributes);
      if (kind === BR) this.#text = -1;
    } else if ((this.#openOf[kind] ?? 0) > 0) {
      const before = this.#openOf[kind] as number;
      while (this.#openOf[kind] === before) this.#end();
    } else if (kind === P) {
      this.#start(P);
      this.#starting = -1;
      this.#end();
    }
  }

  onother(): void {
    this.#text = -1;
  }

  /** Ends what is open. */
  finish(): void {
    const columns = this.#columns;
    // A tag that the page ends in is none.
    if (this.#starting !== -1) {
      if (this.#open.at(-1) === this.#starting) this.#open.pop();
      columns.count = this.#starting;
    }
    for (const element of this.#open) this.#close(element, columns.kind[element] as number);
  }
}
