/**
 * Items of the articles table: the record as it is, or its tombstone, and what the indexes need beside it.
 */
import { createHash } from 'node:crypto';
import { cardOf } from '../../article/card.ts';
import { type ArticleRecord, BODY_FIELDS, type ArticleBody as Body } from '../../article/record.ts';
import type { Stored, Tombstone } from '../../article/tombstone.ts';
import { ARTICLES, CARD } from '../../names.ts';
import { shardOf } from '../lists/shards.ts';
import { itemSize } from './item-size.ts';

/** Bytes. DynamoDB refuses items above 400 KB; the rest is room for what later versions of the record add. */
export const INLINE_BYTES = 300_000;

export type { Body };

/** Names the object in the bodies bucket that holds {@link Body}; absent where the body stands in the item. */
export const BODY_KEY = 'bodyKey';

export type Item = Record<string, unknown>;

/** An object of the bodies bucket. */
export interface Spilled {
  key: string;
  json: string;
}

export interface ItemWithBody {
  item: Item;
  /** To be stored before the item is; null where the item holds everything. */
  spilled: Spilled | null;
}

/** Everything of an article that lies in the bodies bucket is under here. */
export function bodyPrefix(id: string): string {
  return `articles/${id}/`;
}

export function toArticleItem(article: ArticleRecord): ItemWithBody {
  const { site, ...rest } = article;
  const item: Item = {
    ...rest,
    // DynamoDB refuses null and empty index keys; an absent one only stays out of the index.
    ...(site ? { [ARTICLES.bySite.key]: site } : {}),
    ...(article.duplicateOf === null ? { [ARTICLES.byDay.key]: dayShard(article) } : {}),
    [CARD]: cardOf(article),
  };
  if (itemSize(item) < INLINE_BYTES) return { item, spilled: null };

  const { text, blocks, images, embeds, links } = article;
  const json = JSON.stringify({ text, blocks, images, embeds, links } satisfies Body);
  // Named by its own content and not by contentHash, which is the same for two bodies that differ in their images.
  const key = `${bodyPrefix(article.id)}${createHash('sha256').update(json).digest('hex')}.json`;
  for (const field of BODY_FIELDS) delete item[field];
  item[BODY_KEY] = key;
  return { item, spilled: { key, json } };
}

/** Without `sortAt` and `dayShard`, so that it stays out of every index. */
export function toTombstoneItem({ site, ...rest }: Tombstone): Item {
  return { ...rest, ...(site ? { [ARTICLES.bySite.key]: site } : {}) };
}

/** @param body what lies under the item's {@link BODY_KEY}; null where it has none */
export function toStored(item: Item, body: Body | null): Stored {
  const { [ARTICLES.byDay.key]: _day, [CARD]: _card, [BODY_KEY]: _key, ...record } = item;
  return { ...record, ...body, site: record.site ?? null } as Stored;
}

/**
 * `YYYY-MM-DD#n`. Articles dated into a day that had not begun when they were first seen are few, and all in its first
 * partition: a list of the latest asks tomorrow's for them alone.
 */
export function dayShard({ id, sortAt, firstSeenAt }: Pick<ArticleRecord, 'id' | 'sortAt' | 'firstSeenAt'>): string {
  const day = sortAt.slice(0, 10);
  return `${day}#${day > firstSeenAt.slice(0, 10) ? 0 : shardOf(id, ARTICLES.byDay.shards)}`;
}
