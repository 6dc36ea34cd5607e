/**
 * Writes one row a page, article or not, as training data for the refusal of listings. The body's lines are chosen by
 * out-of-fold scores.
 *
 * usage: node bench/train/text/export-kinds.ts EXPORT
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../functions/extract/decode.ts';
import { findAuthors } from '../../../functions/extract/text/byline.ts';
import { chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { pageFeatures } from '../../../functions/extract/text/page-features.ts';
import { findPublication } from '../../../functions/extract/text/publication.ts';
import { findTitle } from '../../../functions/extract/text/title.ts';
import { corpusFolder, type GoldPage, readGold, readPage } from '../../quality/corpus.ts';
import { prepare } from './export-lines.ts';

/** No page of the corpora was saved later. */
const AS_OF = new Date('2026-07-01T00:00:00Z');

const [exported] = process.argv.slice(2);
if (!exported) throw new Error('usage: node bench/train/text/export-kinds.ts EXPORT');
const bytes = readFileSync(join(exported, 'oof.f32'));
const scores = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const gold = new Map<string, Map<string, GoldPage>>();
const pages: string[] = [];
let names: string[] = [];
let at = 0;
for (const row of readFileSync(join(exported, 'pages.ndjson'), 'utf8').split('\n').filter(Boolean)) {
  const page = JSON.parse(row) as { corpus: string; id: string; fold: number; words: number[] };
  const own = scores.slice(at, at + page.words.length);
  at += page.words.length;
  const folder = corpusFolder(page.corpus);
  const corpus = gold.get(page.corpus) ?? new Map(readGold(folder).map((one) => [one.id, one]));
  gold.set(page.corpus, corpus);
  const kind = corpus.get(page.id)?.kind;
  const { survey } = prepare(decode(readPage(folder, 'text', page.id), null)?.text ?? '');
  const choice = chooseLines(survey, own);
  if (choice.first < 0) continue;
  const headline = findTitle(survey, choice);
  const { published, modified } = findPublication(survey, choice, headline.line, AS_OF, null);
  const signed = findAuthors(survey, choice, headline.line) !== null;
  const columns = pageFeatures(survey, choice, {
    title: headline.score,
    dated: (published ?? modified) !== null,
    signed,
  });
  names = [...columns.keys()];
  const values = [...columns.values()].map((column) => column[0] ?? 0);
  // Pages of unknown kind are of news and blogs: articles nearly all, of which listings are to be told.
  pages.push(
    JSON.stringify({
      corpus: page.corpus,
      id: page.id,
      fold: page.fold,
      article: kind === 'article' || kind === 'page',
      values,
    }),
  );
}
writeFileSync(join(exported, 'kinds.json'), JSON.stringify(names));
writeFileSync(join(exported, 'kinds.ndjson'), `${pages.join('\n')}\n`);
