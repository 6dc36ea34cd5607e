import { Duration } from 'aws-cdk-lib';
import { type IWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, PAGES, SOURCES } from '../functions/names.ts';
import { graph, type Monitoring, ownMetric } from './monitoring.ts';
import { type Grant, NodeFunction } from './node-function.ts';
import type { Options } from './options.ts';
import type { Storage } from './storage.ts';

/** A run claims a bounded number of sources and pages; those that it does not come to are the next one's. */
const DISCOVER_TIMEOUT = Duration.seconds(60);
/**
 * Redirects begin no other hop after 40 seconds, and a hop no other request 40 seconds later; the last one may wait 20
 * seconds for its turn and take 30, and what it brings is read and stored.
 */
const FETCH_TIMEOUT = Duration.seconds(180);
/** Six times the function's timeout, as of the ingest queue. */
const VISIBILITY = Duration.seconds(6 * FETCH_TIMEOUT.toSeconds());
/**
 * Deliveries before a message is a dead letter. A host that asks for patience is waited for by giving its message back,
 * so a message may come many times without any fault; how often a page was tried stands in its row.
 */
const MAX_RECEIVES = 50;
/** How often discover counts sources: an alarm on what is new is over as soon as it can be, and rings for the next one. */
const COUNTED_EVERY = Duration.minutes(15);
/** A host may ask to be left alone for hours; one whose turn does not come for a day is stuck. */
const STUCK = Duration.hours(24);

export interface ScrapeProps extends Options {
  storage: Storage;
  monitoring: Monitoring;
}

