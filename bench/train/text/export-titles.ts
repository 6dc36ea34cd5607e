/**
 * Writes the headline candidates of all pages as training data. The body's lines are chosen by out-of-fold scores, as
 * wrong as they will be on unseen pages.
 *
 * usage: node bench/train/text/export-titles.ts EXPORT
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareTitle } from '../../../functions/extract/text/bare-title.ts';
import { TITLE_FEATURES } from '../../../functions/extract/text/title-features.ts';
import { pagesOutOfFold } from './out-of-fold.ts';
import { plainWords } from './plain-words.ts';

const [exported] = process.argv.slice(2);
if (!exported) throw new Error('usage: node bench/train/text/export-titles.ts EXPORT');
// Those of an older run would be of other candidates.
rmSync(join(exported, 'titles.oof.f32'), { force: true });

const tables: Buffer[] = [];
const pages: string[] = [];
for (const { corpus, fold, gold, survey, choice, candidates } of pagesOutOfFold(exported)) {
  const known = Boolean(gold.title) && ['article', 'page'].includes(gold.kind) && choice.first >= 0;
  const title = plainWords(gold.title ?? '');
  const labels = candidates.lines.map((i) =>
    known && plainWords(bareTitle(survey.lines[i]?.text ?? '')) === title ? 1 : 0,
  );
  tables.push(Buffer.from(candidates.rows.values.buffer));
  pages.push(JSON.stringify({ corpus, id: gold.id, fold, known, labels }));
}
writeFileSync(join(exported, 'titles.f32'), Buffer.concat(tables));
writeFileSync(join(exported, 'titles.json'), JSON.stringify(TITLE_FEATURES));
writeFileSync(join(exported, 'titles.ndjson'), `${pages.join('\n')}\n`);
