/**
 * Writes the lines of the corpora's copy as training data: features, labels, fold by site.
 *
 * usage: node bench/train/text/export-lines.ts OUT [CORPUS…]
 *
 * The weights of wordings are counted without the page's own site, and for each fold without its pages, so that no
 * prediction out of fold has seen its page.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { getDomain } from 'tldts';
import { decode } from '../../../functions/extract/decode.ts';
import { chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { type Survey, survey as surveyLines } from '../../../functions/extract/text/features.ts';
import { headlineByRule } from '../../../functions/extract/text/landmark.ts';
import { type FeatureColumns, lineFeatures, wordingFeatures } from '../../../functions/extract/text/line-features.ts';
import { splitLines } from '../../../functions/extract/text/lines.ts';
import { phrasesOf } from '../../../functions/extract/text/phrases.ts';
import { unwrapLines } from '../../../functions/extract/text/unwrap.ts';
import { corpusFolder, readGold, readPage } from '../../quality/corpus.ts';
import { labelLines } from './label-lines.ts';

export const FOLDS = 5;
const CORPORA = ['articles', 'news', 'publishers', 'multilingual'];
/** Sites a wording must be seen on, and what is added to both counts so that rare ones weigh little. */
const MIN_SITES = 6;
const PRIOR = 1.5;

interface Page {
  corpus: string;
  id: string;
  site: string;
  fold: number;
  survey: Survey;
  landmark: number;
  labels: Int8Array;
  coverage: number;
  phrases: string[][];
}

/** The same site is always in the same fold, whatever the corpus. */
export function foldOf(site: string): number {
  let hash = 2166136261;
  for (let i = 0; i < site.length; i++) hash = Math.imul(hash ^ site.charCodeAt(i), 16777619) >>> 0;
  return hash % FOLDS;
}

/** Phrase → site → lines in the article, lines outside; one vote per page. */
class PhraseCounts {
  readonly #sites = new Map<string, Map<string, [number, number]>>();

  add(page: Page): void {
    if (page.coverage < 0.6) return;
    const seen = new Map<string, number>();
    for (const [i, phrases] of page.phrases.entries()) {
      const label = page.labels[i];
      if (label === undefined || label < 0) continue;
      for (const phrase of phrases) seen.set(phrase, (seen.get(phrase) ?? 0) | (label === 1 ? 1 : 2));
    }
    for (const [phrase, sides] of seen) {
      let sites = this.#sites.get(phrase);
      if (sites === undefined) {
        sites = new Map();
        this.#sites.set(phrase, sites);
      }
      const counts = sites.get(page.site) ?? [0, 0];
      if (sides & 1) counts[0]++;
      if (sides & 2) counts[1]++;
      sites.set(page.site, counts);
    }
  }

