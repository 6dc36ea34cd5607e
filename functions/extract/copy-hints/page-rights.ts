import type { ExtractedArticle } from '../../article/record.ts';
import { parseMarkup } from '../markup/parse.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import type { Context } from '../outcome.ts';

/** What a refused page asks of machines: the text may come from elsewhere, the wish still holds. */
export function pageRights(document: string, { url, asOf }: Context): Pick<ExtractedArticle, 'rights' | 'provenance'> {
  const tree = parseMarkup(document);
  const { rights = null, provenance = {} } = tree ? readMetadata(tree, { url, asOf, ruleOf: () => null }) : {};
  return { rights, provenance: provenance.rights === undefined ? {} : { rights: provenance.rights } };
}
