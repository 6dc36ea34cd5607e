/**
 * Writes the headline candidates of pages with a known title as training data. The body's lines are chosen by
 * out-of-fold scores, as wrong as they will be on unseen pages.
 *
 * usage: node bench/train/text/export-titles.ts EXPORT
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../functions/extract/decode.ts';
import { chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { bareTitle, titleCandidates } from '../../../functions/extract/text/title-features.ts';
import { corpusFolder, type GoldPage, readGold, readPage } from '../../quality/corpus.ts';
import { prepare } from './export-lines.ts';

const plain = (text: string) =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  ).join(' ');

const [exported] = process.argv.slice(2);
if (!exported) throw new Error('usage: node bench/train/text/export-titles.ts EXPORT');
const scoreBytes = readFileSync(join(exported, 'oof.f32'));
const scores = new Float32Array(
  scoreBytes.buffer.slice(scoreBytes.byteOffset, scoreBytes.byteOffset + scoreBytes.byteLength),
);
const gold = new Map<string, Map<string, GoldPage>>();
const rows: number[] = [];
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
  const wanted = corpus.get(page.id);
  if (!wanted?.title || !['article', 'page'].includes(wanted.kind)) continue;
  const { survey } = prepare(decode(readPage(folder, 'text', page.id), null)?.text ?? '');
  const choice = chooseLines(survey, own);
  if (choice.first < 0) continue;
  const candidates = titleCandidates(survey, choice);
  names = [...candidates.columns.keys()];
  const columns = [...candidates.columns.values()];
  const labels = candidates.lines.map((i) =>
    plain(bareTitle(survey.lines[i]?.text ?? '')) === plain(wanted.title ?? '') ? 1 : 0,
  );
  for (let k = 0; k < candidates.lines.length; k++) for (const column of columns) rows.push(column[k] ?? 0);
  pages.push(JSON.stringify({ corpus: page.corpus, id: page.id, fold: page.fold, labels }));
}
writeFileSync(join(exported, 'titles.f32'), new Uint8Array(Float32Array.from(rows).buffer));
writeFileSync(join(exported, 'titles.json'), JSON.stringify(names));
writeFileSync(join(exported, 'titles.ndjson'), `${pages.join('\n')}\n`);
