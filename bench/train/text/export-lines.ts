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
import { readHtml } from '../../../functions/extract/html/read-html.ts';
import type { Survey } from '../../../functions/extract/text/features.ts';
import { LINE_FEATURES, writeLineFeatures } from '../../../functions/extract/text/line-features.ts';
import { MOST_PHRASES, phrasesOf } from '../../../functions/extract/text/phrases.ts';
import { Rows } from '../../../functions/extract/text/rows.ts';
import { WORDING_FEATURES, writeWordingFeatures } from '../../../functions/extract/text/wording-features.ts';
import { corpusFolder, readGold, readPage } from '../../quality/corpus.ts';
import { FOLDS, foldOf } from './folds.ts';
import { labelLines } from './label-lines.ts';
import { AS_OF, prepare } from './out-of-fold.ts';
import { PhraseCounts, weighPhrases } from './phrase-counts.ts';

const CORPORA = ['articles', 'news', 'publishers', 'multilingual'];
/** Share of the answer that a page's lines must cover to be learned from. */
const LEAST_COVERAGE = 0.6;

interface Page {
  corpus: string;
  id: string;
  site: string;
  fold: number;
  survey: Survey;
  landmark: number;
  labels: Int8Array;
  coverage: number;
  whole: boolean;
  phrases: Int32Array[];
}

/** What the HTML engine reads from the same page. */
function bodyFromMarkup(bytes: Uint8Array, url: string): string | null {
  const text = decode(bytes, null)?.text;
  if (text === undefined) return null;
  const reading = readHtml(text, { url, asOf: AS_OF, trace: undefined });
  return 'article' in reading ? reading.article.text : null;
}

function load(names: readonly string[]): Page[] {
  const pages: Page[] = [];
  const found = new Int32Array(MOST_PHRASES);
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
      const labels = listing
        ? { values: new Int8Array(lines.length).fill(-1), coverage: 0, whole: true }
        : labelLines(lines, gold, gold.body ? bodyFromMarkup(readPage(folder, 'html', gold.id), gold.url) : null);
      pages.push({
        corpus,
        id: gold.id,
        site,
        fold: foldOf(site),
        survey,
        landmark,
        labels: labels.values,
        coverage: labels.coverage,
        whole: labels.whole,
        phrases: survey.lines.map((_, i) => {
          const count = phrasesOf(survey.words, survey.starts[i] ?? 0, survey.starts[i + 1] ?? 0, found);
          return found.slice(0, count);
        }),
      });
    }
  }
  return pages;
}

/** Writes the feature rows of all lines. */
function writeRows(path: string, pages: readonly Page[], width: number, write: (page: Page, rows: Rows) => void): void {
  const file = openSync(path, 'w');
  for (const page of pages) {
    const rows = new Rows(page.survey.lines.length, width);
    write(page, rows);
    writeSync(file, new Uint8Array(rows.values.buffer));
  }
  closeSync(file);
}

function main(): void {
  const [out, ...names] = process.argv.slice(2);
  if (out === undefined) throw new Error('usage: node bench/train/text/export-lines.ts OUT [CORPUS…]');
  mkdirSync(out, { recursive: true });
  const pages = load(names.length > 0 ? names : CORPORA);
  writeRows(join(out, 'lines.f32'), pages, LINE_FEATURES.length, ({ survey, landmark }, rows) =>
    writeLineFeatures(survey, landmark, rows),
  );
  for (let set = 0; set <= FOLDS; set++) {
    const counts = new PhraseCounts();
    for (const page of pages) {
      if (page.fold !== set && page.coverage >= LEAST_COVERAGE) counts.add(page.site, page.phrases, page.labels);
    }
    const { full, without } = counts.weights();
    writeRows(join(out, `wording-${set}.f32`), pages, WORDING_FEATURES.length, (page, rows) => {
      const weights = page.phrases.map((phrases) => weighPhrases(phrases, (phrase) => without(phrase, page.site)));
      writeWordingFeatures(Float32Array.from(weights), rows, 0);
    });
    writeFileSync(join(out, `phrases-${set}.json`), JSON.stringify([...full]));
  }
  writeFileSync(join(out, 'features.json'), JSON.stringify([...LINE_FEATURES, ...WORDING_FEATURES]));
  const lines: string[] = [];
  for (const page of pages) {
    const { corpus, id, site, fold, coverage, whole } = page;
    const words = page.survey.shapes.map((shape) => Math.round(shape.words * 10) / 10);
    lines.push(JSON.stringify({ corpus, id, site, fold, coverage, whole, words, labels: [...page.labels] }));
  }
  writeFileSync(join(out, 'pages.ndjson'), `${lines.join('\n')}\n`);
}

if (import.meta.main) main();
