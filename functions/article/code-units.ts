/**
 * The code units of one text after another as numbers. A string is one of nine kinds to V8, among them pieces of others, and
 * which one it is costs more to find out for each character than to copy all of them.
 */
export class CodeUnits {
  /** Those of the text read last, and behind them what is left of others. */
  units = new Uint16Array(0);
  #bytes = Buffer.alloc(0);

  of(text: string): Uint16Array {
    if (this.units.length < text.length) {
      this.units = new Uint16Array(Math.max(FEW, text.length));
      this.#bytes = Buffer.from(this.units.buffer);
    }
    this.#bytes.write(text, 'utf16le');
    return this.units;
  }
}

const FEW = 64;
