/** Texts of feeds and what they are written in: Atom says it (RFC 4287, 3.1 and 4.1.3; Atom 0.3), RSS never did. */
import { escapeHtml } from '../../../article/render/html.ts';
import { decode } from '../../../extract/decode.ts';
import type { XmlElement } from '../xml/element.ts';
import { innerHtml } from '../xml/to-html.ts';
import { absoluteHtml } from './absolute-html.ts';
import { htmlToText, looksLikeHtml, squash, unescapeTwice } from './html-text.ts';

/** A text of which it is known whether it is markup. */
export interface WrittenText {
  form: 'html' | 'plain';
  value: string;
  /** Nothing says what it is written in, and it may be escaped once more than it should be. */
  guessed?: true;
}

/** An Atom text or content element. @returns null for content that is no text: media, base64, a reference */
export function atomText(element: XmlElement): WrittenText | null {
  const type = (element.attribute('type') ?? '').trim().toLowerCase().split(';')[0]?.trim() ?? '';
  const mode = element.attribute('mode')?.trim().toLowerCase() ?? null;
  if (mode === 'base64') {
    const value = isText(type) ? (decode(Buffer.from(element.text, 'base64'), null)?.text ?? null) : null;
    return value === null ? null : { form: isHtml(type) ? 'html' : 'plain', value };
  }
  if (
    type === 'xhtml' ||
    type === 'application/xhtml+xml' ||
    (element.hasElements && (mode === 'xml' || isHtml(type)))
  ) {
    return { form: 'html', value: unwrapped(element) };
  }
  if (isHtml(type)) return { form: 'html', value: element.text };
  if (type === '' || type === 'text' || type === 'text/plain') {
    // Atom 0.3 marked text as text that is HTML; of the final Atom that is untrue by definition.
    return element.hasElements ? { form: 'html', value: unwrapped(element) } : { form: 'plain', value: element.text };
  }
  if (/[/+]xml$/.test(type)) {
    const isXhtml = element.elements.some((child) => child.name.startsWith('xhtml:'));
    return isXhtml ? { form: 'html', value: unwrapped(element) } : null;
  }
  return type.startsWith('text/') ? { form: 'plain', value: element.text } : null;
}

/**
 * A text of RSS: HTML where it looks so, be it escaped, in CDATA or as it is.
 *
 * @param isHtml tells that of a text; a headline may be about a tag, which a description has for its own
 */
export function rssText(element: XmlElement, isHtml = looksLikeHtml): WrittenText {
  if (element.hasElements) return { form: 'html', value: innerHtml(element), guessed: true };
  const value = withoutCdata(element.text);
  return { form: isHtml(value) ? 'html' : 'plain', value, guessed: true };
}

/** Text whose CDATA was escaped with it, or put into another. */
function withoutCdata(text: string): string {
  return text.startsWith('<![CDATA[') ? text.slice('<![CDATA['.length).replace(/\]\]>?$/, '') : text;
}

/** Characters that a line is made from; what is longer is an article in the wrong place. */
const MAX_LINE = 100_000;

/** A title, name or summary in one line. */
export function lineOf(text: WrittenText | null): string | null {
  if (text === null) return null;
  const value = text.value.slice(0, MAX_LINE);
  const line = text.form === 'html' ? htmlToText(value) : squash(value);
  if (line === '') return null;
  return text.form === 'html' && text.guessed ? unescapeTwice(line) : line;
}

/**
 * As HTML; plain text becomes paragraphs.
 *
 * @param base what its addresses are relative to; null where that is the article's own page
 */
export function htmlOf(text: WrittenText | null, base: string | null): string | null {
  if (text === null || text.value.trim() === '') return null;
  if (text.form === 'html') return base === null ? text.value : absoluteHtml(text.value, base);
  return text.value
    .split(/\n[ \t]{0,100}\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('\n');
}

function isText(type: string): boolean {
  return /^(?:|text|html|xhtml|text\/.{1,100}|.{1,100}[/+]xml)$/.test(type);
}

function isHtml(type: string): boolean {
  return type === 'html' || type === 'text/html' || type === 'application/xhtml+xml';
}

/** XHTML without the `div` that Atom has around it. */
function unwrapped(element: XmlElement): string {
  const { elements } = element;
  const [only] = elements;
  const alone = element.children.every((child) => typeof child !== 'string' || child.trim() === '');
  const wrapper = elements.length === 1 && alone && only?.name.replace(/^.*:/, '') === 'div' ? only : null;
  return innerHtml(wrapper ?? element);
}
