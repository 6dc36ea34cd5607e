import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RowStore } from '../../scrape/ports.ts';

type Item = Record<string, unknown>;

/** How rows stand in the table; the index needs attributes that no row has. */
export interface RowForm<Row> {
  toItem(row: Row): Item | Promise<Item>;
  toRow(item: Item): Row | Promise<Row>;
}

/** @param key the table's partition key */
export function revisionedRows<Row extends { revision: number }>(
  documents: DynamoDBDocumentClient,
  table: string,
  key: string,
  { toItem, toRow }: RowForm<Row>,
): RowStore<Row> {
  return {
    async read(id) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: table, Key: { [key]: id }, ConsistentRead: true }),
      );
      return Item ? toRow(Item) : null;
    },

    async save(row, was) {
      const condition =
        was === null
          ? { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': key } }
          : {
              ConditionExpression: '#revision = :was',
              ExpressionAttributeNames: { '#revision': 'revision' },
              ExpressionAttributeValues: { ':was': was },
            };
      try {
        await documents.send(new PutCommand({ TableName: table, Item: await toItem(row), ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
