import { type FeedHints, NO_FEED_HINTS } from '../../article/feed-hints.ts';
import type { Reference } from './feed/images.ts';

/** An article as a listing names it, before its addresses are resolved: what they are relative to may come behind it. */
export interface FoundItem {
  /** Where the article may be, the likeliest first. */
  links: readonly Reference[];
  image: Reference | null;
  modifiedAt: string | null;
  /** `image` is settled later. */
  hints: FeedHints;
}

export const NOTHING_SAID: FoundItem = { links: [], image: null, modifiedAt: null, hints: NO_FEED_HINTS };

/** What holds for all items of a listing. */
export interface Inherited {
  /** Address of the listing, after redirects. */
  url: string;
  /** What relative links mean where no `xml:base` says it: the site a channel names, else the listing's address. */
  base: string;
  language: string | null;
  /** Names for items that have none of their own. */
  authors: readonly string[];
}
