import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient());

/** What this function reads of an event; docs/events.md has the rest. */
export interface ArticleEvent {
  detail: {
    id: string;
    type: 'article.created' | 'article.revised' | 'article.withdrawn';
    articleId: string;
    occurredAt: string;
    /** None of an article that was withdrawn. */
    card?: Record<string, unknown>;
  };
}

/**
 * Keeps the card of the latest event of each article. An event that comes twice, or after a later one, changes nothing.
 *
 * An article that was withdrawn keeps a row without a card: were the row deleted, an older event that comes late would
 * bring the article back.
 */
export async function handler({ detail }: ArticleEvent): Promise<void> {
  const { id, type, articleId, occurredAt, card = null } = detail;
  try {
    await documents.send(
      new PutCommand({
        TableName: process.env.CARDS_TABLE,
        Item: { articleId, occurredAt, eventId: id, type, card },
        ConditionExpression: 'attribute_not_exists(articleId) OR occurredAt < :occurredAt',
        ExpressionAttributeValues: { ':occurredAt': occurredAt },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
