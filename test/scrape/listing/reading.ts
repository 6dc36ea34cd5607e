import { readListing } from '../../../functions/scrape/listing/read-listing.ts';
import type { ListedItem, Listing, NotListing } from '../../../functions/scrape/listing.ts';

export const AS_OF = new Date('2026-11-20T12:00:00Z');
export const URL_OF_FEED = 'https://paper.example/feeds/news.xml';

export interface Served {
  url?: string;
  contentType?: string;
  namedBy?: string[];
}

export function read(body: string | Uint8Array, served: Served = {}): Listing | NotListing {
  return readListing(typeof body === 'string' ? new TextEncoder().encode(body) : body, {
    url: served.url ?? URL_OF_FEED,
    contentType: served.contentType ?? null,
    asOf: AS_OF,
    ...(served.namedBy ? { namedBy: served.namedBy } : {}),
  });
}

/** Reads what must be a listing. */
export function listing(body: string | Uint8Array, served: Served = {}): Listing {
  const result = read(body, served);
  if (result.kind === 'none') throw new Error(`no listing: ${result.reason}`);
  return result;
}

/** The only item of a listing. */
export function onlyItem(body: string, served: Served = {}): ListedItem {
  const { items } = listing(body, served);
  if (items.length !== 1) throw new Error(`${items.length} items`);
  return items[0] as ListedItem;
}

/** An RSS 2.0 feed with one item, whose link is given unless it is part of the item. */
export function rssItem(inside: string, channel = '', attributes = ''): string {
  const link = /<link|<guid|rdf:about|origLink/i.test(inside) ? '' : '<link>https://paper.example/a</link>';
  return `<?xml version="1.0"?><rss version="2.0" ${attributes}><channel><title>Paper</title>${channel}<item>${link}${inside}</item></channel></rss>`;
}

/** An Atom feed with one entry. */
export function atomEntry(inside: string, feed = '', attributes = ''): string {
  const link = /<link|<id/.test(inside) ? '' : '<link href="https://paper.example/a"/>';
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>Paper</title>${feed}<entry>${link}${inside}</entry></feed>`;
}
