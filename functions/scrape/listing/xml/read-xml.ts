/**
 * XML as listings really carry it: marks.ts finds the tags, this file builds elements out of them and
 * forgives what is broken. An end tag ends what was left open inside it, and so does the next field of an item; one that ends nothing is passed over; HTML
 * entities are read though XML has none; what stands behind the document's end means nothing.
 *
 * Items are handed over one by one and not kept, so that memory goes with the largest item and not with the listing.
 * Bounded: entities that a document declares are only read where they stand for plain text (entities.ts), depth and the
 * elements of one item are capped, and every step is linear.
 */
import { XmlElement } from './element.ts';
import type { Entities } from './entities.ts';
import { type MarkTaker, readMarks } from './marks.ts';
import { OpenFields } from './open-fields.ts';
import { NameScope, type RootVocabulary } from './vocabularies.ts';

/** Levels of elements; feeds with XHTML inside have under 40. */
const MAX_DEPTH = 200;
/** Elements kept of one item or of what stands around the items; articles in XHTML have under 5,000. */
const MAX_ELEMENTS = 20_000;
/** Pieces of text of the same: each costs memory, however short, once it is joined to others. */
const MAX_TEXTS = 100_000;
/** Characters of text of the same, as written: more than any content that is kept, with its references. */
const MAX_CHARACTERS = 8_000_000;
const MAX_BASE = 2_000;

export interface XmlReading {
  /** The outermost element without the items handed over; null where there is none. */
  root: XmlElement | null;
  /** The source ends within an item, which is not handed over. */
  truncated: boolean;
  /** The taker of items did not want more. */
  stopped: boolean;
}

interface Open {
  element: XmlElement;
  qualified: string;
  scope: NameScope;
  item: boolean;
}

/**
 * Reads a document.
 *
 * @param source from its outermost element on
 * @param url address of the document
 * @param items names of the elements that are handed over once they are whole
 * @param take given each of them; answers whether to go on
 */
export function readXml(
  source: string,
  url: string,
  entities: Entities,
  items: ReadonlySet<string>,
  take: (item: XmlElement) => boolean,
): XmlReading {
  const builder = new Builder(source, url, entities, items, take);
  readMarks(source, builder);
  return builder.reading();
}

class Builder implements MarkTaker {
  readonly #source: string;
  readonly #url: string;
  readonly #entities: Entities;
  readonly #items: ReadonlySet<string>;
  readonly #take: (item: XmlElement) => boolean;
  readonly #root: RootVocabulary = { vocabulary: '' };
  readonly #open: Open[] = [];
  /** How many elements of a name are open, so that an end tag is looked for only where there is one to end. */
  readonly #openOf = new Map<string, number>();
  readonly #leftOpen: OpenFields;
  #document: XmlElement | null = null;
  #keptOfItem = 0;
  #textsOfItem = 0;
  #textsOutside = 0;
  #keptOutside = 0;
  #charactersOfItem = 0;
  #charactersOutside = 0;
  #inItem = false;
  #done = false;
  stopped = false;

  constructor(
    source: string,
    url: string,
    entities: Entities,
    items: ReadonlySet<string>,
    take: (item: XmlElement) => boolean,
  ) {
    this.#source = source;
    this.#url = url;
    this.#entities = entities;
    this.#items = items;
    this.#take = take;
    this.#leftOpen = new OpenFields(source);
  }

