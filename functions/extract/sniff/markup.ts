import { MIN_MARKUP_TAGS } from '../thresholds.ts';
import { prologEnd } from './prolog.ts';

/** Characters looked at from the start: past any head a page may have. */
const SAMPLE_CHARACTERS = 262_144;

const TAG_NAMES =
  'a|abbr|address|article|aside|b|blockquote|body|br|button|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|noscript|ol|p|picture|pre|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|title|tr|u|ul|video';
const TAG = new RegExp(`<(/?)(${TAG_NAMES})(?:\\s[^<>]{0,2000})?/?>`, 'gi');
const OPENING = new RegExp(`^<(!doctype\\s+html|${TAG_NAMES})(?=[\\s>/])`, 'i');
/** Tags that only a page or a fragment of one holds; prose about HTML names them too, but seldom closes them. */
const CLOSING_BLOCK =
  /^(?:article|blockquote|body|div|dl|figure|h[1-6]|head|html|li|main|ol|p|section|table|td|tr|ul)$/i;

/** Elements that only a page begins with: the tags of its root and head may be left out. */
const HEAD = /^(?:head|meta|title|body)$/;
/** The root of a page, behind whatever a server or a proxy put before it: a script, a warning of PHP. */
const ROOT = /<(?:!doctype\s+html|html)[\s>]/i;
const ROOT_REACH = 4096;
const LINE_OF_ROOT = /^[ \t]{0,40}<(?:!doctype\s+html|html)[\s>]/im;
const MAIL_IN_PARTS = /^content-type:\s{0,4}multipart\//im;
const PLAIN_PART = /^content-type:\s{0,4}text\/plain/im;
/** Characters behind the end of a page's root: a comment of a cache, a counter. */
const BEHIND_ROOT = 300;

/**
 * Whether a whole page stands behind a few lines of something else: the headers it was sent with, its address, a warning.
 * Prose that shows a page goes on behind it, or fences it.
 */
function holdsPage(text: string): boolean {
  const start = text.slice(0, ROOT_REACH);
  const root = LINE_OF_ROOT.exec(start);
  if (root === null || start.slice(0, root.index).includes('```')) return false;
  // Of a mail in several parts the plain one is read.
  if (MAIL_IN_PARTS.test(start) && PLAIN_PART.test(start.slice(0, root.index))) return false;
  const end = text.slice(-BEHIND_ROOT).toLowerCase().lastIndexOf('</html');
  return end !== -1;
}

/** Whether text opens as pages do, by a document type or the root element; the beginning alone may be asked. */
export function opensAsPage(text: string): boolean {
  const opening = openingOf(text);
  return opening === 'html' || (opening?.startsWith('!doctype') ?? false);
}

const openingOf = (text: string): string | undefined => OPENING.exec(text.slice(prologEnd(text)))?.[1]?.toLowerCase();

/**
 * Whether text is HTML: a page, an XHTML page or a fragment without `<html>`. Markdown, prose that mentions tags,
 * source code and XML of other kinds are not.
 *
 * @param contentType only weighs in where the content is undecided
 */
export function looksLikeHtml(text: string, contentType: string | null): boolean {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const opening = openingOf(sample);
  if (opening?.startsWith('!doctype') || opening === 'html') return true;
  if (opening !== undefined && (HEAD.test(opening) || ROOT.test(sample.slice(0, ROOT_REACH)))) return true;
  if (opening === undefined && holdsPage(text)) return true;
  if (/^\s*<\?(?:php|=)/.test(sample)) return false;
  if (isUnclosed(sample)) return true;

  const prose = withoutCode(sample);
  let tags = 0;
  let closing = 0;
  let closingBlocks = 0;
  for (const [, slash, name = ''] of prose.matchAll(TAG)) {
    tags++;
    if (slash === '') continue;
    closing++;
    if (CLOSING_BLOCK.test(name)) closingBlocks++;
  }
  // A fragment: it opens with a tag and closes one, or holds nothing but line breaks beside its words.
  if (closing === 0) return opening !== undefined && (tags >= MIN_MARKUP_TAGS || saysHtml(contentType));
  const marks = markdownMarks(prose);
  // A stray iframe of a copied page opens the text but holds none of its blocks or sentences.
  if (opening !== undefined && closing > marks && (closingBlocks > 0 || sentencesStandInTags(prose))) return true;
  if (saysHtml(contentType) && (closingBlocks > 0 || tags >= MIN_MARKUP_TAGS)) return marks < tags;
  // Text first, markup later: a page pasted without its head. There the sentences stand in tags, in prose about HTML
  // only the samples do.
  return closingBlocks >= MIN_MARKUP_TAGS && closingBlocks > marks && sentencesStandInTags(prose);
}

/** Starts of tags from which text can be markup without an end, and characters for one of them at most. */
const MIN_STARTS = 50;
const CHARACTERS_A_START = 20;
/** Starts of tags for one that is closed. */
const STARTS_A_CLOSE = 10;

/** Whether text is little else than starts of tags that are never closed: `<a<a<a`. Nobody can read it as copy. */
function isUnclosed(text: string): boolean {
  let starts = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1) | 0x20;
    if (next >= 0x61 && next <= 0x7a) starts++;
  }
  if (starts < MIN_STARTS || starts * CHARACTERS_A_START <= text.length) return false;
  let closes = 0;
  for (let at = text.indexOf('>'); at >= 0; at = text.indexOf('>', at + 1)) closes++;
  return closes * STARTS_A_CLOSE < starts;
}

function sentencesStandInTags(text: string): boolean {
  let sentences = 0;
  let tagged = 0;
  for (const line of text.split('\n')) {
    if (line.length < 80) continue;
    sentences++;
    if (/<\/?[a-z][a-z1-6]{0,11}[ >/]/i.test(line)) tagged++;
  }
  return tagged * 2 >= sentences;
}

function saysHtml(contentType: string | null): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '');
}

/** Without the code samples of Markdown, where tags are shown and not meant. */
function withoutCode(text: string): string {
  if (!text.includes('`')) return text;
  let fenced = false;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced) kept.push(line.replace(/`[^`\n]{1,200}`/g, ''));
  }
  return kept.join('\n');
}

/** Lines that only Markdown has: headings, links, list items, fences' neighbours. */
function markdownMarks(text: string): number {
  let marks = 0;
  for (const line of text.split('\n')) {
    if (/^#{1,6} \S|^(?:[-*+]|\d{1,2}\.) {1,3}\S|^> \S|\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|^---\s*$/.test(line))
      marks++;
  }
  return marks;
}
