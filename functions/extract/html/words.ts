/** The words of short texts as hashes, without a string for any: what phrases.ts and titles are compared by. */
import type { ColumnMemory } from '../markup/column-memory.ts';
import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from '../markup/hashes.ts';
import type { Source } from '../markup/source.ts';
import type { Segment } from './page.ts';

/** Characters read of a text; blocks that are compared are shorter. */
const MAX_LENGTH = 240;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The lower-case words of a short block. Digits fold into `0`, so that dates and counts of every value are one. */
export function wordsOf(text: string): string[] {
  const words: string[] = text.slice(0, MAX_LENGTH).toLowerCase().match(WORD) ?? [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.charCodeAt(0) <= 57) words[i] = word.replace(/\d/g, '0');
  }
  return words;
}

const encoder = new TextEncoder();

/** Whose small letter is not one code unit, or depends on what stands around: İ and Σ; and halves of pairs. */
const UNTABLED = 0xffff;

/** Small letter of each code unit of a word, 0 for what is part of none, {@link UNTABLED} for what no table tells. */
const LETTERS: Uint16Array = (() => {
  const letters = new Uint16Array(0x10000);
  let all = '';
  for (let code = 0; code < 0xd800; code++) all += code === 0x130 || code === 0x3a3 ? ' ' : String.fromCharCode(code);
  for (let code = 0xe000; code < 0xffff; code++) all += String.fromCharCode(code);
  const lower = all.toLowerCase();
  for (const { 0: run, index } of all.matchAll(WORD)) {
    for (let i = index; i < index + run.length; i++) letters[i < 0xd800 ? i : i + 0x800] = lower.charCodeAt(i);
  }
  letters.fill(UNTABLED, 0xd800, 0xe000);
  letters[0x130] = letters[0x3a3] = UNTABLED;
  return letters;
})();

/** Hashes of the words that {@link wordsOf} gives; one object serves text after text. */
export class WordHashes {
  count = 0;
  readonly low = new Int32Array(MAX_LENGTH);
  readonly high = new Int32Array(MAX_LENGTH);
  /** Hashes of the first two words, and of all. */
  openingLow = 0;
  openingHigh = 0;
  wholeLow = 0;
  wholeHigh = 0;

  /** Where a text that is no piece of the page is written to be read. */
  readonly #written = new Uint8Array(3 * MAX_LENGTH);

  read(text: string): void {
    const { written } = encoder.encodeInto(text.slice(0, MAX_LENGTH), this.#written);
    if (!this.#scan(this.#written, 0, written)) this.#readWords(wordsOf(text));
  }

  /** Reads a block where it stands, if it does. */
  readBlock(block: Segment, { bytes }: Source): void {
    if (block.from === -1) this.read(block.text);
    else if (!this.#scan(bytes, block.from, block.to)) this.#readWords(wordsOf(block.text));
  }

  /** Reads words of UTF-8; false where no table tells what a letter of theirs is in small. */
  #scan(bytes: Uint8Array, from: number, to: number): boolean {
    let count = 0;
    let low = START_LOW;
    let high = START_HIGH;
    let inWord = false;
    let isNumber = false;
    for (let i = from, left = MAX_LENGTH; i < to && left > 0; i++, left--) {
      let code = bytes[i] as number;
      if (code >= 0xf0) return false;
      if (code >= 0xe0)
        code = ((code & 0xf) << 12) | (((bytes[++i] as number) & 0x3f) << 6) | ((bytes[++i] as number) & 0x3f);
      else if (code >= 0x80) code = ((code & 0x1f) << 6) | ((bytes[++i] as number) & 0x3f);
      let letter = LETTERS[code] as number;
      if (letter === UNTABLED) return false;
      if (letter === 0) {
        if (inWord) this.#put(count++, low, high);
        inWord = false;
        continue;
      }
      if (!inWord) {
        inWord = true;
        isNumber = letter <= 57;
        low = START_LOW;
        high = START_HIGH;
      }
      if (isNumber && letter <= 57) letter = 48;
      low = mixLow(low, letter);
      high = mixHigh(high, letter);
    }
    if (inWord) this.#put(count++, low, high);
    this.#end(count);
    return true;
  }

  #readWords(words: readonly string[]): void {
    let count = 0;
    for (const word of words) {
      let low = START_LOW;
      let high = START_HIGH;
      for (let i = 0; i < word.length; i++) {
        const code = word.charCodeAt(i);
        low = mixLow(low, code);
        high = mixHigh(high, code);
      }
      this.#put(count++, low, high);
    }
    this.#end(count);
  }

  #put(place: number, low: number, high: number): void {
    this.low[place] = low;
    this.high[place] = high;
  }

  /** Makes the hashes of several words of theirs. */
  #end(count: number): void {
    let low = START_LOW;
    let high = START_HIGH;
    for (let place = 0; place < count; place++) {
      low = mixLow(low, this.low[place] as number);
      high = mixHigh(high, this.high[place] as number);
      if (place !== 1) continue;
      this.openingLow = low;
      this.openingHigh = high;
    }
    this.count = count;
    this.wholeLow = low;
    this.wholeHigh = high;
  }
}

/** The distinct words of a title, for telling how much of it another text shares. */
export class TitleWords {
  readonly #table: HashTable;

  constructor(title: string, memory: ColumnMemory) {
    this.#table = new HashTable(MAX_LENGTH >> 3, memory);
    const words = new WordHashes();
    words.read(title);
    for (let i = 0; i < words.count; i++) this.#table.add(words.low[i] as number, words.high[i] as number);
  }

  get size(): number {
    return this.#table.size;
  }

  /** Share of the words of a short text and of the title that the two have in common. */
  overlap(words: WordHashes): number {
    const { size } = this.#table;
    if (size === 0 || words.count === 0) return 0;
    let common = 0;
    for (let i = 0; i < words.count; i++) {
      if (this.#table.find(words.low[i] as number, words.high[i] as number) !== -1) common++;
    }
    return common / Math.max(1, words.count + size - common);
  }
}
