import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleRecord } from '../../article/record.ts';
import { KEY_CANDIDATES } from '../../article/sketch.ts';
import { isWithdrawn } from '../../article/tombstone.ts';
import type { Articles, Commit, CommitOutcome, UploadRow } from '../../ingest/ports.ts';
import { FINGERPRINTS, UPLOADS } from '../../names.ts';
import type { CardLists, Articles as ListedArticles } from '../../query/ports.ts';
import { cardLists } from '../lists/card-lists.ts';
import { type TransactItem, transact } from '../tables/transaction.ts';
import { HEAD, LINEAGE, toUploadItem } from '../uploads/upload-items.ts';
import { heldBy } from '../uploads/upload-ledger.ts';
import { type ArticleTables, articleWrites, firstWithTextWrite, succeedWrites } from './article-writes.ts';
import { bodies as bodyObjects } from './bodies.ts';
import { nearFingerprint, toNearText } from './fingerprint-items.ts';
import { type RevisionList, revisionList } from './revision-list.ts';
import { sameTextStore } from './same-text-store.ts';
import { storedArticles } from './stored-articles.ts';

/** Articles with their bodies, wherever these lie. */
export interface ArticleStore extends Articles, CardLists, RevisionList, Pick<ListedArticles, 'readHead'> {
  /** The record; null where there is none, or it was withdrawn. Strongly consistent. */
  get(id: string): Promise<ArticleRecord | null>;
}

export interface ArticleStoreNames extends ArticleTables {
  uploadsTable: string;
  bodiesBucket: string;
}

export function articleStore(documents: DynamoDBDocumentClient, s3: S3Client, names: ArticleStoreNames): ArticleStore {
  const { articlesTable, revisionsTable, fingerprintsTable, uploadsTable, bodiesBucket } = names;
  const bodies = bodyObjects(s3, bodiesBucket);

  const { read, readHead } = storedArticles(documents, bodies, articlesTable);

  return {
    ...cardLists(documents, names),
    ...revisionList(documents, bodies, revisionsTable),
    ...sameTextStore(documents, bodies, names),
    read,
    readHead,

    async get(id) {
      const stored = await read(id);
      return stored === null || isWithdrawn(stored) ? null : stored;
    },

    async withKeys(keys) {
      const pages = await Promise.all(
        keys.map((key) =>
          documents.send(
            new QueryCommand({
              TableName: fingerprintsTable,
              KeyConditionExpression: '#key = :key',
              ExpressionAttributeNames: { '#key': FINGERPRINTS.key },
              ExpressionAttributeValues: { ':key': nearFingerprint(key) },
              ScanIndexForward: false,
              Limit: KEY_CANDIDATES,
            }),
          ),
        ),
      );
      return pages.flatMap(({ Items }) => Items ?? []).map(toNearText);
    },

    async commit(commit: Commit): Promise<CommitOutcome> {
      const { article, was, firstWithText, leftText, row, lease } = commit;
      const { spilled, items: articleItems } = articleWrites(names, was, article);
      for (const each of spilled) await bodies.put(each);

      const items: TransactItem[] = [
        { Put: { TableName: uploadsTable, Item: toUploadItem(row), ...heldBy(lease) } },
        stillHead(uploadsTable, row, article),
        ...articleItems,
      ];
      if (firstWithText) items.push(...succeedWrites(names, article.contentHash, firstWithText.was, article.id));
      if (leftText !== null) items.push(firstWithTextWrite(names, leftText, article.id, null));
      const verdicts = await transact(documents, items);
      if (!verdicts) return 'committed';
      const [statusRow, head] = verdicts;
      if (statusRow === 'condition') return 'lease-lost';
      if (head === 'condition') return 'newer-version';
      return 'conflict';
    },
  };
}

/** The version must be the newest of its object; an article without an address is what the object's next one may correct. */
function stillHead(table: string, row: UploadRow, { id, canonicalUrl }: ArticleRecord): TransactItem {
  const head = {
    TableName: table,
    Key: { [UPLOADS.key]: row.object, [UPLOADS.sort]: HEAD },
    ConditionExpression: '#newest = :version',
  };
  const newest = { names: { '#newest': 'newestVersion' }, values: { ':version': row.version } };
  if (canonicalUrl !== null) {
    const check = { ...head, ExpressionAttributeNames: newest.names, ExpressionAttributeValues: newest.values };
    return { ConditionCheck: check };
  }
  return {
    Update: {
      ...head,
      UpdateExpression: 'SET #lineage = :id',
      ExpressionAttributeNames: { ...newest.names, '#lineage': LINEAGE },
      ExpressionAttributeValues: { ...newest.values, ':id': id },
    },
  };
}
