/** Fields that RSS and Atom items share once their names are settled. */
import { canonicalTag } from '../../../extract/metadata/language-tag.ts';
import { firstSaid } from '../first-said.ts';
import type { XmlElement } from '../xml/element.ts';
import { readFeedDate } from './dates.ts';
import type { Reference } from './images.ts';

export interface StatedDate {
  /** ISO 8601 UTC; null where none of the dates stated can be read. */
  at: string | null;
  /** As written. */
  raw: string | null;
}

/** The first date of these elements that can be read; else the first as written. */
export function statedDate(
  item: XmlElement,
  names: readonly string[],
  asOf: Date,
  language: string | null,
): StatedDate {
  const stated = item
    .all(...names)
    .map((element) => element.text)
    .filter((text) => text !== '');
  const read = firstSaid(stated, (raw) => {
    const at = readFeedDate(raw, { asOf, language });
    return at === null ? null : { at, raw };
  });
  return read ?? { at: null, raw: stated[0] ?? null };
}

/** Where an element's text is an address. */
export function textLinks(item: XmlElement, ...names: string[]): Reference[] {
  return item
    .all(...names)
    .map((element) => ({ href: element.text, base: element.base }))
    .filter(({ href }) => href !== '');
}

/** The relation's full name, as RFC 4287, 4.2.7.2 allows it. */
const REGISTRY = 'http://www.iana.org/assignments/relation/';

/** Whether a link leads to the page that its item or feed stands for. */
export function isAlternate(link: XmlElement): boolean {
  const relation = (link.attribute('rel') ?? '').trim().toLowerCase();
  return /^(?:alternate)?$/.test(relation.startsWith(REGISTRY) ? relation.slice(REGISTRY.length) : relation);
}

/** Where a link leads: Atom says it in an attribute, RSS in text, RDF in an attribute of its own. */
export function targetOf(link: XmlElement): Reference | null {
  const href = link.attribute('href')?.trim() || link.text || link.attribute('rdf:resource')?.trim() || '';
  return href === '' ? null : { href, base: link.base };
}

/** Elements of Media RSS that an item has itself or in a group, as videos have theirs. */
export function ofMedia(item: XmlElement, name: string): XmlElement[] {
  return [item, ...item.all('media:group')].flatMap((group) => group.all(name));
}

/** The members of what RDF lists in one element (`rdf:Seq`, `rdf:Bag`); the element itself where it lists none. */
export function members(element: XmlElement): XmlElement[] {
  const listed = element.inside('rdf:li');
  return listed.length > 0 ? listed : [element];
}

/** BCP 47; the item's own word before what surrounds it. */
export function languageOf(item: XmlElement): string | null {
  return canonicalTag(item.textOf('dc:language', 'dcterms:language')) ?? canonicalTag(item.language);
}

export function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.filter((name) => name !== null))];
}
