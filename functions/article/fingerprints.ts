/**
 * Fingerprints of a text: one that is equal for the same text, one that is close for a similar text.
 */
import { createHash, hash } from 'node:crypto';
import { CodeUnits } from './code-units.ts';
import { normalizeText } from './normalize-text.ts';
import { GOES_ON, isSpaced, JOINS, OPENS, wordClasses, wordsByLine } from './words.ts';

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

/** Holds all of those for which a text is not read unit by unit; most texts hold none of it. */
const UNUSUAL = /[İΣ\u0e00-\u1fff\u2e80-\uffff]/;

/** Halves of surrogate pairs. */
const HALVES = /[\ud800-\udfff]/;

/** Words a shingle spans: long enough that stock phrases do not make two texts similar. */
const SHINGLE = 3;
/** Rows that count as many words as a document of the largest size can hold. */
const COUNT_BITS = 28;
/** Hashes counted together, whose sum takes the first three rows and carries into the fourth. */
const AT_ONCE = 8;

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
const LOW = 0x811c9dc5 | 0;
const HIGH = 0x01000193;
const mixLow = (state: number, code: number): number => Math.imul(state ^ code, 0x01000193);
const mixHigh = (state: number, code: number): number => Math.imul(state ^ code, 0x85ebca6b);

/** The text, and the word of a dictionary, being read. */
const TEXT = new CodeUnits(2 * STRETCH);
const WORD = new CodeUnits(64);

/** What ends a word. */
const SPACE = 0x20;
/** Classes by which all of a text is one word. */
const ONE_WORD = new Uint8Array(0x10000).fill(OPENS);

/** A simhash that grows word by word and remembers no more than a shingle of them. */
export class Simhash {
  /** Words added. */
  count = 0;
  /** How many hashes have each bit, in binary: row r holds bit r of the 64 counts, low and high half side by side. */
  readonly #counts = new Int32Array(2 * COUNT_BITS);
  #hashes = 0;
  /** Hashes not counted yet, low and high half side by side. */
  readonly #uncounted = new Int32Array(2 * AT_ONCE);
  #waiting = 0;
  /** The state of the two hashes after the last word, and after the last two. */
  #oneLow = LOW;
  #oneHigh = HIGH;
  #twoLow = LOW;
  #twoHigh = HIGH;

  add(word: string): void {
    const lower = word.toLowerCase();
    this.#readWords(WORD.of(lower), 0, lower.length, ONE_WORD);
  }

  /** Adds the words of a text. */
  read(text: string): void {
    const isPlain = !UNUSUAL.test(text);
    // A capital sigma is made small by what stands around it, and İ becomes two letters.
    if (!isPlain && (/[Σİ]/.test(text) || !isSpaced(text))) this.#readByLine(text);
    else for (const stretch of stretchesOf(text)) this.#readSpaced(stretch, !isPlain && HALVES.test(stretch));
  }

