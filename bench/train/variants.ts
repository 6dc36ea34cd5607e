/**
 * The pages of the corpora as other sites would have built them, so that the block classifier learns what to do where
 * nothing is named, and where tables and line breaks stand for sections and paragraphs. The answer stays the same.
 */
export type Variant = 'nameless' | 'old';

const NAMES =
  /\s(?:class|id|role|itemprop|data-component|data-testid|data-module|data-type)\s?=\s?(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi;

/** What the words of an element's names are learned from is gone; its tag stays. */
const nameless = (html: string): string => html.replace(NAMES, ' ');

/** As around the year 2000: tables for frames, line breaks for paragraphs, bold for headings. */
const old = (html: string): string =>
  nameless(html)
    .replace(/<(?:article|section|main|header|footer|aside|nav)(?=[\s>])[^>]*>/gi, '<table width="100%"><tr><td>')
    .replace(/<\/(?:article|section|main|header|footer|aside|nav)\s?>/gi, '</td></tr></table>')
    .replace(/<(?:figure|figcaption)(?=[\s>])[^>]*>/gi, '<div>')
    .replace(/<\/(?:figure|figcaption)\s?>/gi, '</div>')
    .replace(/<p(?=[\s>])[^>]*>/gi, '')
    .replace(/<\/p\s?>/gi, '<br><br>')
    .replace(/<h1(?=[\s>])[^>]*>/gi, '<br><br><font size="5"><b>')
    .replace(/<\/h1\s?>/gi, '</b></font><br><br>')
    .replace(/<h[2-6](?=[\s>])[^>]*>/gi, '<br><br><b>')
    .replace(/<\/h[2-6]\s?>/gi, '</b><br><br>');

export const VARIANTS: Readonly<Record<Variant, (html: string) => string>> = { nameless, old };
