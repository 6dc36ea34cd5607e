/** From what a listing names to its items: addresses resolved, each article once, every field within its bound. */

import { parseHttpUrl } from '../../article/canonical-url.ts';
import { cleanStrings } from '../../article/clean-strings.ts';
import type { FeedHints } from '../../article/feed-hints.ts';
import { articleId } from '../../article/identity.ts';
import { cut } from '../../article/limits.ts';
import type { ListedItem } from '../listing.ts';
import type { Reference } from './feed/images.ts';
import { firstSaid } from './first-said.ts';
import type { FoundItem, Inherited } from './found-item.ts';

const TITLE = 1_000;
const SUMMARY = 5_000;
const LABEL = 200;
const AUTHORS = 50;
const CATEGORIES = 100;
/** Characters of an article's HTML; the longest of four corpora has 400,000. Half of one is worth nothing. */
const CONTENT = 2_000_000;

export interface CollectedItems {
  items: ListedItem[];
  warnings: string[];
}

/**
 * Resolves and folds items: of several that name the same article the first stands, and what it does not say is taken
 * from the others.
 */
export function collectItems(found: readonly FoundItem[], inherited: Inherited): CollectedItems {
  const byArticle = new Map<string, ListedItem>();
  let unlinked = 0;
  let oversized = 0;
  for (const item of found) {
    const url = firstUrl(item.links, inherited);
    if (url === null) {
      unlinked++;
      continue;
    }
    if ((item.hints.content?.length ?? 0) > CONTENT) oversized++;
    const listed: ListedItem = {
      url,
      modifiedAt: item.modifiedAt,
      hints: cleanStrings(boundHints(item, inherited)),
    };
    const article = articleId(url, '');
    const before = byArticle.get(article);
    byArticle.set(article, before === undefined ? listed : merged(before, listed));
  }
  const items = [...byArticle.values()].map((item) =>
    item.hints.authors.length > 0 ? item : { ...item, hints: { ...item.hints, authors: [...inherited.authors] } },
  );
  const repeated = found.length - unlinked - items.length;
  const warnings: string[] = [];
  if (unlinked > 0) warnings.push(`${count(unlinked, 'item')} without a usable link passed over.`);
  if (repeated > 0) warnings.push(`${count(repeated, 'item')} named an article that another item names too.`);
  if (oversized > 0) warnings.push(`The content of ${count(oversized, 'item')} is too long and was left out.`);
  return { items, warnings };
}

/** The first that is an http address. */
function firstUrl(links: readonly Reference[], inherited: Inherited): string | null {
  return firstSaid(links, (link) => resolve(link, inherited));
}

/** Quotes, angle brackets and characters without width that were copied along with an address. */
const AROUND = /^[\s"<>“”\u200b-\u200f]{1,20}|[\s"<>“”\u200b-\u200f]{1,20}$/g;

/** @returns absolute and http; null for anything else */
export function resolve({ href, base }: Reference, inherited: Pick<Inherited, 'base' | 'url'>): string | null {
  // Feeds write `www.example.com/x` for an address; a folder of that name is none's.
  // Escaped twice, an address has parameters called `amp;y`, which no site has.
  const plain = href.replace(AROUND, '').replace(/&(?:amp|#0?38|#x26);/gi, '&');
  const reference = /^www\.[\w-]{1,63}\./i.test(plain) ? `http://${plain}` : plain;
  return parseHttpUrl(reference, base ?? inherited.base)?.href ?? null;
}

function boundHints(item: FoundItem, inherited: Inherited): FeedHints {
  const { hints } = item;
  const content = hints.content !== null && hints.content.length <= CONTENT ? hints.content : null;
  return {
    title: bound(hints.title, TITLE),
    authors: hints.authors.slice(0, AUTHORS).map((name) => cut(name, LABEL)),
    publishedAt: hints.publishedAt,
    publishedRaw: bound(hints.publishedRaw, LABEL),
    modifiedAt: hints.modifiedAt,
    categories: hints.categories.slice(0, CATEGORIES).map((category) => cut(category, LABEL)),
    summary: bound(hints.summary, SUMMARY),
    content,
    language: hints.language ?? inherited.language,
    image: item.image === null ? null : resolve(item.image, inherited),
  };
}

function bound(text: string | null, length: number): string | null {
  return text === null || text === '' ? null : cut(text, length);
}

function merged(first: ListedItem, more: ListedItem): ListedItem {
  const hints = { ...first.hints };
  for (const field of Object.keys(hints) as (keyof FeedHints)[]) {
    const value = hints[field];
    if (value === null || (Array.isArray(value) && value.length === 0))
      Object.assign(hints, { [field]: more.hints[field] });
  }
  return { url: first.url, modifiedAt: first.modifiedAt ?? more.modifiedAt, hints };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
