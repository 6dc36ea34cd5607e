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
export interface PhraseWeight {
  index: number;
  block: number;
  page: number;
}

/** Learned weights as bench/train writes them, by phrase. */
export function phraseWeights(
  blocks: Readonly<Record<string, number>>,
  pages: Readonly<Record<string, number>>,
): ReadonlyMap<string, PhraseWeight> {
  const weights = new Map<string, PhraseWeight>();
  for (const [phrase, block] of Object.entries(blocks)) weights.set(phrase, { index: weights.size, block, page: 0 });
  for (const [phrase, page] of Object.entries(pages)) {
    const known = weights.get(phrase);
    if (known) known.page = page;
    else weights.set(phrase, { index: weights.size, block: 0, page });
  }
  return weights;
}
