import type { Forest } from '../forest.ts';

/**
 * Rows of features, written value after value straight into the table that the trees read. Each value is written together
 * with its name, so that a name cannot drift from what it names.
 */
export class Rows {
  readonly width: number;
  readonly values: Float32Array;
  /** Collects the names while the first row is written; null where only values are wanted. */
  readonly names: string[] | null;
  #start = 0;
  #at = 0;

  /** @param width values a row, 0 to learn the names from one row */
  constructor(count: number, width: number) {
    this.names = width === 0 ? [] : null;
    this.width = width;
    this.values = new Float32Array(width === 0 ? MOST_NAMES : count * width);
  }

  /** Goes to a place in a row. */
  seek(row: number, column = 0): void {
    this.#start = row * this.width;
    this.#at = this.#start + column;
  }

  /** The column after the last value put. */
  get column(): number {
    return this.#at - this.#start;
  }

  put(name: string, value: number): void {
    if (this.names !== null) this.names.push(name);
    this.values[this.#at++] = value;
  }
}

const MOST_NAMES = 1024;

/** The chance of each row, by the trees of a model that was trained on rows of this width. */
export function scoreRows(forest: Forest, rows: Rows): Float32Array {
  return forest.chances(rows.values);
}

/** The names of a row's values, as writing one gives them. */
export function namesOf(write: (rows: Rows) => void): string[] {
  const rows = new Rows(1, 0);
  write(rows);
  return rows.names ?? [];
}
