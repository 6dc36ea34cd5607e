import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from './hashes.ts';
import type { MarkupTree } from './tree.ts';

/**
 * Numbers the values of attributes, so that what one tells is found out once: a page uses few class names, again and again.
 * Each value is hashed once, two characters at a time, however many walks ask for its number.
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
    for (let i = from; i < to; i += 2) {
      const first = bytes[i] as number;
      const second = i + 1 < to ? (bytes[i + 1] as number) : 0;
      // A value is one by its characters, whatever it is written with.
      if (first === AMPERSAND || second === AMPERSAND || (first | second) >= 0x80)
        return this.#remember(attribute, this.#addString(this.#tree.value(attribute)));
      const both = pair(first, second);
      low = mixLow(low, both);
      high = mixHigh(high, both);
    }
    return this.#remember(attribute, this.#table.add(low, high));
  }

  #addString(value: string): number {
    let low = START_LOW;
    let high = START_HIGH;
    for (let i = 0; i < value.length; i += 2) {
      const both = pair(value.charCodeAt(i), i + 1 < value.length ? value.charCodeAt(i + 1) : 0);
      low = mixLow(low, both);
      high = mixHigh(high, both);
    }
    return this.#table.add(low, high);
  }

  #remember(attribute: number, number: number): number {
    this.#known[attribute] = number + 1;
    return number;
  }
}

/** Two characters as one number, of which all bits tell of both. */
const pair = (first: number, second: number): number => first ^ Math.imul(second, 0x01010101);

/** Distinct names and values of an ordinary page. */
const USUAL = 256;
const EMPTY = -1;
const AMPERSAND = 38;