/** Watched sites in, raw pages out: the schedule, what is due, the queue of hosts, the function that fetches. */
export class Scrape extends Construct {
  readonly discover: NodeFunction;
  readonly fetch: NodeFunction;
  /** One group of messages for each host. */
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: ScrapeProps) {
    super(scope, id);
    const { storage } = props;

    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      fifo: true,
      // The same page may be due at two hosts, and hosts share no limit of requests a second.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: VISIBILITY,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });

    const environment = {
      [ENV.sourcesTable]: storage.sources.tableName,
      [ENV.pagesTable]: storage.pages.tableName,
      [ENV.hostsTable]: storage.hosts.tableName,
      [ENV.uploadsBucket]: storage.uploadsBucket.bucketName,
      [ENV.bodiesBucket]: storage.bodiesBucket.bucketName,
      [ENV.fetchQueue]: this.queue.queueUrl,
      [ENV.userAgent]: props.userAgent,
      [ENV.fetchDelaySeconds]: String(props.fetchDelaySeconds),
      [ENV.maxObjectBytes]: String(props.maxObjectBytes),
    };
    this.discover = new NodeFunction(this, 'Discover', {
      entry: 'functions/scrape/handler.ts',
      handler: 'discover',
      description: 'Finds the sources and pages that are due, and queues a request for each.',
      timeout: DISCOVER_TIMEOUT,
      memorySize: 512,
      logRetentionDays: props.logRetentionDays,
      environment,
    });
    this.fetch = new NodeFunction(this, 'Fetch', {
      entry: 'functions/scrape/handler.ts',
      handler: 'fetch',
      description: 'Asks one host at a time for feeds, site maps and pages of articles.',
      timeout: FETCH_TIMEOUT,
      // A feed of twenty megabytes is read as a tree.
      memorySize: 1024,
      logRetentionDays: props.logRetentionDays,
      environment,
    });
    this.fetch.addEventSource(
      new SqsEventSource(this.queue, {
        // A batch may hold several messages of a host, and each waits for its turn.
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: props.maxFetches,
      }),
    );
    // One that failed is not repeated: the next is a minute away.
    this.discover.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Rule(this, 'EveryMinute', {
      description: 'Starts the discover function of Copydesk.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.discover, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    this.#grant(storage);
    this.#watch(props.monitoring);
  }

  /** Rows of the dashboard: what was fetched, how sources are, and what waits. */
  widgets(): IWidget[][] {
    const sum = { statistic: Stats.SUM };
    return [
      [
        graph('Fetched pages, failures', [
          ownMetric(this, 'fetched', Stats.SUM),
          ownMetric(this, 'fetchFailed', Stats.SUM),
        ]),
        graph('Sources', [
          ownMetric(this, 'failingSources', Stats.MAXIMUM),
          ownMetric(this, 'silentSources', Stats.MAXIMUM),
          ownMetric(this, 'newlyFailingSources', Stats.MAXIMUM),
          ownMetric(this, 'newlySilentSources', Stats.MAXIMUM),
          ownMetric(this, 'overdueSources', Stats.MAXIMUM),
        ]),
        graph(
          'Fetch queue, dead letters',
          [
            this.queue.metricApproximateNumberOfMessagesVisible(),
            this.deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
          ],
          [this.queue.metricApproximateAgeOfOldestMessage()],
        ),
      ],
      [
        graph('Discover function', [
          this.discover.metricInvocations(sum),
          this.discover.metricErrors(sum),
          this.discover.metricThrottles(sum),
        ]),
        graph(
          'Fetch function',
          [this.fetch.metricErrors(sum), this.fetch.metricThrottles(sum)],
          [this.fetch.metricDuration({ statistic: Stats.MAXIMUM })],
        ),
      ],
    ];
  }

  #watch(monitoring: Monitoring): void {
    const sum = { statistic: Stats.SUM };
    monitoring.alarm('FetchDeadLetters', {
      heading: 'Fetches given up',
      severity: 'urgent',
      meaning: 'Requests to watched sites failed at every delivery: feeds are not read, or pages not fetched.',
      metric: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      when: { atLeast: 1 },
      periods: 1,
    });
    monitoring.alarm('FetchStuck', {
      heading: 'Fetches are stuck',
      severity: 'notice',
      meaning: `A request has waited ${STUCK.toHours()} hours for its host's turn.`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
      when: { atLeast: STUCK.toSeconds() },
      periods: 1,
    });
    monitoring.alarm('DiscoverStopped', {
      heading: 'Discover does not run',
      severity: 'urgent',
      meaning: 'The schedule has not started the discover function for a quarter of an hour: no site is read.',
      metric: this.discover.metricInvocations(sum),
      when: { below: 1 },
      periods: 3,
    });
    monitoring.alarm('SourcesOverdue', {
      heading: 'Sources are not read',
      severity: 'urgent',
      meaning: 'Sources have been due for over an hour and were not read: fetch stands still or is far too slow.',
      metric: ownMetric(this, 'overdueSources', Stats.MAXIMUM, Duration.hours(1)),
      when: { atLeast: 1 },
      periods: 1,
    });
    monitoring.alarm('SourcesFailing', {
      heading: 'Sources fail',
      severity: 'urgent',
      meaning: 'One more source could not be read for a day: its new articles do not come.',
      // Not how many there are: of those one may be left as it is, and the next must ring all the same.
      metric: ownMetric(this, 'newlyFailingSources', Stats.MAXIMUM, COUNTED_EVERY),
      when: { atLeast: 1 },
      periods: 1,
    });
    monitoring.alarm('SourcesSilent', {
      heading: 'Sources are silent',
      severity: 'urgent',
      meaning: 'One more source is read without fault and gives no new article, for far longer than is usual for it.',
      metric: ownMetric(this, 'newlySilentSources', Stats.MAXIMUM, COUNTED_EVERY),
      when: { atLeast: 1 },
      periods: 1,
    });
    for (const [name, each, then] of [
      ['Discover', this.discover, 'due sources and pages wait for the next minute'],
      ['Fetch', this.fetch, 'what it was about to fetch is delivered again'],
    ] as const) {
      monitoring.functionAlarms(each, {
        name,
        ids: { errors: `${name}Errors`, throttles: `${name}Throttles` },
        crashed: `; ${then}`,
        throttled: then,
      });
    }
  }

  #grant({ sources, pages, hosts, uploadsBucket, bodiesBucket }: Storage): void {
    const rows = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    const send: Grant = [['sqs:SendMessage'], this.queue.queueArn];
    this.discover.allow([
      [['dynamodb:PutItem', 'dynamodb:Scan'], sources.tableArn],
      [['dynamodb:Query'], `${sources.tableArn}/index/${SOURCES.byDue.index}`],
      [['dynamodb:PutItem', 'dynamodb:BatchGetItem'], pages.tableArn],
      [['dynamodb:Query'], `${pages.tableArn}/index/${PAGES.byDue.index}`],
      send,
    ]);
    this.fetch.allow(
      [
        // Whether another source watches the address that one is led to.
        [[...rows, 'dynamodb:Scan'], sources.tableArn],
        [[...rows, 'dynamodb:BatchGetItem'], pages.tableArn],
        [rows, hosts.tableArn],
        // A page of over 8 MB goes in parts, which are taken away where one cannot be put.
        [['s3:PutObject', 's3:AbortMultipartUpload'], uploadsBucket.arnForObjects('fetched/*')],
        send,
      ],
      [uploadsBucket],
      'fetched/',
    );
    this.fetch.allow(
      [
        [['s3:GetObject', 's3:PutObject'], bodiesBucket.arnForObjects('hints/*')],
        // A missing object answers 404 only to those who may list.
        [['s3:ListBucket'], bodiesBucket.bucketArn],
      ],
      [bodiesBucket],
      'hints/',
    );
  }
}
