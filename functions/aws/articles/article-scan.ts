import { DescribeTableCommand, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ArticleRecord } from '../../article/record.ts';
import { isWithdrawn } from '../../article/tombstone.ts';
import { ARTICLES } from '../../names.ts';
import { decodeCursor, encodeCursor } from '../lists/cursor.ts';
import type { PageOptions } from '../lists/page.ts';
import { bodies as bodyObjects } from './bodies.ts';
import { storedArticles } from './stored-articles.ts';

export interface ArticleScan {
  /**
   * Every record there is, duplicates too, in no order that means anything; withdrawn ones left out. Bodies that lie
   * elsewhere are read as the records are asked for, so that memory need not hold those of a page.
   */
  scan(options?: PageOptions): Promise<{ records: AsyncIterable<ArticleRecord>; cursor: string | null }>;
  /**
   * About how many there are: DynamoDB counts its items every few hours, tombstones among them.
   *
   * @returns null where it does not say, or the caller may not ask
   */
  estimate(): Promise<number | null>;
}

/** Records of a page; DynamoDB ends one at 1 MB anyway. */
const PAGE = 200;
const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);

/** Reads the articles table from end to end: the cheapest way to have everything. */
export function articleScan(
  documents: DynamoDBDocumentClient,
  s3: S3Client,
  { articlesTable, bodiesBucket }: { articlesTable: string; bodiesBucket: string },
): ArticleScan {
  const articles = storedArticles(documents, bodyObjects(s3, bodiesBucket), articlesTable);
  return {
    async estimate() {
      try {
        const { Table } = await documents.send(new DescribeTableCommand({ TableName: articlesTable }));
        return Table?.ItemCount || null;
      } catch (error) {
        if (error instanceof DynamoDBServiceException && error.name === 'AccessDeniedException') return null;
        throw error;
      }
    },

    async scan({ limit = PAGE, cursor } = {}) {
      const query = ['scan'];
      const after = decodeCursor(query, cursor, isId);
      const page = await documents.send(
        new ScanCommand({
          TableName: articlesTable,
          Limit: limit,
          ...(after === null ? {} : { ExclusiveStartKey: { [ARTICLES.key]: after } }),
        }),
      );
      async function* read(items: readonly Record<string, unknown>[]): AsyncGenerator<ArticleRecord> {
        for (const item of items) {
          const stored = await articles.ofItem(item);
          if (stored !== null && !isWithdrawn(stored)) yield stored;
        }
      }
      const last = page.LastEvaluatedKey?.[ARTICLES.key];
      return { records: read(page.Items ?? []), cursor: last === undefined ? null : encodeCursor(query, last) };
    },
  };
}
