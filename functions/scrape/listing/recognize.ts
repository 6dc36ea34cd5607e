/** What an address turned out to be, in words, before it is watched: what to watch, why, and what else there is. */
import type { ListedItem, Listing, ListingKind, NotListing } from '../listing.ts';

/** Items shown before anything is fetched. */
const SHOWN = 10;

export interface Candidate {
  url: string;
  title: string | null;
  /** One clause: what it is. */
  what: string;
}

export interface Recognition {
  /** Address to watch: the one given, or the feed its page names; null where there is nothing to watch. */
  watch: string | null;
  /** Of the answer read; null where it is no listing. */
  kind: ListingKind | null;
  /** One sentence: what it is and why that is to be watched. */
  because: string;
  /** Further addresses that could be watched instead, the likeliest first. */
  others: readonly Candidate[];
  /** The first of the answer read, at most ten; those of a feed that the page names come with its own reading. */
  items: readonly ListedItem[];
  warnings: readonly string[];
}

const KINDS: Readonly<Record<ListingKind, string>> = {
  rss: 'an RSS feed',
  atom: 'an Atom feed',
  rdf: 'an RDF feed (RSS 1.0)',
  'json-feed': 'a JSON feed',
  sitemap: 'a site map',
  'news-sitemap': 'a news site map',
  'sitemap-index': 'an index of site maps',
  robots: 'a robots.txt',
  section: 'a web page',
};

/** @param url the address that answered */
export function recognize(reading: Listing | NotListing, url: string): Recognition {
  if (reading.kind === 'none') {
    return { watch: null, kind: null, because: reading.reason, others: [], items: [], warnings: [] };
  }
  const items = reading.items.slice(0, SHOWN);
  const found = { kind: reading.kind, items, warnings: reading.warnings };
  if (reading.kind === 'section') return { ...found, ...ofPage(reading, url) };
  const others = reading.children.map((child) => ({ url: child.url, title: null, what: changed(child.modifiedAt) }));
  const naming = reading.children.length > 0 ? ` that names ${count(reading.children.length, 'site map')}` : '';
  if (reading.kind === 'robots' && naming === '') {
    return { ...found, watch: null, because: 'It is a robots.txt that names no site map.', others: [] };
  }
  const holding = reading.items.length > 0 ? ` with ${count(reading.items.length, 'article')}` : '';
  const empty = naming === '' && holding === '' ? ', empty so far' : '';
  return { ...found, watch: url, because: `It is ${KINDS[reading.kind]}${naming}${holding}${empty}.`, others };
}

function ofPage(page: Listing, url: string): Pick<Recognition, 'watch' | 'because' | 'others'> {
  const [feed, ...feeds] = page.alternates.map((alternate) => ({ ...alternate, what: 'a feed the page names' }));
  const links = count(page.items.length, 'link');
  if (feed === undefined) {
    const because = `It is a web page that names no feed; ${links} on it lead to articles by their addresses and words.`;
    return { watch: url, because, others: [] };
  }
  const itself = { url, title: page.title, what: `the page itself, by ${links} that lead to articles` };
  return {
    watch: feed.url,
    because: `It is a web page that names a feed${feed.title === null ? '' : ` (${feed.title})`}, which says more of its articles than links do.`,
    others: page.items.length > 0 ? [...feeds, itself] : feeds,
  };
}

function changed(at: string | null): string {
  return at === null ? 'a site map' : `a site map changed on ${at.slice(0, 10)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
