import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SameTextStore } from '../../article/same-text.ts';
import { REVISIONS } from '../../names.ts';
import type { Ports, Withdrawals } from '../../withdraw/ports.ts';
import { deleteRows } from '../tables/delete-rows.ts';
import { transact } from '../tables/transaction.ts';
import { rawCopies } from '../uploads/raw-copies.ts';
import { uploadLedger } from '../uploads/upload-ledger.ts';
import { bodyPrefix } from './article-items.ts';
import { type ArticleStoreNames, articleStore } from './article-store.ts';
import { type ArticleTables, articleWrites, firstWithTextWrite } from './article-writes.ts';
import { type Bodies, bodies } from './bodies.ts';

/** Everything that withdrawing reads and writes. */
export function withdrawalPorts(
  documents: DynamoDBDocumentClient,
  s3: S3Client,
  names: ArticleStoreNames,
): Pick<Ports, 'articles' | 'raw'> {
  const { uploadsTable, bodiesBucket } = names;
  const spill = bodies(s3, bodiesBucket);
  return {
    articles: withdrawals(documents, spill, articleStore(documents, s3, names), names),
    raw: rawCopies(documents, s3, uploadsTable, uploadLedger(documents, uploadsTable), spill),
  };
}

function withdrawals(
  documents: DynamoDBDocumentClient,
  spill: Bodies,
  articles: SameTextStore,
  tables: ArticleTables,
): Withdrawals {
  return {
    read: articles.read,
    firstWithText: articles.firstWithText,
    duplicatesWithText: articles.duplicatesWithText,
    succeed: articles.succeed,
    replace: articles.replace,

    async bury({ grave, text }) {
      const writes = [articleWrites(tables, grave.was, grave.now)];
      if (text?.heir) writes.push(articleWrites(tables, text.heir.was, text.heir.now));
      for (const spilled of writes.flatMap((each) => each.spilled)) await spill.put(spilled);
      const items = writes.flatMap((each) => each.items);
      if (text) {
        items.push(firstWithTextWrite(tables, text.contentHash, grave.now.id, text.heir?.now.id ?? null));
      }
      return (await transact(documents, items)) === null;
    },

    async formerTexts(id) {
      const hashes = new Set<string>();
      const pages = paginateQuery(
        { client: documents },
        {
          TableName: tables.revisionsTable,
          KeyConditionExpression: '#id = :id',
          ExpressionAttributeNames: { '#id': REVISIONS.key, '#before': 'before', '#hash': 'contentHash' },
          ExpressionAttributeValues: { ':id': id },
          ProjectionExpression: '#before.#hash',
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages)
        for (const { before } of Items) hashes.add(before.contentHash as string);
      return [...hashes];
    },

    async erase(id) {
      const pages = paginateQuery(
        { client: documents },
        {
          TableName: tables.revisionsTable,
          KeyConditionExpression: '#id = :id',
          ExpressionAttributeNames: { '#id': REVISIONS.key, '#revision': REVISIONS.sort },
          ExpressionAttributeValues: { ':id': id },
          ProjectionExpression: '#id, #revision',
          ConsistentRead: true,
        },
      );
      const keys: Record<string, unknown>[] = [];
      for await (const { Items = [] } of pages) keys.push(...Items);
      await deleteRows(documents, tables.revisionsTable, keys);
      return { revisions: keys.length, bodies: await spill.deleteAll(bodyPrefix(id)) };
    },
  };
}
