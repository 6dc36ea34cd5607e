/** What one pass over the blocks of a page tells: each block's prose and wording, running sums, and what is alike. */
import type { ColumnMemory } from '../markup/column-memory.ts';
import { HashTable } from '../markup/hashes.ts';
import type { Source } from '../markup/source.ts';
import type { Page, Segment } from './page.ts';
import { hasWording, isLabel, PageWording, type PhraseWeights } from './phrases.ts';
import { TitleWords, WordHashes } from './words.ts';

/** Words from which a block can be prose, and up to which its words are compared with the title's. */
const PROSE_WORDS = 10;
const COMPARED_WORDS = 30;

/** Sums over the blocks in boxes of one signature. */
export interface Alike {
  count: number;
  words: number;
  letters: number;
  linkLetters: number;
  prose: number;
}

/** Columns by block; those ending in Before are sums over all blocks before, with one entry more than blocks. */
export class BlockTotals {
  /** Words of prose, links left out; 0 for blocks that are none. */
  readonly prose: Int32Array;
  readonly linkRatio: Float32Array;
  /** What the wording of short blocks tells. */
  readonly phrases: Float32Array;
  /** What the first words of prose tell. */
  readonly proseWording: Float32Array;
  readonly wordingBefore: Float64Array;
  readonly titleOverlap: Float32Array;
  readonly wordsBefore: Int32Array;
  readonly proseBefore: Int32Array;
  readonly linkBefore: Int32Array;
  readonly lettersBefore: Int32Array;
  /** How often the same text stood before, and comes after. */
  readonly repeats: Int32Array;
  readonly copies: Int32Array;
  readonly alike: Alike[] = [];
  readonly title: TitleWords;
  readonly words = new WordHashes();
  /** What the wording of all short blocks tells of the page; above 0 speaks for an article. */
  readonly wording: number;
  readonly #source: Source;

  constructor({ tree, segments, counts, boxes, head }: Page, weights: PhraseWeights, consent: Uint8Array | null) {
    const n = segments.length;
    const { memory } = tree;
    this.#source = tree.source;
    this.prose = memory.ints(n);
    this.linkRatio = memory.floats(n);
    this.phrases = memory.floats(n);
    this.proseWording = memory.floats(n);
    this.wordingBefore = memory.doubles(n + 1);
    this.titleOverlap = memory.floats(n);
    this.wordsBefore = memory.ints(n + 1);
    this.proseBefore = memory.ints(n + 1);
    this.linkBefore = memory.ints(n + 1);
    this.lettersBefore = memory.ints(n + 1);
    this.repeats = memory.ints(n);
    this.copies = memory.ints(n);
    this.title = new TitleWords(head.title ?? '', memory);
    const wording = new PageWording(weights, memory);
    const copies = new Copies(segments, memory);
    const bySignature = new Map<number, Alike>();
    for (let i = 0; i < n; i++) {
      const s = segments[i] as Segment;
      const signature = boxes.signature[s.box] as number;
      const ratio = s.linkLetters / s.letters;
      this.linkRatio[i] = ratio;
      const isProse = s.words >= PROSE_WORDS && ratio < 0.5 && (s.stops > 0 || s.words >= 25) && s.form !== 'table';
      const prose = isProse && consent?.[i] !== 1 ? s.words - (counts.linkWords[i] as number) : 0;
      this.prose[i] = prose;
      this.words.readBlock(s, tree.source);
      if (s.words <= COMPARED_WORDS) this.titleOverlap[i] = this.title.overlap(this.words);
      if (hasWording(s)) {
        if (isLabel(s)) this.phrases[i] = weights.weigh(this.words, wording);
        else this.proseWording[i] = weights.weighProse(this.words);
      }
      this.wordingBefore[i + 1] = (this.wordingBefore[i] as number) + (this.proseWording[i] as number);
      this.wordsBefore[i + 1] = (this.wordsBefore[i] as number) + s.words;
      this.proseBefore[i + 1] = (this.proseBefore[i] as number) + prose;
      this.linkBefore[i + 1] = (this.linkBefore[i] as number) + s.linkLetters;
      this.lettersBefore[i + 1] = (this.lettersBefore[i] as number) + s.letters;
      const first = copies.firstOf(i, this.words);
      if (first !== i) {
        const count = (this.copies[first] as number) + 1;
        this.copies[first] = count;
        this.repeats[i] = count;
      }
      let alike = bySignature.get(signature);
      if (alike === undefined) {
        alike = { count: 0, words: 0, letters: 0, linkLetters: 0, prose: 0 };
        bySignature.set(signature, alike);
      }
      alike.count++;
      alike.words += s.words;
      alike.letters += s.letters;
      alike.linkLetters += s.linkLetters;
      alike.prose += isProse ? 1 : 0;
      this.alike.push(alike);
    }
    this.wording = wording.score;
  }

  /** Share of the words of a short block and of the title that the two have in common. */
  overlapOf(block: Segment): number {
    if (this.title.size === 0) return 0;
    this.words.readBlock(block, this.#source);
    return this.title.overlap(this.words);
  }
}

/** Finds blocks of the same text. Only of blocks whose words are alike the texts are compared. */
class Copies {
  readonly #segments: readonly Segment[];
  readonly #wordings: HashTable;
  /** By wording, the first block that has it. */
  readonly #first: number[] = [];
  readonly #texts = new Map<string, number>();

  constructor(segments: readonly Segment[], memory: ColumnMemory) {
    this.#segments = segments;
    this.#wordings = new HashTable(segments.length, memory);
  }

  /** The first block with the text of a block; that block itself where no earlier one has it. */
  firstOf(i: number, { wholeLow, wholeHigh }: WordHashes): number {
    const wording = this.#wordings.add(wholeLow, wholeHigh);
    const alike = this.#first[wording];
    if (alike === undefined) {
      this.#first[wording] = i;
      return i;
    }
    const { text } = this.#segments[alike] as Segment;
    if (!this.#texts.has(text)) this.#texts.set(text, alike);
    const own = (this.#segments[i] as Segment).text;
    const first = this.#texts.get(own);
    if (first !== undefined) return first;
    this.#texts.set(own, i);
    return i;
  }
}
