import { NextPlace } from './next-place.ts';

/** Fields of items that hold no other fields, as feeds write them. */
const TEXTS = new Map(
  'title link guid pubDate description category comments author id updated published summary'
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);
const OTHERS = new Set(['enclosure', 'source', 'content', 'content:encoded', 'dc:creator', 'dc:date', 'dc:subject']);
const ITEMS = ['item', 'entry'];

/** Tells fields whose end tag was forgotten: `<title>Bridge open<link>…</link></item>`. Names in other cases are not looked for. */
export class OpenFields {
  readonly #ends: ReadonlyMap<string, NextPlace>;

  constructor(source: string) {
    const names = [...ITEMS.map((name) => [name, name] as const), ...TEXTS];
    this.#ends = new Map(names.map(([name, written]) => [name, new NextPlace(source, `</${written}`)]));
  }

  /** Whether an element of this name begins a field, of which none stands in another. */
  isField(qualified: string): boolean {
    return TEXTS.has(qualified) || OTHERS.has(qualified);
  }

  /** @param field @param item names of elements that are open here */
  is(field: string, item: string, at: number): boolean {
    if (!TEXTS.has(field)) return false;
    const [fieldEnd, itemEnd] = [field, item].map((name) => this.#ends.get(name)?.from(at) ?? 0) as [number, number];
    return itemEnd < fieldEnd;
  }
}
