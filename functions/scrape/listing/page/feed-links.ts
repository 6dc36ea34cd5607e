/** Feeds that a page names (RSS Autodiscovery, RFC 5005's neighbours, JSON Feed): what `link rel=alternate` says. */
import { parseHttpUrl } from '../../../article/canonical-url.ts';
import type { MarkupTree } from '../../../extract/markup/tree.ts';
import { squash } from '../../../extract/metadata/element-text.ts';

const FEED_TYPE =
  /^\s*(?:application|text)\/(?:(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?|x-(?:rss|atom)\+xml)\s*(?:;|$)/i;
/** Types that feeds share with other documents: the address must look like a feed's. */
const VAGUE_TYPE = /^\s*(?:application|text)\/(?:xml|json)\s*(?:;|$)/i;
const FEED_PATH = /(?:^|[/._-])(?:feeds?|rss|atom|rdf)(?:[/._-]|\d|$)|\.(?:rss|atom|rdf)$/i;
const COMMENTS = /comment|kommentar|comentario|coment[aá]rio|commento|reactie|replies|коммент|评论|コメント/i;
const MAX_FEEDS = 50;

export interface FeedLink {
  url: string;
  title: string | null;
}

/**
 * @param page address of the page: a feed below it is nearer to what was asked for than that of the whole site
 * @returns each once; those of the page's own directory first, those of comments last
 */
export function feedLinks(tree: MarkupTree, page: URL, base: string): FeedLink[] {
  const found = new Map<string, FeedLink & { rank: number }>();
  for (let node = 1; node < tree.count && found.size < MAX_FEEDS; node++) {
    if (!tree.isElement(node)) continue;
    const name = tree.name(node);
    if (name !== 'link' && name !== 'a') continue;
    const relations = (tree.attribute(node, 'rel') ?? '').toLowerCase().split(/\s+/);
    const type = tree.attribute(node, 'type') ?? '';
    const url = parseHttpUrl(tree.attribute(node, 'href'), base);
    if (url === null) continue;
    const path = url.pathname + url.search;
    const declared =
      relations.includes('alternate') && (FEED_TYPE.test(type) || (VAGUE_TYPE.test(type) && FEED_PATH.test(path)));
    if (!declared && !relations.includes('feed')) continue;
    const title = squash((tree.attribute(node, 'title') ?? '').slice(0, 300)) || null;
    if (!found.has(url.href)) found.set(url.href, { url: url.href, title, rank: rankOf(url, title, page) });
  }
  return [...found.values()].sort((a, b) => a.rank - b.rank).map(({ url, title }) => ({ url, title }));
}

function rankOf(url: URL, title: string | null, page: URL): number {
  if (COMMENTS.test(`${url.pathname}${url.search} ${title ?? ''}`)) return 2;
  const directory = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`;
  return directory !== '/' && url.host === page.host && url.pathname.startsWith(directory) ? 0 : 1;
}
