/** What a listing says of an article, and whether it takes the place of what was kept. Pure. */
import { siteOf } from '../../article/canonical-url.ts';
import type { CopyHints, FeedHints } from '../../article/feed-hints.ts';
import type { ListedItem, ListingKind } from '../listing.ts';
import { seenOf, shortHash } from '../pages/fingerprint.ts';
import type { Page, Source } from '../ports.ts';
import { childKey } from './child-turns.ts';

export interface Said {
  hints: CopyHints;
  by: NonNullable<Page['saidBy']>;
}

/** What a feed of the article's own site says goes before what any other's does, however much that is. */
const OWN_SITE = 1_000;
/** A feed knows more than a site map, a site map more than a page. */
const RANKS: Record<ListingKind, number> = {
  rss: 4,
  atom: 4,
  rdf: 4,
  'json-feed': 4,
  'news-sitemap': 3,
  sitemap: 2,
  'sitemap-index': 2,
  robots: 2,
  section: 1,
};

export interface Speaker {
  kind: ListingKind;
  /** Address that answered. */
  feedUrl: string;
  /** Address of the site map of an index that it is; null for what the source itself leads to. */
  child: string | null;
}

const rankOf = ({ weight }: Said['by']) => Math.floor(weight / 100);

/** Null where neither the listing nor the user says anything of the article. */
export function saidOf({ url, hints }: ListedItem, source: Source, { kind, feedUrl, child }: Speaker): Said | null {
  const count = Object.values(hints).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null,
  ).length;
  if (count === 0 && source.section === null) return null;
  const own = siteOf(url);
  // Sites have their feeds hosted elsewhere, and lead there from an address of their own.
  const isOwn = siteOf(feedUrl) === own || siteOf(source.movedFrom ?? source.url) === own;
  // A site map or page knows next to nothing: a feed hosted elsewhere is worth more.
  const isFeed = count > 0 && RANKS[kind] === RANKS.rss;
  return {
    hints: { feed: count > 0 ? hints : null, feedUrl, section: source.section, answer: null },
    by: {
      source: source.id,
      child: child === null ? '' : childKey(child),
      weight: (isOwn && isFeed ? OWN_SITE : 0) + 100 * RANKS[kind] + count,
      digest: digestOf(hints),
    },
  };
}

/** Equal for what reads the same: content carries counters and tokens as pages do. */
function digestOf(hints: FeedHints): string {
  const { content, summary, image, ...rest } = hints;
  const seen = (html: string | null) => html && seenOf(html);
  return shortHash(
    JSON.stringify({ ...rest, content: seen(content), summary: seen(summary), image: image?.split('?', 1)[0] ?? null }),
  );
}

/** Whether a page waits to be uploaded with what was said of it since. */
export function isToldAnew({ hints, storedHints }: Pick<Page, 'hints' | 'storedHints'>): boolean {
  return hints !== null && hints !== storedHints;
}

/**
 * Whether what is said takes the place of what is kept of a known page: where its own listing says something else, or one
 * that knows more speaks. Of two that know as much the one whose name comes first counts, so that it is not chance which of
 * them is read first, nor do they take turns.
 *
 * @returns `later` while the last change has not been uploaded: a listing that says something else at every reading fills no
 *   more room than the page has fetches
 */
export function takesPlace(
  page: Page,
  { by }: Said,
  { recheckDays }: Pick<Source, 'recheckDays'>,
): 'no' | 'now' | 'later' {
  if (page.leftAlone || (page.fetchedAt === null ? page.dueAt === null : recheckDays === 0)) return 'no';
  const kept = page.saidBy;
  if (kept === null) return 'now';
  if (kept.digest === by.digest && kept.weight >= by.weight) return 'no';
  // A listing takes its own word back; site maps of one index would take turns.
  if (kept.source === by.source && kept.child === by.child && rankOf(by) >= rankOf(kept)) {
    return isToldAnew(page) ? 'later' : 'now';
  }
  if (by.weight !== kept.weight) return by.weight > kept.weight ? 'now' : 'no';
  return by.source < kept.source || (by.source === kept.source && by.child < kept.child) ? 'now' : 'no';
}
