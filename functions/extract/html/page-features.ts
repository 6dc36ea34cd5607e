/**
 * What the page classifier sees: one row of numbers a page, by which an article is told from a listing, a
 * product, a search or an error page. Training reads the rows this file writes.
 */
import { canonicalizeUrl, parseHttpUrl } from '../../article/canonical-url.ts';
import { attributeKind, elementKind } from '../markup/names.ts';
import type { Node } from '../markup/tree.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { PAGE } from './boxes.ts';
import type { BodyChoice } from './choose-body.ts';
import type { Measures } from './features.ts';
import { GROUPS, nameTokens } from './hints.ts';
import type { Page } from './page.ts';

/** What of the metadata tells an article from another page. */
export type Statements = Pick<Metadata, 'pageType' | 'publishedAt' | 'modifiedAt' | 'authors'>;

const ARTICLE = elementKind('article');
const H1 = elementKind('h1');
const BODY = elementKind('body');
const CLASS = attributeKind('class');

const PRICE = /[$€£¥₹]\s?\d|\d\s?[$€£¥₹]/;
const MAX_PRICE = 60;
const DATED_PATH = /\/(?:19|20)\d\d\/[01]?\d(?:\/|$)|(?:19|20)\d\d-[01]\d-[0-3]\d/;
const LISTING_PATH =
  /\/(?:category|categories|tag|tags|topic|topics|collections?|c|b|l|shop|store|search|products?|hub|sections?|browse|archives?|author|directory|market|list|charts?|page)(?:\/|$)/i;
const ARTICLE_PATH = /\/(?:blog|blogs|article|articles|news|story|stories|post|posts|p|artikel)\/./i;
const OF_ARTICLE = new Set(['single', 'singlepost', 'article', 'post', 'postid', 'story', 'entry', 'blogpost']);
const OF_LISTING = new Set(
  'archive category tag search listing collection product products shop catalog home blog frontpage index store plp results'.split(
    ' ',
  ),
);
/** Characters of the longest text taken for a date. */
const MAX_DATE = 40;
const YEAR = /(?:^|\D)(?:19|20)\d\d(?:\D|$)/;
const OG_TYPES = ['article', 'website', 'product', 'blog', 'product.group'];

/** All bits of {@link GROUPS}. */
const GROUPED = GROUPS.reduce((bits, [group]) => bits | group, 0);

