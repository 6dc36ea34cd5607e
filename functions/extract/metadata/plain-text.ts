/** What a text tells by its bytes, before a string is made of it: most texts of a page state nothing. */
import type { MarkupTree, Node } from '../markup/tree.ts';
import { hasYear } from './year-mark.ts';

const AMPERSAND = 38;
const COLON = 58;
/** The last byte of a colon as wide as an ideograph. */
const WIDE_COLON = 0x9a;
/** First code units of what parts the links of the way to a page. */
const PARTING: ReadonlySet<number> = new Set([...'>»›→/:\\'].map((char) => char.charCodeAt(0)));

/** Of a character beyond 16 bits, or of white space beyond ASCII at the start of a text; no character has this unit. */
export const UNTOLD = 0xffff;

/** What a character beyond ASCII may be. */
const WHITE = 1;
const DATING = 2;

/** By code unit beyond ASCII: white space as JavaScript trims it; what year-mark.ts takes for a date besides our own digits. */
const MARKS: Uint8Array = (() => {
  const marks = new Uint8Array(0x10000);
  const put = (mark: number, ...ranges: (readonly [from: number, to: number])[]) => {
    for (const [from, to] of ranges) marks.fill(mark, from, to + 1);
  };
  put(WHITE, [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f]);
  put(WHITE, [0x3000, 0x3000], [0xfeff, 0xfeff]);
  // Digits of scripts from Arabic to Khmer stand among their letters; so does what Thai writes years with.
  for (const zero of [
    0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xed0, 0x1040, 0x17e0,
  ])
    put(DATING, [zero, zero + 9]);
  put(DATING, [0xe01, 0xe59], [0x5e74, 0x5e74]);
  return marks;
})();

/** One look at one text after another. */
export class TextLook {
  /** False where the text holds character references, or is not in one piece: nothing else is told of it. */
  isPlain = false;
  /** In code units. */
  length = 0;
  /** Whether it is nothing but white space. */
  isBlank = false;
  /** The first three code units behind white space of ASCII, or {@link UNTOLD}; −1 for none. */
  first = -1;
  second = -1;
  third = -1;
  #hasDigits = false;
  #mayDate = false;
  #begin = 0;

  read(tree: MarkupTree, node: Node): void {
    const { bytes } = tree.source;
    const from = tree.from[node] as number;
    const to = tree.to[node] as number;
    this.isPlain = false;
    if (from < 0) return;
    let begin = from;
    while (begin < to && isAsciiWhite(bytes[begin] as number)) begin++;
    let beyond = 0;
    let marks = 0;
    let isBlank = true;
    let hasDigits = false;
    for (let at = begin; at < to; at++) {
      const code = bytes[at] as number;
      if (code < 0x80) {
        if (code === AMPERSAND) return;
        if (isDigit(code)) hasDigits = true;
        if (isBlank && !isAsciiWhite(code)) isBlank = false;
        continue;
      }
      const mark = MARKS[unitAt(bytes, at)] as number;
      marks |= mark;
      if (mark !== WHITE) isBlank = false;
      const more = lengthOf(code) - 1;
      // A character of four bytes is two code units.
      beyond += more === 3 ? 2 : more;
      at += more;
    }
    this.isPlain = true;
    this.length = to - from - beyond;
    this.isBlank = isBlank;
    this.first = begin < to ? unitAt(bytes, begin) : -1;
    if (this.first >= 0x80 && MARKS[this.first] === WHITE) this.first = UNTOLD;
    const next = begin + lengthOf(bytes[begin] as number);
    this.second = next < to ? unitAt(bytes, next) : -1;
    const last = next + lengthOf(bytes[next] as number);
    this.third = last < to ? unitAt(bytes, last) : -1;
    this.#begin = begin;
    this.#hasDigits = hasDigits;
    this.#mayDate = (marks & DATING) !== 0;
  }

  /** Whether a short text may be one that parts a row of links, or heads a list of them with a colon. */
  mayMark(tree: MarkupTree, node: Node): boolean {
    if (PARTING.has(this.first)) return true;
    const { bytes } = tree.source;
    let last = (tree.to[node] as number) - 1;
    while (last > this.#begin && isAsciiWhite(bytes[last] as number)) last--;
    return bytes[last] === COLON || bytes[last] === WIDE_COLON;
  }

  /** Whether the text may hold a whole date. */
  holdsYear(tree: MarkupTree, node: Node): boolean {
    if (this.#mayDate) return hasYear(tree.text(node));
    return this.#hasDigits && holdsYear(tree.source.bytes, this.#begin, tree.to[node] as number);
  }
}

/** Bytes of the character that one opens. */
const lengthOf = (code: number): number => (code < 0x80 ? 1 : code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4);

/** The code unit that stands there in UTF-8. */
function unitAt(bytes: Uint8Array, at: number): number {
  const code = bytes[at] as number;
  if (code < 0x80) return code;
  if (code >= 0xf0) return UNTOLD;
  const second = (bytes[at + 1] as number) & 0x3f;
  if (code < 0xe0) return ((code & 0x1f) << 6) | second;
  return ((code & 0xf) << 12) | (second << 6) | ((bytes[at + 2] as number) & 0x3f);
}

const isAsciiWhite = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number | undefined): boolean => code !== undefined && code >= 48 && code <= 57;
/** Full stop, slash, hyphen. */
const parts = (code: number | undefined): boolean => code === 46 || code === 47 || code === 45;

/** Whether a range of UTF-8 may hold a whole date in our own digits, as year-mark.ts tells of strings. */
function holdsYear(bytes: Uint8Array, from: number, to: number): boolean {
  // The shortest is 1.1.24 or 2024.
  for (let at = from; at + 4 <= to; at++) {
    const first = bytes[at] as number;
    if (!isDigit(first)) continue;
    const second = bytes[at + 1] as number;
    const opensYear = first === 49 ? second === 57 : first === 50 && (second === 48 || second === 53);
    if (opensYear && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3])) return true;
    if (!parts(second) || !isDigit(bytes[at + 2])) continue;
    const sign = at + (isDigit(bytes[at + 3]) ? 4 : 3);
    if (sign + 2 < to && parts(bytes[sign]) && isDigit(bytes[sign + 1]) && isDigit(bytes[sign + 2])) return true;
  }
  return false;
}
