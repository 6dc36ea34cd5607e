/**
 * All that is written when an article changes: its item, the rows it is found by, and its revision.
 */
import { revisionOf } from '../../article/revision.ts';
import type { Predecessor } from '../../article/same-text.ts';
import { isWithdrawn, type Stored } from '../../article/tombstone.ts';
import { ARTICLES, FACETS, FINGERPRINTS } from '../../names.ts';
import type { TransactItem } from '../tables/transaction.ts';
import { type Spilled, toArticleItem, toTombstoneItem } from './article-items.ts';
import { facetItems } from './facet-items.ts';
import { FIRST, fingerprintItems, textFingerprint } from './fingerprint-items.ts';
import { toRevisionItem } from './revision-items.ts';
import { rowChanges } from './row-changes.ts';

export interface ArticleTables {
  articlesTable: string;
  facetsTable: string;
  revisionsTable: string;
  fingerprintsTable: string;
}

export interface ArticleWrites {
  /** Stored before the items that point to it: a crash in between leaves an object nobody points to, never the reverse. */
  spilled: Spilled[];
  items: TransactItem[];
}

/** On the condition that the article is as it was read. */
export function articleWrites(tables: ArticleTables, was: Stored | null, now: Stored): ArticleWrites {
  const { articlesTable, facetsTable, revisionsTable, fingerprintsTable } = tables;
  const article = isWithdrawn(now) ? { item: toTombstoneItem(now), spilled: null } : toArticleItem(now);
  const revision = isWithdrawn(now) ? null : revisionOf(was, now);
  const revisionItem = revision && toRevisionItem(revision);
  return {
    spilled: [article.spilled, revisionItem?.spilled].filter((spilled) => spilled != null),
    items: [
      { Put: { TableName: articlesTable, Item: article.item, ...unchangedArticle(was) } },
      ...rowChanges(facetsTable, FACETS, facetItems(was), facetItems(now)),
      ...rowChanges(fingerprintsTable, FINGERPRINTS, fingerprintItems(was), fingerprintItems(now)),
      ...(revisionItem ? [{ Put: { TableName: revisionsTable, Item: revisionItem.item } }] : []),
    ],
  };
}

/** A record takes the place of the first with a text, which must be as it was read. */
export function succeedWrites(
  tables: ArticleTables,
  contentHash: string,
  { id, record }: Predecessor,
  now: string,
): TransactItem[] {
  const write = firstWithTextWrite(tables, contentHash, id, now);
  if (id === null || id === now) return [write];
  const check = { TableName: tables.articlesTable, Key: { [ARTICLES.key]: id }, ...unchangedArticle(record) };
  return [write, { ConditionCheck: check }];
}

/** Another record is the first with a text, or none is. @param was the id that was read as the first */
export function firstWithTextWrite(
  { fingerprintsTable }: ArticleTables,
  contentHash: string,
  was: string | null,
  now: string | null,
): TransactItem {
  const key = { [FINGERPRINTS.key]: textFingerprint(contentHash), [FINGERPRINTS.sort]: FIRST };
  const condition = unchangedFirst(was);
  if (now === null) return { Delete: { TableName: fingerprintsTable, Key: key, ...condition } };
  return { Put: { TableName: fingerprintsTable, Item: { ...key, id: now }, ...condition } };
}

/** The revision stays when only a description changes, the time of the last change never does. */
function unchangedArticle(was: Stored | null) {
  if (!was) {
    return { ConditionExpression: 'attribute_not_exists(#id)', ExpressionAttributeNames: { '#id': ARTICLES.key } };
  }
  return {
    ConditionExpression: '#updatedAt = :updatedAt AND #revision = :revision',
    ExpressionAttributeNames: { '#updatedAt': 'updatedAt', '#revision': 'revision' },
    ExpressionAttributeValues: { ':updatedAt': was.updatedAt, ':revision': was.revision },
  };
}

function unchangedFirst(was: string | null) {
  if (was === null) {
    return {
      ConditionExpression: 'attribute_not_exists(#fingerprint)',
      ExpressionAttributeNames: { '#fingerprint': FINGERPRINTS.key },
    };
  }
  return {
    ConditionExpression: '#id = :was',
    ExpressionAttributeNames: { '#id': 'id' },
    ExpressionAttributeValues: { ':was': was },
  };
}
