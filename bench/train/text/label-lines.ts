/** Labels for training: which lines of a page's copy its checked answer holds. */
import type { GoldPage } from '../../quality/corpus.ts';

export interface LineLabels {
  /** Per line: 1 article, 0 not, -1 unknown. */
  values: Int8Array;
  /** Share of the answer that the lines labelled 1 cover; low where copy and answer are not of one page. 1 for snippets. */
  coverage: number;
  /** Every line is labelled, not only those that hold a snippet. */
  whole: boolean;
}

const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}_])+/gu;
const GRAM = 4;

const wordsOf = (text: string): string[] => text.normalize('NFC').toLowerCase().match(WORD) ?? [];

function gramsOf(words: readonly string[]): string[] {
  const grams: string[] = [];
  for (let i = 0; i + GRAM <= words.length; i++) grams.push(words.slice(i, i + GRAM).join(' '));
  return grams;
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/**
 * How much longer a body read from markup is than an answer that stops in the midst of an article. What only the former
 * holds is then unknown: calling it no article would teach that articles end anywhere.
 */
const STOPPED_EARLY = 1.4;

/**
 * A page with a whole body labels every line; one with snippets labels the lines they stand in.
 *
 * @param fromMarkup the body that the HTML engine finds, null where it finds none
 */
export function labelLines(lines: readonly string[], gold: GoldPage, fromMarkup: string | null): LineLabels {
  if (typeof gold.body === 'string' && gold.body !== '') {
    const labels = labelByBody(lines, gold.body);
    if (fromMarkup !== null && fromMarkup.length > gold.body.length * STOPPED_EARLY) {
      const read = labelByBody(lines, fromMarkup);
      for (const [i, label] of labels.values.entries()) if (label === 0 && read.values[i] === 1) labels.values[i] = -1;
    }
    return labels;
  }
  return labelBySnippets(lines, gold.with ?? [], gold.without ?? []);
}

function labelByBody(lines: readonly string[], body: string): LineLabels {
  const values = new Int8Array(lines.length);
  const goldWords = wordsOf(body);
  const goldGrams = countsOf(gramsOf(goldWords));
  const goldLines = countsOf(body.split(/\n+/).map((line) => wordsOf(line).join(' ')));
  const joined = ` ${goldWords.join(' ')} `;
  const words = lines.map(wordsOf);
  const keys = words.map((own) => own.join(' '));

  for (const [i, own] of words.entries()) {
    if (own.length === 0) values[i] = -1;
    else if (goldLines.has(keys[i] ?? '')) values[i] = 1;
    else if (own.length >= GRAM) {
      const grams = gramsOf(own);
      const share = grams.filter((gram) => goldGrams.has(gram)).length / grams.length;
      values[i] = share >= 0.6 ? 1 : share > 0.4 ? -1 : 0;
    } else {
      // Too short to be found by itself: it continues the line before or is continued by the next.
      const before = (words[i - 1] ?? []).slice(-3);
      const after = (words[i + 1] ?? []).slice(0, 3);
      const continues = before.length > 0 && joined.includes(` ${[...before, ...own].join(' ')} `);
      const continued = after.length > 0 && joined.includes(` ${[...own, ...after].join(' ')} `);
      values[i] = continues || continued ? 1 : 0;
    }
  }

  // The same line twice on the page and once in the answer: the one amid the article is meant.
  const long = [...values.keys()].filter((i) => values[i] === 1 && (words[i]?.length ?? 0) >= 12);
  const centre = long[long.length >> 1] ?? lines.length >> 1;
  const places = new Map<string, number[]>();
  for (const i of values.keys())
    if (values[i] === 1) places.set(keys[i] ?? '', [...(places.get(keys[i] ?? '') ?? []), i]);
  for (const [key, at] of places) {
    const allowed = Math.max(1, goldLines.get(key) ?? 1);
    if (at.length <= allowed) continue;
    at.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre));
    for (const i of at.slice(allowed)) values[i] = 0;
  }

  const kept = countsOf(gramsOf(words.filter((_, i) => values[i] === 1).flat()));
  let covered = 0;
  let total = 0;
  for (const [gram, count] of goldGrams) {
    total += count;
    covered += Math.min(count, kept.get(gram) ?? 0);
  }
  return { values, coverage: total === 0 ? 0 : covered / total, whole: true };
}

function labelBySnippets(lines: readonly string[], within: readonly string[], without: readonly string[]): LineLabels {
  const values = new Int8Array(lines.length).fill(-1);
  const squash = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const wanted = within.map(squash).filter(Boolean);
  const unwanted = without.map(squash).filter(Boolean);
  for (const [i, line] of lines.entries()) {
    if (unwanted.some((snippet) => line.includes(snippet))) values[i] = 0;
    else if (wanted.some((snippet) => line.includes(snippet))) values[i] = 1;
  }
  return { values, coverage: 1, whole: false };
}
