/**
 * Writes the headline candidates of all pages as training data. The body's lines are chosen by models that had not seen
 * the site, as wrong as they will be on unseen pages. Pages are written a second time as they also come (`other-views.ts`).
 *
 * usage: node bench/train/text/export-titles.ts EXPORT
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareTitle } from '../../../functions/extract/text/bare-title.ts';
import { TITLE_FEATURES } from '../../../functions/extract/text/title-features.ts';
import { OTHER_VIEWS } from './other-views.ts';
import { FoldReader, pagesOutOfFold, type TextRead } from './out-of-fold.ts';
import { plainWords } from './plain-words.ts';

const [exported] = process.argv.slice(2);
if (!exported) throw new Error('usage: node bench/train/text/export-titles.ts EXPORT');
// Those of an older run would be of other candidates.
rmSync(join(exported, 'titles.oof.f32'), { force: true });

const tables: Buffer[] = [];
const pages: string[] = [];
const reader = new FoldReader(exported);
for (const { corpus, fold, gold, source, survey, choice, candidates } of pagesOutOfFold(exported, reader)) {
  const known = Boolean(gold.title) && ['article', 'page'].includes(gold.kind) && choice.first >= 0;
  const title = known ? plainWords(gold.title ?? '') : null;
  const add = (view: string, read: TextRead): number => {
    const labels = read.candidates.lines.map((i) => (isTitle(read, i, title) ? 1 : 0));
    tables.push(Buffer.from(read.candidates.rows.values.buffer));
    pages.push(JSON.stringify({ corpus, id: gold.id, fold, view, known, labels }));
    const away = (i: number) => Math.abs(i - read.choice.first);
    return read.candidates.lines
      .filter((_, k) => labels[k] === 1)
      .reduce((a, b) => (a < 0 || away(b) < away(a) ? b : a), -1);
  };
  const headline = add('whole', { survey, choice, candidates });
  if (!known) continue;
  const numberOf = (i: number) => (survey.lines[i]?.number ?? 0) - 1;
  const viewed = {
    id: gold.id,
    source,
    headline: numberOf(headline),
    first: numberOf(choice.first),
    last: numberOf(choice.last),
  };
  for (const [view, of] of Object.entries(OTHER_VIEWS)) {
    const other = of(viewed);
    if (other !== null) add(view, reader.read(other, fold));
  }
}
writeFileSync(join(exported, 'titles.f32'), Buffer.concat(tables));
writeFileSync(join(exported, 'titles.json'), JSON.stringify(TITLE_FEATURES));
writeFileSync(join(exported, 'titles.ndjson'), `${pages.join('\n')}\n`);

function isTitle({ survey }: TextRead, i: number, title: string | null): boolean {
  return title !== null && plainWords(bareTitle(survey.lines[i]?.text ?? '')) === title;
}
