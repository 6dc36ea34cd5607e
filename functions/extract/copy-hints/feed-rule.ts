import { siteOf } from '../../article/canonical-url.ts';
import type { ExtractedArticle } from '../../article/record.ts';

/** What of a feed gave a field, for the provenance: `feed title`, or `feed title of planet.example` where it is another site's. */
export function feedRule(what: string, feedUrl: string | null, { site }: Pick<ExtractedArticle, 'site'>): string {
  const speaker = siteOf(feedUrl);
  return speaker === null || site === null || speaker === site ? `feed ${what}` : `feed ${what} of ${speaker}`;
}
