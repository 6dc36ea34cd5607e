import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../functions/names.ts';
import { graph, type Monitoring, ownMetric } from './monitoring.ts';
import { type Grant, NodeFunction } from './node-function.ts';
import type { Options } from './options.ts';
import type { Storage } from './storage.ts';

/** A hundred changes are ten requests to the bus, a second at worst; a minute is for a bus that answers late. */
const TIMEOUT = Duration.seconds(60);
const BATCH = 100;
/**
 * How long a change is tried again before it is given up, and the later ones of its article go past it. A stream forgets
 * after 24 hours: what was given up can still be read there for as long again.
 */
const GIVE_UP = Duration.hours(12);
/** How late an event may be before a person hears of it: every batch is on its way again long before. */
const LATE = Duration.minutes(15);

export interface PublishProps extends Options {
  storage: Storage;
  monitoring: Monitoring;
}

/** Changes of articles and uploads in, events out: function, bus, what could not be published, grants, alarms. */
export class Publish extends Construct {
  readonly bus: EventBus;
  /** What was given up: messages of Lambda that name a range of a stream, and ours that name an item. */
  readonly unpublished: Queue;
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, props: PublishProps) {
    super(scope, id);
    const { storage } = props;

    this.bus = new EventBus(this, 'Bus', {
      eventBusName: Stack.of(this).stackName,
      description: 'What happens to articles and uploads, for whoever subscribes.',
    });
    this.unpublished = new Queue(this, 'Unpublished', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.unpublished).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is itself where streams leave what was given up; people read it, and no function that could fail does.',
    });
    this.function = new NodeFunction(this, 'Function', {
      entry: 'functions/publish/handler.ts',
      description: 'Tells the event bus what changed in the tables.',
      timeout: TIMEOUT,
      // A hundred changes of large records are six megabytes of JSON, the most that Lambda delivers.
      memorySize: 512,
      logRetentionDays: props.logRetentionDays,
      environment: {
        [ENV.articlesTable]: storage.articles.tableName,
        [ENV.uploadsTable]: storage.uploads.tableName,
        [ENV.eventBus]: this.bus.eventBusName,
        [ENV.unpublishedQueue]: this.unpublished.queueUrl,
      },
    });
    this.#follow('Articles', storage.articles);
    // Of the several changes of an upload only one is told of.
    this.#follow('Uploads', storage.uploads, {
      dynamodb: { NewImage: { status: { S: FilterRule.isEqual('rejected') } } },
    });
    this.#grant(storage);
    this.#watch(props.monitoring);
  }

  /** A row of the dashboard: how many events, how late, and what was given up. */
  widgets(): IWidget[] {
    const sum = { statistic: Stats.SUM };
    return [
      graph('Events', [ownMetric(this, 'published', Stats.SUM)]),
      graph(
        'Events: age of the oldest change (ms), given up',
        [this.#age()],
        [this.unpublished.metricApproximateNumberOfMessagesVisible()],
      ),
      graph(
        'Publish function',
        [this.function.metricErrors(sum), this.function.metricThrottles(sum)],
        [this.function.metricDuration({ statistic: Stats.MAXIMUM })],
      ),
    ];
  }

  /** One batch of a shard at a time, so that no change of an item overtakes an earlier one. */
  #follow(id: string, table: Table, filter?: Record<string, unknown>): void {
    new EventSourceMapping(this, `${id}Stream`, {
      target: this.function,
      ...(table.tableStreamArn !== undefined && { eventSourceArn: table.tableStreamArn }),
      // Not the newest: what is written while the stack is being deployed has events too.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: GIVE_UP,
      onFailure: new SqsDlq(this.unpublished),
      ...(filter && { filters: [FilterCriteria.filter(filter)] }),
    });
  }

  #age() {
    return this.function.metric('IteratorAge', { statistic: Stats.MAXIMUM });
  }

  #grant({ articles, uploads }: Storage): void {
    const read = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);
    const streams = [articles, uploads].flatMap(({ tableStreamArn }) => tableStreamArn ?? []);
    this.function.allow([
      ...streams.map((stream): Grant => [read, stream]),
      [['events:PutEvents'], this.bus.eventBusArn],
    ]);
  }

  #watch(monitoring: Monitoring): void {
    monitoring.alarm('EventsUnpublished', {
      heading: 'Events given up',
      severity: 'urgent',
      meaning: `Changes could not be told to subscribers within ${GIVE_UP.toHours()} hours, or never can be.`,
      metric: this.unpublished.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      when: { atLeast: 1 },
      periods: 1,
    });
    monitoring.alarm('EventsLate', {
      heading: 'Events are late',
      severity: 'urgent',
      meaning: `A change has waited ${LATE.toMinutes()} minutes for its event: the bus refuses it, or the function fails.`,
      metric: this.#age(),
      when: { atLeast: LATE.toMilliseconds() },
      periods: 1,
    });
    monitoring.functionAlarms(this.function, {
      name: 'Publish',
      ids: { errors: 'PublishErrors', throttles: 'PublishThrottles' },
      crashed: '; its changes are delivered again',
      throttled: 'events come later than they could',
    });
  }
}
