import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from './hashes.ts';
import type { MarkupTree } from './tree.ts';

/**
 * Numbers the values of attributes, so that what one tells is found out once: a page uses few class names, again and again.
 * Each value is hashed once, however many walks ask for its number.
 */
export class ValueNumbers {
  readonly #tree: MarkupTree;
  readonly #table: HashTable;
  /** By attribute its number and one; 0 where nobody asked yet. */
  readonly #known: Int32Array;

  constructor(tree: MarkupTree) {
    this.#tree = tree;
    this.#table = new HashTable(USUAL, tree.memory);
    this.#known = tree.memory.ints(tree.valueFrom.length);
  }

  /** The number of the value of the attribute at a place, from 0 in the order they are asked for; −1 where it is empty. */
  of(attribute: number): number {
    const known = this.#known[attribute] as number;
    if (known !== 0) return known === EMPTY ? -1 : known - 1;
    const { source, valueFrom, valueTo } = this.#tree;
    const { bytes } = source;
    const from = valueFrom[attribute] as number;
    const to = valueTo[attribute] as number;
    if (from === to) {
      this.#known[attribute] = EMPTY;
      return -1;
    }
    let low = START_LOW;
    let high = START_HIGH;
    for (let i = from; i < to; i++) {
      const code = bytes[i] as number;
      // A value is one by its characters, whatever it is written with.
      if (code === AMPERSAND || code >= 0x80)
        return this.#remember(attribute, this.#table.addWord(this.#tree.value(attribute)));
      low = mixLow(low, code);
      high = mixHigh(high, code);
    }
    return this.#remember(attribute, this.#table.add(low, high));
  }

  #remember(attribute: number, number: number): number {
    this.#known[attribute] = number + 1;
    return number;
  }
}

/** Distinct names and values of an ordinary page. */
const USUAL = 256;
const EMPTY = -1;
const AMPERSAND = 38;
