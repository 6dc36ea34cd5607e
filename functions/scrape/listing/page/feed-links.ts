/** Feeds that a page names (RSS Autodiscovery, RFC 5005's neighbours, JSON Feed): what `link rel=alternate` says, else links called so. */
import { parseHttpUrl, siteOf } from '../../../article/canonical-url.ts';
import type { MarkupTree, Node } from '../../../extract/markup/tree.ts';
import { squash, textOf } from '../../../extract/metadata/element-text.ts';

const FEED_TYPE =
  /^\s*(?:application|text)\/(?:(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?|x-(?:rss|atom)\+xml)\s*(?:;|$)/i;
/** Types that feeds share with other documents: the address must look like a feed's. */
const VAGUE_TYPE = /^\s*(?:application|text)\/(?:xml|json)\s*(?:;|$)/i;
const FEED_PATH = /(?:^|[/._-])(?:feeds?|rss|atom|rdf)(?:[/._-]|\d|$)|\.(?:rss|atom|rdf)$/i;
const COMMENTS = /comment|kommentar|comentario|coment[aá]rio|commento|reactie|replies|коммент|评论|コメント/i;
/** Of a link that is not declared to be a feed more is asked. */
const FEED_FILE =
  /\/(?:feeds?|rss|atom)(?:\/|$)|\/[\w-]{0,40}(?:rss|atom|feed|index)[\w-]{0,40}\.(?:xml|json|php|rdf|aspx)$|\.(?:rss|atom|rdf)$/i;
const FEED_WORD = /\b(?:rss|atom|feeds?|xml)\b/i;
/** Once a scheme for feeds, which programs were to open: `feed://…` for http, `feed:https://…`. */
const FEED_SCHEME = /^\s{0,20}feed:(?:\/\/|(?=https?:))/i;
const MAX_FEEDS = 50;
/** Feeds that are linked like pages, which many sites do instead. */
const MAX_MENTIONED = 10;
/** Letters of a section's name that mean something in a feed's. */
const LEAST_SECTION = 4;
const MAX_TITLE = 300;
const MAX_WORD = 40;

export interface FeedLink {
  url: string;
  title: string | null;
}

/**
 * @param page address of the page: a feed below it is nearer to what was asked for than that of the whole site
 * @returns each once; those of the page's own directory or name first, those of comments last
 */
export function feedLinks(tree: MarkupTree, page: URL, base: string): FeedLink[] {
  const declared = new Map<string, FeedLink & { rank: number }>();
  const mentioned = new Map<string, FeedLink & { rank: number }>();
  for (let node = 1; node < tree.count && declared.size < MAX_FEEDS; node++) {
    const name = tree.isElement(node) ? tree.name(node) : '';
    if (name !== 'link' && name !== 'a') continue;
    const url = parseHttpUrl(tree.attribute(node, 'href')?.replace(FEED_SCHEME, withoutFeed), base);
    if (url === null) continue;
    const title = squash((tree.attribute(node, 'title') ?? '').slice(0, MAX_TITLE)) || null;
    const feed = { url: url.href, title, rank: rankOf(url, title, page) };
    if (isDeclared(tree, node, url)) {
      if (!declared.has(url.href)) declared.set(url.href, feed);
    } else if (name === 'a' && mentioned.size < MAX_MENTIONED && isOwnFile(url, page)) {
      if (FEED_WORD.test(`${title ?? ''} ${textOf(tree, node, MAX_WORD)}`)) mentioned.set(url.href, feed);
    }
  }
  const feeds = declared.size > 0 ? declared : mentioned;
  return [...feeds.values()].sort((a, b) => a.rank - b.rank).map(({ url, title }) => ({ url, title }));
}

function withoutFeed(scheme: string): string {
  return scheme.endsWith('//') ? 'http://' : '';
}

function isDeclared(tree: MarkupTree, node: Node, url: URL): boolean {
  const relations = (tree.attribute(node, 'rel') ?? '').toLowerCase().split(/\s+/);
  if (relations.includes('feed')) return true;
  if (!relations.includes('alternate')) return false;
  const type = tree.attribute(node, 'type') ?? '';
  return FEED_TYPE.test(type) || (VAGUE_TYPE.test(type) && FEED_PATH.test(url.pathname + url.search));
}

function isOwnFile(url: URL, page: URL): boolean {
  return FEED_FILE.test(url.pathname) && !/\.html?$/i.test(url.pathname) && siteOf(url.href) === siteOf(page.href);
}

/** 0 below the page's own path, 1 named after it, 2 any, 3 for comments. */
function rankOf(url: URL, title: string | null, page: URL): number {
  const named = `${url.pathname}${url.search} ${title ?? ''}`.toLowerCase();
  if (COMMENTS.test(named)) return 3;
  const directory = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`;
  if (directory !== '/' && url.host === page.host && url.pathname.startsWith(directory)) return 0;
  const section = directory.split('/').at(-2)?.toLowerCase() ?? '';
  return section.length >= LEAST_SECTION && named.includes(section) ? 1 : 2;
}