  /** A site counts once for each side, however many pages of it there are. */
  weights(): { full: Map<string, number>; without: (phrase: string, site: string) => number } {
    const full = new Map<string, number>();
    const sums = new Map<string, [number, number]>();
    for (const [phrase, sites] of this.#sites) {
      if (sites.size < MIN_SITES) continue;
      const sum: [number, number] = [0, 0];
      for (const [inside, outside] of sites.values()) {
        const total = inside + outside;
        sum[0] += inside / total;
        sum[1] += outside / total;
      }
      sums.set(phrase, sum);
      const weight = weigh(sum[0], sum[1]);
      if (Math.abs(weight) >= MIN_WEIGHT) full.set(phrase, weight);
    }
    const without = (phrase: string, site: string) => {
      const sum = sums.get(phrase);
      if (sum === undefined) return 0;
      const own = this.#sites.get(phrase)?.get(site);
      if (own === undefined) return weigh(sum[0], sum[1]);
      if ((this.#sites.get(phrase)?.size ?? 0) - 1 < MIN_SITES) return 0;
      const total = own[0] + own[1];
      return weigh(sum[0] - own[0] / total, sum[1] - own[1] / total);
    };
    return { full, without };
  }
}

/** In quarters: as fine as the model stores them. */
function weigh(inside: number, outside: number): number {
  return Math.round(4 * Math.log((inside + PRIOR) / (outside + PRIOR))) / 4;
}

/** Wordings that lean neither way are left out of the model. */
const MIN_WEIGHT = 0.75;

export function prepare(source: string): { survey: Survey; landmark: number } {
  const survey = surveyLines(unwrapLines(splitLines(source).lines));
  return { survey, landmark: headlineByRule(survey, chooseLines(survey, survey.rule)) };
}

function load(names: readonly string[]): Page[] {
  const pages: Page[] = [];
  for (const corpus of names) {
    const folder = corpusFolder(corpus);
    for (const gold of readGold(folder)) {
      const text = decode(readPage(folder, 'text', gold.id), null)?.text ?? '';
      const { survey, landmark } = prepare(text);
      // A few pages have no address; they are sites of their own.
      const site = (gold.url ? getDomain(gold.url) : null) ?? gold.id;
      // Listings hold no article: every line of theirs is outside.
      const listing = gold.kind !== 'article' && gold.kind !== 'page';
      const lines = survey.lines.map((line) => line.text);
      const labels = listing ? { values: new Int8Array(lines.length).fill(-1), coverage: 0 } : labelLines(lines, gold);
      pages.push({
        corpus,
        id: gold.id,
        site,
        fold: foldOf(site),
        survey,
        landmark,
        labels: labels.values,
        coverage: labels.coverage,
        phrases: survey.lines.map((line, i) => phrasesOf(line.text, survey.shapes[i]?.words ?? 0)),
      });
    }
  }
  return pages;
}

function scoreOf(phrases: readonly string[], weight: (phrase: string) => number): number {
  let sum = 0;
  for (const phrase of phrases) {
    const value = weight(phrase);
    if (Math.abs(value) >= MIN_WEIGHT) sum += value;
  }
  return sum;
}

/** Writes the feature rows of all lines and returns the names of the columns. */
function writeColumns(path: string, pages: readonly Page[], columnsOf: (page: Page) => FeatureColumns): string[] {
  const file = openSync(path, 'w');
  let names: string[] = [];
  for (const page of pages) {
    const columns = columnsOf(page);
    names = [...columns.keys()];
    const list = [...columns.values()];
    const n = page.survey.lines.length;
    const rows = new Float32Array(n * list.length);
    for (const [f, column] of list.entries()) for (let i = 0; i < n; i++) rows[i * list.length + f] = column[i] ?? 0;
    writeSync(file, new Uint8Array(rows.buffer));
  }
  closeSync(file);
  return names;
}

function main(): void {
  const [out, ...names] = process.argv.slice(2);
  if (out === undefined) throw new Error('usage: node bench/train/text/export-lines.ts OUT [CORPUS…]');
  mkdirSync(out, { recursive: true });
  const pages = load(names.length > 0 ? names : CORPORA);
  const features = writeColumns(join(out, 'lines.f32'), pages, (page) => lineFeatures(page.survey, page.landmark));
  let wordings: string[] = [];
  for (let set = 0; set <= FOLDS; set++) {
    const counts = new PhraseCounts();
    for (const page of pages) if (page.fold !== set) counts.add(page);
    const { full, without } = counts.weights();
    wordings = writeColumns(join(out, `wording-${set}.f32`), pages, (page) =>
      wordingFeatures(
        Float32Array.from(page.phrases, (phrases) => scoreOf(phrases, (phrase) => without(phrase, page.site))),
      ),
    );
    if (set === FOLDS) writeFileSync(join(out, 'phrases.json'), JSON.stringify(Object.fromEntries(full)));
  }
  writeFileSync(join(out, 'features.json'), JSON.stringify([...features, ...wordings]));
  const lines: string[] = [];
  for (const page of pages) {
    const { corpus, id, site, fold, coverage } = page;
    const words = page.survey.shapes.map((shape) => Math.round(shape.words * 10) / 10);
    lines.push(JSON.stringify({ corpus, id, site, fold, coverage, words, labels: [...page.labels] }));
  }
  writeFileSync(join(out, 'pages.ndjson'), `${lines.join('\n')}\n`);
}

if (import.meta.main) main();
