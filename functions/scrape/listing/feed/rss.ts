/** RSS 0.90 to 2.0 and RDF: items whose children are told by name, with the modules that feeds add to them. */
import { firstSaid } from '../first-said.ts';
import type { FoundItem } from '../found-item.ts';
import type { XmlElement } from '../xml/element.ts';
import { readFeedDate } from './dates.ts';
import { hasMarkup } from './html-text.ts';
import { itemImage, type Reference } from './images.ts';
import { distinct, isAlternate, languageOf, members, ofMedia, statedDate, targetOf, textLinks } from './item-fields.ts';
import { labelsOf } from './labels.ts';
import { personName } from './persons.ts';
import { atomText, htmlOf, lineOf, rssText, type WrittenText } from './text-construct.ts';

const PUBLISHED = [
  'pubdate',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:date',
  'atom:published',
  'atom:issued',
  'published',
  'prism:publicationdate',
  'date',
];
const MODIFIED = ['dcterms:modified', 'atom:updated', 'atom:modified', 'updated', 'prism:modificationdate'];
const TITLE = ['title', 'dc:title', 'dcterms:title', 'atom:title', 'itunes:title'];
/** `full-text` and `turbo` are Yandex's, whose partners write them into their feeds. */
const CONTENT = [
  'content:encoded',
  'xhtml:body',
  'xhtml:div',
  'fullitem',
  'atom:content',
  'yandex:full-text',
  'turbo:content',
  'content',
  'body',
];
const SUMMARY = [
  'description',
  'dc:description',
  'dcterms:description',
  'dcterms:abstract',
  'atom:summary',
  'summary',
  'abstract',
  'itunes:summary',
  'itunes:subtitle',
];

const ABSOLUTE = /^https?:\/\//i;

/** @param language of the channel, which settles dates that languages read differently */
export function readRssItem(item: XmlElement, asOf: Date, language: string | null): FoundItem {
  const own = languageOf(item);
  const published = statedDate(item, PUBLISHED, asOf, own ?? language);
  const { at } = statedDate(item, MODIFIED, asOf, own ?? language);
  const modifiedAt = at ?? readFeedDate(item.attribute('lastmod'), { asOf, language: own ?? language });
  const titles = [...item.all(...TITLE), ...ofMedia(item, 'media:title')];
  // The content module before it had `content:encoded`: a list of forms of the same.
  const forms = item.all('content:items').flatMap((list) => list.inside('rdf:value'));
  const contents = [...item.all(...CONTENT), ...forms];
  const summaries = [...item.all(...SUMMARY), ...ofMedia(item, 'media:description')];
  return {
    links: linksOf(item),
    image: itemImage(item),
    modifiedAt,
    hints: {
      title: firstSaid(titles, (title) => lineOf(written(title))),
      authors: authorsOf(item),
      publishedAt: published.at,
      publishedRaw: published.raw,
      modifiedAt,
      categories: labelsOf(item),
      summary: firstSaid(summaries, (summary) => lineOf(written(summary, hasMarkup))),
      content: firstSaid(contents, (content) => htmlOf(written(content, hasMarkup), content.base)),
      language: own,
      image: null,
    },
  };
}

/** Elements of Atom say what they are written in wherever they stand. */
function written(element: XmlElement, isHtml?: (text: string) => boolean): WrittenText | null {
  return element.name.startsWith('atom:') ? atomText(element) : rssText(element, isHtml);
}

/** The article's address before that of a counting service; a guid where it is a permalink, which it is unless it says no. */
function linksOf(item: XmlElement): Reference[] {
  const links = item.all('link', 'atom:link').filter(isAlternate);
  const guids = item.all('guid').flatMap((guid) => {
    const permalink = (guid.attribute('ispermalink') ?? '').toLowerCase().trim();
    // Unsaid it is one by the standard, if it looks like an address, which ids seldom do.
    const led = permalink === 'true' || (permalink !== 'false' && ABSOLUTE.test(guid.text));
    return led && guid.text !== '' ? [{ href: guid.text, base: guid.base }] : [];
  });
  // Channel Definition Format, RSS's older cousin, has its links and times of change in attributes.
  const cdf = item.attribute('href')?.trim() ?? '';
  const about = item.attribute('about') ?? '';
  return [
    ...textLinks(item, 'feedburner:origlink', 'pheedo:origlink'),
    ...links.map(targetOf).filter((target) => target !== null),
    ...guids,
    ...[item.attribute('rdf:about')?.trim() ?? '', ABSOLUTE.test(about) ? about : '', cdf]
      .filter((href) => href !== '')
      .map((href) => ({ href, base: item.base })),
  ];
}

/** Dublin Core names persons; RSS's own author is a mail address, with a name where one is lucky. */
function authorsOf(item: XmlElement): string[] {
  const creators = item.all('dc:creator', 'dcterms:creator', 'dc:author').flatMap(members);
  const authors = [
    creators.map((creator) => personName(lineOf(rssText(creator)))),
    item.all('author').map((author) => personName(author.textOf('name', 'atom:name') ?? author.text)),
    item.all('atom:author').map((author) => personName(author.textOf('atom:name', 'name'))),
    item.all('itunes:author').map((author) => personName(author.text)),
    item
      .all('dc:contributor')
      .flatMap(members)
      .map((author) => personName(author.text)),
  ];
  return firstSaid(authors.map(distinct), (names) => (names.length > 0 ? names : null)) ?? [];
}

/** The channel of a feed: `channel` inside the root, or the root itself. Fields stand in either, and in several. */
export function rssChannels(root: XmlElement): XmlElement[] {
  return root.name === 'channel' ? [root] : [...root.all('channel'), root];
}

/** The site a channel names. */
export function channelLink(channel: XmlElement): Reference | null {
  return firstSaid(channel.all('link').filter(isAlternate), targetOf);
}
