import type { ColumnMemory } from '../markup/column-memory.ts';
import type { TextRun } from './text-run.ts';

/**
 * What is counted of each block of text for the classifiers alone, in columns by block: a block as an object would take
 * twice the memory with them.
 */
export class Counts {
  count = 0;
  linkWords: Int32Array;
  commas: Int32Array;
  digits: Int32Array;
  capitals: Int32Array;
  strongLetters: Int32Array;
  /** Line breaks inside. */
  breaks: Int32Array;
  /** 1 where a button, a label or a summary holds the whole block. */
  control: Uint8Array;
  /** Bits of hints.ts from inline elements that open the block, and what their names tell. */
  inlineHints: Int32Array;
  inlineScore: Float64Array;

  readonly #memory: ColumnMemory;

  constructor(memory: ColumnMemory) {
    this.#memory = memory;
    this.linkWords = memory.ints(FEW);
    this.commas = memory.ints(FEW);
    this.digits = memory.ints(FEW);
    this.capitals = memory.ints(FEW);
    this.strongLetters = memory.ints(FEW);
    this.breaks = memory.ints(FEW);
    this.control = memory.bytes(FEW);
    this.inlineHints = memory.ints(FEW);
    this.inlineScore = memory.doubles(FEW);
  }

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
    const memory = this.#memory;
    this.linkWords = grown(this.linkWords, memory.ints(size));
    this.commas = grown(this.commas, memory.ints(size));
    this.digits = grown(this.digits, memory.ints(size));
    this.capitals = grown(this.capitals, memory.ints(size));
    this.strongLetters = grown(this.strongLetters, memory.ints(size));
    this.breaks = grown(this.breaks, memory.ints(size));
    this.control = grown(this.control, memory.bytes(size));
    this.inlineHints = grown(this.inlineHints, memory.ints(size));
    this.inlineScore = grown(this.inlineScore, memory.doubles(size));
  }
}

/** Blocks there is room for at first: half of all pages have fewer. */
const FEW = 256;

function grown<T extends Int32Array | Uint8Array | Float64Array>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
