import { CLASS } from './characters.ts';
import type { Shape } from './shape.ts';
import { hashPair, WORD_KIND, type WordList } from './words.ts';

/** Words of the text by which its use of words is told. */
const MOST_WORDS = 100_000;
/** Letters from which a word says what a line is about. */
const SUBJECT_LETTERS = 4;
const LEAST_SLOTS = 1 << 12;
/** Slots for each pair of words, so that few share one. */
const SLOTS_A_WORD = 16;

/** How a wrapped text uses its words: with capitals or without, next to which others, and in running text or not. */
export class WordUse {
  readonly #words: WordList;
  readonly #starts: Int32Array;
  /** By id of a word, how often it stands in small letters, and with a capital amid a line. */
  readonly #small: Uint16Array;
  readonly #capital: Uint16Array;
  /** By id of a word, 1 where running text has it. */
  readonly #told: Uint8Array;
  /** By hash of two words next to each other on a line, how often they do. */
  readonly #pairs: Uint8Array;

  /**
   * @param starts the words of line i are from `starts[i]` to before `starts[i + 1]`
   * @param goesOn by line, 1 where a wrapper may have broken the text before it
   */
  constructor(words: WordList, starts: Int32Array, shapes: readonly Shape[], goesOn: Uint8Array) {
    this.#words = words;
    this.#starts = starts;
    this.#small = new Uint16Array(words.distinct);
    this.#capital = new Uint16Array(words.distinct);
    this.#told = new Uint8Array(words.distinct);
    let slots = LEAST_SLOTS;
    while (slots < Math.min(words.size, MOST_WORDS) * SLOTS_A_WORD) slots *= 2;
    this.#pairs = new Uint8Array(slots);
    const { ids, kinds } = words;
    for (let i = 0; i < shapes.length; i++) {
      const from = starts[i] as number;
      const end = Math.min(starts[i + 1] as number, MOST_WORDS);
      // The second line of a paragraph and those after it, told by small letters; a headline's second line is seldom one.
      const tells = goesOn[i] === 1 && goesOn[i + 1] === 1 && (shapes[i] as Shape).opens === CLASS.lower;
      for (let k = from; k < end; k++) {
        const id = ids[k] as number;
        if (tells) this.#told[id] = 1;
        const counts = kinds[k] === WORD_KIND.lower ? this.#small : k > from ? this.#capital : null;
        if (counts !== null && (counts[id] as number) < 65_535) counts[id] = (counts[id] as number) + 1;
        if (k === from) continue;
        const slot = this.#slotOf(k - 1, k);
        if ((this.#pairs[slot] as number) < 255) this.#pairs[slot] = (this.#pairs[slot] as number) + 1;
      }
    }
  }

  #slotOf(a: number, b: number): number {
    const { hashes } = this.#words;
    return hashPair(hashes[a] as number, hashes[b] as number) & (this.#pairs.length - 1);
  }

  /** How often two words, by their indexes, stand next to each other on a line. */
  pairs(a: number, b: number): number {
    return this.#pairs[this.#slotOf(a, b)] as number;
  }

  /** Part of a word's places amid the text in which it stands in small letters; −1 where it stands nowhere else. */
  smallness(k: number): number {
    const id = this.#words.ids[k] as number;
    const small = this.#small[id] as number;
    const both = small + (this.#capital[id] as number);
    return both === 0 ? -1 : small / both;
  }

  /** How many of a thousand words it is in small letters. */
  often(k: number): number {
    const id = this.#words.ids[k] as number;
    return ((this.#small[id] as number) * 1000) / (Math.min(this.#words.size, MOST_WORDS) + 1);
  }

  /** Part of the longer words of lines `from` to before `end` that running text has; −1 where they have none. */
  core(from: number, end: number): number {
    const { ids, lengths, kinds } = this.#words;
    let subject = 0;
    let shared = 0;
    for (let k = this.#starts[from] as number; k < (this.#starts[end] as number); k++) {
      if (kinds[k] === WORD_KIND.number || (lengths[k] as number) < SUBJECT_LETTERS) continue;
      subject++;
      if ((this.#told[ids[k] as number] as number) > 0) shared++;
    }
    return subject === 0 ? -1 : shared / subject;
  }
}
