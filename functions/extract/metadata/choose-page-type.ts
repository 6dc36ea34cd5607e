import type { ArticleKind } from '../../article/record.ts';
import type { Evidence } from './evidence.ts';
import { isArticleType } from './json-ld.ts';
import type { PageType } from './metadata.ts';

const LISTING_TYPES = new Set([
  'collectionpage',
  'searchresultspage',
  'itemlist',
  'productgroup',
  'product',
  'contactpage',
  'checkoutpage',
  'offercatalog',
  'profilepage',
  'productcollection',
  'aggregateoffer',
  'store',
]);

/** What the page's own markup calls it. */
export function choosePageType(evidence: Evidence): PageType {
  const schemaTypes = [
    ...new Set(
      evidence.ld.nodes
        .filter(({ depth, under }) => depth === 0 || under === 'mainentity')
        .flatMap(({ types }) => types),
    ),
  ].slice(0, 20);
  const ogType = evidence.meta('og:type')?.toLowerCase() ?? null;
  const say = (says: PageType['says'], rule: string): PageType => ({ says, schemaTypes, ogType, rule });
  const article = evidence.articles[0]?.types.find(isArticleType);
  if (article !== undefined) return say('article', `json-ld ${article}`);
  const listing = schemaTypes.find((type) => LISTING_TYPES.has(type));
  if (listing !== undefined) return say('not-article', `json-ld ${listing}`);
  if (ogType === 'product' || ogType === 'product.group' || ogType === 'product.item' || ogType === 'profile')
    return say('not-article', `og:type ${ogType}`);
  if (ogType === 'article' || ogType === 'news' || ogType === 'blog') return say('article', `og:type ${ogType}`);
  return say('unknown', 'none');
}

const OPINION =
  /opinion|op-ed|editorial|column|comment|kommentar|meinung|kolumne|leitartikel|gastkommentar|tribune|éditorial|opinión|opinião|opinione|мнение|社説|评论|評論/iu;

/** What sections of opinion are called, as the whole part of a title behind the headline. */
const OPINION_NAME =
  /^(?:opinion|opinions|op-ed|editorial|kommentar|kommentare|meinung|tribune|opinión|opinião|opinioni|opinie|мнение|мнения|社説|评论)$/iu;

/** What press offices and their wires call their texts, as a section's whole name or a folder of the address. */
const PRESS_RELEASE =
  /^(?:press[ -]?releases?|media[ -]?releases?|news[ -]?releases?|pressemitteilung(?:en)?|pressemeldung(?:en)?|medienmitteilung(?:en)?|presseaussendung(?:en)?|communiqu[eé]s?(?:[ -]de[ -]presse)?|comunicados?(?:[ -]de[ -](?:prensa|imprensa))?|comunicat[oi][ -]stampa|persbericht(?:en)?|pressmeddelanden?|pressemelding(?:er)?|pressemeddelelser?|komunikaty?[ -]prasow[ey]|пресс-релизы?|プレスリリース|보도자료)$/iu;

export function chooseKind(
  evidence: Evidence,
  pageType: PageType,
  sectionLabel: string | null,
): { value: ArticleKind; rule: string } | null {
  const types = new Set(evidence.articles.slice(0, 2).flatMap((node) => node.types));
  if (types.has('liveblogposting')) return { value: 'liveblog', rule: 'json-ld LiveBlogPosting' };
  if (types.has('opinionnewsarticle')) return { value: 'opinion', rule: 'json-ld OpinionNewsArticle' };
  if (types.has('pressrelease')) return { value: 'pressRelease', rule: 'json-ld PressRelease' };
  if (types.has('imagegallery') || types.has('mediagallery')) return { value: 'gallery', rule: 'json-ld ImageGallery' };
  if (sectionLabel && sectionLabel.length < 40 && OPINION.test(sectionLabel))
    return { value: 'opinion', rule: 'section' };
  if (
    evidence.url &&
    /\/(?:opinion|opinions|op-ed|editorial|meinung|kommentar|kommentare|kolumne|opinione|tribune)\//iu.test(
      evidence.url.slice(0, 500),
    )
  )
    return { value: 'opinion', rule: 'url' };
  if (
    evidence.page.titleTag
      ?.split(/\s[|–—-]\s/u)
      .slice(1)
      .some((part) => OPINION_NAME.test(part))
  )
    return { value: 'opinion', rule: 'title' };
  if (sectionLabel && PRESS_RELEASE.test(sectionLabel)) return { value: 'pressRelease', rule: 'section' };
  const folders = evidence.url?.slice(0, 500).split(/[?#]/u)[0]?.split('/').slice(3, -1) ?? [];
  if (folders.some((folder) => PRESS_RELEASE.test(folder))) return { value: 'pressRelease', rule: 'url' };
  if (pageType.says === 'article') return { value: 'article', rule: pageType.rule };
  return null;
}
