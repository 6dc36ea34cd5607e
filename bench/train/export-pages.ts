/**
 * Writes what the page classifier learns from: a row a page, its blocks judged by models that never saw its site.
 *
 * usage: node bench/train/export-pages.ts CORPORA EXPORT FOLDS.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../functions/extract/decode.ts';
import { chooseBody } from '../../functions/extract/html/choose-body.ts';
import { consentBlocks } from '../../functions/extract/html/consent.ts';
import { measureBlocks } from '../../functions/extract/html/features.ts';
import { measurePage, PAGE_FEATURES } from '../../functions/extract/html/page-features.ts';
import { PhraseWeights, type WordingFile } from '../../functions/extract/html/phrases.ts';
import { segmentPage } from '../../functions/extract/html/segment.ts';
import { parseMarkup } from '../../functions/extract/markup/parse.ts';
import { readMetadata } from '../../functions/extract/metadata/read-metadata.ts';
import type { Gold } from './label.ts';

interface ExportedPage {
  id: string;
  corpus: string;
  fold: number;
  start: number;
  blocks: number;
}

const [corpora, out, folds] = process.argv.slice(2);
if (!corpora || !out || !folds) {
  console.error('usage: node bench/train/export-pages.ts CORPORA EXPORT FOLDS.json');
  process.exit(2);
}
const wording = (JSON.parse(readFileSync(folds, 'utf8')) as WordingFile[]).map((fold) => new PhraseWeights(fold));
const stored = readFileSync(join(out, 'oof.f32'));
const chances = new Float32Array(stored.buffer, stored.byteOffset, stored.length / 4);
const urls = new Map<string, Map<string, string>>();
const rows: Float32Array[] = [];
for (const line of readFileSync(join(out, 'pages.ndjson'), 'utf8').split('\n')) {
  if (line === '') continue;
  const { id, corpus, fold, start, blocks } = JSON.parse(line) as ExportedPage;
  let known = urls.get(corpus);
  if (!known) {
    const golds = readFileSync(join(corpora, corpus, 'gold.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean);
    known = new Map(golds.map((gold) => JSON.parse(gold) as Gold).map((gold) => [gold.id, gold.url]));
    urls.set(corpus, known);
  }
  const decoded = decode(gunzipSync(readFileSync(join(corpora, corpus, 'html', `${id}.html.gz`))), null);
  const tree = parseMarkup(decoded?.text ?? '');
  if (tree === null) throw new Error(`${corpus}/${id} was exported but is refused now; export anew`);
  const url = known.get(id) ?? null;
  const page = segmentPage(tree, new Map());
  const measures = measureBlocks(page, wording[fold] as PhraseWeights);
  const judged = chances.slice(start, start + blocks);
  consentBlocks(page)?.forEach((isConsent, i) => {
    if (isConsent) judged[i] = 0;
  });
  const choice = chooseBody(page, judged);
  rows.push(measurePage(page, measures, choice, readMetadata(tree, { url, asOf: new Date('2026-01-01') }), url));
}
const whole = new Float32Array(rows.length * PAGE_FEATURES.length);
rows.forEach((row, i) => {
  whole.set(row, i * PAGE_FEATURES.length);
});
writeFileSync(join(out, 'pages.f32'), whole);
writeFileSync(join(out, 'pages.json'), JSON.stringify({ features: PAGE_FEATURES }));
console.log(`${rows.length} pages, ${PAGE_FEATURES.length} features`);
