import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** Rows of which each carries the number of its write, so that a save stands only on what it was made from. */
export interface RevisionedRows<Row> {
  /** Strongly consistent. */
  read(key: string): Promise<Row | null>;
  /**
   * @param was revision that the row was made from; null for a new one
   * @returns false, and nothing written, where another write came first
   */
  save(row: Row, was: number | null): Promise<boolean>;
}

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
): RevisionedRows<Row> {
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
