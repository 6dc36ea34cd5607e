/** Records as a feed: JSON Feed 1.1, RSS 2.0 or Atom (RFC 4287). */
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import type { ArticleRecord } from '../record.ts';
import { webAddress } from './blocks.ts';
import { escapeHtml, renderHtmlBody } from './html.ts';

export const FEED_FORMATS = ['json', 'rss', 'atom'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export interface FeedOptions {
  title: string;
  /** Where the feed itself is. */
  address: string;
}

const AUTHOR = 'Copydesk';

/** A name for the article that no other has, as Atom wants one: an IRI. */
const nameOf = ({ id }: ArticleRecord) => `urn:copydesk:article:${id}`;

interface Item {
  record: ArticleRecord;
  title: string;
  link: string | null;
  html: string | null;
  published: Date;
  updated: Date;
}

/** @param records newest first; those without blocks come with their description only */
export function renderFeed(format: FeedFormat, records: readonly ArticleRecord[], options: FeedOptions): string {
  const { title, address } = options;
  const items = records.map(
    (record): Item => ({
      record,
      title: record.title ?? `${record.text.slice(0, 80).split('\n', 1)[0]} …`,
      link: webAddress(record.canonicalUrl),
      html: record.blocks.length > 0 ? renderHtmlBody(record) : null,
      published: new Date(record.publishedAt ?? record.firstSeenAt),
      updated: new Date(record.updatedAt),
    }),
  );
  switch (format) {
    case 'json':
      return JSON.stringify(jsonFeed(items, title, address));
    case 'rss':
      return asXml(generateRssFeed(rssFeed(items, title, address)));
    case 'atom':
      return asXml(generateAtomFeed(atomFeed(items, title, address)));
  }
}

/** Without what XML 1.0 (2.2) cannot hold in any form: one such character, and no reader takes the feed. */
function asXml(text: string): string {
  return withoutCdata(text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
}

const CDATA = { open: '<![CDATA[', close: ']]>' };

/**
 * The library sets CDATA sections on lines of their own, and the white space around them then belongs to the text: addresses
 * and names would begin with line feeds. So their text stands in their place, escaped.
 */
function withoutCdata(xml: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = xml.indexOf(CDATA.open); open >= 0; open = xml.indexOf(CDATA.open, from)) {
    const close = xml.indexOf(CDATA.close, open);
    const before = xml.slice(from, open);
    // After the first piece of a text that holds the end of a section itself there is nothing to trim.
    parts.push(before === '' ? '' : before.trimEnd(), escapeHtml(xml.slice(open + CDATA.open.length, close)));
    from = close + CDATA.close.length;
    if (!xml.startsWith(CDATA.open, from)) from = xml.indexOf('<', from);
  }
  parts.push(xml.slice(from));
  return parts.join('');
}

function jsonFeed(items: readonly Item[], title: string, address: string) {
  const feed = generateJsonFeed({
    title,
    feed_url: address,
    items: items.map(({ record, title, link, html, published, updated }) => ({
      id: nameOf(record),
      ...(link && { url: link }),
      title,
      ...(html === null ? { content_text: record.description ?? title } : { content_html: html }),
      ...(record.description && { summary: record.description }),
      ...(webAddress(record.mainImage) && { image: webAddress(record.mainImage) as string }),
      date_published: published,
      date_modified: updated,
      authors: record.authors.map(({ name }) => ({ name })),
      tags: record.tags.map(({ label }) => label),
      ...(record.language && { language: record.language }),
    })),
  });
  // The library leaves an empty list out, which the format wants (JSON Feed 1.1, "items", required).
  return { items: [], ...(feed as object) };
}

function rssFeed(items: readonly Item[], title: string, address: string) {
  return {
    title,
    link: address,
    description: title,
    items: items.map(({ record, title, link, html, published }) => ({
      title,
      ...(link && { link }),
      guid: { value: nameOf(record), isPermaLink: false },
      pubDate: published,
      // By the specification this is HTML.
      ...(record.description && { description: escapeHtml(record.description) }),
      ...(html !== null && { content: { encoded: html } }),
      dc: { creators: record.authors.map(({ name }) => name) },
      categories: labelsOf(record).map((name) => ({ name })),
    })),
  };
}

function atomFeed(items: readonly Item[], title: string, address: string) {
  return {
    id: address,
    title: { value: title },
    // Of an empty feed nothing was ever updated; the element must be there all the same.
    updated: items.reduce((latest, { updated }) => (updated > latest ? updated : latest), new Date(0)),
    authors: [{ name: AUTHOR }],
    links: [{ href: address, rel: 'self' }],
    entries: items.map(({ record, title, link, html, published, updated }) => ({
      id: nameOf(record),
      title: { value: title },
      updated,
      published,
      authors: record.authors.map(({ name }) => ({ name })),
      ...(link && { links: [{ href: link, rel: 'alternate' }] }),
      ...(record.description && { summary: { value: record.description } }),
      ...(html !== null && { content: { value: html, type: 'html' } }),
      categories: labelsOf(record).map((term) => ({ term })),
    })),
  };
}

function labelsOf({ section, tags }: ArticleRecord): string[] {
  return [...new Set([...(section ? [section.label] : []), ...tags.map(({ label }) => label)])];
}
