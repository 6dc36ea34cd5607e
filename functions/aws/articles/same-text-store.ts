import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SameTextStore } from '../../article/same-text.ts';
import { FINGERPRINTS } from '../../names.ts';
import { transact } from '../tables/transaction.ts';
import { type ArticleTables, articleWrites, succeedWrites } from './article-writes.ts';
import type { Bodies } from './bodies.ts';
import { FIRST, textFingerprint } from './fingerprint-items.ts';

/** Who has which text first, and which records are its duplicates. */
export function sameTextStore(
  documents: DynamoDBDocumentClient,
  bodies: Pick<Bodies, 'put'>,
  tables: ArticleTables,
): Omit<SameTextStore, 'read'> {
  const { fingerprintsTable } = tables;
  return {
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

    async duplicatesWithText(contentHash, atMost = Number.POSITIVE_INFINITY) {
      const pages = paginateQuery(
        { client: documents },
        {
          TableName: fingerprintsTable,
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': FINGERPRINTS.key },
          ExpressionAttributeValues: { ':key': textFingerprint(contentHash) },
          ConsistentRead: true,
          // The row that names the first is among them.
          ...(Number.isFinite(atMost) && { Limit: atMost + 1 }),
        },
      );
      const ids: string[] = [];
      for await (const { Items = [] } of pages) {
        for (const item of Items) if (item[FINGERPRINTS.sort] !== FIRST) ids.push(item.id as string);
        if (ids.length >= atMost) break;
      }
      return ids.slice(0, atMost);
    },

    async succeed({ contentHash, was, heir }) {
      const { spilled, items } = articleWrites(tables, heir.was, heir.now);
      for (const each of spilled) await bodies.put(each);
      items.push(...succeedWrites(tables, contentHash, was, heir.now.id));
      return (await transact(documents, items)) === null;
    },

    async replace({ was, now }) {
      const { spilled, items } = articleWrites(tables, was, now);
      for (const each of spilled) await bodies.put(each);
      return (await transact(documents, items)) === null;
    },
  };
}
