/** Atom 1.0 (RFC 4287) and 0.3, whose names for dates and modes of text differ. */
import { firstSaid } from '../first-said.ts';
import type { FoundItem } from '../found-item.ts';
import type { XmlElement } from '../xml/element.ts';
import { hasMarkup } from './html-text.ts';
import { itemImage, type Reference } from './images.ts';
import { distinct, isAlternate, languageOf, members, ofMedia, statedDate, targetOf, textLinks } from './item-fields.ts';
import { labelsOf } from './labels.ts';
import { personName } from './persons.ts';
import { atomText, htmlOf, lineOf, rssText, type WrittenText } from './text-construct.ts';

const PUBLISHED = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate'];
const MODIFIED = ['updated', 'modified', 'dcterms:modified'];

/** @param url of the feed, which addresses in it are relative to where no `xml:base` is stated */
export function readAtomEntry(entry: XmlElement, asOf: Date, url: string): FoundItem {
  const content = firstSaid(contentsOf(entry), (element) => {
    const html = htmlOf(written(element, hasMarkup), element.base ?? url);
    return html === null ? null : { element, html };
  });
  const language = languageOf(entry);
  const published = statedDate(entry, PUBLISHED, asOf, language);
  const modifiedAt = statedDate(entry, MODIFIED, asOf, language).at;
  const titles = [...entry.all('title', 'dc:title'), ...ofMedia(entry, 'media:title')];
  const summaries = [...entry.all('summary', 'dc:description'), ...ofMedia(entry, 'media:description')];
  return {
    links: linksOf(entry),
    image: itemImage(entry),
    modifiedAt,
    hints: {
      title: firstSaid(titles, (title) => lineOf(written(title))),
      authors: authorsOf(entry),
      publishedAt: published.at,
      publishedRaw: published.raw,
      modifiedAt,
      categories: labelsOf(entry),
      summary: firstSaid(summaries, (summary) => lineOf(written(summary))),
      content: content?.html ?? null,
      language: content?.element.attributes.has('xml:lang') ? languageOf(content.element) : language,
      image: null,
    },
  };
}

/** Elements of Atom say what they are written in; those of other vocabularies do not. */
function written(element: XmlElement, isHtml?: (text: string) => boolean): WrittenText | null {
  return element.name.includes(':') ? rssText(element, isHtml) : atomText(element);
}

/** The contents of an entry; those of Atom 0.3 may hold forms of the same text, of which HTML is read before others. */
function contentsOf(entry: XmlElement): XmlElement[] {
  const isHtml = (content: XmlElement) => /html/i.test(content.attribute('type') ?? '');
  return entry.all('content', 'content:encoded').flatMap((content) => {
    const forms = /^\s{0,20}multipart\//i.test(content.attribute('type') ?? '') ? content.all('content') : [content];
    return [...forms.filter(isHtml), ...forms.filter((form) => !isHtml(form))];
  });
}

/** Persons an entry or feed names as its authors; those of the feed an entry was taken from count for the entry (4.2.1). */
export function authorsOf(element: XmlElement): string[] {
  const persons = (of: XmlElement) =>
    distinct(
      of.all('author').map((author) => personName(author.textOf('name') ?? (author.hasElements ? null : author.text))),
    );
  const creators = element.all('dc:creator').flatMap(members);
  const stated = [
    persons(element),
    distinct(creators.map((creator) => personName(creator.text))),
    ...element.all('source').map(persons),
  ];
  return firstSaid(stated, (names) => (names.length > 0 ? names : null)) ?? [];
}

/** Links to pages: HTML before other forms of the same. An id that is an address comes last, for it need not lead anywhere. */
function linksOf(entry: XmlElement): Reference[] {
  const remote = entry
    .all('content')
    .filter((content) => /html|^$/.test(content.attribute('type') ?? ''))
    .map((content) => ({ href: content.attribute('src')?.trim() ?? '', base: content.base }));
  const id = entry.textOf('id') ?? '';
  return [
    ...textLinks(entry, 'feedburner:origlink', 'pheedo:origlink'),
    ...alternateLinks(entry),
    ...remote.filter(({ href }) => href !== ''),
    ...(/^https?:\/\//i.test(id) ? [{ href: id, base: entry.base }] : []),
  ];
}

/** Addresses of the page an entry or feed stands for. */
export function alternateLinks(element: XmlElement): Reference[] {
  const pages = element.all('link').filter(isAlternate);
  const isHtml = (link: XmlElement) => /html/i.test(link.attribute('type') ?? 'text/html');
  return [...pages.filter(isHtml), ...pages.filter((link) => !isHtml(link))]
    .map(targetOf)
    .filter((target) => target !== null);
}
