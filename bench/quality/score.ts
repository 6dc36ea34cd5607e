/**
 * The published figures of article extraction, over a corpus:
 *
 * - word F1: bag of lower-cased words, mean over pages (WCXB)
 * - shingle F1: bags of 4-word shingles, mean precision and mean recall combined (scrapinghub's article-extraction-benchmark)
 * - snippet F1: annotated snippets that must, and must not, occur in the text (trafilatura's evaluation)
 * - title, author and date exact; tags as a set; articles kept and other pages refused
 * - of pages whose copy shows the annotated day, those where it was found, apart from those that call it the day of a
 *   change; of those whose copy does not show it, those that were given another: only their markup states it
 */
import type { GoldPage } from './corpus.ts';
import { daysOf, type Shown } from './days.ts';

export interface Prediction {
  id: string;
  /** `article`, or anything else where the page was refused. */
  kind?: string;
  title?: string | null;
  authors?: string[];
  /** ISO 8601, with the page's own offset where it gave one. */
  published?: string | null;
  text?: string;
  tags?: string[];
  /** How the copy that was read shows the annotated day; absent where nobody looked. */
  dayShown?: Shown;
  /** Milliseconds for the whole record. */
  ms?: number;
}

export type Figures = Record<string, number>;

export interface Score {
  pages: number;
  missing: number;
  word?: Figures;
  shingle?: Figures;
  snippet?: Figures;
  title?: Figures;
  author?: Figures;
  date?: Figures;
  shownDate?: Figures;
  tags?: Figures;
  kind?: Figures;
  ms?: Figures;
}

export interface PageScore {
  id: string;
  url: string;
  f1: number;
  precision: number;
  recall: number;
}

