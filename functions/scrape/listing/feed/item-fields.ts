/** Fields that RSS and Atom items share once their names are settled. */
import { canonicalTag } from '../../../extract/metadata/language-tag.ts';
import type { XmlElement } from '../xml/element.ts';
import { readFeedDate } from './dates.ts';
import type { Reference } from './images.ts';
import { lineOf, rssText } from './text-construct.ts';

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
  for (const raw of stated) {
    const at = readFeedDate(raw, { asOf, language });
    if (at !== null) return { at, raw };
  }
  return { at: null, raw: stated[0] ?? null };
}

/** Where an element's text is an address. */
export function textLinks(item: XmlElement, ...names: string[]): Reference[] {
  return item
    .all(...names)
    .map((element) => ({ href: element.text, base: element.base }))
    .filter(({ href }) => href !== '');
}

export function lines(elements: readonly XmlElement[]): string[] {
  return elements.map((element) => lineOf(rssText(element))).filter((line) => line !== null);
}

/** BCP 47; the item's own word before what surrounds it. */
export function languageOf(item: XmlElement): string | null {
  return canonicalTag(item.textOf('dc:language', 'dcterms:language')) ?? canonicalTag(item.language);
}

export function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.filter((name) => name !== null))];
}
