/**
 * Finds tags, attributes and texts in a source, as htmlparser2's tokenizer does, by which a test holds it: where that one
 * looks at every character in some state, this one leaps from mark to mark, in a third of the time. Linear: no character
 * is looked at more than a few times.
 */

/** What was found, each time from where to where in the source. Values are told after the name that they belong to. */
export interface Tokens {
  ontext(start: number, end: number): void;
  onopentagname(start: number, end: number): void;
  onattribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void;
  onopentagend(): void;
  onselfclosingtag(): void;
  onclosetag(start: number, end: number): void;
  /** A comment, a declaration, a processing instruction: nothing that is read. */
  onother(): void;
  /** Whether to go on; asked once a tag. */
  readonly goesOn: boolean;
}

const LT = 60;
const GT = 62;
const DASH = 45;
const BRACKET = 93;
const SLASH = 47;
const EQUALS = 61;
const DOUBLE = 34;
const SINGLE = 39;

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Elements whose content is text up to their end tag. */
const RAW = ['script', 'style', 'title', 'textarea', 'xmp'];
/** Characters looked at one by one before the platform's search is called, which costs as much as these. */
const NEAR = 32;

/** The platform's search. */
const search = (source: Uint8Array, wanted: number, from: number): number =>
  Buffer.prototype.indexOf.call(source, wanted, from);

/** Place of the next character of a kind; the length of the source where there is none. */
function seek(source: Uint8Array, code: number, from: number): number {
  const near = Math.min(source.length, from + NEAR);
  for (let i = from; i < near; i++) if (source[i] === code) return i;
  if (near === source.length) return near;
  const found = search(source, code, near);
  return found === -1 ? source.length : found;
}

/** Reads a whole source, in UTF-8 or any encoding that has ASCII in its place. A tag in which the source ends is none. */
export function tokenize(source: Uint8Array, to: Tokens): void {
  const { length } = source;
  /** Where the text under way began. */
  let text = 0;
  let at = 0;
  while (at < length) {
    const open = seek(source, LT, at);
    if (open > text) to.ontext(text, open);
    text = open;
    at = open + 1;
    if (at >= length) break;
    const code = source[at] as number;
    if (isLetter(code)) {
      at = readTag(source, at, to);
      if (!to.goesOn) return;
      text = at;
    } else if (code === SLASH) {
      at++;
      while (at < length && isSpace(source[at] as number)) at++;
      if (at >= length) break;
      const first = source[at] as number;
      // `</>` is text.
      if (first === GT) at++;
      else {
        const start = at;
        if (isLetter(first)) {
          while (at < length && source[at] !== GT && !isSpace(source[at] as number)) at++;
          if (at >= length) return;
          to.onclosetag(start, at);
          at = seek(source, GT, at) + 1;
        } else {
          at = seek(source, GT, at + 1) + 1;
          if (at > length) text = start;
          else to.onother();
        }
        if (at > length) break;
        text = at;
      }
    } else if (code === 33 || code === 63) {
      const end = code === 33 ? endOfDeclaration(source, at + 1) : seek(source, GT, at + 1) + 1;
      // A declaration that does not end is text; a comment that does not end hides the rest.
      if (end > length) text = at + 1;
      else {
        to.onother();
        text = end;
      }
      at = end;
      if (end > length) break;
    }
  }
  if (text < length) to.ontext(text, length);
}

/** One past the end of `<!…>`, given what follows the mark; more than one past the source where it does not end. */
function endOfDeclaration(source: Uint8Array, at: number): number {
  if (startsWith(source, '--', at)) return behind(source, DASH, at);
  if (startsWith(source, '[CDATA[', at)) return behind(source, BRACKET, at + 7);
  let from = at + 1;
  if (source[at] === 45) from++;
  else if (source[at] === 91) while ('CDATA['.charCodeAt(from - at - 1) === source[from]) from++;
  return seek(source, GT, from) + 1;
}

/** One past the first `>` behind two of a sign, which stand no earlier than `from`; the length of the source where there is none. */
function behind(source: Uint8Array, sign: number, from: number): number {
  for (let at = from + 2; ; at++) {
    at = seek(source, GT, at);
    if (at >= source.length) return source.length;
    if (source[at - 1] === sign && source[at - 2] === sign) return at + 1;
  }
}

function startsWith(source: Uint8Array, start: string, at: number): boolean {
  for (let i = 0; i < start.length; i++) if (source[at + i] !== start.charCodeAt(i)) return false;
  return true;
}

/** Reads a start tag, and the content of an element whose content is text; gives the place behind. */
function readTag(source: Uint8Array, start: number, to: Tokens): number {
  const { length } = source;
  let at = start;
  for (let code = source[at] as number; code !== GT && code !== SLASH && !isSpace(code); ) {
    if (++at >= length) return length;
    code = source[at] as number;
  }
  to.onopentagname(start, at);
  const raw = rawName(source, start, at);
  while (true) {
    while (at < length && isSpace(source[at] as number)) at++;
    if (at >= length) return length;
    const code = source[at] as number;
    if (code === GT) {
      to.onopentagend();
      return raw === null ? at + 1 : readRaw(source, at + 1, raw, to);
    }
    if (code === SLASH) {
      at++;
      while (at < length && isSpace(source[at] as number)) at++;
      if (source[at] !== GT) continue;
      to.onselfclosingtag();
      return at + 1;
    }
    at = readAttribute(source, at, to);
  }
}

/** Reads an attribute; gives the place behind, the length of the source where it does not end. */
function readAttribute(source: Uint8Array, start: number, to: Tokens): number {
  const { length } = source;
  let at = start + 1;
  for (; at < length; at++) {
    const code = source[at] as number;
    if (code === EQUALS || code === GT || code === SLASH || isSpace(code)) break;
  }
  const end = at;
  while (at < length && isSpace(source[at] as number)) at++;
  if (source[at] !== EQUALS) {
    to.onattribute(start, end, end, end);
    return at;
  }
  at++;
  while (at < length && isSpace(source[at] as number)) at++;
  const quote = source[at] as number;
  if (quote === DOUBLE || quote === SINGLE) {
    const close = seek(source, quote, at + 1);
    to.onattribute(start, end, at + 1, close);
    return Math.min(length, close + 1);
  }
  const value = at;
  while (at < length && source[at] !== GT && !isSpace(source[at] as number)) at++;
  to.onattribute(start, end, value, at);
  return at;
}

function rawName(source: Uint8Array, start: number, end: number): string | null {
  const first = (source[start] as number) | 0x20;
  if (first !== 115 && first !== 116 && first !== 120) return null;
  for (const name of RAW) if (isName(source, start, end, name)) return name;
  return null;
}

function isName(source: Uint8Array, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) {
    if (((source[start + i] as number) | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}

function readRaw(source: Uint8Array, start: number, name: string, to: Tokens): number {
  const { length } = source;
  for (let from = start; ; ) {
    const close = seek(source, LT, from);
    if (close < length && source[close + 1] !== SLASH) {
      from = close + 1;
      continue;
    }
    const end = Math.min(length, close + 2 + name.length);
    if (end >= length) {
      if (start < length) to.ontext(start, length);
      return length;
    }
    const next = source[end] as number;
    if ((next === GT || isSpace(next)) && isName(source, close + 2, end, name)) {
      if (close > start) to.ontext(start, close);
      to.onclosetag(close + 2, end);
      return Math.min(length, seek(source, GT, end) + 1);
    }
    from = close + 2;
  }
}
