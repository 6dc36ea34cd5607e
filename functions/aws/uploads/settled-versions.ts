import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { isSettled, type Upload } from '../../article/upload.ts';
import { UPLOADS } from '../../names.ts';

/**
 * Object versions whose status will not change any more.
 *
 * Reads the whole table, which suits the local cloud; its caller compares it with every version in the bucket.
 *
 * @param table name of the uploads table
 * @returns version ids by object (bucket/key)
 */
export async function settledVersions(
  documents: DynamoDBDocumentClient,
  table: string,
  now: Date,
): Promise<Map<string, Set<string>>> {
  const settled = new Map<string, Set<string>>();
  const pages = paginateScan(
    { client: documents },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'attribute_exists(#status)',
      ProjectionExpression: '#object, #version, #status, #leaseUntil',
      ExpressionAttributeNames: {
        '#object': UPLOADS.key,
        '#version': UPLOADS.sort,
        '#status': 'status',
        '#leaseUntil': 'leaseUntil',
      },
    },
  );
  for await (const page of pages) {
    for (const row of (page.Items ?? []) as Pick<Upload, 'object' | 'version' | 'status' | 'leaseUntil'>[]) {
      if (!isSettled(row, now)) continue;
      const versions = settled.get(row.object);
      if (versions) versions.add(row.version);
      else settled.set(row.object, new Set([row.version]));
    }
  }
  return settled;
}
