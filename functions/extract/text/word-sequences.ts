const NONE = -1;

/** Finds where a run of words stands in a text, both given by ids of one word list. */
export class WordSequences {
  readonly #text: Int32Array;
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /**
   * @param text ids of the words of the text searched
   * @param distinct one more than the highest id
   */
  constructor(text: Int32Array, distinct: number) {
    this.#text = text;
    this.#first = new Int32Array(distinct).fill(NONE);
    this.#next = new Int32Array(text.length);
    for (let at = text.length - 1; at >= 0; at--) {
      const id = text[at] as number;
      this.#next[at] = this.#first[id] as number;
      this.#first[id] = at;
    }
  }

  /** Calls `found` with every place where the words stand, in order, until it returns false. */
  each(words: Int32Array, found: (at: number) => boolean): void {
    if (words.length === 0) return;
    const text = this.#text;
    for (let at = this.#first[words[0] as number] as number; at !== NONE; at = this.#next[at] as number) {
      let k = 1;
      while (k < words.length && text[at + k] === words[k]) k++;
      if (k === words.length && !found(at)) return;
    }
  }
}
