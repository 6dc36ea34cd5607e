/** A web page as a listing: the feeds it names and the articles it links. */
import { ownStrings } from '../../../article/own-strings.ts';
import { parseMarkup } from '../../../extract/markup/parse.ts';
import type { MarkupTree } from '../../../extract/markup/tree.ts';
import { textOf } from '../../../extract/metadata/element-text.ts';
import { canonicalTag } from '../../../extract/metadata/language-tag.ts';
import type { Listing, NotListing } from '../../listing.ts';
import { collectItems } from '../collect-items.ts';
import { NO_RHYTHM } from '../feed/rhythm.ts';
import { NOTHING_SAID } from '../found-item.ts';
import { chooseArticleLinks } from './article-links.ts';
import { feedLinks } from './feed-links.ts';
import { pageLinks } from './page-links.ts';
import { dateIn } from './teaser.ts';

/** Fewer links are no list: an article links as many. */
const LEAST_ITEMS = 3;

export function readPage(text: string, context: { url: string; asOf: Date }): Listing | NotListing {
  const tree = parseMarkup(text);
  if (tree === null) return { kind: 'none', reason: 'The page has more elements than are read.' };
  const page = new URL(context.url);
  const { base, language, title } = headOf(tree, context.url);
  const alternates = feedLinks(tree, page, base);
  const links = pageLinks(tree, page, base);
  const found = chooseArticleLinks(tree, links, page).map((article) => {
    // A link out of somebody's sentence has no headline, and the date near it is another article's.
    const own = article.title === null ? null : article.teaser;
    const date = own === null ? null : dateIn(tree, own, { asOf: context.asOf, language });
    return ownStrings({
      ...NOTHING_SAID,
      links: article.links.slice(0, 1).map((link) => ({ href: link.url.href, base: null })),
      hints: {
        ...NOTHING_SAID.hints,
        title: article.title,
        publishedAt: date?.at ?? null,
        publishedRaw: date?.raw ?? null,
      },
    });
  });
  // The language is that of the page, not known to be that of each article.
  const { items, warnings } = collectItems(found, { url: context.url, base, language: null, authors: [] });
  const listed = items.length >= LEAST_ITEMS ? items : [];
  if (listed.length === 0 && alternates.length === 0) {
    return {
      kind: 'none',
      reason: 'The page names no feed and links no list of articles that can be told from its other links.',
    };
  }
  const [feed] = alternates;
  if (listed.length === 0 && feed) warnings.push(`The page links no list of articles; it names a feed: ${feed.url}`);
  return ownStrings({ kind: 'section', title, items: listed, children: [], alternates, rhythm: NO_RHYTHM, warnings });
}

function headOf(tree: MarkupTree, url: string): { base: string; language: string | null; title: string | null } {
  let base: string | null = null;
  let language: string | null = null;
  let title: string | null = null;
  for (let node = 1; node < tree.count; node++) {
    if (!tree.isElement(node)) continue;
    const name = tree.name(node);
    if (name === 'html')
      language ??= canonicalTag(tree.attribute(node, 'lang') ?? tree.attribute(node, 'xml:lang') ?? null);
    else if (name === 'base') base ??= URL.parse(tree.attribute(node, 'href') ?? '', url)?.href ?? null;
    else if (name === 'title') title ??= textOf(tree, node, 300) || null;
    else if (name === 'body') break;
  }
  return { base: base ?? url, language, title };
}
