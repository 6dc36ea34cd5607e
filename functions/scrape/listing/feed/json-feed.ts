/** JSON Feed 1.0 and 1.1 (jsonfeed.org), read as it comes: numbers for ids, one author for many, names in other types. */
import { canonicalTag } from '../../../extract/metadata/language-tag.ts';
import { type Json, parseLenient } from '../../../extract/metadata/lenient-json.ts';
import { firstSaid } from '../first-said.ts';
import type { FoundItem } from '../found-item.ts';
import { readFeedDate } from './dates.ts';
import { looksLikeHtml } from './html-text.ts';
import type { Reference } from './images.ts';
import { distinct } from './item-fields.ts';
import { personName } from './persons.ts';
import { htmlOf, lineOf } from './text-construct.ts';

type JsonObject = { [key: string]: Json };

export interface JsonFeed {
  title: string | null;
  homePage: string | null;
  language: string | null;
  authors: string[];
  found: FoundItem[];
  /** More items than are read. */
  cut: boolean;
  /** The JSON had to be repaired. */
  repaired: boolean;
}

/** @returns null where the text is no JSON Feed */
export function readJsonFeed(text: string, asOf: Date, maxItems: number): JsonFeed | null {
  const parsed = parse(text);
  if (parsed === null || !isFeed(parsed.value)) return null;
  const feed = parsed.value;
  const items = Array.isArray(feed.items) ? feed.items : [];
  const language = canonicalTag(string(feed.language));
  return {
    title: line(feed.title),
    homePage: string(feed.home_page_url),
    language,
    authors: persons(feed),
    found: items
      .slice(0, maxItems)
      .filter(isObject)
      .map((item) => readItem(item, asOf, language)),
    cut: items.length > maxItems,
    repaired: parsed.repaired,
  };
}

function parse(text: string): { value: Json; repaired: boolean } | null {
  try {
    return { value: JSON.parse(text) as Json, repaired: false };
  } catch {
    const value = parseLenient(text).values[0];
    return value === undefined ? null : { value, repaired: true };
  }
}

/** A feed says so in its version; one that does not must have items that look like a feed's. */
function isFeed(value: Json): value is JsonObject {
  if (!isObject(value)) return false;
  if (/jsonfeed\.org\/version/i.test(string(value.version) ?? '')) return true;
  if (!Array.isArray(value.items)) return false;
  const items = value.items.filter(isObject);
  const named = string(value.title) !== null || string(value.feed_url) !== null || string(value.home_page_url) !== null;
  return (
    named &&
    items.every(
      (item) =>
        string(item.url) !== null || (item.id !== undefined && (item.content_html ?? item.content_text) !== undefined),
    )
  );
}

function readItem(item: JsonObject, asOf: Date, language: string | null): FoundItem {
  const own = canonicalTag(string(item.language));
  const dates = { asOf, language: own ?? language };
  const publishedRaw = string(item.date_published);
  const modifiedAt = readFeedDate(string(item.date_modified), dates);
  const html = string(item.content_html);
  const plain = string(item.content_text);
  const id = string(item.id) ?? '';
  const links = [string(item.url), string(item.external_url), /^https?:\/\//i.test(id) ? id : null];
  return {
    links: links.filter((link) => link !== null).map((href) => ({ href, base: null })),
    image: reference(item.image) ?? reference(item.banner_image) ?? attachedImage(item),
    modifiedAt,
    hints: {
      title: line(item.title),
      authors: persons(item),
      publishedAt: readFeedDate(publishedRaw, dates),
      publishedRaw,
      modifiedAt,
      categories: distinct((Array.isArray(item.tags) ? item.tags : []).map(line)),
      summary: line(item.summary),
      content: html ?? (plain === null ? null : htmlOf({ form: 'plain', value: plain }, null)),
      language: own,
      image: null,
    },
  };
}

/** `authors` of 1.1 before `author` of 1.0. */
function persons(of: JsonObject): string[] {
  return (
    firstSaid([of.authors, of.author], (stated) => {
      const listed = Array.isArray(stated) ? stated : [stated];
      const names = distinct(listed.map((one) => personName(isObject(one) ? string(one.name) : string(one))));
      return names.length > 0 ? names : null;
    }) ?? []
  );
}

function attachedImage(item: JsonObject): Reference | null {
  const attachments = (Array.isArray(item.attachments) ? item.attachments : []).filter(isObject);
  return reference(attachments.find((one) => string(one.mime_type)?.toLowerCase().startsWith('image/'))?.url ?? null);
}

function reference(value: Json | undefined): Reference | null {
  const href = string(value);
  return href === null ? null : { href, base: null };
}

/** Plain text by the standard, markup in many a feed. */
function line(value: Json | undefined): string | null {
  const text = string(value);
  return text === null ? null : lineOf({ form: looksLikeHtml(text) ? 'html' : 'plain', value: text, guessed: true });
}

/** A string, or what was meant as one. */
function string(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
