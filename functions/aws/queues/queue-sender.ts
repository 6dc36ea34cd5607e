import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What SQS takes in one request. */
const BATCH = 10;

/** SQS did not take some of the messages. The others are in the queue. */
export class MessagesNotTaken extends Error {
  override readonly name = 'MessagesNotTaken';
  readonly code = 'MESSAGES_NOT_TAKEN';
}

/** A message of a FIFO queue: those of a group keep their order, one with an id of the last five minutes is dropped. */
export interface OrderedMessage {
  body: string;
  group: string;
  deduplicationId: string;
}

/**
 * Sends messages in batches.
 *
 * @throws MessagesNotTaken
 */
export async function sendMessages(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly (string | OrderedMessage)[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += BATCH) {
    const entries = messages.slice(start, start + BATCH).map((message, index) => {
      const Id = String(index);
      if (typeof message === 'string') return { Id, MessageBody: message };
      const { body, group, deduplicationId } = message;
      return { Id, MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplicationId };
    });
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const [failed] = Failed;
    if (failed) {
      throw new MessagesNotTaken(
        `The queue ${queueUrl} did not take ${Failed.length} of ${entries.length} messages (${failed.Code}: ${failed.Message}); send them again.`,
      );
    }
  }
}
