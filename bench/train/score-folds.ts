/**
 * Scores the HTML body as it would be on unseen sites: each page's blocks and kind are judged by the models
 * that saw no page of its site, then go through the engine's own rules.
 *
 * usage: node bench/train/score-folds.ts CORPORA EXPORT [--predictions FOLDER] [--figures FILE.json]
 *   FOLDER  receives CORPUS.ndjson, a prediction a line, as the scorer reads them
 *   FILE    receives the figures with the hash of the corpora
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../functions/extract/decode.ts';
import { assembleBody } from '../../functions/extract/html/body.ts';
import { chooseBody } from '../../functions/extract/html/choose-body.ts';
import { consentBlocks } from '../../functions/extract/html/consent.ts';
import { dropFrontMatter } from '../../functions/extract/html/front-matter.ts';
import { hiddenBody } from '../../functions/extract/html/hidden-body.ts';
import { segmentPage } from '../../functions/extract/html/segment.ts';
import { FLAG_BELOW, isStandIn, noticeOf, REFUSE_BELOW } from '../../functions/extract/html/verdict.ts';
import { parseMarkup } from '../../functions/extract/markup/parse.ts';
import { readMetadata } from '../../functions/extract/metadata/read-metadata.ts';
import { readGold } from '../quality/corpus.ts';
import { type Prediction, score } from '../quality/score.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { predictions: { type: 'string' }, figures: { type: 'string' } },
});
const [corpora, folder] = positionals;
if (!corpora || !folder) {
  console.error('usage: node bench/train/score-folds.ts CORPORA EXPORT [--predictions FOLDER] [--figures FILE.json]');
  process.exit(2);
}

const floats = (name: string): Float32Array => {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
interface ExportedPage {
  id: string;
  corpus: string;
  start: number;
  blocks: number;
}
/** As for the engine's figures: no page of the corpora was saved later. */
const AS_OF = new Date('2026-11-22T00:00:00Z');
const urls = new Map<string, string>();
const chances = floats('oof.f32');
const pageChances = floats('pages.oof.f32');
const predictions = new Map<string, Prediction[]>();
readFileSync(join(folder, 'pages.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .forEach((line, number) => {
    const { id, corpus, start, blocks } = JSON.parse(line) as ExportedPage;
    if (!predictions.has(corpus)) {
      predictions.set(corpus, []);
      for (const gold of readGold(join(corpora, corpus))) urls.set(`${corpus}/${gold.id}`, gold.url);
    }
    const decoded = decode(gunzipSync(readFileSync(join(corpora, corpus, 'html', `${id}.html.gz`))), null);
    const tree = parseMarkup(decoded?.text ?? '');
    if (tree === null) return;
    const page = segmentPage(tree, new Map());
    if (page.segments.length !== blocks) throw new Error(`${corpus}/${id} is cut otherwise now; export anew`);
    const judged = chances.slice(start, start + blocks);
    consentBlocks(page)?.forEach((isConsent, i) => {
      if (isConsent) judged[i] = 0;
    });
    const choice = chooseBody(page, judged);
    const context = { url: urls.get(`${corpus}/${id}`) ?? null, asOf: AS_OF };
    const metadata = readMetadata(tree, context);
    const said = {
      title: metadata.title,
      siteName: metadata.siteName,
      authors: metadata.authors,
      language: metadata.declaredLanguage,
      publishedDay: metadata.publishedDay,
    };
    dropFrontMatter(page.segments, choice.keep, said, AS_OF);
    const inMarkup = assembleBody(page, choice.keep);
    const hidden = hiddenBody(tree, metadata.articleBody, said, AS_OF, inMarkup);
    const body = hidden?.body ?? inMarkup;
    const chance = hidden?.isStated && metadata.pageType.says !== 'not-article' ? 1 : (pageChances[number] ?? 0);
    const isRefused =
      chance < REFUSE_BELOW ||
      body.blocks.length === 0 ||
      (hidden === null && (noticeOf(page, choice.keep) !== null || isStandIn(page, choice.keep)));
    const kind = isRefused ? 'not_article' : chance < FLAG_BELOW ? 'other' : 'article';
    const list = predictions.get(corpus) ?? [];
    predictions.set(corpus, list);
    list.push({ id, kind, text: isRefused ? '' : body.text } as Prediction);
  });

const figures: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8')) as Record<
  string,
  unknown
>;
delete figures.features;
for (const [corpus, list] of predictions) {
  if (values.predictions) {
    mkdirSync(values.predictions, { recursive: true });
    const lines = list.map((prediction) => JSON.stringify(prediction));
    writeFileSync(join(values.predictions, `${corpus}.ndjson`), `${lines.join('\n')}\n`);
  }
  const { word, shingle, snippet, kind } = score(readGold(join(corpora, corpus)), list).score;
  const told = Object.entries({ word, shingle, snippet, kind }).filter(([, figure]) => figure !== undefined);
  const rounded = told.map(([name, figure]) => [
    name,
    Object.fromEntries(
      Object.entries(figure ?? {})
        .filter(([, v]) => Number.isFinite(v))
        .map(([k, v]) => [k, Math.round(Number(v) * 1e4) / 1e4]),
    ),
  ]);
  figures[corpus] = Object.fromEntries(rounded);
  console.log(corpus, JSON.stringify(figures[corpus]));
}
if (values.figures) writeFileSync(values.figures, `${JSON.stringify(figures, null, 2)}\n`);
