import type { Segment } from './page.ts';

/** Words of a block beyond which its wording is not looked up: prose is told by its shape. */
const MAX_WORDS = 30;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * The wording a short block is learned by: each word, how it opens (`^` and `^^`), how it closes (`$`), and
 * all of it (`=`). Digits fold into `0`, so that dates and counts of every value are one.
 */
export function phrasesOf(segment: Segment): string[] {
  if (segment.words > MAX_WORDS || segment.form !== 'flow') return [];
  const words = segment.text.slice(0, 400).toLowerCase().match(WORD);
  if (words === null) return [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.charCodeAt(0) <= 57) words[i] = word.replace(/\d/g, '0');
  }
  const first = words[0] as string;
  const out = [`^${first}`, `$${words.at(-1)}`];
  if (words.length > 1) out.push(`^^${first} ${words[1]}`);
  if (words.length <= 5) out.push(`=${words.join(' ')}`);
  for (const word of new Set(words)) out.push(word);
  return out;
}

/** Sum of the learned weights of a block's wording. */
export function phraseScore(segment: Segment, weights: ReadonlyMap<string, number>): number {
  let score = 0;
  if (weights.size > 0) for (const phrase of phrasesOf(segment)) score += weights.get(phrase) ?? 0;
  return score;
}