const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
/** A run of letters, digits and underscores; a single character in scripts written without spaces. */
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}_])+`, 'gu');

const wordsIn = (text: string): string[] => text.match(WORD) ?? [];
const harmonic = (precision: number, recall: number) =>
  precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
const mean = (values: number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN;
const singleSpaced = (text: string) => text.replace(/\s+/gu, ' ').trim();
/** Titles and names are compared by their words alone. */
const comparable = (text: string | null | undefined) => wordsIn((text ?? '').normalize('NFKC').toLowerCase()).join(' ');

class Bag {
  readonly counts = new Map<string, number>();
  size = 0;
  constructor(items: Iterable<string>) {
    for (const item of items) {
      this.counts.set(item, (this.counts.get(item) ?? 0) + 1);
      this.size++;
    }
  }
  overlap(other: Bag): number {
    let shared = 0;
    for (const [item, count] of this.counts) shared += Math.min(count, other.counts.get(item) ?? 0);
    return shared;
  }
}

function wordFigures(text: string, gold: string) {
  const predicted = new Bag(wordsIn(text.toLowerCase()));
  const expected = new Bag(wordsIn(gold.toLowerCase()));
  if (expected.size === 0) {
    const right = predicted.size === 0 ? 1 : 0;
    return { precision: right, recall: right, f1: right };
  }
  if (predicted.size === 0) return { precision: 0, recall: 0, f1: 0 };
  const shared = predicted.overlap(expected);
  const precision = shared / predicted.size;
  const recall = shared / expected.size;
  return { precision, recall, f1: harmonic(precision, recall) };
}

const SHINGLE = 4;

function shinglesOf(text: string): Bag {
  const words = wordsIn(text);
  // A text shorter than a shingle is one shingle of its words.
  if (words.length <= SHINGLE) return new Bag(words.length > 0 ? [words.join('\u0001')] : []);
  return new Bag(words.slice(SHINGLE - 1).map((_, i) => words.slice(i, i + SHINGLE).join('\u0001')));
}

/** Annotators wrote several authors into one string; credentials after a comma belong to the name. */
const GOLD_AUTHOR_BREAK = /\s*(?:;|,(?! (?:Jr|Sr|MD|M\.D|PhD|Ph\.D|RD|MW|MS))| and | & )\s*/u;

/** Hits, extras and losses of one set field, added up over pages. */
class SetCount {
  hit = 0;
  extra = 0;
  lost = 0;
  add(predicted: Set<string>, expected: Set<string>): boolean {
    let hit = 0;
    for (const item of predicted) if (expected.has(item)) hit++;
    this.hit += hit;
    this.extra += predicted.size - hit;
    this.lost += expected.size - hit;
    return hit === expected.size && hit === predicted.size;
  }
  figures(): Figures {
    const precision = this.hit / (this.hit + this.extra);
    const recall = this.hit / (this.hit + this.lost);
    return { precision, recall, f1: harmonic(precision, recall) };
  }
}

/** Scores the predictions for every page of the gold; a page without a prediction counts as an empty one. */
export function score(
  gold: readonly GoldPage[],
  predictions: Iterable<Prediction>,
): { score: Score; byPage: PageScore[] } {
  const predicted = new Map<string, Prediction>();
  for (const prediction of predictions) predicted.set(String(prediction.id), prediction);

  const byPage: PageScore[] = [];
  const shinglePrecision: number[] = [];
  const shingleRecall: number[] = [];
  const snippet = { found: 0, missed: 0, leaked: 0 };
  const titles: number[] = [];
  const authors: number[] = [];
  const dates: number[] = [];
  const spurious: number[] = [];
  const shown: number[] = [];
  const changed: number[] = [];
  const unshown: number[] = [];
  const authorSet = new SetCount();
  const tagSet = new SetCount();
  const kind = { kept: 0, lost: 0, leaked: 0, refused: 0 };
  const times: number[] = [];
  let missing = 0;

  for (const page of gold) {
    const p = predicted.get(String(page.id));
    if (!p) missing++;
    if (typeof p?.ms === 'number') times.push(p.ms);
    const text = p?.text ?? '';
    const isArticle = page.kind === 'article' || page.kind === 'page';
    // Pages that may or may not be articles say nothing about refusing.
    if (page.kind !== 'page' && p?.kind !== undefined) {
      const kept = p.kind === 'article';
      if (isArticle) kind[kept ? 'kept' : 'lost']++;
      else kind[kept ? 'leaked' : 'refused']++;
    }
    if (!isArticle) continue;

    if (typeof page.body === 'string') {
      const figures = wordFigures(text, page.body);
      byPage.push({ id: page.id, url: page.url, ...figures });
      const mine = shinglesOf(text);
      const expected = shinglesOf(page.body);
      const shared = mine.overlap(expected);
      // A side without shingles has no precision or recall to speak of and stays out of its mean.
      if (mine.size > 0) shinglePrecision.push(shared / mine.size);
      if (expected.size > 0) shingleRecall.push(shared / expected.size);
    }
    if (page.with) {
      const squeezed = singleSpaced(text);
      for (const wanted of page.with) snippet[squeezed.includes(singleSpaced(wanted)) ? 'found' : 'missed']++;
      for (const unwanted of page.without ?? []) if (squeezed.includes(singleSpaced(unwanted))) snippet.leaked++;
    }
    if (page.title) titles.push(comparable(p?.title) === comparable(page.title) ? 1 : 0);
    if (Array.isArray(page.authors)) {
      const expected = new Set(
        page.authors
          .flatMap((author) => author.split(GOLD_AUTHOR_BREAK))
          .map(comparable)
          .filter(Boolean),
      );
      const exact = authorSet.add(new Set((p?.authors ?? []).map(comparable).filter(Boolean)), expected);
      if (expected.size > 0) authors.push(exact ? 1 : 0);
    }
    if (page.published) {
      const days = daysOf(page.published);
      const right = [...daysOf(p?.published)].some((day) => days.has(day)) ? 1 : 0;
      dates.push(right);
      if (p?.dayShown === 'published') shown.push(right);
      if (p?.dayShown === 'changed') changed.push(right);
    } else if (page.published === '') {
      spurious.push(p?.published ? 1 : 0);
    }
    if (typeof page.published === 'string' && p?.dayShown === 'never') unshown.push(p.published ? 1 : 0);
    if (Array.isArray(page.tags))
      tagSet.add(new Set((p?.tags ?? []).map(comparable)), new Set(page.tags.map(comparable)));
  }

  const out: Score = { pages: gold.length, missing };
  if (byPage.length > 0) {
    out.word = {
      precision: mean(byPage.map((b) => b.precision)),
      recall: mean(byPage.map((b) => b.recall)),
      f1: mean(byPage.map((b) => b.f1)),
    };
    const precision = mean(shinglePrecision);
    const recall = mean(shingleRecall);
    out.shingle = { precision, recall, f1: harmonic(precision, recall) };
  }
  if (snippet.found + snippet.missed > 0) {
    const precision = snippet.found / (snippet.found + snippet.leaked);
    const recall = snippet.found / (snippet.found + snippet.missed);
    out.snippet = { precision, recall, f1: harmonic(precision, recall) };
  }
  if (titles.length > 0) out.title = { exact: mean(titles), of: titles.length };
  if (authors.length > 0) out.author = { exact: mean(authors), of: authors.length, ...authorSet.figures() };
  if (dates.length > 0)
    out.date = { exact: mean(dates), of: dates.length, ...(spurious.length > 0 ? { spurious: mean(spurious) } : {}) };
  if (shown.length + changed.length + unshown.length > 0)
    out.shownDate = {
      exact: mean(shown),
      of: shown.length,
      exactAsChange: mean(changed),
      ofChanges: changed.length,
      spurious: mean(unshown),
      ofUnshown: unshown.length,
    };
  if (tagSet.hit + tagSet.lost > 0) out.tags = tagSet.figures();
  if (kind.kept + kind.lost + kind.leaked + kind.refused > 0) {
    out.kind = {
      articlesKept: kind.kept / (kind.kept + kind.lost),
      othersRefused: kind.refused / (kind.refused + kind.leaked),
    };
  }
  if (times.length > 0) {
    times.sort((a, b) => a - b);
    out.ms = {
      median: times[times.length >> 1] as number,
      p95: times[Math.floor(times.length * 0.95)] as number,
      mean: mean(times),
    };
  }
  return { score: out, byPage };
}
