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

/** Numbers words, from 0 in the order they come. */
export class HashTable {
  #slots: Int32Array;
  /** By word its two hashes, side by side. */
  #hashes: Int32Array;
  size = 0;

  constructor(expected = 64) {
    let slots = 64;
    while (slots < 2 * expected) slots *= 2;
    this.#slots = new Int32Array(slots);
    this.#hashes = new Int32Array(slots);
  }

  /** Number of the word with these hashes; −1 for none. */
  find(low: number, high: number): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    for (let slot = (low ^ (low >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1;
      if (index === -1 || (hashes[2 * index] === low && hashes[2 * index + 1] === high)) return index;
    }
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
    let slot = (low ^ (low >>> 15)) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = index + 1;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(hashes.length);
    for (let index = 0; index < this.size; index++) this.#place(index);
  }
}
