/** What items say they are about, in the vocabularies that feeds have for it. */
import type { XmlElement } from '../xml/element.ts';
import { distinct, members } from './item-fields.ts';
import { lineOf, rssText } from './text-construct.ts';

const LABELS = new Set([
  'category',
  'atom:category',
  'dc:subject',
  'dcterms:subject',
  'prism:category',
  'itunes:category',
  'media:category',
]);
const KEYWORDS = ['itunes:keywords', 'media:keywords'];
/** Characters read of a list in one line; more is no list of keywords. */
const MAX_LIST = 20_000;
/** Blogger's word that an entry is a post. */
const KIND = /#kind$/;

export function labelsOf(item: XmlElement): string[] {
  const labels = item.elements.filter(
    (element) => LABELS.has(element.name) && !KIND.test(element.attribute('scheme') ?? ''),
  );
  const listed = item.all(...KEYWORDS).flatMap(({ text }) => keywords(text));
  return distinct([...labels.flatMap(members).map(labelOf), ...listed]);
}

/** The label for people before the term for programs. */
function labelOf(element: XmlElement): string | null {
  const stated = ['label', 'term', 'text'].map((name) => element.attribute(name)?.trim() ?? '');
  return stated.find((label) => label !== '') ?? lineOf(rssText(element));
}

/** The parts of a list in one line. */
export function keywords(text: string): string[] {
  const parts = text
    .slice(0, MAX_LIST)
    .split(/[,;、，]/)
    .map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
