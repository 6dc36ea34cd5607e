/**
 * For each text, of all others the one about the most similar thing: by the words it uses, weighted by how rare they are
 * (cosine of tf-idf; Manning, Raghavan and Schütze, "Introduction to Information Retrieval", chapter 6).
 */
import { normalizeText } from '../../functions/article/normalize-text.ts';
import { wordsOf } from '../../functions/article/words.ts';

export interface Neighbour {
  /** Index of the other text. */
  index: number;
  /** 0 to 1. */
  cosine: number;
}

/** Share of all texts above which a word tells nothing of what a text is about. */
const COMMON = 0.3;

/** @returns null for a text that shares no word with any other */
export function mostSimilar(texts: readonly string[]): (Neighbour | null)[] {
  const postings = new Map<string, { text: number; weight: number }[]>();
  for (const [text, words] of texts.map((each) => wordsOf(normalizeText(each))).entries()) {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) {
      const posting = { text, weight: 1 + Math.log(count) };
      const list = postings.get(word);
      if (list) list.push(posting);
      else postings.set(word, [posting]);
    }
  }
  const telling = [...postings.values()].filter((list) => list.length > 1 && list.length <= COMMON * texts.length);
  const vectors = texts.map((): { list: number; weight: number }[] => []);
  for (const [list, members] of telling.entries()) {
    const rarity = Math.log(texts.length / members.length);
    for (const member of members) {
      member.weight *= rarity;
      vectors[member.text]?.push({ list, weight: member.weight });
    }
  }
  const lengths = vectors.map((vector) => Math.hypot(...vector.map(({ weight }) => weight)));

  return vectors.map((vector, own) => {
    const products = new Float64Array(texts.length);
    for (const { list, weight } of vector) {
      for (const other of telling[list] ?? [])
        products[other.text] = (products[other.text] ?? 0) + weight * other.weight;
    }
    let best: Neighbour | null = null;
    for (const [index, product] of products.entries()) {
      if (index === own || product === 0) continue;
      const cosine = product / ((lengths[own] ?? 0) * (lengths[index] ?? 0));
      if (cosine > (best?.cosine ?? 0)) best = { index, cosine };
    }
    return best;
  });
}
