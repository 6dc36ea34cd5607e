import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FetchQueue } from '../../scrape/ports.ts';
import { sendMessages } from '../queues/queue-sender.ts';

/** What SQS takes as the id of a group; a host's name may have twice as many characters. */
const GROUP = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

/** The queue of requests: a host's are one group, so that it is never asked twice at the same time. */
export function fetchQueue(sqs: SQSClient, queueUrl: string): FetchQueue {
  return {
    async send(messages) {
      await sendMessages(
        sqs,
        queueUrl,
        messages.map(({ message, group, deduplicationId }) => ({
          body: JSON.stringify(message),
          group: GROUP.test(group) ? group : hash(group),
          deduplicationId,
        })),
      );
    },
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
