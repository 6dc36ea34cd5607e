import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Revision } from '../article/revision.ts';
import { REVISIONS } from '../names.ts';
import { BODY_KEY } from './article-items.ts';
import type { Bodies } from './bodies.ts';
import { type CursorQuery, decodeCursor, encodeCursor } from './cursor.ts';
import { PAGE, type Page, type PageOptions } from './page.ts';
import { toRevision } from './revision-items.ts';

export interface RevisionList {
  /** Last change first, each with the text before it, wherever that lies. */
  listRevisions(id: string, options?: PageOptions): Promise<Page<Revision>>;
}

export function revisionList(documents: DynamoDBDocumentClient, bodies: Bodies, table: string): RevisionList {
  return {
    async listRevisions(id, { limit = PAGE, cursor } = {}) {
      const query: CursorQuery = ['revisions', id];
      const before = decodeCursor(query, cursor, isRevision);
      const page = await documents.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: `#id = :id${before === null ? '' : ' AND #revision < :before'}`,
          ExpressionAttributeNames: {
            '#id': REVISIONS.key,
            ...(before === null ? {} : { '#revision': REVISIONS.sort }),
          },
          ExpressionAttributeValues: { ':id': id, ...(before === null ? {} : { ':before': before }) },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const items = await Promise.all(
        (page.Items ?? []).map(async (item) => {
          const key = item[BODY_KEY] as string | undefined;
          return toRevision(item, key === undefined ? null : ((await bodies.get(id, key)) as { text: string }));
        }),
      );
      const last = page.LastEvaluatedKey?.[REVISIONS.sort];
      return { items, cursor: last === undefined ? null : encodeCursor(query, last) };
    },
  };
}

function isRevision(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
