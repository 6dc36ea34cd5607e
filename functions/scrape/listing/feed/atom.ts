/** Atom 1.0 (RFC 4287) and 0.3, whose names for dates and modes of text differ. */
import type { FoundItem } from '../found-item.ts';
import type { XmlElement } from '../xml/element.ts';
import { itemImage, type Reference } from './images.ts';
import { distinct, languageOf, lines, statedDate, textLinks } from './item-fields.ts';
import { personName } from './persons.ts';
import { atomText, htmlOf, lineOf } from './text-construct.ts';

/** The relation's full name, as RFC 4287, 4.2.7.2 allows it. */
const REGISTRY = 'http://www.iana.org/assignments/relation/';
const PUBLISHED = ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created', 'pubdate'];
const MODIFIED = ['updated', 'modified', 'dcterms:modified'];

/** @param url of the feed, which addresses in it are relative to where no `xml:base` is stated */
export function readAtomEntry(entry: XmlElement, asOf: Date, url: string): FoundItem {
  const content = entry.first('content');
  const language = languageOf(entry);
  const published = statedDate(entry, PUBLISHED, asOf, language);
  const modifiedAt = statedDate(entry, MODIFIED, asOf, language).at;
  const title = entry.saying('title', 'dc:title', 'media:title');
  const summary = entry.saying('summary', 'dc:description', 'media:description');
  return {
    links: linksOf(entry, content),
    image: itemImage(entry),
    modifiedAt,
    hints: {
      title: title && lineOf(atomText(title)),
      authors: authorsOf(entry),
      publishedAt: published.at,
      publishedRaw: published.raw,
      modifiedAt,
      categories: categoriesOf(entry),
      summary: summary && lineOf(atomText(summary)),
      content: content && htmlOf(atomText(content), content.base ?? url),
      language: content?.attribute('xml:lang') ? languageOf(content) : language,
      image: null,
    },
  };
}

/** Persons an entry or feed names as its authors; those of the feed an entry was taken from count for the entry (4.2.1). */
export function authorsOf(element: XmlElement): string[] {
  const persons = (of: XmlElement) =>
    distinct(
      of.all('author').map((author) => personName(author.textOf('name') ?? (author.hasElements ? null : author.text))),
    );
  const own = persons(element);
  if (own.length > 0) return own;
  const creators = distinct(element.all('dc:creator').map((creator) => personName(creator.text)));
  if (creators.length > 0) return creators;
  const source = element.first('source');
  return source === null ? [] : persons(source);
}

/** Links to pages: HTML before other forms of the same. An id that is an address comes last, for it need not lead anywhere. */
function linksOf(entry: XmlElement, content: XmlElement | null): Reference[] {
  const alternates = alternateLinks(entry);
  const remote = content?.attribute('src') ?? null;
  const id = entry.textOf('id') ?? '';
  return [
    ...textLinks(entry, 'feedburner:origlink', 'pheedo:origlink'),
    ...alternates,
    ...(remote !== null && /html|^$/.test(content?.attribute('type') ?? '')
      ? [{ href: remote, base: content?.base ?? null }]
      : []),
    ...(/^https?:\/\//i.test(id) ? [{ href: id, base: entry.base }] : []),
  ];
}

/** Addresses of the page an entry or feed stands for. */
export function alternateLinks(element: XmlElement): Reference[] {
  const pages = element.all('link').filter((link) => {
    const relation = (link.attribute('rel') || 'alternate').trim().toLowerCase();
    return (relation.startsWith(REGISTRY) ? relation.slice(REGISTRY.length) : relation) === 'alternate';
  });
  const isHtml = (link: XmlElement) => /html/i.test(link.attribute('type') ?? 'text/html');
  return [...pages.filter(isHtml), ...pages.filter((link) => !isHtml(link))]
    .map((link) => ({ href: (link.attribute('href') ?? link.text).trim(), base: link.base }))
    .filter(({ href }) => href !== '');
}

/** The label for people before the term for programs; Blogger's word that an entry is a post is no category. */
function categoriesOf(entry: XmlElement): string[] {
  const categories = entry
    .all('category')
    .filter((category) => !/#kind$/.test(category.attribute('scheme') ?? ''))
    .map(
      (category) => category.attribute('label')?.trim() || category.attribute('term')?.trim() || category.text || null,
    );
  return distinct([...categories, ...lines(entry.all('dc:subject'))]);
}
