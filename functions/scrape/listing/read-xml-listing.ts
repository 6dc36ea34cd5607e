/** Feeds and site maps in XML: which one it is, its items as they come by, and what its head says for all of them. */

import { ownStrings } from '../../article/own-strings.ts';
import { canonicalTag } from '../../extract/metadata/language-tag.ts';
import type { Listing, ListingKind } from '../listing.ts';
import { collectItems, resolve } from './collect-items.ts';
import { authorsOf, readAtomEntry } from './feed/atom.ts';
import type { Reference } from './feed/images.ts';
import { NO_RHYTHM, statedRhythm } from './feed/rhythm.ts';
import { channelLink, readRssItem, rssChannels } from './feed/rss.ts';
import { atomText, lineOf, rssText } from './feed/text-construct.ts';
import { firstSaid } from './first-said.ts';
import type { FoundItem, Inherited } from './found-item.ts';
import { SpokenFor } from './sitemap/foreign.ts';
import { type FoundEntry, readChild, readUrl } from './sitemap/sitemap.ts';
import type { XmlElement } from './xml/element.ts';
import { Entities } from './xml/entities.ts';
import { readXml, type XmlReading } from './xml/read-xml.ts';

/** Items and site maps taken of one listing: what sitemaps.org allows one file. */
export const MAX_ITEMS = 50_000;

export interface XmlContext {
  /** Address that answered. */
  url: string;
  asOf: Date;
  /** robots.txt files that name this site map. */
  namedBy: readonly string[];
}

/**
 * @param root local name of the outermost element: rss, channel, rdf, feed, entry, urlset or sitemapindex
 * @param at where it begins
 */
export function readXmlListing(text: string, root: string, at: number, context: XmlContext): Listing {
  const entities = new Entities(text.slice(0, at));
  const source = at === 0 ? text : text.slice(at);
  const read = (names: string[], take: (item: XmlElement) => number): XmlReading => {
    let taken = 0;
    return readXml(source, context.url, entities, new Set(names), (item) => {
      if (taken >= MAX_ITEMS) return false;
      taken = take(item);
      return true;
    });
  };
  if (root === 'urlset' || root === 'sitemapindex') return readSiteMap(read, context);
  return root === 'feed' || root === 'entry' ? readAtom(read, context) : readRss(read, root, context);
}

type Read = (names: string[], take: (item: XmlElement) => number) => XmlReading;

function readRss(read: Read, root: string, context: XmlContext): Listing {
  const found: FoundItem[] = [];
  const reading = read(['item'], (item) =>
    found.push(ownStrings(readRssItem(item, context.asOf, canonicalTag(item.language)))),
  );
  const channels = reading.root === null ? [] : rssChannels(reading.root);
  const link = firstSaid(channels, channelLink);
  const site = link === null ? null : resolve(link, { base: context.url, url: context.url });
  const titles = channels.flatMap((channel) => channel.all('title'));
  const rhythms = channels.map(statedRhythm);
  const stated = rhythms.find((rhythm) => JSON.stringify(rhythm) !== JSON.stringify(NO_RHYTHM));
  return finish(root === 'rdf' ? 'rdf' : 'rss', found, reading, {
    title: firstSaid(titles, (title) => lineOf(rssText(title))),
    rhythm: stated ?? NO_RHYTHM,
    inherited: {
      url: context.url,
      base: site ?? context.url,
      language: firstSaid(channels, (channel) =>
        canonicalTag(channel.textOf('language', 'dc:language') ?? channel.language),
      ),
      authors: [],
    },
  });
}

function readAtom(read: Read, context: XmlContext): Listing {
  const found: FoundItem[] = [];
  const reading = read(['entry'], (entry) => found.push(ownStrings(readAtomEntry(entry, context.asOf, context.url))));
  const { root } = reading;
  // An entry may be a document of its own (RFC 4287, 2); of the feed it is from it has a `source`.
  const feed = root?.name === 'entry' ? root.first('source') : root;
  return finish('atom', found, reading, {
    title: firstSaid(feed?.all('title') ?? [], (title) => lineOf(atomText(title))),
    rhythm: feed === null ? NO_RHYTHM : statedRhythm(feed),
    inherited: {
      url: context.url,
      base: context.url,
      // Entries have `xml:lang` by themselves, and an empty one of theirs takes the feed's away.
      language: feed?.language === null ? canonicalTag(feed.textOf('dc:language')) : null,
      authors: feed === null ? [] : authorsOf(feed),
    },
  });
}

function readSiteMap(read: Read, context: XmlContext): Listing {
  const found: FoundEntry[] = [];
  const children: (Reference & { modifiedAt: string | null })[] = [];
  const reading = read(['url', 'sitemap'], (entry) => {
    if (entry.name === 'url') found.push(ownStrings(readUrl(entry, context.asOf)));
    else {
      const child = readChild(entry, context.asOf);
      if (child !== null) children.push(ownStrings({ ...child, base: entry.base }));
    }
    return found.length + children.length;
  });
  const own = new SpokenFor(context.url, context.namedBy);
  const isIndex = found.length === 0 && (children.length > 0 || reading.root?.name === 'sitemapindex');
  const kind = isIndex ? 'sitemap-index' : found.some((entry) => entry.news) ? 'news-sitemap' : 'sitemap';
  const listing = finish(kind, found, reading, {
    title: null,
    rhythm: NO_RHYTHM,
    inherited: { url: context.url, base: context.url, language: null, authors: [] },
  });
  const items = listing.items.filter((item) => own.has(item.url));
  const named = new Map<string, string | null>();
  for (const child of children) {
    const url = resolve(child, { base: context.url, url: context.url });
    if (url !== null && own.has(url) && !named.has(url)) named.set(url, child.modifiedAt);
  }
  return {
    ...listing,
    items,
    children: [...named].map(([url, modifiedAt]) => ({ url, modifiedAt })),
    warnings: [...listing.warnings, ...own.warnings()],
  };
}

interface Head {
  title: string | null;
  rhythm: Listing['rhythm'];
  inherited: Inherited;
}

function finish(kind: ListingKind, found: readonly FoundItem[], reading: XmlReading, head: Head): Listing {
  const { items, warnings } = collectItems(found, ownStrings(head.inherited));
  if (reading.truncated) warnings.push('It breaks off in the middle of an item; the items before the break were read.');
  if (reading.stopped) warnings.push(`It names more than ${MAX_ITEMS} items; the rest was not read.`);
  return { kind, title: ownStrings(head.title), items, children: [], alternates: [], rhythm: head.rhythm, warnings };
}
