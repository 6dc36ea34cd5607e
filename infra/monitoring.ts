import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { METRICS } from '../functions/names.ts';
import type { Options } from './options.ts';

/**
 * `urgent`: articles are late or about to be lost; the topic (and the e-mail address) hears of it.
 * `notice`: worth a look in working hours; shows on the dashboard only.
 */
export type Severity = 'urgent' | 'notice';

export interface AlarmProps {
  /** Heading in docs/runbook.md, which is also the alarm's name: a person gets from one to the other by reading. */
  heading: string;
  severity: Severity;
  /** One sentence: what it means for articles. */
  meaning: string;
  /** A single metric: the local cloud refuses alarms on metric math. */
  metric: Metric;
  /** When it rises. Below a number also means: where there is no data at all. */
  when: { atLeast: number } | { below: number };
  /** Consecutive periods of the metric. */
  periods: number;
}

interface FunctionAlarmProps {
  /** As the runbook's headings have it: `Ingest`. */
  name: string;
  /** Of the constructs: another id would be another alarm. */
  ids: { errors: string; throttles: string };
  /** Of crashes. */
  severity?: Severity;
  /** What a crash means or not, after its cause. */
  crashed: string;
  /** What comes of too little concurrency. */
  throttled: string;
}

/** Where every alarm goes, by severity, and the one page that shows how the pipeline is. */
export class Monitoring extends Construct {
  readonly #alarms: Alarm[] = [];
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, options: Pick<Options, 'alarmEmail'>) {
    super(scope, id);
    // Not encrypted at rest: CloudWatch cannot publish under the key AWS manages, and alarms hold no article.
    this.#topic = new Topic(this, 'Urgent', { displayName: 'Copydesk alarms', enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which alarms of the account may publish.
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (options.alarmEmail !== null) this.#topic.addSubscription(new EmailSubscription(options.alarmEmail));
  }

  /** Raises an alarm; its severity alone decides whom it reaches. */
  alarm(id: string, props: AlarmProps): void {
    const { heading, severity, meaning, metric, when, periods } = props;
    const falling = 'below' in when;
    const alarm = metric.createAlarm(this, id, {
      alarmName: `${Stack.of(this).stackName}: ${heading}`,
      alarmDescription: `${meaning} What to do: docs/runbook.md#${anchorOf(heading)}`,
      threshold: falling ? when.below : when.atLeast,
      comparisonOperator: falling
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: falling ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (severity === 'urgent') {
      const action = new SnsAction(this.#topic);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    this.#alarms.push(alarm);
  }

  /**
   * Raises the alarms of a function itself: that it crashes, and that it is throttled. One crash is retried and forgotten;
   * three periods running are a fault.
   */
  functionAlarms(of: IFunction, { name, ids, severity = 'notice', crashed, throttled }: FunctionAlarmProps): void {
    const sum = { statistic: Stats.SUM };
    this.alarm(ids.errors, {
      heading: `${name} crashes`,
      severity,
      meaning: `The ${name.toLowerCase()} function itself fails (timeout, memory, start-up)${crashed}.`,
      metric: of.metricErrors(sum),
      when: { atLeast: 1 },
      periods: 3,
    });
    this.alarm(ids.throttles, {
      heading: `${name} is throttled`,
      severity: 'notice',
      meaning: `The account's function concurrency is used up; ${throttled}.`,
      metric: of.metricThrottles(sum),
      when: { atLeast: 1 },
      periods: 3,
    });
  }

  /** Draws the dashboard: the alarms above, then the rows given. Call it last, when every alarm is known. */
  draw(...rows: IWidget[][]): void {
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: Stack.of(this).stackName });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: this.#alarms, width: 24, height: 3 }));
    for (const row of rows) dashboard.addWidgets(...row);
  }
}

/** A third of a row of the dashboard. */
export function graph(title: string, left: IMetric[], right: IMetric[] = []): IWidget {
  return new GraphWidget({ title, left, right, width: 8, height: 6 });
}

/** One of our own metrics, over all stages of this stack. */
export function ownMetric(
  scope: Construct,
  name: Exclude<keyof typeof METRICS, 'namespace'>,
  statistic: string,
  period = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: METRICS.namespace,
    metricName: METRICS[name],
    dimensionsMap: { service: Stack.of(scope).stackName },
    statistic,
    period,
  });
}

/** The anchor GitHub gives a heading of plain words. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
