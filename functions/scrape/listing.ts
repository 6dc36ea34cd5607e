/** What a watched address turned out to be, and the articles it names. functions/scrape/listing/ reads them. Pure types. */
import type { FeedHints } from '../article/feed-hints.ts';

export const LISTING_KINDS = [
  'rss',
  'atom',
  'rdf',
  'json-feed',
  'sitemap',
  'news-sitemap',
  'sitemap-index',
  'robots',
  'section',
] as const;
export type ListingKind = (typeof LISTING_KINDS)[number];

export interface ListedItem {
  /** Absolute, as the listing gives it (resolved, not normalized). */
  url: string;
  /** What the listing says when the page changed last; ISO 8601 UTC, null where it says nothing usable. */
  modifiedAt: string | null;
  /** What the listing says of the article. */
  hints: FeedHints;
}

/** How often the listing asks to be read, in its own words turned into numbers. */
export interface StatedRhythm {
  /** RSS `ttl`; minutes. */
  ttlMinutes: number | null;
  /** `sy:updatePeriod` and `sy:updateFrequency`; minutes. */
  updateMinutes: number | null;
  /** RSS `skipHours`: hours of the day in UTC, 0–23. */
  skipHours: readonly number[];
  /** RSS `skipDays`: days of the week, 0 being Sunday. */
  skipDays: readonly number[];
}

export interface Listing {
  kind: ListingKind;
  title: string | null;
  /** In the listing's order, each URL once. */
  items: readonly ListedItem[];
  /** Listings this one names: the site maps of an index or a robots.txt, with their time of change. */
  children: readonly { url: string; modifiedAt: string | null }[];
  /** Feeds and site maps that stand beside it: what a page links as alternate. */
  alternates: readonly { url: string; title: string | null }[];
  rhythm: StatedRhythm;
  /** What was wrong and read past, one sentence each. */
  warnings: readonly string[];
}

/** Why an answer is no listing. */
export interface NotListing {
  kind: 'none';
  reason: string;
}
