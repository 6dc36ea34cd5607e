import type { Segment } from './page.ts';

/** Words of a block beyond which its wording is not looked up: prose is told by its shape. */
export const MAX_PHRASE_WORDS = 12;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The lower-case words of a short block. Digits fold into `0`, so that dates and counts of every value are one. */
export function wordsOf(text: string): string[] {
  const words: string[] = text.slice(0, 240).toLowerCase().match(WORD) ?? [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.charCodeAt(0) <= 57) words[i] = word.replace(/\d/g, '0');
  }
  return words;
}

export const hasPhrases = (segment: Segment): boolean => segment.words <= MAX_PHRASE_WORDS && segment.form === 'flow';

/**
 * The wording a short block is learned by: each word, how it opens (`^` and `^^`), how it closes (`$`), and
 * all of it (`=`).
 */
export function phrasesOf(words: readonly string[]): string[] {
  const first = words[0];
  if (first === undefined) return [];
  const out = [`^${first}`, `$${words.at(-1)}`, ...words];
  if (words.length > 1) out.push(`^^${first} ${words[1]}`);
  if (words.length <= 5) out.push(`=${words.join(' ')}`);
  return out;
}

/** What a phrase tells: of the block that holds it, and of a page that holds it anywhere. */
interface PhraseWeight {
  index: number;
  block: number;
  page: number;
}

interface WordWeights {
  anywhere: PhraseWeight | undefined;
  first: PhraseWeight | undefined;
  last: PhraseWeight | undefined;
}

/** Learned weights of the phrases that {@link phrasesOf} gives, kept so that looking up makes few new strings. */
export class PhraseWeights {
  readonly #words = new Map<string, WordWeights>();
  readonly #openings = new Map<string, PhraseWeight>();
  readonly #wholes = new Map<string, PhraseWeight>();

  /** Weights as bench/train writes them, by phrase. */
  constructor(blocks: Readonly<Record<string, number>>, pages: Readonly<Record<string, number>>) {
    let index = 0;
    for (const phrase of new Set([...Object.keys(blocks), ...Object.keys(pages)])) {
      const weight = { index: index++, block: blocks[phrase] ?? 0, page: pages[phrase] ?? 0 };
      if (phrase.startsWith('^^')) this.#openings.set(phrase.slice(2), weight);
      else if (phrase.startsWith('=')) this.#wholes.set(phrase.slice(1), weight);
      else if (phrase.startsWith('^')) this.#of(phrase.slice(1)).first = weight;
      else if (phrase.startsWith('$')) this.#of(phrase.slice(1)).last = weight;
      else this.#of(phrase).anywhere = weight;
    }
  }

  #of(word: string): WordWeights {
    let weights = this.#words.get(word);
    if (weights === undefined) {
      weights = { anywhere: undefined, first: undefined, last: undefined };
      this.#words.set(word, weights);
    }
    return weights;
  }

  /** Adds up what the words of one short block tell; `page` gathers what all blocks of a page tell of it. */
  weigh(words: readonly string[], page: PageWording): number {
    const end = words.length - 1;
    let score = 0;
    for (let i = 0; i <= end; i++) {
      const weights = this.#words.get(words[i] as string);
      if (weights === undefined) continue;
      score += page.hear(weights.anywhere);
      if (i === 0) score += page.hear(weights.first);
      if (i === end) score += page.hear(weights.last);
    }
    if (end >= 1) score += page.hear(this.#openings.get(`${words[0]} ${words[1]}`));
    if (end >= 0 && end <= 4) score += page.hear(this.#wholes.get(end === 0 ? (words[0] as string) : words.join(' ')));
    return score;
  }
}

/** What the wording of a page tells of the page, each phrase heard once. */
export class PageWording {
  readonly #said = new Set<number>();
  #sum = 0;

  /** Takes note of a phrase and gives what it tells of its block. */
  hear(weight: PhraseWeight | undefined): number {
    if (weight === undefined) return 0;
    if (weight.page !== 0 && !this.#said.has(weight.index)) {
      this.#said.add(weight.index);
      this.#sum += weight.page;
    }
    return weight.block;
  }

  /** Above 0 speaks for an article. The root keeps long pages from shouting. */
  get score(): number {
    return this.#sum / Math.sqrt(Math.max(1, this.#said.size));
  }
}