  #readSpaced(text: string, paired: boolean): void {
    const lower = text.toLowerCase();
    const units = TEXT.of(lower);
    for (let start = 0; start < lower.length; ) {
      const end = lower.indexOf('\n', start);
      const next = end === -1 ? lower.length : end;
      if (paired && HALVES.test(lower.slice(start, next))) this.#readByLine(text.slice(start, next));
      else this.#readWords(units, start, next, wordClasses());
      start = next + 1;
    }
  }

  #readByLine(text: string): void {
    for (const line of wordsByLine(text)) for (const word of line) this.add(word);
  }

  /**
   * Adds the words of a line without halves of pairs where they stand, as words.ts parts them. A word ends one shingle,
   * stands inside the next and begins the one after: its letters go into all three at once.
   */
  #readWords(units: Uint16Array, start: number, end: number, classes: Uint8Array): void {
    let oneLow = this.#oneLow;
    let oneHigh = this.#oneHigh;
    let twoLow = this.#twoLow;
    let twoHigh = this.#twoHigh;
    for (let i = start; i < end; ) {
      let code = units[i] as number;
      if (classes[code] !== OPENS) {
        i++;
        continue;
      }
      let thirdLow = twoLow;
      let thirdHigh = twoHigh;
      let secondLow = oneLow;
      let secondHigh = oneHigh;
      let firstLow = LOW;
      let firstHigh = HIGH;
      for (let inWord = true; inWord; ) {
        thirdLow = mixLow(thirdLow, code);
        thirdHigh = mixHigh(thirdHigh, code);
        secondLow = mixLow(secondLow, code);
        secondHigh = mixHigh(secondHigh, code);
        firstLow = mixLow(firstLow, code);
        firstHigh = mixHigh(firstHigh, code);
        if (++i >= end) break;
        code = units[i] as number;
        const type = classes[code];
        inWord =
          type === OPENS ||
          type === GOES_ON ||
          (type === JOINS && i + 1 < end && classes[units[i + 1] as number] === OPENS);
      }
      this.count++;
      if (this.count >= SHINGLE) this.#weigh(mixLow(thirdLow, SPACE), mixHigh(thirdHigh, SPACE));
      twoLow = mixLow(secondLow, SPACE);
      twoHigh = mixHigh(secondHigh, SPACE);
      oneLow = mixLow(firstLow, SPACE);
      oneHigh = mixHigh(firstHigh, SPACE);
    }
    this.#oneLow = oneLow;
    this.#oneHigh = oneHigh;
    this.#twoLow = twoLow;
    this.#twoHigh = twoHigh;
  }

  digest(): string {
    // A text shorter than a shingle is one.
    if (this.count === 1) this.#weigh(this.#oneLow, this.#oneHigh);
    if (this.count === 2) this.#weigh(this.#twoLow, this.#twoHigh);
    for (let i = 0; i < 2 * this.#waiting; i++) this.#carry(i & 1, 0, this.#uncounted[i] as number);
    this.#hashes += this.#waiting;
    this.#waiting = 0;
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
    const at = 2 * this.#waiting++;
    this.#uncounted[at] = avalanche(low);
    this.#uncounted[at + 1] = avalanche(high);
    if (this.#waiting < AT_ONCE) return;
    this.#hashes += AT_ONCE;
    this.#waiting = 0;
    this.#addAll(0);
    this.#addAll(1);
  }

  /** Adds one to the counts of the bits set in each of the hashes, all 32 at once, as a tree of carry-save adders does. */
  #addAll(half: number): void {
    const counts = this.#counts;
    const hashes = this.#uncounted;
    let ones = counts[half] as number;
    let twos = counts[half + 2] as number;
    let fours = counts[half + 4] as number;
    let eights = 0;
    for (let at = half; at < 2 * AT_ONCE; at += 8) {
      const first = hashes[at] as number;
      const second = hashes[at + 2] as number;
      const third = hashes[at + 4] as number;
      const fourth = hashes[at + 6] as number;
      const both = majority(ones, first, second);
      ones ^= first ^ second;
      const more = majority(ones, third, fourth);
      ones ^= third ^ fourth;
      const four = majority(twos, both, more);
      twos ^= both ^ more;
      eights |= fours & four;
      fours ^= four;
    }
    counts[half] = ones;
    counts[half + 2] = twos;
    counts[half + 4] = fours;
    this.#carry(half, 3, eights);
  }

  /** Adds to the counts what is carried into a row; most carries end after a few rows. */
  #carry(half: number, row: number, bits: number): void {
    const counts = this.#counts;
    for (let at = 2 * row + half, carry = bits; carry !== 0; at += 2) {
      const count = counts[at] as number;
      counts[at] = count ^ carry;
      carry &= count;
    }
  }
}

/** Bits that at least two of three numbers have. */
const majority = (a: number, b: number, c: number): number => (a & b) | ((a ^ b) & c);

/** MurmurHash3's finalizer: FNV alone leaves its high bits poorly mixed on short input. */
function avalanche(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = (int: number) => (int >>> 0).toString(16).padStart(8, '0');
