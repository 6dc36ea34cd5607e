/**
 * Finds tags, texts and CDATA in XML as people and templates write it.
 *
 * What begins like markup and cannot be any is text: a `<` before what begins no name (XML 1.0, 2.3 and 2.4), and one whose
 * tag breaks off at the next `<`, unless it has an attribute in quotes already. So `I <3 you` and `A<B?` cost no other tag.
 * Linear: nothing is looked at twice but for what stands between a tag that breaks off and its next `<`, once.
 */

import { NextPlace } from './next-place.ts';

/** Takes what is found, in order. Attribute values and texts are as written, references included. */
export interface MarkTaker {
  /** @param behind where what follows begins */
  startTag(name: string, attributes: ReadonlyMap<string, string>, empty: boolean, behind: number): void;
  endTag(name: string): void;
  text(start: number, end: number): void;
  cdata(start: number, end: number): void;
  /** Nothing more is wanted. */
  readonly stopped: boolean;
}

/** Attributes kept of one tag. */
const MAX_ATTRIBUTES = 64;

/** XML 1.0, 2.3: NameStartChar and NameChar. */
const NAME_START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFC}\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`, 'uy');

/** Elements that are meant though their tag breaks off behind the name: `<item<title>`. */
const UNMISTAKABLE = /^(?:item|entry|channel|urlset|url|sitemap)$/i;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;

/** Reads a document from its outermost element on. */
export function readMarks(source: string, taker: MarkTaker): void {
  new MarkReader(source, taker).read();
}

class MarkReader {
  readonly #source: string;
  readonly #taker: MarkTaker;
  /** Where the text begins that was not handed over yet. */
  #text = 0;
  #at = 0;
  /** The element that was begun last. */
  #within = '';
  readonly #commentEnds: NextPlace;
  readonly #cdataEnds: NextPlace;
  readonly #cdataBegins: NextPlace;
  /** Quotation marks of which none is left, so that a search for one that is missing is made once. */
  readonly #spent = new Set<string>();

  constructor(source: string, taker: MarkTaker) {
    this.#source = source;
    this.#taker = taker;
    this.#commentEnds = new NextPlace(source, '-->');
    this.#cdataEnds = new NextPlace(source, ']]>');
    this.#cdataBegins = new NextPlace(source, '<![CDATA[');
  }

  read(): void {
    const source = this.#source;
    for (let at = source.indexOf('<'); at >= 0 && !this.#taker.stopped; at = source.indexOf('<', this.#at)) {
      this.#at = at + 1;
      const next = source[at + 1];
      if (next === '!') this.#declaration(at);
      else if (next === '?') this.#upTo(at, this.#nameEnd(at + 2));
      else if (next === '/') this.#endTag(at);
      else this.#startTag(at);
    }
    if (!this.#taker.stopped) this.#textUpTo(source.length, source.length);
  }

  /** Hands over the text before a mark, and goes on behind it. */
  #textUpTo(mark: number, behind: number): void {
    if (mark > this.#text) this.#taker.text(this.#text, mark);
    this.#text = this.#at = behind;
  }

  #declaration(at: number): void {
    const source = this.#source;
    if (source.startsWith('<!--', at)) {
      // `<!-->` is a comment too, as browsers have it; one that never ends is a mark alone, and hides nothing.
      const end = this.#commentEnds.from(at + 2);
      this.#textUpTo(at, end < source.length ? end + 3 : at + 4);
    } else if (/^<!\[cdata\[$/i.test(source.slice(at, at + 9))) {
      const { end, behind } = this.#cdataEnd(at + 9);
      this.#textUpTo(at, behind);
      this.#taker.cdata(at + 9, end);
    } else this.#upTo(at, /[[>A-Za-z-]/.test(source[at + 2] ?? '') ? at + 2 : -1);
  }

  /** One that is not ended before the next begins ends with the element it is in, should that end before. */
  #cdataEnd(from: number): { end: number; behind: number } {
    const source = this.#source;
    const end = this.#cdataEnds.from(from);
    const next = Math.min(this.#cdataBegins.from(from), source.length);
    if (end < next) return { end, behind: end + 3 };
    const tag = source.slice(from, next).indexOf(`</${this.#within}`);
    if (tag >= 0) return { end: from + tag, behind: from + tag };
    return end < source.length ? { end, behind: end + 3 } : { end: source.length, behind: source.length };
  }

  /** A declaration or processing instruction, which says nothing; text where it does not end before the next tag. */
  #upTo(at: number, from: number): void {
    if (from < 0) return;
    const end = this.#tagEnd(from);
    if (this.#code(end) === LT) this.#at = end;
    else this.#textUpTo(at, end + 1);
  }

  #endTag(at: number): void {
    const name = this.#behindSpace(at + 2);
    const nameEnd = this.#tagNameEnd(name);
    if (nameEnd >= 0) {
      const end = this.#tagEnd(nameEnd);
      this.#textUpTo(at, this.#code(end) === LT ? end : end + 1);
      if (end < this.#source.length) this.#taker.endTag(this.#source.slice(name, nameEnd));
    } else if (this.#code(name) === GT || name >= this.#source.length) this.#textUpTo(at, name + 1);
  }

  /** The next angle bracket, or where the source ends. */
  #tagEnd(from: number): number {
    let end = from;
    for (let code = this.#code(end); end < this.#source.length && code !== GT && code !== LT; ) {
      code = this.#code(++end);
    }
    return end;
  }

  #startTag(at: number): void {
    const source = this.#source;
    const nameEnd = this.#tagNameEnd(at + 1);
    if (nameEnd < 0) return;
    const attributes = new Map<string, string>();
    let quoted = false;
    let empty = false;
    let i = nameEnd;
    for (;;) {
      i = this.#behindSpace(i);
      const code = this.#code(i);
      if (i >= source.length || code === GT || code === LT) break;
      empty = code === SLASH;
      if (empty) {
        i++;
        continue;
      }
      const start = i;
      while (i < source.length && !endsAttributeName(this.#code(i), i > start)) i++;
      const name = source.slice(start, i);
      let value = '';
      const equals = this.#behindSpace(i);
      if (this.#code(equals) === EQUALS) {
        const from = this.#behindSpace(equals + 1);
        const close = this.#closingQuote(from);
        quoted ||= close >= 0;
        i = close >= 0 ? close : this.#behindUnquoted(from);
        value = source.slice(close >= 0 ? from + 1 : from, i);
        if (close >= 0) i++;
      }
      if (attributes.size < MAX_ATTRIBUTES && !attributes.has(name)) attributes.set(name, value);
    }
    const name = source.slice(at + 1, nameEnd);
    if (this.#code(i) === LT && !quoted && !(i === nameEnd && UNMISTAKABLE.test(name))) {
      this.#at = i;
      return;
    }
    this.#textUpTo(at, this.#code(i) === LT ? i : i + 1);
    this.#within = name;
    if (i < source.length) this.#taker.startTag(this.#within, attributes, empty, this.#at);
  }

  /** Where a value ends that is in quotes; −1 where it is not. */
  #closingQuote(from: number): number {
    const quote = this.#source[from] ?? '';
    if ((quote !== '"' && quote !== "'") || this.#spent.has(quote)) return -1;
    const close = this.#source.indexOf(quote, from + 1);
    if (close < 0) this.#spent.add(quote);
    return close;
  }

  #behindUnquoted(from: number): number {
    let i = from;
    while (i < this.#source.length && !isSpace(this.#code(i)) && this.#code(i) !== GT && this.#code(i) !== LT) i++;
    return i;
  }

  /** Where the name of a tag ends that begins here: −1 where there is none, or more than a name: `<foo@bar>`. */
  #tagNameEnd(from: number): number {
    const end = this.#nameEnd(from);
    if (end < 0 || end >= this.#source.length) return end;
    // The slash of `<br/>`, not that of `<https://…>`.
    const last = this.#code(end) === SLASH && end + 1 < this.#source.length ? end + 1 : end;
    const code = this.#code(last);
    return isSpace(code) || code === GT || code === LT || (code === SLASH && last === end) ? end : -1;
  }

  #nameEnd(from: number): number {
    NAME.lastIndex = from;
    return NAME.test(this.#source) ? NAME.lastIndex : -1;
  }

  #behindSpace(from: number): number {
    let i = from;
    while (isSpace(this.#code(i))) i++;
    return i;
  }

  #code(at: number): number {
    return this.#source.charCodeAt(at);
  }
}

/** XML 1.0, 2.3, and the form feed, which HTML has besides. */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b);
}

function endsAttributeName(code: number, begun: boolean): boolean {
  return (code === EQUALS && begun) || code === SLASH || code === GT || code === LT || isSpace(code);
}
