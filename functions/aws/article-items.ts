/**
 * Items of the articles table: the record as it is, and what the indexes need beside it.
 */
import { createHash } from 'node:crypto';
import { cut } from '../article/limits.ts';
import type { ArticleRecord } from '../article/record.ts';
import { ARTICLES } from '../names.ts';
import { itemSize } from './item-size.ts';

/** Bytes. DynamoDB refuses items above 400 KB; the rest is room for what later versions of the record add. */
export const INLINE_BYTES = 300_000;

/** The fields that move to the bodies bucket together when an item would be too large. */
const BODY_FIELDS = ['text', 'blocks', 'images', 'embeds', 'links'] as const;
export type Body = Pick<ArticleRecord, (typeof BODY_FIELDS)[number]>;

/** Names the object in the bodies bucket that holds {@link Body}; absent where the body stands in the item. */
export const BODY_KEY = 'bodyKey';

type Item = Record<string, unknown>;

export interface ArticleItem {
  item: Item;
  /** To be stored before the item is; null where the item holds everything. */
  spilled: { key: string; json: string } | null;
}

/** Characters. With the rest of a card within its 1 KB. */
const CARD_LABEL = 60;
const CARD_AUTHORS = 4;

export function toArticleItem(article: ArticleRecord): ArticleItem {
  const { site, ...rest } = article;
  const item: Item = {
    ...rest,
    // DynamoDB refuses null and empty index keys; an absent one only stays out of the index.
    ...(site ? { [ARTICLES.bySite.key]: site } : {}),
    ...(article.duplicateOf === null ? { [ARTICLES.byDay.key]: dayShard(article.sortAt, article.id) } : {}),
    sectionLabel: article.section && cut(article.section.label, CARD_LABEL),
    authorNames: article.authors.slice(0, CARD_AUTHORS).map(({ name }) => cut(name, CARD_LABEL)),
  };
  if (itemSize(item) < INLINE_BYTES) return { item, spilled: null };

  const { text, blocks, images, embeds, links } = article;
  const json = JSON.stringify({ text, blocks, images, embeds, links } satisfies Body);
  // Named by its own content and not by contentHash, which is the same for two bodies that differ in their images.
  const key = `articles/${article.id}/${createHash('sha256').update(json).digest('hex')}.json`;
  for (const field of BODY_FIELDS) delete item[field];
  item[BODY_KEY] = key;
  return { item, spilled: { key, json } };
}

/** @param body what lies under the item's {@link BODY_KEY}; null where it has none */
export function toArticle(item: Item, body: Body | null): ArticleRecord {
  const {
    [ARTICLES.byDay.key]: _day,
    sectionLabel: _section,
    authorNames: _authors,
    [BODY_KEY]: _key,
    ...record
  } = item;
  return { ...record, ...body, site: record.site ?? null } as ArticleRecord;
}

/** `YYYY-MM-DD#n`: one day's articles spread over a few keys, because one key takes a thousand writes a second at most. */
export function dayShard(sortAt: string, id: string): string {
  return `${sortAt.slice(0, 10)}#${Number.parseInt(id.slice(-4), 16) % ARTICLES.byDay.shards}`;
}
