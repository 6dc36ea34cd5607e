/**
 * The values in the state that a page's script starts from, in whatever form a framework writes it: JSON, an assignment,
 * a call, or the stream of Next.js.
 */
import { type Json, parseLenient } from '../metadata/lenient-json.ts';
import { titleKey } from '../metadata/title.ts';
import { unflattened } from './flattened-state.ts';

/** Characters below which a script holds no article. */
const MIN_SCRIPT = 400;
/** Scripts read at most. */
const MAX_SCRIPTS = 40;
/** What sets the state: `window.__NUXT__ = {`, `Fusion.globalContent={`, `queries.push({`, `JSON.parse("`. */
const STATE = /(?:=|\.push\(|JSON\.parse\()\s{0,5}(?=[{["])/g;
/** Places in one script at which state may begin that are looked at. */
const MAX_STARTS = 12;

/**
 * What scripts hold, and the stream that parts of them make together; text in it stands apart from what refers to it.
 *
 * @param wanted what a script must hold to be of interest; null where all are
 */
export function stateOf(scripts: readonly string[], wanted: RegExp | null = null): { roots: Json[]; stream: string } {
  let read = 0;
  let stream = '';
  const roots: Json[] = [];
  for (const script of scripts) {
    if (script.length < MIN_SCRIPT || ++read > MAX_SCRIPTS) continue;
    if (wanted !== null && !wanted.test(script) && !FLIGHT.test(script)) continue;
    for (const value of valuesOf(script)) {
      const part = Array.isArray(value) && FLIGHT.test(script) ? value[1] : null;
      if (typeof part === 'string') stream += part;
      else roots.push(value);
    }
  }
  roots.push(...flightValues(stream));
  return { roots, stream };
}

const TITLE_KEYS = ['headline', 'title', 'name', 'headlines'];
/** Letters below which a title may be that of many things. */
const SHORTEST_TITLE = 8;

/** Share of a page's title that the one in the state has at least: pages add the name of a section or of the site. */
const WITHOUT_TAIL = 0.8;

/**
 * Whether a value is an object that bears a title, or the title without its tail.
 *
 * @param wanted the title as `titleKey` folds it
 */
export function bearsTitle(value: Json, wanted: string): boolean {
  if (wanted.length < SHORTEST_TITLE || typeof value !== 'object' || value === null || Array.isArray(value))
    return false;
  return TITLE_KEYS.some((key) => {
    const own = value[key];
    const text =
      typeof own === 'object' && own !== null && !Array.isArray(own) ? (own.basic ?? own.main ?? own.rendered) : own;
    const folded = typeof text === 'string' ? titleKey(text) : '';
    return folded.length >= WITHOUT_TAIL * wanted.length && wanted.startsWith(folded);
  });
}

/** A word of ASCII, which no script writes in another way. */
const PLAIN_WORD = /(?<![^ -~])(?<![A-Za-z0-9])[A-Za-z0-9]{4,40}(?![A-Za-z0-9])(?![^ -~])/g;

/**
 * What stands in every script that bears a title by {@link bearsTitle}; null where no word of the title is plain enough to tell.
 *
 * @param wanted the title as `titleKey` folds it
 */
export function markOfTitle(title: string, wanted: string): RegExp | null {
  let longest = '';
  for (const { 0: word, index } of title.matchAll(PLAIN_WORD)) {
    if (titleKey(title.slice(0, index + word.length)).length > WITHOUT_TAIL * wanted.length) break;
    if (word.length > longest.length) longest = word;
  }
  return longest === '' ? null : new RegExp(longest, 'i');
}

function valuesOf(script: string): Json[] {
  const start = script.slice(0, 200).trimStart().charAt(0);
  if (start === '{' || start === '[') return parseLenient(script).values.map(unflattened);
  const values: Json[] = [];
  STATE.lastIndex = 0;
  for (let starts = 0; starts < MAX_STARTS; starts++) {
    const found = STATE.exec(script);
    if (found === null) break;
    const from = found.index + found[0].length;
    const to = endOf(script, from);
    if (to - from < MIN_SCRIPT) continue;
    STATE.lastIndex = to;
    const source = script.slice(from, to);
    for (const value of parseLenient(source.startsWith('"') ? quoted(source) : source).values) values.push(value);
  }
  return values;
}

/** What a string literal holds. */
function quoted(source: string): string {
  try {
    return String(JSON.parse(source));
  } catch {
    return '';
  }
}

const FLIGHT = /^\s{0,9}(?:self\.)?__next_f\.push\(/;
const FLIGHT_ROW = /([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?/y;

/** The values of the stream by which Next.js sends its state: rows of JSON, or of text with its length in bytes. */
function flightValues(stream: string): Json[] {
  const values: Json[] = [];
  let at = 0;
  while (at < stream.length) {
    FLIGHT_ROW.lastIndex = at;
    const row = FLIGHT_ROW.exec(stream);
    const from = row === null ? at : FLIGHT_ROW.lastIndex;
    if (row?.[2] !== undefined) {
      at = afterBytes(stream, from, Number.parseInt(row[2], 16));
      values.push(stream.slice(from, at));
      continue;
    }
    const end = stream.indexOf('\n', from);
    at = end === -1 ? stream.length : end + 1;
    if (row !== null && at - from >= MIN_SCRIPT) values.push(...parseLenient(stream.slice(from, at)).values);
  }
  return values;
}

/** The place so many bytes of UTF-8 further on. */
function afterBytes(text: string, from: number, bytes: number): number {
  let at = from;
  for (let left = bytes; left > 0 && at < text.length; at++) {
    const c = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    left -= c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
  }
  return at;
}

/** The place of the quotation mark that ends the string which one opens; the end of the script or past it where it is cut off. */
function endOfString(script: string, opening: number): number {
  let at = opening + 1;
  for (; at < script.length && script.charCodeAt(at) !== 0x22; at++) if (script.charCodeAt(at) === 0x5c) at++;
  return at;
}

/** One past the end of the object, list or string that starts at `from`; the end of the script where it is cut off. */
function endOf(script: string, from: number): number {
  let depth = 0;
  for (let i = from; i < script.length; i++) {
    const c = script.charCodeAt(i);
    if (c === 0x22) i = endOfString(script, i);
    else if (c === 0x7b || c === 0x5b) depth++;
    else if (c === 0x7d || c === 0x5d) depth--;
    if (depth <= 0) return i + 1;
  }
  return script.length;
}
