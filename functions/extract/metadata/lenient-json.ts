/**
 * JSON as pages really carry it: HTML comments and CDATA around it, comments and trailing commas inside, raw line
 * breaks and quotes in strings, entities in place of quotes, several values in a row, or cut off at the end.
 */

/** Characters. Larger blocks are data of an application, not metadata. */
const MAX_JSON = 2 * 1024 * 1024;
/** Characters. Repair is slower than `JSON.parse`, and no broken block of metadata seen exceeded 300 KB. */
const MAX_REPAIR = 512 * 1024;
const MAX_DEPTH = 200;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface LenientJson {
  /** The values found, in order; empty where nothing can be made of the block. */
  values: Json[];
  /** Whether the block was JSON without any repair; an empty block is. */
  valid: boolean;
}

/** Parses one block of JSON, repairing what is broken. It does not throw. */
export function parseLenient(source: string): LenientJson {
  if (source.length > MAX_JSON) return { values: [], valid: false };
  const text = unwrap(source);
  if (text === '') return { values: [], valid: source.trim() === '' };
  const strict = parseStrict(text);
  if (strict !== undefined) return { values: [strict], valid: true };
  if (text.length > MAX_REPAIR) return { values: [], valid: false };
  const decoded = /^[\s[]{0,50}\{\s{0,50}&(?:quot|#34|#x22);/u.test(text) ? decodeQuotes(text) : text;
  const again = decoded === text ? undefined : parseStrict(decoded);
  return { values: again === undefined ? new Repair(decoded).values() : [again], valid: false };
}

function parseStrict(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Drops what wraps the JSON: comment and CDATA marks, a trailing semicolon, a callback or an assignment. */
function unwrap(source: string): string {
  const text = source.trim();
  const first = text.charAt(0);
  if (first === '{' || first === '[') return text.endsWith(';') ? text.slice(0, -1) : text;
  const brace = text.search(/[{[]/u);
  // CDATA's own bracket comes before the first value's.
  const cdata = text.indexOf('CDATA[');
  if (cdata >= 0 && brace >= 0 && cdata < brace + 6) return text.slice(cdata + 6).trim();
  return brace >= 0 && brace < 500 ? text.slice(brace) : '';
}

function decodeQuotes(text: string): string {
  return text
    .replace(/&(?:quot|#34|#x22);/gu, '"')
    .replace(/&amp;/gu, '&')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>');
}

type Container = Json[] | { [key: string]: Json };

/** A parser that never gives up: a stack of open containers, no recursion, one pass. */
class Repair {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  values(): Json[] {
    const roots: Json[] = [];
    const stack: { container: Container; key: string | null }[] = [];
    const put = (value: Json) => {
      const top = stack.at(-1);
      if (!top) {
        if (typeof value === 'object' && value !== null) roots.push(value);
      } else if (Array.isArray(top.container)) top.container.push(value);
      else if (top.key !== null) {
        if (top.key !== '__proto__') top.container[top.key] = value;
        top.key = null;
      }
    };
    while (this.at < this.text.length && roots.length < 100) {
      const char = this.text.charAt(this.at);
      const top = stack.at(-1);
      if (char === '{' || char === '[') {
        const container: Container = char === '{' ? {} : [];
        put(container);
        if (stack.length >= MAX_DEPTH) return roots;
        stack.push({ container, key: null });
        this.at++;
      } else if (char === '}' || char === ']') {
        // A bracket of the wrong kind closes what is open all the same.
        stack.pop();
        this.at++;
      } else if (char === '"' || (char === "'" && top !== undefined)) {
        const value = this.string(char);
        if (top && !Array.isArray(top.container) && top.key === null) top.key = value;
        else put(value);
      } else if (char === '/' && this.text.charAt(this.at + 1) === '/') {
        this.skipTo('\n');
      } else if (char === '/' && this.text.charAt(this.at + 1) === '*') {
        this.skipTo('*/');
      } else if (opensWord(this.text.charCodeAt(this.at))) {
        const word = this.word();
        if (top && !Array.isArray(top.container) && top.key === null) top.key = word;
        else put(literal(word));
      } else this.at++;
    }
    return roots;
  }

  skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at + 2);
    this.at = found < 0 ? this.text.length : found + end.length;
  }

  word(): string {
    const start = this.at;
    while (this.at < this.text.length && goesOn(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  /** A string ends at a quote that something structural follows; any other quote is part of it. */
  string(quote: string): string {
    const out: string[] = [];
    let from = ++this.at;
    const mark = quote.charCodeAt(0);
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === BACKSLASH) {
        out.push(this.text.slice(from, this.at));
        out.push(this.escape());
        from = this.at + 1;
      } else if (code === mark && this.closes()) {
        out.push(this.text.slice(from, this.at));
        this.at++;
        return out.join('');
      }
    }
    out.push(this.text.slice(from));
    return out.join('');
  }

  escape(): string {
    const char = this.text.charAt(++this.at);
    if (char === 'u') {
      const hex = this.text.slice(this.at + 1, this.at + 5);
      if (/^[\da-f]{4}$/iu.test(hex)) {
        this.at += 4;
        return String.fromCharCode(Number.parseInt(hex, 16));
      }
      return 'u';
    }
    return { n: '\n', t: '\t', r: '\r', b: '', f: ' ' }[char] ?? char;
  }

  closes(): boolean {
    let next = this.at + 1;
    const limit = Math.min(this.text.length, next + 200);
    while (next < limit && /\s/u.test(this.text.charAt(next))) next++;
    const follows = this.text.charAt(next);
    if (follows === '' || follows === '}' || follows === ']' || follows === ':') return true;
    if (follows === ',') {
      // `"he said "yes", then left"`: behind the comma of a real end a key, a value or a bracket stands.
      let after = next + 1;
      while (after < limit && /\s/u.test(this.text.charAt(after))) after++;
      return /^(?:["'{[}\],\d-]|true|false|null|$)/u.test(this.text.slice(after, after + 5));
    }
    // A comma was forgotten: the next line opens another key.
    return follows === '"' && this.text.slice(this.at + 1, next).includes('\n');
  }
}

const BACKSLASH = 0x5c;

/** Letters, digits and `_.+-` of ASCII, of which keys without quotes and bare values are made; `$` goes on one. */
const opensWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 0x5f ||
  code === 0x2e ||
  code === 0x2b ||
  code === 0x2d;
const goesOn = (code: number): boolean => opensWord(code) || code === 0x24;

function literal(word: string): Json {
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null' || word === 'undefined' || word === 'NaN') return null;
  const value = Number(word);
  return Number.isFinite(value) ? value : word;
}
