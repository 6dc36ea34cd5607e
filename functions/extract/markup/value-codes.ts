import type { MarkupTree } from './tree.ts';

/** Characters read of a value: utility frameworks write hundreds of names, of which the first tell. */
export const MOST = 400;

/**
 * The characters of one attribute's value after another, so that names are read word by word without a string for any:
 * nearly all values are ASCII as they stand.
 */
export class ValueCodes {
  /** Code units of the value read last, and how many of them there are. */
  readonly codes = new Uint16Array(MOST);
  count = 0;
  readonly #tree: MarkupTree;

  constructor(tree: MarkupTree) {
    this.#tree = tree;
  }

  /** Reads the value of the attribute at a place, as far as {@link MOST} characters. */
  read(attribute: number): void {
    const { source, valueFrom, valueTo } = this.#tree;
    const { bytes } = source;
    const { codes } = this;
    const from = valueFrom[attribute] as number;
    const end = Math.min((valueTo[attribute] as number) - from, MOST);
    for (let i = 0; i < end; i++) {
      const code = bytes[from + i] as number;
      if (code >= 0x80 || code === AMPERSAND) {
        this.write(this.#tree.value(attribute));
        return;
      }
      codes[i] = code;
    }
    this.count = end;
  }

  /** The same of a string. */
  write(value: string): void {
    this.count = Math.min(value.length, MOST);
    for (let i = 0; i < this.count; i++) this.codes[i] = value.charCodeAt(i);
  }
}

const AMPERSAND = 38;
