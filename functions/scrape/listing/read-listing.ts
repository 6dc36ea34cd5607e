/**
 * From the bytes of an answer to the articles they name: what the bytes are is told from the bytes, since feeds are served
 * under every media type. Pure, bounded in time and memory, and does not throw.
 */
import { parseHttpUrl } from '../../article/canonical-url.ts';
import { cleanStrings } from '../../article/clean-strings.ts';
import { cut } from '../../article/limits.ts';
import { decode } from '../../extract/decode.ts';
import { signatureOf } from '../../extract/sniff/signatures.ts';
import { looksLikeHtml } from '../../extract/sniff.ts';
import type { Listing, NotListing } from '../listing.ts';
import { collectItems, resolve } from './collect-items.ts';
import { findRoot } from './document-root.ts';
import { readJsonFeed } from './feed/json-feed.ts';
import { NO_RHYTHM } from './feed/rhythm.ts';
import { NOTHING_SAID } from './found-item.ts';
import { readPage } from './page/read-page.ts';
import { MAX_ITEMS, readXmlListing, type XmlContext } from './read-xml-listing.ts';
import { SpokenFor } from './sitemap/foreign.ts';
import { readRobotsSitemaps, readUrlLines } from './sitemap/plain-lists.ts';
import { unpack } from './unpack.ts';

/** Bytes read of a listing, unpacked: what sitemaps.org allows one file (50 MB), and more than any feed needs. */
const MAX_BYTES = 52_428_800;
/** Characters of JSON, which is read whole: a list of nothing but empty lists takes ten times its length in memory. */
const MAX_JSON = 20 * 1024 * 1024;
/** Site maps taken of one robots.txt. */
const MAX_SITE_MAPS = 1_000;
const MAX_TITLE = 1_000;

export interface ListingContext {
  /** Address that answered, after redirects. */
  url: string;
  /** As served, parameters included; null where none was. */
  contentType: string | null;
  /** When it was read. */
  asOf: Date;
  /** robots.txt files that name it: a site map speaks for their sites too. */
  namedBy?: readonly string[];
}

/** Reads a feed, a site map or an index of them, a robots.txt, or a page with links. */
export function readListing(bytes: Uint8Array, context: ListingContext): Listing | NotListing {
  if (parseHttpUrl(context.url) === null) return none('The address is no http or https address.');
  const { bytes: unpacked, problem } = unpack(bytes, MAX_BYTES);
  if (unpacked === null) {
    return none(
      problem === 'damaged'
        ? 'The gzip file is damaged and cannot be unpacked.'
        : `The file unpacks to more than ${MAX_BYTES >> 20} MB, which no listing may have.`,
    );
  }
  if (unpacked.length === 0) return none('The answer is empty.');
  const whole = unpacked.length <= MAX_BYTES ? unpacked : unpacked.subarray(0, MAX_BYTES);
  const binary = signatureOf(whole);
  if (binary !== null) return none(`The answer is ${binary.name} (${binary.mediaType}), which names no articles.`);
  // Bytes that are no text of any encoding are read as the most usual one: the marks of a feed may still be found.
  const text = decode(whole, context.contentType)?.text ?? new TextDecoder().decode(whole);
  const listing = readText(text, { ...context, namedBy: context.namedBy ?? [] });
  if (listing.kind === 'none') return listing;
  const { title, alternates } = cleanStrings({ title: listing.title, alternates: listing.alternates });
  const named = { ...listing, title: title && cut(title, MAX_TITLE), alternates };
  if (whole.length === unpacked.length) return named;
  const rest = `It is larger than ${MAX_BYTES >> 20} MB; the rest was not read.`;
  return { ...named, warnings: [...named.warnings, rest] };
}

function readText(text: string, context: XmlContext & { contentType: string | null }): Listing | NotListing {
  const opening = /\S/.exec(text.slice(0, 1_000))?.[0];
  if (opening === undefined && text.trim() === '') return none('The answer holds nothing but white space.');
  if (opening === '{' || opening === '[') return readJson(text, context);
  const root = findRoot(text);
  if (root.kind === 'listing' && root.name !== 'opml') return readXmlListing(text, root.name, root.at, context);
  if (root.kind === 'listing') return none('This is an OPML file, a list of feeds: import it instead of adding it.');
  if (root.kind === 'page') return readPage(text, context);
  const list = readRobots(text, context) ?? readLines(text, context);
  if (list !== null) return list;
  return looksLikeHtml(text, context.contentType) ? readPage(text, context) : none(otherwise(root.name));
}

function readJson(text: string, context: XmlContext): Listing | NotListing {
  if (text.length > MAX_JSON) return none(`The answer is JSON of more than ${MAX_JSON >> 20} MB, which is not read.`);
  const feed = readJsonFeed(text, context.asOf, MAX_ITEMS);
  if (feed === null) return none('The answer is JSON, but no JSON Feed (jsonfeed.org).');
  const home =
    feed.homePage === null
      ? null
      : resolve({ href: feed.homePage, base: null }, { base: context.url, url: context.url });
  const { items, warnings } = collectItems(feed.found, {
    url: context.url,
    base: home ?? context.url,
    language: feed.language,
    authors: feed.authors,
  });
  if (feed.repaired) warnings.push('The JSON is broken; what could be read of it was.');
  if (feed.cut) warnings.push(`It names more than ${MAX_ITEMS} items; the rest was not read.`);
  return { ...EMPTY, kind: 'json-feed', title: feed.title, items, warnings };
}

function readRobots(text: string, context: XmlContext): Listing | null {
  const isRobots = /\/robots\.txt$/i.test(URL.parse(context.url)?.pathname ?? '');
  const sitemaps = readRobotsSitemaps(isRobots ? text : text.slice(0, 100_000), MAX_SITE_MAPS);
  if (sitemaps === null || (!isRobots && sitemaps.length === 0)) return null;
  const urls = sitemaps.map((href) => resolve({ href, base: null }, { base: context.url, url: context.url }));
  const children = [...new Set(urls.filter((url) => url !== null))].map((url) => ({ url, modifiedAt: null }));
  return { ...EMPTY, kind: 'robots', children };
}

function readLines(text: string, context: XmlContext): Listing | null {
  const lines = readUrlLines(text, MAX_ITEMS);
  if (lines === null) return null;
  const own = new SpokenFor(context.url, context.namedBy);
  const found = lines.urls.map((href) => ({ ...NOTHING_SAID, links: [{ href, base: null }] }));
  const { items, warnings } = collectItems(found, { url: context.url, base: context.url, language: null, authors: [] });
  const kept = items.filter((item) => own.has(item.url));
  if (lines.cut) warnings.push(`It names more than ${MAX_ITEMS} pages; the rest was not read.`);
  return { ...EMPTY, kind: 'sitemap', items: kept, warnings: [...warnings, ...own.warnings()] };
}

const EMPTY = { title: null, items: [], children: [], alternates: [], rhythm: NO_RHYTHM, warnings: [] } as const;

function otherwise(root: string | null): string {
  if (root === null) return 'The answer is plain text, and neither a list of addresses nor a robots.txt.';
  return `The answer is XML with the outermost element <${root}>, which is no feed and no site map.`;
}

function none(reason: string): NotListing {
  return { kind: 'none', reason };
}
