import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Revision } from '../../article/revision.ts';
import { REVISIONS } from '../../names.ts';
import { type CursorQuery, decodeCursor, encodeCursor } from '../lists/cursor.ts';
import { PAGE, type Page, type PageOptions } from '../lists/page.ts';
import { BODY_KEY, type Item } from './article-items.ts';
import type { Bodies } from './bodies.ts';
import { toRevision } from './revision-items.ts';

export interface RevisionList {
  /** Last change first, each with the text before it, wherever that lies. */
  listRevisions(id: string, options?: PageOptions): Promise<Page<Revision>>;
  /** @returns null where the record never had that revision */
  getRevision(id: string, revision: number): Promise<Revision | null>;
}

export function revisionList(documents: DynamoDBDocumentClient, bodies: Bodies, table: string): RevisionList {
  async function joined(id: string, item: Item): Promise<Revision> {
    const key = item[BODY_KEY] as string | undefined;
    return toRevision(item, key === undefined ? null : ((await bodies.get(id, key)) as { text: string }));
  }

  return {
    async getRevision(id, revision) {
      const { Item } = await documents.send(
        new GetCommand({
          TableName: table,
          Key: { [REVISIONS.key]: id, [REVISIONS.sort]: revision },
          ConsistentRead: true,
        }),
      );
      return Item ? joined(id, Item) : null;
    },

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
      const items = await Promise.all((page.Items ?? []).map((item) => joined(id, item)));
      const last = page.LastEvaluatedKey?.[REVISIONS.sort];
      return { items, cursor: last === undefined ? null : encodeCursor(query, last) };
    },
  };
}

function isRevision(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
