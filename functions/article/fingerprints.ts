/**
 * Fingerprints of a text: one that is equal for the same text, one that is close for a similar text.
 */
import { createHash, hash } from 'node:crypto';
import { GOES_ON, isSpaced, JOINS, OPENS, wordClasses, wordsByLine } from './words.ts';

/**
 * What of a text makes it the same text: letters in NFKC and lower case, plain quotes and dashes, single
 * spaces, nothing invisible. Copies differ in these by the editor or the encoding they passed through.
 */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(VARIED, plain)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Invisible marks, quotation marks, dashes. */
const VARIED = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff‘’‚‛′`´“”„‟″«»‐-―−]/g;
const SINGLE = '‘’‚‛′`´';
const DOUBLE = '“”„‟″«»';

function plain(sign: string): string {
  if (SINGLE.includes(sign)) return "'";
  if (DOUBLE.includes(sign)) return '"';
  return DASH.test(sign) ? '-' : '';
}

const DASH = /[‐-―−]/;

/** SHA-256 of the normalized text, 64 hexadecimal digits. */
export function contentHash(text: string): string {
  if (text.length <= STRETCH) return hash('sha256', normalizeText(text));
  const whole = createHash('sha256');
  let begun = false;
  for (const stretch of stretchesOf(text)) {
    const normalized = normalizeText(stretch);
    if (normalized === '') continue;
    if (begun) whole.update(' ');
    whole.update(normalized);
    begun = true;
  }
  return whole.digest('hex');
}

/** Characters of a text of which copies are made at a time. */
const STRETCH = 65_536;

/** A text cut at line breaks, which part words and sentences, so that a long one is not copied whole at every step. */
function* stretchesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start + STRETCH);
    yield end === -1 ? text.slice(start) : text.slice(start, end);
    start = end === -1 ? text.length : end;
  }
}

/**
 * The same characters, in memory of their own. Strings of over a megabyte that Node makes from bytes lie outside of V8's
 * heap, and reading a piece of one letter by letter may take microseconds for each.
 */
function laidOut(text: string): string {
  const half = text.length >> 1;
  return [text.slice(0, half), text.slice(half)].join('');
}

/** Halves of surrogate pairs. */
const HALVES = /[\ud800-\udfff]/;

/** Words a shingle spans: long enough that stock phrases do not make two texts similar. */
const SHINGLE = 3;
/** Rows that count as many words as a document of the largest size can hold. */
const COUNT_BITS = 28;

/**
 * 64-bit simhash (Charikar 2002) over word shingles: texts that share most shingles differ in few bits.
 *
 * @param words the words of the text, as from words.ts
 * @returns 16 hexadecimal digits; all zero for no words
 */
export function simhash(words: Iterable<string>): string {
  const growing = new Simhash();
  for (const word of words) growing.add(word);
  return growing.digest();
}

/** FNV-1a twice from different bases stands for one 64-bit hash: integers stay in 32 bits, which is fast. */
const LOW = 0x811c9dc5;
const HIGH = 0x01000193;
const mixLow = (state: number, code: number): number => Math.imul(state ^ code, 0x01000193);
const mixHigh = (state: number, code: number): number => Math.imul(state ^ code, 0x85ebca6b);

/** A simhash that grows word by word and remembers no more than a shingle of them. */
export class Simhash {
  /** Words added. */
  count = 0;
  /** How many hashes have each bit, in binary: row r holds bit r of the 64 counts, low and high half side by side. */
  readonly #counts = new Int32Array(2 * COUNT_BITS);
  #hashes = 0;
  /** The state of the two hashes after the last word, and after the last two. */
  #oneLow = LOW;
  #oneHigh = HIGH;
  #twoLow = LOW;
  #twoHigh = HIGH;

  /** A word ends one shingle, stands inside the next and begins the one after: its letters go into all three at once. */
  add(word: string): void {
    const lower = word.toLowerCase();
    this.#addLower(lower, 0, lower.length);
  }

