import type { ColumnMemory } from './column-memory.ts';
import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from './hashes.ts';
import type { Source } from './source.ts';

/** Names of elements and attributes as small numbers, so that a page's nodes hold no strings. */

/** Element names that pages use often or that parsing asks for; others are numbered page by page behind them. */
export const TAGS: readonly string[] = `
  a abbr address applet area article aside audio b base basefont big blockquote body br button canvas caption center
  cite code col colgroup command data datalist dd del desc details dfn dialog div dl dt em embed fieldset figcaption
  figure font footer foreignobject form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins
  isindex kbd keygen label legend li link main map mark math menu meta meter mi mn mo ms mtext annotation-xml nav
  noframes noscript object ol optgroup option output p param path picture pre progress q rp rt ruby s samp script section select
  small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title
  tr track tt u ul use var video wbr xmp`
  .trim()
  .split(/\s+/);

/** Attribute names that pages use often; of the first {@link MARKED} a tree knows which elements have them. */
export const ATTRIBUTES: readonly string[] = `
  class id href role itemprop property itemtype itemscope rel hidden aria-hidden style data-component data-testid
  data-module data-type type name content datetime lang xml:lang dir http-equiv pubdate colspan
  src alt title width height srcset sizes data-src data-srcset target onclick aria-label data-id value action method
  for rowspan charset media loading d viewbox fill tabindex`
  .trim()
  .split(/\s+/);

/** Bits of {@link MarkupTree.marks}. */
export const MARKED = 26;

/** Number of a usual attribute, by which it is found fastest. */
export function attributeKind(name: string): number {
  const kind = ATTRIBUTES.indexOf(name);
  if (kind === -1) throw new RangeError(`${name} is not among the usual attributes`);
  return kind;
}

/** Number of a usual element, as {@link MarkupTree.kind} holds it. */
export function elementKind(name: string): number {
  const kind = TAGS.indexOf(name);
  if (kind === -1) throw new RangeError(`${name} is not among the usual elements`);
  return kind;
}

/** Distinct names numbered on one page beyond the usual ones; what comes after is one nameless kind. */
const MAX_OWN_NAMES = 20_000;

/** The usual names by a hash of their letters, so that reading one makes no string. */
export interface NameTable {
  readonly names: readonly string[];
  readonly slots: Int16Array;
  /** The letters of all names, those of each from its place in `starts` up to the next. */
  readonly letters: Uint8Array;
  readonly starts: Int16Array;
}

const SLOTS = 1024;
/** Names of their own of an ordinary page. */
const FEW = 32;

const encoder = new TextEncoder();

export function nameTable(names: readonly string[]): NameTable {
  const slots = new Int16Array(SLOTS).fill(-1);
  for (const [index, name] of names.entries()) {
    let slot = hash(encoder.encode(name), 0, name.length) & (SLOTS - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (SLOTS - 1);
    slots[slot] = index;
  }
  const starts = new Int16Array(names.length + 1);
  for (const [index, name] of names.entries()) starts[index + 1] = (starts[index] as number) + name.length;
  return { names, slots, letters: encoder.encode(names.join('')), starts };
}

/** Of length, first, middle and last letter, capitals and small ones alike: few usual names have all in common. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  const first = (bytes[from] as number) | 0x20;
  const middle = (bytes[(from + to) >> 1] as number) | 0x20;
  const last = (bytes[to - 1] as number) | 0x20;
  return (to - from) * 89 + first * 37 + middle * 521 + last * 7;
}

/** Numbers the names of one page. */
export class Names {
  /** By number; the usual ones first. */
  readonly list: string[];
  readonly #table: NameTable;
  /** Numbers of the page's other names, less those of the usual ones. */
  readonly #own: HashTable;

  constructor(table: NameTable, memory: ColumnMemory) {
    this.#table = table;
    this.#own = new HashTable(FEW, memory);
    this.list = [...table.names];
  }

  /** The number of the name that stands there in a source, capitals and small letters alike. */
  read(source: Source, from: number, to: number): number {
    const { bytes } = source;
    const { names, slots, letters, starts } = this.#table;
    let slot = hash(bytes, from, to) & (SLOTS - 1);
    for (let index = slots[slot] as number; index !== -1; index = slots[slot] as number) {
      const start = starts[index] as number;
      const length = (starts[index + 1] as number) - start;
      if (length === to - from && isAlike(letters, start, bytes, from, length)) return index;
      slot = (slot + 1) & (SLOTS - 1);
    }
    let low = START_LOW;
    let high = START_HIGH;
    for (let i = from; i < to; i++) {
      const code = bytes[i] as number;
      if (code >= 0x80) return this.#number(source.slice(from, to).toLowerCase());
      const letter = code >= 65 && code <= 90 ? code | 0x20 : code;
      low = mixLow(low, letter);
      high = mixHigh(high, letter);
    }
    const known = this.#own.find(low, high);
    return known === -1 ? this.#number(source.slice(from, to).toLowerCase()) : names.length + known;
  }

  /** The number of a name in small letters, a new one where it has none. */
  #number(name: string): number {
    const { size } = this.#own;
    let number = this.#own.findWord(name);
    if (number === -1) {
      const kept = size < MAX_OWN_NAMES ? name : '';
      number = this.#own.addWord(kept);
      if (number === size) this.list.push(kept);
    }
    return this.#table.names.length + number;
  }
}

/** Whether letters are those of a name in small letters. */
function isAlike(name: Uint8Array, start: number, bytes: Uint8Array, from: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const code = bytes[from + i] as number;
    if ((code >= 65 && code <= 90 ? code | 0x20 : code) !== name[start + i]) return false;
  }
  return true;
}
