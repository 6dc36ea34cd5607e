import type { ColumnMemory } from '../markup/column-memory.ts';
import { HashTable } from '../markup/hashes.ts';
import type { Segment } from './page.ts';
import { WordHashes } from './words.ts';

/** Words of a block beyond which its wording is that of prose. What tells a label from a heading tells little of prose. */
export const MAX_LABEL_WORDS = 12;
export const hasWording = (segment: Segment): boolean => segment.form === 'flow';
export const isLabel = (segment: Segment): boolean => segment.words <= MAX_LABEL_WORDS;

/**
 * The wording a block is learned by: each word, how it opens (`^` and `^^`), how it closes (`$`), and all of it (`=`)
 * where that is short.
 */
export function phrasesOf(words: readonly string[]): string[] {
  const first = words[0];
  if (first === undefined) return [];
  const out = [`^${first}`, `$${words.at(-1)}`, ...words];
  if (words.length > 1) out.push(`^^${first} ${words[1]}`);
  if (words.length <= 5) out.push(`=${words.join(' ')}`);
  return out;
}

/** Weights by phrase, as bench/train writes them. */
export interface WordingFile {
  phrases: Readonly<Record<string, number>>;
  prosePhrases: Readonly<Record<string, number>>;
  pagePhrases: Readonly<Record<string, number>>;
}

/** Learned weights of the phrases that {@link phrasesOf} gives, found by hash. */
export class PhraseWeights {
  /**
   * What a phrase tells of the short block that holds it, of prose that holds it, and of a page that holds it in any
   * short block; 0 for phrase 0, which is none.
   */
  readonly block: Float64Array;
  readonly prose: Float64Array;
  readonly page: Float64Array;
  readonly #words: HashTable;
  /** By word, the number of the phrase that it is anywhere, at the beginning and at the end. */
  readonly #anywhere: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** What a word tells of prose that holds it. */
  readonly #ofProse: Float64Array;
  readonly #openings = new HashTable();
  readonly #wholes = new HashTable();
  readonly #opening: number[] = [];
  readonly #whole: number[] = [];

  constructor({ phrases: blocks, prosePhrases: prose, pagePhrases: pages }: WordingFile) {
    const phrases = new Set([...Object.keys(blocks), ...Object.keys(prose), ...Object.keys(pages)]);
    this.block = new Float64Array(phrases.size + 1);
    this.prose = new Float64Array(phrases.size + 1);
    this.page = new Float64Array(phrases.size + 1);
    this.#words = new HashTable(phrases.size);
    this.#anywhere = new Int32Array(phrases.size);
    this.#first = new Int32Array(phrases.size);
    this.#last = new Int32Array(phrases.size);
    let number = 0;
    for (const phrase of phrases) {
      number++;
      this.block[number] = blocks[phrase] ?? 0;
      this.prose[number] = prose[phrase] ?? 0;
      this.page[number] = pages[phrase] ?? 0;
      if (phrase.startsWith('^^')) this.#opening[addWords(this.#openings, phrase.slice(2))] = number;
      else if (phrase.startsWith('=')) this.#whole[addWords(this.#wholes, phrase.slice(1))] = number;
      else if (phrase.startsWith('^')) this.#first[this.#words.addWord(phrase.slice(1))] = number;
      else if (phrase.startsWith('$')) this.#last[this.#words.addWord(phrase.slice(1))] = number;
      else this.#anywhere[this.#words.addWord(phrase)] = number;
    }
    this.#ofProse = Float64Array.from(this.#anywhere, (phrase) => this.prose[phrase] ?? 0);
  }

  /** Adds up what the words of one short block tell; `page` gathers what all blocks of a page tell of it. */
  weigh(words: WordHashes, page: PageWording): number {
    const end = words.count - 1;
    let score = 0;
    for (let i = 0; i <= end; i++) {
      const word = this.#words.find(words.low[i] as number, words.high[i] as number);
      if (word === -1) continue;
      score += page.hear(this.#anywhere[word] as number);
      if (i === 0) score += page.hear(this.#first[word] as number);
      if (i === end) score += page.hear(this.#last[word] as number);
    }
    if (end >= 1) {
      const opening = this.#openings.find(words.openingLow, words.openingHigh);
      if (opening !== -1) score += page.hear(this.#opening[opening] as number);
    }
    if (end >= 0 && end <= 4) {
      const whole = this.#wholes.find(words.wholeLow, words.wholeHigh);
      if (whole !== -1) score += page.hear(this.#whole[whole] as number);
    }
    return score;
  }

  /** Adds up what the words that open a block of prose tell. */
  weighProse(words: WordHashes): number {
    const { prose } = this;
    const end = words.count - 1;
    let score = 0;
    for (let i = 0; i <= end; i++) {
      const word = this.#words.find(words.low[i] as number, words.high[i] as number);
      if (word === -1) continue;
      score += this.#ofProse[word] as number;
      if (i === 0) score += prose[this.#first[word] as number] as number;
      if (i === end) score += prose[this.#last[word] as number] as number;
    }
    if (end < 1) return score;
    const opening = this.#openings.find(words.openingLow, words.openingHigh);
    return opening === -1 ? score : score + (prose[this.#opening[opening] as number] as number);
  }
}

const words = new WordHashes();

/** The number of a run of words in a table. */
function addWords(table: HashTable, phrase: string): number {
  words.read(phrase);
  return table.add(words.wholeLow, words.wholeHigh);
}

/** What the wording of a page tells of the page, each phrase heard once. */
export class PageWording {
  readonly #weights: PhraseWeights;
  readonly #said: Uint8Array;
  #count = 0;
  #sum = 0;

  constructor(weights: PhraseWeights, memory: ColumnMemory) {
    this.#weights = weights;
    this.#said = memory.bytes(weights.page.length);
  }

  /** Takes note of a phrase and gives what it tells of its block. */
  hear(phrase: number): number {
    const { block, page } = this.#weights;
    const told = page[phrase] as number;
    if (told !== 0 && this.#said[phrase] === 0) {
      this.#said[phrase] = 1;
      this.#count++;
      this.#sum += told;
    }
    return block[phrase] as number;
  }

  /** Above 0 speaks for an article. The root keeps long pages from shouting. */
  get score(): number {
    return this.#sum / Math.sqrt(Math.max(1, this.#count));
  }
}
