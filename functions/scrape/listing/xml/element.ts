import { firstSaid } from '../first-said.ts';

/** An element of a listing as it was read: names settled by vocabularies.ts, texts decoded. */
export class XmlElement {
  /** `vocabulary:local` or bare `local`, in small letters. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[] = [];
  /** Address that `xml:base` comes to here; null where nothing states it. */
  readonly base: string | null;
  /** `xml:lang` as inherited. */
  readonly language: string | null;
  /** Children by name, and how many there were. */
  #named: { of: number; children: ReadonlyMap<string, readonly XmlElement[]> } | null = null;

  constructor(
    name: string,
    attributes: ReadonlyMap<string, string>,
    base: string | null = null,
    language: string | null = null,
  ) {
    this.name = name;
    this.attributes = attributes;
    this.base = base;
    this.language = language;
  }

  attribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  /** Element children, in order. */
  get elements(): XmlElement[] {
    return this.children.filter((child): child is XmlElement => typeof child !== 'string');
  }

  get hasElements(): boolean {
    return this.children.some((child) => typeof child !== 'string');
  }

  /** Children of these names: those of the first name, then those of the second and so on. */
  all(...names: string[]): XmlElement[] {
    const byName = this.#childrenByName();
    return names.flatMap((name) => byName.get(name) ?? []);
  }

  /** An item is asked for fifty names: its children are told apart once. */
  #childrenByName(): ReadonlyMap<string, readonly XmlElement[]> {
    if (this.#named?.of === this.children.length) return this.#named.children;
    const children = Map.groupBy(this.elements, ({ name }) => name);
    this.#named = { of: this.children.length, children };
    return children;
  }

  /** The first child of the first name that has one. */
  first(...names: string[]): XmlElement | null {
    return this.all(...names)[0] ?? null;
  }

  /** Elements of a name at any depth inside, in order. */
  inside(name: string): XmlElement[] {
    const found: XmlElement[] = [];
    const open = this.elements.reverse();
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.name === name) found.push(node);
      for (const inner of node.elements.reverse()) open.push(inner);
    }
    return found;
  }

  /** Everything inside that is text, trimmed. */
  get text(): string {
    let text = '';
    const open: (XmlElement | string)[] = [this];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (typeof node === 'string') text += node;
      else for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i] as XmlElement | string);
    }
    return text.trim();
  }

  /** Text of the first child of these names that says anything. */
  textOf(...names: string[]): string | null {
    return firstSaid(this.all(...names), ({ text }) => (text === '' ? null : text));
  }
}
