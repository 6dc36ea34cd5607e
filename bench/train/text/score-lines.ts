/**
 * Turns what models that had not seen a page say of it into predictions for the scorer.
 *
 * usage: node bench/train/text/score-lines.ts EXPORT OUT
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropAsides, goOnBelowBoxes } from '../../../functions/extract/text/asides.ts';
import { bareTitle } from '../../../functions/extract/text/bare-title.ts';
import { buildBlocks } from '../../../functions/extract/text/blocks.ts';
import { findPublication } from '../../../functions/extract/text/publication.ts';
import { AS_OF, pagesOutOfFold } from './out-of-fold.ts';

const [exported, out] = process.argv.slice(2);
if (!exported || !out) throw new Error('usage: node bench/train/text/score-lines.ts EXPORT OUT');
mkdirSync(out, { recursive: true });
const predictions = new Map<string, string[]>();
for (const { corpus, gold, survey, choice, headline } of pagesOutOfFold(exported)) {
  const { published } = findPublication(survey, choice, headline.line, AS_OF, null);
  if (headline.line >= 0) choice.keep[headline.line] = 0;
  goOnBelowBoxes(survey, choice);
  dropAsides(survey, choice, headline.line, null);
  const title = headline.line < 0 ? null : bareTitle(survey.lines[headline.line]?.text ?? '');
  const { text } = buildBlocks(survey, choice.keep, new Map());
  const list = predictions.get(corpus) ?? [];
  list.push(JSON.stringify({ id: gold.id, kind: 'article', title, published: published?.value.iso ?? null, text }));
  predictions.set(corpus, list);
}
for (const [corpus, rows] of predictions) writeFileSync(join(out, `${corpus}.ndjson`), `${rows.join('\n')}\n`);
