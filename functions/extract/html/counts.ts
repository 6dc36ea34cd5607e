import type { TextRun } from './text-run.ts';

/**
 * What is counted of each block of text for the classifiers alone, in columns by block: a block as an object would take
 * twice the memory with them.
 */
export class Counts {
  count = 0;
  linkWords = new Int32Array(FEW);
  commas = new Int32Array(FEW);
  digits = new Int32Array(FEW);
  capitals = new Int32Array(FEW);
  strongLetters = new Int32Array(FEW);
  /** Line breaks inside. */
  breaks = new Int32Array(FEW);
  /** 1 where a button, a label or a summary holds the whole block. */
  control = new Uint8Array(FEW);
  /** Bits of hints.ts from inline elements that open the block, and what their names tell. */
  inlineHints = new Int32Array(FEW);
  inlineScore = new Float64Array(FEW);

  add(run: TextRun, control: boolean, inlineHints: number, inlineScore: number): void {
    const block = this.count++;
    if (block === this.commas.length) this.#grow(2 * block);
    this.linkWords[block] = run.linkWords;
    this.commas[block] = run.commas;
    this.digits[block] = run.digits;
    this.capitals[block] = run.capitals;
    this.strongLetters[block] = run.strongLetters;
    this.breaks[block] = run.breaks;
    this.control[block] = control ? 1 : 0;
    this.inlineHints[block] = inlineHints;
    this.inlineScore[block] = inlineScore;
  }

  #grow(size: number): void {
    this.linkWords = grown(this.linkWords, new Int32Array(size));
    this.commas = grown(this.commas, new Int32Array(size));
    this.digits = grown(this.digits, new Int32Array(size));
    this.capitals = grown(this.capitals, new Int32Array(size));
    this.strongLetters = grown(this.strongLetters, new Int32Array(size));
    this.breaks = grown(this.breaks, new Int32Array(size));
    this.control = grown(this.control, new Uint8Array(size));
    this.inlineHints = grown(this.inlineHints, new Int32Array(size));
    this.inlineScore = grown(this.inlineScore, new Float64Array(size));
  }
}

/** Blocks there is room for at first: half of all pages have fewer. */
const FEW = 256;

function grown<T extends Int32Array | Uint8Array | Float64Array>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
