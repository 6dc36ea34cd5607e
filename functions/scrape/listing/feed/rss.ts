/** RSS 0.90 to 2.0 and RDF: items whose children are told by name, with the modules that feeds add to them. */
import type { FoundItem } from '../found-item.ts';
import type { XmlElement } from '../xml/element.ts';
import { hasMarkup } from './html-text.ts';
import { itemImage, type Reference } from './images.ts';
import { distinct, languageOf, lines, statedDate, textLinks } from './item-fields.ts';
import { personName } from './persons.ts';
import { htmlOf, lineOf, rssText } from './text-construct.ts';

const PUBLISHED = [
  'pubdate',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'atom:published',
  'atom:issued',
  'published',
  'prism:publicationdate',
  'date',
];
const MODIFIED = ['dcterms:modified', 'atom:updated', 'atom:modified', 'updated', 'prism:modificationdate'];
const CONTENT = ['content:encoded', 'xhtml:body', 'fullitem', 'atom:content'];
const SUMMARY = [
  'description',
  'dc:description',
  'dcterms:abstract',
  'atom:summary',
  'summary',
  'abstract',
  'itunes:summary',
  'media:description',
];

const ABSOLUTE = /^https?:\/\//i;

/** @param language of the channel, which settles dates that languages read differently */
export function readRssItem(item: XmlElement, asOf: Date, language: string | null): FoundItem {
  const own = languageOf(item);
  const published = statedDate(item, PUBLISHED, asOf, own ?? language);
  const modifiedAt = statedDate(item, MODIFIED, asOf, own ?? language).at;
  const title = item.saying('title', 'dc:title', 'atom:title', 'media:title');
  const content = item.saying(...CONTENT) ?? item.first('content:items')?.first('rdf:value') ?? null;
  const summary = item.saying(...SUMMARY);
  return {
    links: linksOf(item),
    image: itemImage(item),
    modifiedAt,
    hints: {
      title: title && lineOf(rssText(title)),
      authors: authorsOf(item),
      publishedAt: published.at,
      publishedRaw: published.raw,
      modifiedAt,
      categories: distinct(lines(item.all('category', 'dc:subject', 'prism:category'))),
      summary: summary && lineOf(rssText(summary, hasMarkup)),
      content: content && htmlOf(rssText(content, hasMarkup), content.base),
      language: own,
      image: null,
    },
  };
}

/** The article's address before that of a counting service; a guid where it is a permalink, which it is unless it says no. */
function linksOf(item: XmlElement): Reference[] {
  const links = item.all('link', 'atom:link').filter((link) => (link.attribute('rel') ?? 'alternate') === 'alternate');
  const guids = item.all('guid').flatMap((guid) => {
    const permalink = (guid.attribute('ispermalink') ?? '').toLowerCase().trim();
    // Unsaid it is one by the standard, if it looks like an address, which ids seldom do.
    const led = permalink === 'true' || (permalink !== 'false' && ABSOLUTE.test(guid.text));
    return led && guid.text !== '' ? [{ href: guid.text, base: guid.base }] : [];
  });
  // Channel Definition Format, RSS's older cousin, has its links in an attribute.
  const cdf = item.attribute('href') ?? '';
  const about = item.attribute('rdf:about') ?? item.attribute('about') ?? '';
  return [
    ...textLinks(item, 'feedburner:origlink', 'pheedo:origlink'),
    ...links
      .map((link) => ({ href: link.text || (link.attribute('href')?.trim() ?? ''), base: link.base }))
      .filter(({ href }) => href !== ''),
    ...guids,
    ...[about, cdf].filter((href) => ABSOLUTE.test(href)).map((href) => ({ href, base: item.base })),
  ];
}

/** Dublin Core names persons; RSS's own author is a mail address, with a name where one is lucky. */
function authorsOf(item: XmlElement): string[] {
  const atom = item.all('atom:author').map((author) => personName(author.textOf('atom:name', 'name')));
  for (const names of [
    item.all('dc:creator', 'dcterms:creator', 'dc:author').map((creator) => personName(lineOf(rssText(creator)))),
    item.all('author').map((author) => personName(author.textOf('name', 'atom:name') ?? author.text)),
    atom,
    item.all('itunes:author').map((author) => personName(author.text)),
    item.all('dc:contributor').map((author) => personName(author.text)),
  ]) {
    const found = distinct(names);
    if (found.length > 0) return found;
  }
  return [];
}

/** The channel of a feed: `channel` inside the root, or the root itself. Fields stand in either, and in several. */
export function rssChannels(root: XmlElement): XmlElement[] {
  return root.name === 'channel' ? [root] : [...root.all('channel'), root];
}

/** The site a channel names. */
export function channelLink(channel: XmlElement): Reference | null {
  return (
    channel
      .all('link')
      .filter((link) => (link.attribute('rel') ?? 'alternate') === 'alternate')
      .map((link) => ({ href: link.text || (link.attribute('href') ?? ''), base: link.base }))
      .find(({ href }) => href !== '') ?? null
  );
}
