/** Where a text comes next in another, asked for places that only go forward: all answers together take one pass. */
export class NextPlace {
  readonly #source: string;
  readonly #text: string;
  #found = -1;

  constructor(source: string, text: string) {
    this.#source = source;
    this.#text = text;
  }

  /** @returns Infinity where it does not come any more */
  from(at: number): number {
    if (this.#found < at) {
      const found = this.#source.indexOf(this.#text, at);
      this.#found = found < 0 ? Infinity : found;
    }
    return this.#found;
  }
}
