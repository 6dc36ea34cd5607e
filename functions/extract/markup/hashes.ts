import { type ColumnMemory, NEW_COLUMNS } from './column-memory.ts';

/**
 * Look-ups of words by hash, made while their letters are read, so that no string is made of them. Two independent
 * hashes of 32 bits stand for a word: among a million words the chance of a mistake is one in ten million.
 */

/** The state of the two hashes before the first letter. */
export const START_LOW = 0x811c9dc5 | 0;
export const START_HIGH = 0x2f0b4c47;

/** FNV-1a, and the same with another prime; each takes in one code unit. */
export const mixLow = (state: number, code: number): number => Math.imul(state ^ code, 0x01000193);
export const mixHigh = (state: number, code: number): number => (Math.imul(state ^ code, 0x85ebca6b) + 0x27d4eb2f) | 0;

function hashesOf(word: string): [low: number, high: number] {
  let low = START_LOW;
  let high = START_HIGH;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    low = mixLow(low, code);
    high = mixHigh(high, code);
  }
  return [low, high];
}

/** Slots looked at for a word. Words of pages are found in a few; only who sets out to collide fills as many. */
const MAX_PROBES = 64;

/** Bits of a slot that hold a number: more than a document has bytes. */
const NUMBER_BITS = 26;
const NUMBER = (1 << NUMBER_BITS) - 1;

/** Numbers words, from 0 in the order they come. */
export class HashTable {
  /** The number of a word and one, with a part of its hash above, which tells nearly all others; 0 for a free slot. */
  #slots: Int32Array;
  /** By word its two hashes, side by side. */
  #hashes: Int32Array;
  /** Words that found all their slots taken, by their hashes as a string, which the platform hashes in a way of its own. */
  readonly #beyond = new Map<string, number>();
  size = 0;
  readonly #memory: ColumnMemory;

  constructor(expected = 64, memory: ColumnMemory = NEW_COLUMNS) {
    this.#memory = memory;
    let slots = 64;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = memory.ints(slots);
    this.#hashes = memory.ints(slots);
  }

  /** Number of the word with these hashes; −1 for none. */
  find(low: number, high: number): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    const first = low ^ (low >>> 15);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = slots[(first + probe) & mask] as number;
      if (slot === 0) return -1;
      if ((slot ^ high) >>> NUMBER_BITS !== 0) continue;
      const index = (slot & NUMBER) - 1;
      if (hashes[2 * index] === low && hashes[2 * index + 1] === high) return index;
    }
    return this.#beyond.get(`${low} ${high}`) ?? -1;
  }

  /** Number of the word with these hashes, a new one where it has none. */
  add(low: number, high: number): number {
    const known = this.find(low, high);
    if (known !== -1) return known;
    if (2 * this.size === this.#hashes.length) this.#grow();
    const index = this.size++;
    this.#hashes[2 * index] = low;
    this.#hashes[2 * index + 1] = high;
    this.#place(index);
    return index;
  }

  addWord(word: string): number {
    const [low, high] = hashesOf(word);
    return this.add(low, high);
  }

  findWord(word: string): number {
    const [low, high] = hashesOf(word);
    return this.find(low, high);
  }

  #place(index: number): void {
    const mask = this.#slots.length - 1;
    const low = this.#hashes[2 * index] as number;
    const high = this.#hashes[2 * index + 1] as number;
    const first = low ^ (low >>> 15);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = (first + probe) & mask;
      if (this.#slots[slot] !== 0) continue;
      this.#slots[slot] = (high & ~NUMBER) | (index + 1);
      return;
    }
    this.#beyond.set(`${low} ${high}`, index);
  }

  #grow(): void {
    const hashes = this.#memory.ints(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = this.#memory.ints(hashes.length);
    this.#beyond.clear();
    for (let index = 0; index < this.size; index++) this.#place(index);
  }
}
