import { foldedUnit } from './characters.ts';

/** What a word begins with. */
export const WORD_KIND = { number: 0, lower: 1, capital: 2 } as const;

const MOST_LENGTH = 255;
const FIRST_WORDS = 1024;
const FIRST_SLOTS = 2048;
/** Slots tried for a word; words chosen to collide then count as one, and cost no more. */
const MOST_PROBES = 32;

/**
 * Words as numbers: a 32-bit hash of the letters in lower case, digits folded into `0`, and an id that counts from 1 as
 * words turn up. Comparing, counting and looking up then need no strings. A word is a run of letters, marks and digits;
 * scripts without spaces give pairs of characters.
 */
export class WordList {
  hashes = new Int32Array(FIRST_WORDS);
  /** The same number for the same word, under {@link distinct}. */
  ids = new Int32Array(FIRST_WORDS);
  /** {@link WORD_KIND} of each. */
  kinds = new Uint8Array(FIRST_WORDS);
  /** UTF-16 units of each, at most 255. */
  lengths = new Uint8Array(FIRST_WORDS);
  size = 0;
  /** One more than the highest id. */
  distinct = 1;
  #slots = new Int32Array(FIRST_SLOTS);
  #hashOf = new Int32Array(FIRST_SLOTS / 2);

  push(hash: number, kind: number, length: number): void {
    if (this.size === this.hashes.length) this.#grow();
    this.hashes[this.size] = hash;
    this.ids[this.size] = this.#idOf(hash);
    this.kinds[this.size] = kind;
    this.lengths[this.size] = length > MOST_LENGTH ? MOST_LENGTH : length;
    this.size++;
  }

  /** Open addressing, at most half full; id 0 is that of words for which no slot was found. */
  #idOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const id = this.#slots[slot] as number;
      if (id === 0) {
        if (this.distinct === this.#hashOf.length) {
          this.#rehash();
          return this.#idOf(hash);
        }
        this.#slots[slot] = this.distinct;
        this.#hashOf[this.distinct] = hash;
        return this.distinct++;
      }
      if (this.#hashOf[id] === hash) return id;
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const hashOf = new Int32Array(slots.length / 2);
    hashOf.set(this.#hashOf);
    for (let id = 1; id < this.distinct; id++) {
      const hash = hashOf[id] as number;
      let slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
      for (let probe = 0; probe < MOST_PROBES && slots[slot] !== 0; probe++) slot = (slot + 1) & (slots.length - 1);
      if (slots[slot] === 0) slots[slot] = id;
    }
    this.#slots = slots;
    this.#hashOf = hashOf;
  }

  #grow(): void {
    const grown = this.size * 2;
    const { hashes, ids, kinds, lengths } = this;
    this.hashes = new Int32Array(grown);
    this.ids = new Int32Array(grown);
    this.kinds = new Uint8Array(grown);
    this.lengths = new Uint8Array(grown);
    this.hashes.set(hashes);
    this.ids.set(ids);
    this.kinds.set(kinds);
    this.lengths.set(lengths);
  }
}

/** FNV-1a over code units, http://www.isthe.com/chongo/tech/comp/fnv/. */
export const HASH_SEED = 0x811c9dc5 | 0;

/** The hash of a word that goes on with one more unit. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ foldedUnit(unit), 0x01000193);
}

/** One hash of two, in order. */
export function hashPair(a: number, b: number): number {
  const mixed = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ Math.imul(b ^ (b >>> 13), 0x297a2d39);
  return Math.imul(mixed ^ (mixed >>> 16), 0x01000193) | 0;
}

const KNOWN_BITS = 1 << 16;

/** What is known by hash, made once and then only read: open addressing, a quarter full at most. */
export class HashedValues {
  readonly #keys: Int32Array;
  readonly #values: Float64Array;
  readonly #mask: number;
  /** Bits by the last digits of a hash: most hashes are of nothing known, and these fit where they are read fast. */
  readonly #known = new Int32Array(KNOWN_BITS / 32);

  /** @param entries values other than 0, which is what absent hashes have */
  constructor(entries: Iterable<readonly [hash: number, value: number]>) {
    const all = [...entries];
    let slots = 16;
    while (slots < all.length * 4) slots *= 2;
    this.#keys = new Int32Array(slots);
    this.#values = new Float64Array(slots);
    this.#mask = slots - 1;
    for (const [hash, value] of all) {
      const slot = this.#slotOf(hash);
      this.#keys[slot] = hash;
      this.#values[slot] = value;
      const bit = hash & (KNOWN_BITS - 1);
      this.#known[bit >> 5] = (this.#known[bit >> 5] as number) | (1 << bit);
    }
  }

  get(hash: number): number {
    const bit = hash & (KNOWN_BITS - 1);
    if ((((this.#known[bit >> 5] as number) >>> bit) & 1) === 0) return 0;
    return this.#values[this.#slotOf(hash)] as number;
  }

  #slotOf(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== hash) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
