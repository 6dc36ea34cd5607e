/**
 * Turns out-of-fold scores of lines into predictions for the scorer.
 *
 * usage: node bench/train/text/score-lines.ts EXPORT SCORES.f32 OUT
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../functions/extract/decode.ts';
import { buildBlocks } from '../../../functions/extract/text/blocks.ts';
import { chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { findTitle } from '../../../functions/extract/text/title.ts';
import { corpusFolder, readPage } from '../../quality/corpus.ts';
import { prepare } from './export-lines.ts';

const [exported, scoreFile, out] = process.argv.slice(2);
if (!exported || !scoreFile || !out)
  throw new Error('usage: node bench/train/text/score-lines.ts EXPORT SCORES.f32 OUT');
mkdirSync(out, { recursive: true });
const bytes = readFileSync(scoreFile);
const scores = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const predictions = new Map<string, string[]>();
let at = 0;
for (const row of readFileSync(join(exported, 'pages.ndjson'), 'utf8').split('\n').filter(Boolean)) {
  const page = JSON.parse(row) as { corpus: string; id: string; words: number[] };
  const own = scores.slice(at, at + page.words.length);
  at += page.words.length;
  const { survey } = prepare(decode(readPage(corpusFolder(page.corpus), 'text', page.id), null)?.text ?? '');
  const choice = chooseLines(survey, own);
  const title = findTitle(survey, choice).line;
  if (title >= 0) choice.keep[title] = 0;
  const { text } = buildBlocks(survey, choice.keep);
  const list = predictions.get(page.corpus) ?? [];
  list.push(JSON.stringify({ id: page.id, kind: 'article', title: survey.lines[title]?.text ?? null, text }));
  predictions.set(page.corpus, list);
}
for (const [corpus, rows] of predictions) writeFileSync(join(out, `${corpus}.ndjson`), `${rows.join('\n')}\n`);
