import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ArticleRecord } from '../../article/record.ts';
import { toArticleItem } from './article-items.ts';
import { facetItems } from './facet-items.ts';

/** Items DynamoDB takes at once. */
const BATCH = 25;

/**
 * Puts records and their facet rows as they are, small ones only, without status, revision and fingerprint: for
 * filling a table that is to be measured, never for articles that matter.
 */
export async function bulkLoad(
  documents: DynamoDBDocumentClient,
  { articlesTable, facetsTable }: { articlesTable: string; facetsTable: string },
  records: readonly ArticleRecord[],
): Promise<void> {
  const puts = records.flatMap((record) => [
    { table: articlesTable, Item: toArticleItem(record).item },
    ...facetItems(record).map((Item) => ({ table: facetsTable, Item })),
  ]);
  for (let from = 0; from < puts.length; from += BATCH) {
    const requests: Record<string, { PutRequest: { Item: Record<string, unknown> } }[]> = {};
    for (const { table, Item } of puts.slice(from, from + BATCH)) {
      requests[table] = [...(requests[table] ?? []), { PutRequest: { Item } }];
    }
    const { UnprocessedItems = {} } = await documents.send(new BatchWriteCommand({ RequestItems: requests }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('The table takes no more items; load more slowly.');
  }
}
