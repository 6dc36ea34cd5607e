import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleRecord } from '../article/record.ts';
import { revisionOf } from '../article/revision.ts';
import { isWithdrawn, type Stored } from '../article/tombstone.ts';
import type { Articles, Commit, CommitOutcome } from '../ingest/ports.ts';
import { ARTICLES, FACETS, FINGERPRINTS, UPLOADS } from '../names.ts';
import { BODY_KEY, type Body, toArticleItem, toStored } from './article-items.ts';
import { bodies as bodyObjects } from './bodies.ts';
import { type CardLists, cardLists } from './card-lists.ts';
import { facetItems } from './facet-items.ts';
import { FIRST, firstItem, textFingerprint, textItems } from './fingerprint-items.ts';
import { toRevisionItem } from './revision-items.ts';
import { type RevisionList, revisionList } from './revision-list.ts';
import { rowChanges } from './row-changes.ts';
import { type TransactItem, transact } from './transaction.ts';
import { HEAD, toUploadItem } from './upload-items.ts';
import { heldBy } from './upload-ledger.ts';

/** Articles with their bodies, wherever these lie. */
export interface ArticleStore extends Articles, CardLists, RevisionList {
  /** The record; null where there is none, or it was withdrawn. Strongly consistent. */
  get(id: string): Promise<ArticleRecord | null>;
}

export interface ArticleStoreNames {
  articlesTable: string;
  facetsTable: string;
  revisionsTable: string;
  fingerprintsTable: string;
  uploadsTable: string;
  bodiesBucket: string;
}

export function articleStore(documents: DynamoDBDocumentClient, s3: S3Client, names: ArticleStoreNames): ArticleStore {
  const { articlesTable, facetsTable, revisionsTable, fingerprintsTable, uploadsTable, bodiesBucket } = names;
  const bodies = bodyObjects(s3, bodiesBucket);

  async function read(id: string): Promise<Stored | null> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: articlesTable, Key: { [ARTICLES.key]: id }, ConsistentRead: true }),
    );
    if (!Item) return null;
    const bodyKey = Item[BODY_KEY] as string | undefined;
    return toStored(Item, bodyKey === undefined ? null : ((await bodies.get(id, bodyKey)) as Body));
  }

  return {
    ...cardLists(documents, names),
    ...revisionList(documents, bodies, revisionsTable),
    read,

    async get(id) {
      const stored = await read(id);
      return stored === null || isWithdrawn(stored) ? null : stored;
    },

    async firstWithText(contentHash) {
      const { Item } = await documents.send(
        new GetCommand({
          TableName: fingerprintsTable,
          Key: { [FINGERPRINTS.key]: textFingerprint(contentHash), [FINGERPRINTS.sort]: FIRST },
          ConsistentRead: true,
        }),
      );
      return (Item?.id as string | undefined) ?? null;
    },

    async commit(commit: Commit): Promise<CommitOutcome> {
      const { article, was, firstWithText, row, lease } = commit;
      const revision = revisionOf(was, article);
      const articleItem = toArticleItem(article);
      const revisionItem = revision && toRevisionItem(revision);
      // Before the items that point to them: a crash in between leaves an object nobody points to, never the reverse.
      for (const spilled of [articleItem.spilled, revisionItem?.spilled]) if (spilled) await bodies.put(spilled);

      const items: TransactItem[] = [
        { Put: { TableName: uploadsTable, Item: toUploadItem(row), ...heldBy(lease) } },
        {
          ConditionCheck: {
            TableName: uploadsTable,
            Key: { [UPLOADS.key]: row.object, [UPLOADS.sort]: HEAD },
            ConditionExpression: '#newest = :version',
            ExpressionAttributeNames: { '#newest': 'newestVersion' },
            ExpressionAttributeValues: { ':version': row.version },
          },
        },
        { Put: { TableName: articlesTable, Item: articleItem.item, ...unchangedArticle(was) } },
        ...rowChanges(facetsTable, FACETS, facetItems(was), facetItems(article)),
        ...rowChanges(fingerprintsTable, FINGERPRINTS, textItems(was), textItems(article)),
      ];
      if (revisionItem) items.push({ Put: { TableName: revisionsTable, Item: revisionItem.item } });
      if (firstWithText) {
        items.push({
          Put: {
            TableName: fingerprintsTable,
            Item: firstItem(article),
            ...unchangedFirst(firstWithText.was),
          },
        });
      }
      const verdicts = await transact(documents, items);
      if (!verdicts) return 'committed';
      const [statusRow, head] = verdicts;
      if (statusRow === 'condition') return 'lease-lost';
      if (head === 'condition') return 'newer-version';
      return 'conflict';
    },
  };
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

/** @param was the id that was read as the first with the text */
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
