import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { AnswerHints } from '../../article/feed-hints.ts';
import { type ExtractedArticle, RESTRICTIONS, type Rights } from '../../article/record.ts';

/**
 * The article with what the HTTP answer asks of machines: restrictions add up, and of TDMRep's places the page has the last word
 * (processing priority in its final report of 10 May 2024: file, header, page).
 */
export function withAnswerRights(article: ExtractedArticle, answer: AnswerHints | null): ExtractedArticle {
  if (!answer) return article;
  const page: Rights = article.rights ?? { restrictions: [], tdmReserved: null, tdmPolicy: null, license: null };
  const rules = article.provenance.rights === undefined ? [] : [article.provenance.rights];
  const restrictions = RESTRICTIONS.filter((one) => page.restrictions.includes(one) || answer.robots.includes(one));
  if (restrictions.length > page.restrictions.length) rules.push('X-Robots-Tag');
  let { tdmReserved, tdmPolicy } = page;
  if (tdmReserved === null && answer.tdmReserved !== null) {
    tdmReserved = answer.tdmReserved;
    tdmPolicy ??= parseHttpUrl(answer.tdmPolicy)?.href ?? null;
    rules.push('answer tdm-reservation');
  }
  if (rules.length === 0) return article;
  return {
    ...article,
    rights: { ...page, restrictions, tdmReserved, tdmPolicy },
    provenance: { ...article.provenance, rights: rules.join(', ') },
  };
}
