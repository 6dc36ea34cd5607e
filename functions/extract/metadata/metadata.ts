import type { ExtractedArticle } from '../../article/record.ts';
import type { RuleFindings } from '../rules/apply-rule.ts';

/** What a page says it is, by its own markup; the body engine weighs this against what it finds. */
export interface PageType {
  /** The strongest statement: an article of some kind, a page that is none, or nothing said. */
  says: 'article' | 'not-article' | 'unknown';
  /** Schema.org types of JSON-LD and microdata that describe the page itself, most telling first. */
  schemaTypes: string[];
  /** `og:type` in lower case. */
  ogType: string | null;
  /** The rule behind `says`, e.g. `json-ld CollectionPage`. */
  rule: string;
}

/** Everything a page says about its article besides the body. Absent is null or empty, never a guess. */
export interface Metadata
  extends Pick<
    ExtractedArticle,
    | 'canonicalUrl'
    | 'site'
    | 'title'
    | 'subtitle'
    | 'description'
    | 'authors'
    | 'siteName'
    | 'section'
    | 'breadcrumbs'
    | 'tags'
    | 'publishedAt'
    | 'modifiedAt'
    | 'publishedRaw'
    | 'datePrecision'
    | 'dateSource'
    | 'kind'
    | 'accessibleForFree'
    | 'rights'
    | 'provenance'
  > {
  /** The page's own day of publication, YYYY-MM-DD, in the zone its stamp was written in. */
  publishedDay: string | null;
  /** Where the page stands: as the copy's origin says, else as the page states it; absolute, the base of its addresses. */
  url: string | null;
  /** The language the page declares (`html lang`, JSON-LD, metas), unchecked; give it to `settleLanguage`. */
  declaredLanguage: string | null;
  /** Text direction the page declares on `html` or `body`. */
  declaredDirection: 'ltr' | 'rtl' | null;
  /** The article text as JSON-LD states it, its lines kept; used by the body engine when the markup holds nearly nothing. */
  articleBody: string | null;
  pageType: PageType;
  /** Addresses that the page states for its image, as written, the most trusted first, each with its rule. */
  mainImages: { value: string; rule: string }[];
  /** What the rule of the site found, the body included; null where there is no rule. */
  ruled: RuleFindings | null;
  warnings: ExtractedArticle['quality']['warnings'];
}
