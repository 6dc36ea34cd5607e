import { Duration, Stack } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueuePolicy, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, type METRICS } from '../functions/names.ts';
import { graph, type Monitoring, ownMetric } from './monitoring.ts';
import { type Grant, NodeFunction } from './node-function.ts';
import type { Options } from './options.ts';
import type { Storage } from './storage.ts';

/** A batch of ten of the slowest real pages takes a few seconds; a minute is for the pathological ones. */
const TIMEOUT = Duration.seconds(60);
/** AWS asks for six times the function's timeout, so that throttled retries do not make a message visible again. */
const VISIBILITY = Duration.seconds(6 * TIMEOUT.toSeconds());
/**
 * Deliveries before a message is a dead letter. With the function's own growing waits they span a quarter of an hour of
 * a passing fault; where the function dies every time, the half hour that the alarm on age waits for.
 */
const MAX_RECEIVES = 5;

/** In the order in which the dashboard stacks them. */
const OUTCOMES = [
  'ingested',
  'unchanged',
  'duplicate',
  'superseded',
  'rejected',
  'failed',
] as const satisfies (keyof typeof METRICS)[];

export interface IngestProps extends Options {
  storage: Storage;
  monitoring: Monitoring;
}

/** Uploaded objects in, article records and upload statuses out: queue, dead letters, function, grants, alarms. */
export class Ingest extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);

    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // A message keeps its age when it moves here, so this must be longer than the queue's own four days.
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: VISIBILITY,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });

    const { storage } = props;
    this.function = new NodeFunction(this, 'Function', {
      entry: 'functions/ingest/handler.ts',
      description: 'Reads uploaded objects and writes one record per article.',
      timeout: TIMEOUT,
      // One whole core; the tree of a page of ten megabytes also fits with room to spare.
      memorySize: 1769,
      logRetentionDays: props.logRetentionDays,
      environment: {
        [ENV.articlesTable]: storage.articles.tableName,
        [ENV.facetsTable]: storage.facets.tableName,
        [ENV.revisionsTable]: storage.revisions.tableName,
        [ENV.fingerprintsTable]: storage.fingerprints.tableName,
        [ENV.uploadsTable]: storage.uploads.tableName,
        [ENV.bodiesBucket]: storage.bodiesBucket.bucketName,
        [ENV.maxObjectBytes]: String(props.maxObjectBytes),
        [ENV.maxReceives]: String(MAX_RECEIVES),
      },
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: props.maxConcurrency,
      }),
    );
    this.#grant(storage);
    this.#watch(props);
  }

  /** Rows of the dashboard: what became of uploads, how long they took, and what waits. */
  widgets(): IWidget[][] {
    const sum = { statistic: Stats.SUM };
    return [
      [
        new GraphWidget({
          title: 'What became of uploads',
          left: OUTCOMES.map((outcome) => ownMetric(this, outcome, Stats.SUM)),
          stacked: true,
          width: 16,
          height: 6,
        }),
        graph('Time per upload (ms)', [ownMetric(this, 'duration', 'p50'), ownMetric(this, 'duration', 'p99')]),
      ],
      [
        graph(
          'Ingest queue',
          [
            this.queue.metricApproximateNumberOfMessagesVisible(),
            this.queue.metricApproximateNumberOfMessagesNotVisible(),
          ],
          [this.queue.metricApproximateAgeOfOldestMessage()],
        ),
        graph('Dead letters', [this.deadLetterQueue.metricApproximateNumberOfMessagesVisible()]),
        graph(
          'Ingest function',
          [this.function.metricErrors(sum), this.function.metricThrottles(sum)],
          [this.function.metricDuration({ statistic: Stats.MAXIMUM })],
        ),
      ],
    ];
  }

  /** Sends every creation of an object in the bucket, of whatever kind, to the queue. */
  notifyOf(bucket: Bucket): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        // By account and not by the bucket's ARN: S3 checks the policy while it makes the bucket, so the bucket depends
        // on the policy, and a policy that named the generated bucket would depend on it in turn.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const cfnBucket = bucket.node.defaultChild as CfnBucket;
    // Set on the bucket itself: the construct library's own way is a custom resource with a Python function.
    cfnBucket.notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: this.queue.queueArn }],
    };
    for (const policy of this.queue.node.findAll().filter((node) => node instanceof CfnQueuePolicy)) {
      cfnBucket.addResourceDependency(policy);
    }
  }

  #watch({ monitoring, silenceHours }: IngestProps): void {
    monitoring.alarm('DeadLetters', {
      heading: 'Dead letters',
      severity: 'urgent',
      meaning: 'Uploads failed at every attempt and wait in the dead-letter queue, which forgets them after 14 days.',
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      when: { atLeast: 1 },
      periods: 1,
    });
    monitoring.alarm('Behind', {
      heading: 'Ingest is behind',
      severity: 'urgent',
      meaning: 'An upload has waited longer than all its attempts can take: ingest is too slow or stands still.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
      when: { atLeast: MAX_RECEIVES * VISIBILITY.toSeconds() },
      periods: 1,
    });
    monitoring.functionAlarms(this.function, {
      name: 'Ingest',
      ids: { errors: 'Errors', throttles: 'Throttles' },
      severity: 'urgent',
      crashed: ', not single uploads',
      throttled: 'uploads are read later than they could be',
    });
    monitoring.alarm('Slow', {
      heading: 'Ingest is slow',
      severity: 'notice',
      meaning: 'Batches come near the time limit, beyond which they are read again from the start.',
      metric: this.function.metricDuration({ statistic: Stats.MAXIMUM }),
      when: { atLeast: 0.8 * TIMEOUT.toMilliseconds() },
      periods: 3,
    });
    monitoring.alarm('Rejections', {
      heading: 'Most uploads are rejected',
      severity: 'notice',
      meaning: 'Half or more of the uploads of each of the last three hours held no article.',
      // Recorded as 1 or 0 for every upload, so the average is the share.
      metric: ownMetric(this, 'rejected', Stats.AVERAGE, Duration.hours(1)),
      when: { atLeast: 0.5 },
      periods: 3,
    });
    if (silenceHours !== null) {
      monitoring.alarm('Silence', {
        heading: 'No uploads',
        severity: 'urgent',
        meaning: `Nothing was uploaded for ${silenceHours} hours: a sender stopped, or notifications are lost.`,
        metric: this.queue.metricNumberOfMessagesSent({ statistic: Stats.SUM, period: Duration.hours(1) }),
        when: { below: 1 },
        periods: silenceHours,
      });
    }
  }

  #grant(storage: Storage): void {
    const { uploadsBucket, bodiesBucket, articles, facets, revisions, fingerprints, uploads } = storage;
    const rows = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    // Listing makes a missing object answer 404; without it S3 says 403, which cannot be told from a missing grant.
    const grants: Grant[] = [
      [['s3:GetObject', 's3:GetObjectVersion'], uploadsBucket.arnForObjects('*')],
      [['s3:ListBucket', 's3:ListBucketVersions'], uploadsBucket.bucketArn],
      [['s3:GetObject', 's3:PutObject'], bodiesBucket.arnForObjects('*')],
      [['s3:ListBucket'], bodiesBucket.bucketArn],
      // The record that was the first with a text is held to be as it was read when another takes its place.
      [[...rows, 'dynamodb:ConditionCheckItem'], articles.tableArn],
      // A row goes where the article no longer belongs; records and revisions never do.
      [['dynamodb:PutItem', 'dynamodb:DeleteItem'], facets.tableArn],
      [['dynamodb:PutItem'], revisions.tableArn],
      [[...rows, 'dynamodb:DeleteItem', 'dynamodb:Query'], fingerprints.tableArn],
      [[...rows, 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'], uploads.tableArn],
    ];
    this.function.allow(grants, [uploadsBucket, bodiesBucket]);
  }
}