  #addLower(lower: string, from: number, to: number): void {
    let thirdLow = this.#twoLow;
    let thirdHigh = this.#twoHigh;
    let secondLow = this.#oneLow;
    let secondHigh = this.#oneHigh;
    let firstLow = LOW;
    let firstHigh = HIGH;
    for (let c = from; c <= to; c++) {
      // A space ends a word.
      const code = c < to ? lower.charCodeAt(c) : 0x20;
      thirdLow = mixLow(thirdLow, code);
      thirdHigh = mixHigh(thirdHigh, code);
      secondLow = mixLow(secondLow, code);
      secondHigh = mixHigh(secondHigh, code);
      firstLow = mixLow(firstLow, code);
      firstHigh = mixHigh(firstHigh, code);
    }
    this.count++;
    if (this.count >= SHINGLE) this.#weigh(thirdLow, thirdHigh);
    this.#twoLow = secondLow;
    this.#twoHigh = secondHigh;
    this.#oneLow = firstLow;
    this.#oneHigh = firstHigh;
  }

  /** Adds the words of a text. */
  read(text: string): void {
    // A capital sigma is made small by what stands around it, and İ becomes two letters.
    if (/[Σİ]/.test(text) || !isSpaced(text)) this.#readByLine(text);
    else for (const stretch of stretchesOf(text)) this.#readSpaced(stretch, text.length > STRETCH);
  }

  #readSpaced(text: string, isPart: boolean): void {
    const lower = isPart ? laidOut(text.toLowerCase()) : text.toLowerCase();
    const paired = HALVES.test(lower);
    for (let start = 0; start < lower.length; ) {
      const end = lower.indexOf('\n', start);
      const next = end === -1 ? lower.length : end;
      if (paired && HALVES.test(lower.slice(start, next))) this.#readByLine(text.slice(start, next));
      else this.#readLine(lower, start, next);
      start = next + 1;
    }
  }

  #readByLine(text: string): void {
    for (const line of wordsByLine(text)) for (const word of line) this.add(word);
  }

  /** Adds the words of a line without halves of pairs where they stand, as words.ts parts them. */
  #readLine(lower: string, start: number, end: number): void {
    const classes = wordClasses();
    for (let i = start; i < end; ) {
      if (classes[lower.charCodeAt(i)] !== OPENS) {
        i++;
        continue;
      }
      const from = i++;
      for (; i < end; i++) {
        const type = classes[lower.charCodeAt(i)];
        if (type === OPENS || type === GOES_ON) continue;
        if (type !== JOINS || i + 1 >= end || classes[lower.charCodeAt(i + 1)] !== OPENS) break;
      }
      this.#addLower(lower, from, i);
    }
  }

  digest(): string {
    // A text shorter than a shingle is one.
    if (this.count === 1) this.#weigh(this.#oneLow, this.#oneHigh);
    if (this.count === 2) this.#weigh(this.#twoLow, this.#twoHigh);
    return hex(this.#majority(1)) + hex(this.#majority(0));
  }

  /** The bits of one half that more than half of the hashes have. */
  #majority(half: number): number {
    let bits = 0;
    for (let bit = 0; bit < 32; bit++) {
      let count = 0;
      for (let row = COUNT_BITS - 1; row >= 0; row--) {
        count = 2 * count + (((this.#counts[2 * row + half] as number) >>> bit) & 1);
      }
      if (2 * count > this.#hashes) bits |= 1 << bit;
    }
    return bits;
  }

  #weigh(low: number, high: number): void {
    this.#hashes++;
    this.#count(0, avalanche(low));
    this.#count(1, avalanche(high));
  }

  /** Adds one to the counts of the bits set, all 32 at once as an adder carries: most carries end after a few rows. */
  #count(half: number, hash: number): void {
    const counts = this.#counts;
    for (let at = half, carry = hash; carry !== 0; at += 2) {
      const row = counts[at] as number;
      counts[at] = row ^ carry;
      carry &= row;
    }
  }
}

/** MurmurHash3's finalizer: FNV alone leaves its high bits poorly mixed on short input. */
function avalanche(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = (int: number) => (int >>> 0).toString(16).padStart(8, '0');
