import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { articleEvents, type ConsumerProps } from './article-events.ts';

/** A queue of events, for a program that reads at its own pace. A message's body is the event as the bus has it. */
export class ArticleQueue extends Construct {
  readonly queue: Queue;
  /** What the bus could not deliver, and what the reader of the queue received five times and did not delete. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { bus, ...wanted }: ConsumerProps) {
    super(scope, id);
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.failed = new Queue(this, 'Failed', safe);
    this.queue = new Queue(this, 'Queue', { ...safe, deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 } });
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: articleEvents(wanted),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.failed })],
    });
  }
}
