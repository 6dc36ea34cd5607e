import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A message as an event source mapping hands it to a function. */
export interface ReceivedMessage {
  /** `arn:aws:sqs:REGION:ACCOUNT:NAME` */
  eventSourceARN: string;
  receiptHandle: string;
}

/** Changes when messages that were not finished with come back. */
export interface MessageHolder {
  holdBack(message: ReceivedMessage, seconds: number): Promise<void>;
}

export function messageHolder(sqs: SQSClient): MessageHolder {
  return {
    async holdBack({ eventSourceARN, receiptHandle }, seconds) {
      const [, , , region, account, name] = eventSourceARN.split(':');
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          // Names the queue only: where to connect is the client's own affair.
          QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
  };
}
