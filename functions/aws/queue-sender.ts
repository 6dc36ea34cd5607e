import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What SQS takes in one request. */
const BATCH = 10;

/** SQS did not take some of the messages. The others are in the queue. */
export class MessagesNotTaken extends Error {
  override readonly name = 'MessagesNotTaken';
  readonly code = 'MESSAGES_NOT_TAKEN';
}

/**
 * Sends messages in batches.
 *
 * @throws MessagesNotTaken
 */
export async function sendMessages(sqs: SQSClient, queueUrl: string, bodies: readonly string[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += BATCH) {
    const entries = bodies.slice(start, start + BATCH).map((body, index) => ({ Id: String(index), MessageBody: body }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const [failed] = Failed;
    if (failed) {
      throw new MessagesNotTaken(
        `The queue ${queueUrl} did not take ${Failed.length} of ${entries.length} messages (${failed.Code}: ${failed.Message}); send them again.`,
      );
    }
  }
}
