/**
 * The code units of one text after another as numbers. A string is one of nine kinds to V8, among them pieces of others, and
 * which one it is costs more to find out for each character than to copy all of them.
 */
export class CodeUnits {
  readonly #kept: Uint16Array;
  readonly #bytes: Buffer;

  /** @param most units of texts that are read in one place; a longer one gets a place of its own */
  constructor(most: number) {
    this.#kept = new Uint16Array(most);
    this.#bytes = Buffer.from(this.#kept.buffer);
  }

  /** Those of a text, and behind them whatever is left of others; they stand until the next text is read. */
  of(text: string): Uint16Array {
    const isShort = text.length <= this.#kept.length;
    const units = isShort ? this.#kept : new Uint16Array(text.length);
    const bytes = isShort ? this.#bytes : Buffer.from(units.buffer);
    bytes.write(text, 'utf16le');
    return units;
  }
}
