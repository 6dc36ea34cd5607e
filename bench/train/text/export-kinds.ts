/**
 * Writes one row a page, article or not, as training data for the refusal of listings. Body and headline are chosen by
 * out-of-fold scores.
 *
 * usage: node bench/train/text/export-kinds.ts EXPORT
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAuthors } from '../../../functions/extract/text/byline.ts';
import { PAGE_FEATURES, pageRow } from '../../../functions/extract/text/page-features.ts';
import { findPublication } from '../../../functions/extract/text/publication.ts';
import { AS_OF, pagesOutOfFold } from './out-of-fold.ts';

const [exported] = process.argv.slice(2);
if (!exported) throw new Error('usage: node bench/train/text/export-kinds.ts EXPORT');
const pages: string[] = [];
for (const { corpus, fold, gold, survey, choice, headline } of pagesOutOfFold(exported)) {
  if (choice.first < 0) continue;
  const { published, modified } = findPublication(survey, choice, headline.line, AS_OF, null);
  const row = pageRow(survey, choice, {
    title: headline.score,
    dated: (published ?? modified) !== null,
    signed: findAuthors(survey, choice, headline.line, { asOf: AS_OF, language: null }) !== null,
  });
  // Pages of unknown kind are of news and blogs: articles nearly all, of which listings are to be told.
  const article = gold.kind === 'article' || gold.kind === 'page';
  pages.push(JSON.stringify({ corpus, id: gold.id, fold, article, values: [...row.values] }));
}
writeFileSync(join(exported, 'kinds.json'), JSON.stringify(PAGE_FEATURES));
writeFileSync(join(exported, 'kinds.ndjson'), `${pages.join('\n')}\n`);