  reading(): XmlReading {
    return { root: this.#document, truncated: this.#inItem && !this.stopped, stopped: this.stopped };
  }

  startTag(name: string, written: ReadonlyMap<string, string>, empty: boolean, behind: number): void {
    const attributes = new Map<string, string>();
    for (const [key, value] of written) attributes.set(key, this.#entities.decode(value));
    if (this.#start(name.toLowerCase(), attributes, behind) && empty) this.#end();
  }

  /** Ends a field of an item that was left open: it begins twice, or its end tag comes only behind that of its item. */
  #endOpenField(next: string, at: number): void {
    if (!this.#inItem || !this.#leftOpen.isField(next)) return;
    const item = this.#open.findIndex((one) => one.item);
    const [around, field] = this.#open.slice(item, item + 2);
    if (!around || !field) return;
    const isTwice = field.qualified === next && field.element.children.length === 0;
    if (!isTwice && !this.#leftOpen.is(field.qualified, around.qualified, at)) return;
    while (this.#open.length > item + 1) this.#end();
  }

  endTag(name: string): void {
    const qualified = name.toLowerCase();
    const open = this.#openOf.get(qualified) ?? 0;
    if (open === 0) return;
    while (this.#openOf.get(qualified) === open && !this.stopped) this.#end();
  }

  text(start: number, end: number): void {
    if (this.#open.length > 0) this.#add(this.#entities.decode(this.#source.slice(start, this.#within(start, end))));
  }

  cdata(start: number, end: number): void {
    if (this.#open.length > 0) this.#add(this.#source.slice(start, this.#within(start, end)));
  }

  /** Where a text ends that is read no further than there is room. */
  #within(start: number, end: number): number {
    const before = this.#inItem ? this.#charactersOfItem : this.#charactersOutside;
    if (this.#inItem) this.#charactersOfItem += end - start;
    else this.#charactersOutside += end - start;
    return Math.min(end, start + Math.max(0, MAX_CHARACTERS - before));
  }

  #add(text: string): void {
    if ((this.#inItem ? ++this.#textsOfItem : ++this.#textsOutside) > MAX_TEXTS) return;
    const { children } = (this.#open.at(-1) as Open).element;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  }

  /** @returns whether an element was opened */
  #start(qualified: string, attributes: ReadonlyMap<string, string>, behind: number): boolean {
    if (this.#done) return false;
    this.#endOpenField(qualified, behind);
    // What is nested too deep to be kept needs no names of its own.
    const outer = this.#open.at(-1)?.scope;
    const scope = outer !== undefined && this.#open.length >= MAX_DEPTH ? outer : this.#scope(qualified, attributes);
    const name = scope.element(qualified);
    const item = this.#items.has(name);
    // An item inside an item was left open, but for entries that are somebody's content.
    if (item && this.#inItem) {
      const from = this.#open.findIndex((one) => one.item);
      if (this.#open.slice(from).some((one) => one.element.name === 'content'))
        return this.#push(qualified, attributes, scope, name, false);
      while (this.#inItem && !this.stopped) this.#end();
      if (this.stopped) return false;
    }
    return this.#push(qualified, attributes, scope, name, item);
  }

  #push(
    qualified: string,
    written: ReadonlyMap<string, string>,
    scope: NameScope,
    name: string,
    item: boolean,
  ): boolean {
    if (!item) {
      if (this.#open.length >= MAX_DEPTH) return false;
      if ((this.#inItem ? ++this.#keptOfItem : ++this.#keptOutside) > MAX_ELEMENTS) return false;
    }
    const around = this.#open.at(-1)?.element ?? null;
    const attributes = new Map<string, string>();
    for (const [key, value] of written) attributes.set(scope.attribute(key), value);
    const element = new XmlElement(
      name,
      attributes,
      joinBase(around?.base ?? null, attributes.get('xml:base'), this.#url),
      attributes.get('xml:lang') ?? around?.language ?? null,
    );
    if (around === null) this.#document = element;
    // Items are handed over and not kept.
    else if (!item) around.children.push(element);
    if (item) {
      this.#inItem = true;
      this.#keptOfItem = 0;
      this.#textsOfItem = 0;
      this.#charactersOfItem = 0;
    }
    this.#open.push({ element, qualified, scope, item });
    this.#openOf.set(qualified, (this.#openOf.get(qualified) ?? 0) + 1);
    return true;
  }

  /** Ends the innermost element. */
  #end(): void {
    const { element, qualified, item } = this.#open.pop() as Open;
    this.#openOf.set(qualified, (this.#openOf.get(qualified) ?? 1) - 1);
    if (item) {
      this.#inItem = false;
      if (!this.#take(element)) {
        this.stopped = true;
        this.#done = true;
      }
    }
    if (this.#open.length === 0) this.#done = true;
  }

  /** The scope inside the element being started, which its own declarations are part of. */
  #scope(qualified: string, attributes: ReadonlyMap<string, string>): NameScope {
    const outer = this.#open.at(-1)?.scope ?? new NameScope(this.#root);
    let declared: Map<string, string> | null = null;
    for (const [key, value] of attributes) {
      const name = key.toLowerCase();
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
      declared ??= new Map();
      declared.set(name.slice('xmlns:'.length), value);
    }
    const scope = declared === null ? outer : outer.declare(declared);
    if (this.#open.length === 0) scope.rootIs(qualified);
    return scope;
  }
}

/** `xml:base` is resolved against the one around it, the outermost against the document's address (XML Base, 3). */
function joinBase(around: string | null, stated: string | undefined, documentUrl: string): string | null {
  const reference = stated?.trim() ?? '';
  if (reference === '' || reference.length > MAX_BASE) return around;
  return URL.parse(reference, around ?? documentUrl)?.href ?? around;
}