/** Measures a page whose blocks are judged. */
export function measurePage(
  page: Page,
  measures: Measures,
  choice: BodyChoice,
  statements: Statements,
  url: string | null,
): Float32Array {
  const { segments, counts, boxes } = page;
  let words = 0;
  let stops = 0;
  let letters = 0;
  let linkLetters = 0;
  let prose = 0;
  let keptWords = 0;
  let keptBlocks = 0;
  let keptProse = 0;
  let keptLetters = 0;
  let keptLinks = 0;
  let keptItems = 0;
  let longest = 0;
  let sure = 0;
  let linked = 0;
  let headings = 0;
  let linkedHeadings = 0;
  let keptHeadings = 0;
  let prices = 0;
  let controls = 0;
  let contained = 0;
  // Prose kept since the last linked heading: long between the few of an article, short between cards.
  let stretch = 0;
  let longestStretch = 0;
  let dated = 0;
  const likes = new Map<number, number>();
  let h1Words = 0;
  let mostLikes = 0;
  // Words by what the names around them say, by bit: most of a listing stands in cards, most of an article in none.
  const named = new Float64Array(32);
  const containerFirst = boxes.first[measures.container] as number;
  const containerEnd = boxes.end[measures.container] as number;
  for (const segment of segments) {
    const i = segment.index;
    const { box } = segment;
    const heading = boxes.heading[box] as number;
    const digits = counts.digits[i] as number;
    const around = boxes.around[box] as number;
    for (let rest = around & GROUPED; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      named[bit] = (named[bit] as number) + segment.words;
    }
    words += segment.words;
    stops += segment.stops;
    letters += segment.letters;
    linkLetters += segment.linkLetters;
    prose += measures.prose[i] as number;
    if (i >= containerFirst && i < containerEnd) contained += measures.prose[i] as number;
    const isLink = segment.linkLetters > 0.8 * segment.letters;
    if (isLink) {
      linked++;
      const signature = boxes.signature[box] as number;
      const count = (likes.get(signature) ?? 0) + 1;
      likes.set(signature, count);
      if (segment.words >= 3) mostLikes = Math.max(mostLikes, count);
    }
    if (heading > 1) {
      headings++;
      if (isLink) {
        linkedHeadings++;
        stretch = 0;
      }
    }
    if (heading === 1 && boxes.kind(box) === H1) h1Words += segment.words;
    if (digits > 0 && segment.letters <= MAX_PRICE) {
      const { text } = segment;
      if (text.length <= MAX_DATE && YEAR.test(text)) dated++;
      if (text.length <= MAX_PRICE && PRICE.test(text)) prices++;
    }
    if (counts.control[i] === 1) controls++;
    if (choice.keep[i] === 0) continue;
    keptBlocks++;
    keptWords += segment.words;
    keptProse += measures.prose[i] as number;
    stretch += measures.prose[i] as number;
    longestStretch = Math.max(longestStretch, stretch);
    keptLetters += segment.letters;
    keptLinks += segment.linkLetters;
    if (boxes.item[box] !== -1) keptItems++;
    if (heading > 0) keptHeadings++;
    longest = Math.max(longest, segment.words);
    if ((choice.scores[i] as number) > 0.8) sure += segment.words;
  }

  let articles = 0;
  let ofArticle = 0;
  let ofListing = 0;
  let h1 = 0;
  for (let box = PAGE + 1; box < boxes.count; box++) {
    const kind = boxes.kind(box);
    if (kind === ARTICLE) articles++;
    else if (kind === H1) h1++;
    else if (kind === BODY) {
      for (const token of nameTokens(page.tree.valueOf(boxes.node[box] as Node, CLASS) ?? '')) {
        if (OF_ARTICLE.has(token)) ofArticle++;
        if (OF_LISTING.has(token)) ofListing++;
      }
    }
  }

  // In its normal form, so that another form of the same address makes no other record.
  const address = parseHttpUrl(canonicalizeUrl(url));
  const path = address?.pathname ?? '';
  const parts = path.split('/').filter(Boolean);
  const last = parts.at(-1) ?? '';
  const { pageType } = statements;
  return Float32Array.from([
    choice.expected,
    measures.wording,
    keptWords,
    keptBlocks,
    keptProse / Math.max(1, keptWords),
    keptWords / Math.max(1, words),
    keptLinks / Math.max(1, keptLetters),
    linkLetters / Math.max(1, letters),
    longest,
    keptWords / Math.max(1, keptBlocks),
    sure / Math.max(1, keptWords),
    contained / Math.max(1, prose),
    prose,
    prose / Math.max(1, words),
    segments.length,
    stops / Math.max(1, words),
    articles,
    headings,
    linkedHeadings / Math.max(1, headings),
    keptHeadings / Math.max(1, keptBlocks),
    keptItems / Math.max(1, keptBlocks),
    prices,
    prices / Math.max(1, segments.length),
    linked / Math.max(1, segments.length),
    mostLikes,
    controls / Math.max(1, segments.length),
    h1,
    page.figures.length,
    (100 * page.figures.length) / Math.max(1, words),
    ofArticle,
    ofListing,
    pageType.says === 'article' ? 1 : pageType.says === 'not-article' ? -1 : 0,
    pageType.ogType === null ? -1 : OG_TYPES.indexOf(pageType.ogType) + 1,
    statements.publishedAt === null ? 0 : 1,
    statements.modifiedAt === null ? 0 : 1,
    Math.min(3, statements.authors.length),
    address === null ? -1 : parts.length,
    last.split(/[-_]/).length,
    (last.match(/\d/g) ?? []).length,
    DATED_PATH.test(path) ? 1 : 0,
    LISTING_PATH.test(path) ? 1 : 0,
    ARTICLE_PATH.test(path) ? 1 : 0,
    /\.[a-z]{3,5}$/i.test(last) ? 1 : 0,
    longestStretch,
    longestStretch / Math.max(1, keptProse),
    dated,
    h1Words,
    ...GROUPS.map(([group]) => (named[31 - Math.clz32(group)] as number) / Math.max(1, words)),
  ]);
}

/** Names of the columns, in the order {@link measurePage} gives them. */
export const PAGE_FEATURES: readonly string[] = [
  'expected',
  'wording',
  'kept words',
  'kept blocks',
  'kept prose share',
  'kept share',
  'kept links',
  'links',
  'longest',
  'words a kept block',
  'sure share',
  'contained prose',
  'prose',
  'prose share',
  'blocks',
  'stops a word',
  'articles',
  'headings',
  'linked headings',
  'kept headings',
  'kept items',
  'prices',
  'price share',
  'linked blocks',
  'most like links',
  'controls',
  'h1',
  'figures',
  'figures a word',
  'names of article',
  'names of listing',
  'says',
  'og type',
  'published',
  'modified',
  'authors',
  'path parts',
  'last words',
  'last digits',
  'dated path',
  'listing path',
  'article path',
  'file path',
  'longest stretch',
  'stretch share',
  'dated blocks',
  'h1 words',
  ...GROUPS.map(([, name]) => `words in ${name}`),
];
