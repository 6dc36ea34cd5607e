/** Labels for training: which blocks of a page its checked answer holds. */
import type { Segment } from '../../functions/extract/html/page.ts';

export interface Gold {
  id: string;
  url: string;
  kind: string;
  body?: string | null;
  paragraphs?: string[] | null;
  with?: string[] | null;
  without?: string[] | null;
}

const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}_])+/gu;

export const wordsOf = (text: string): string[] => text.normalize('NFC').toLowerCase().match(WORD) ?? [];

const GRAM = 4;
const grams = (words: readonly string[]): string[] => {
  const out: string[] = [];
  for (let i = 0; i + GRAM <= words.length; i++) out.push(words.slice(i, i + GRAM).join(' '));
  return out;
};
const count = (items: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

/** Word F1 of the labelled blocks against the answer: below {@link MIN_ORACLE} the answer cannot be right for this page. */
export interface Labels {
  /** Per block: 1 content, 0 not, -1 unknown. */
  values: Int8Array;
  oracle: number;
}
export const MIN_ORACLE = 0.8;

/** A block is content if at least half of its word 4-grams stand in the answer; short blocks need an exact line of it or content on both sides. */
export function labelByBody(segments: readonly Segment[], gold: string): Labels {
  const values = new Int8Array(segments.length);
  const goldWords = wordsOf(gold);
  const goldGrams = count(grams(goldWords));
  const lines = count(gold.split(/\n+/).map((line) => wordsOf(line).join(' ')));
  const joined = ` ${goldWords.join(' ')} `;
  const words = segments.map((segment) => wordsOf(segment.text));
  const short: number[] = [];
  words.forEach((own, i) => {
    const text = own.join(' ');
    if (own.length === 0) short.push(i);
    else if (lines.has(text)) values[i] = 1;
    else if (own.length < GRAM) {
      if (joined.includes(` ${text} `)) short.push(i);
    } else {
      const list = grams(own);
      const hits = list.filter((gram) => goldGrams.has(gram)).length;
      if (2 * hits >= list.length) values[i] = 1;
    }
  });
  for (const i of short) {
    let before = i - 1;
    let after = i + 1;
    while (short.includes(before)) before--;
    while (short.includes(after)) after++;
    if (values[before] === 1 && values[after] === 1) values[i] = 1;
  }

  // Second copies: what is used more often than the answer holds it goes where it stands most alone.
  const used = new Map<string, number>();
  const units = words.map((own) => (own.length < GRAM ? [own.join(' ')] : grams(own)));
  const allowed = (unit: string): number => goldGrams.get(unit) ?? lines.get(unit) ?? 1;
  units.forEach((list, i) => {
    if (values[i] === 1) for (const unit of list) used.set(unit, (used.get(unit) ?? 0) + 1);
  });
  const overuse = (i: number): number => {
    const list = units[i] ?? [];
    return list.filter((unit) => (used.get(unit) ?? 0) > allowed(unit)).length / Math.max(1, list.length);
  };
  const company = (i: number): number => {
    let near = 0;
    for (let d = -4; d <= 4; d++) if (d !== 0 && values[i + d] === 1) near += Math.min(30, words[i + d]?.length ?? 0);
    return near;
  };
  const candidates = [...values.keys()].filter((i) => values[i] === 1 && overuse(i) >= 0.8);
  candidates.sort((a, b) => company(a) - company(b) || b - a);
  for (const i of candidates) {
    if (overuse(i) < 0.5) continue;
    values[i] = 0;
    for (const unit of units[i] ?? []) used.set(unit, (used.get(unit) ?? 0) - 1);
  }

  const kept = count(words.filter((_, i) => values[i] === 1).flat());
  const wanted = count(goldWords);
  let common = 0;
  for (const [word, times] of kept) common += Math.min(times, wanted.get(word) ?? 0);
  const total = [...kept.values()].reduce((a, b) => a + b, 0);
  const precision = common / Math.max(1, total);
  const recall = common / Math.max(1, goldWords.length);
  return { values, oracle: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Where only snippets are known, only the blocks that hold one are labelled. */
export function labelBySnippets(
  segments: readonly Segment[],
  wanted: readonly string[],
  unwanted: readonly string[],
): Labels {
  const values = new Int8Array(segments.length).fill(-1);
  const yes = wanted.map(squash).filter(Boolean);
  const no = unwanted.map(squash).filter(Boolean);
  let found = 0;
  segments.forEach((segment, i) => {
    const text = squash(segment.text);
    const holds = yes.some((snippet) => text.includes(snippet));
    const mustNot = no.some((snippet) => text.includes(snippet));
    if (holds) found++;
    if (holds !== mustNot) values[i] = holds ? 1 : 0;
  });
  return { values, oracle: found > 0 ? 1 : 0 };
}
