import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueuePolicy, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../functions/names.ts';
import type { Monitoring } from './monitoring.ts';
import { NodeFunction } from './node-function.ts';
import type { Options } from './options.ts';
import type { Storage } from './storage.ts';

/** A batch of ten of the slowest real pages takes a few seconds; a minute is for the pathological ones. */
const TIMEOUT = Duration.seconds(60);
/** AWS asks for six times the function's timeout, so that throttled retries do not make a message visible again. */
const VISIBILITY = Duration.seconds(6 * TIMEOUT.toSeconds());
/** Deliveries before a message is a dead letter: five outlast a passing fault of half an hour. */
const MAX_RECEIVES = 5;

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
        [ENV.fingerprintsTable]: storage.fingerprints.tableName,
        [ENV.uploadsTable]: storage.uploads.tableName,
        [ENV.uploadsBucket]: storage.uploadsBucket.bucketName,
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

  /** Written out action by action: the library's grants add wildcard actions and all indexes. */
  #grant(storage: Storage): void {
    const { uploadsBucket, bodiesBucket, articles, fingerprints, uploads } = storage;
    const grants: [actions: string[], resource: string][] = [
      [['s3:GetObject', 's3:GetObjectVersion'], uploadsBucket.arnForObjects('*')],
      // Without these a deleted object answers 403, which cannot be told from a missing grant.
      [['s3:ListBucket', 's3:ListBucketVersions'], uploadsBucket.bucketArn],
      [['s3:GetObject', 's3:PutObject'], bodiesBucket.arnForObjects('*')],
      [
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
        articles.tableArn,
      ],
      [
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
        fingerprints.tableArn,
      ],
      [
        [
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:Query',
          'dynamodb:ConditionCheckItem',
        ],
        uploads.tableArn,
      ],
    ];
    for (const [actions, resource] of grants) {
      this.function.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
    }
    for (const bucket of [uploadsBucket, bodiesBucket]) {
      const logicalId: string = Stack.of(this).resolve((bucket.node.defaultChild as CfnBucket).logicalId);
      Validations.of(this.function.role ?? this.function).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
        reason:
          'Objects are named by those who upload them; the grant reaches every object of this bucket and nothing else.',
      });
    }
  }
}
