import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IWidget, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ARTICLES, ENV, UPLOADS } from '../functions/names.ts';
import { graph, type Monitoring } from './monitoring.ts';
import { type Grant, NodeFunction } from './node-function.ts';
import type { Options } from './options.ts';
import type { Storage } from './storage.ts';

/** One second less than API Gateway waits, so that it is our answer a caller sees. */
const TIMEOUT = Duration.seconds(29);
/** Requests a second over all callers, and at once; beyond them API Gateway answers 429. */
const THROTTLE = { rateLimit: 100, burstLimit: 200 };

/** One line of JSON a request: who asked for what, and how it ended. Numbers stand bare, so that filters compare them. */
const ACCESS_LOG = AccessLogFormat.custom(
  '{"requestId":"$context.requestId","time":"$context.requestTime","caller":"$context.identity.userArn",' +
    '"method":"$context.httpMethod","path":"$context.path","status":$context.status,' +
    '"responseLatency":$context.responseLatency,"responseLength":$context.responseLength,' +
    '"error":"$context.error.message"}',
);

export interface QueryProps extends Options {
  storage: Storage;
  monitoring: Monitoring;
}

/** Records over HTTP, for whoever in the account may call it: API, function, grants, alarms. */
export class Query extends Construct {
  readonly api: HttpApi;
  readonly function: NodeFunction;
  readonly accessLogs: LogGroup;
  /** Where it answers. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: QueryProps) {
    super(scope, id);
    const { storage } = props;
    this.function = new NodeFunction(this, 'Function', {
      entry: 'functions/query/handler.ts',
      description: 'Answers queries for articles and uploads over HTTP.',
      timeout: TIMEOUT,
      // One whole core: a caller waits, and previews run the engine.
      memorySize: 1769,
      logRetentionDays: props.logRetentionDays,
      environment: {
        [ENV.articlesTable]: storage.articles.tableName,
        [ENV.facetsTable]: storage.facets.tableName,
        [ENV.revisionsTable]: storage.revisions.tableName,
        [ENV.fingerprintsTable]: storage.fingerprints.tableName,
        [ENV.uploadsTable]: storage.uploads.tableName,
        [ENV.bodiesBucket]: storage.bodiesBucket.bucketName,
        [ENV.uploadsBucket]: storage.uploadsBucket.bucketName,
        [ENV.sourcesTable]: storage.sources.tableName,
        [ENV.hostsTable]: storage.hosts.tableName,
        [ENV.userAgent]: props.userAgent,
        [ENV.fetchDelaySeconds]: String(props.fetchDelaySeconds),
        [ENV.maxObjectBytes]: String(props.maxObjectBytes),
      },
    });
    this.#grant(storage);

    this.api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      description: 'Copydesk: articles and uploads, for callers that sign with SigV4.',
      defaultAuthorizer: new HttpIamAuthorizer(),
      createDefaultStage: false,
    });
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      detailedMetricsEnabled: false,
      accessLogSettings: { destination: new LogGroupLogDestination(this.accessLogs), format: ACCESS_LOG },
    });
    this.url = stage.url;
    // The app knows its paths and says so where there are none; `/` is not part of the greedy one.
    for (const path of ['/', '/{proxy+}']) {
      this.api.addRoutes({
        path,
        methods: [HttpMethod.ANY],
        integration: new HttpLambdaIntegration('Integration', this.function),
      });
    }
    this.#watch(props);
  }

  /** A metric that API Gateway records of this API. */
  metric(name: '4xx' | '5xx' | 'Latency' | 'Count', statistic: string, period = Duration.minutes(5)): Metric {
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: name,
      dimensionsMap: { ApiId: this.api.apiId },
      statistic,
      period,
    });
  }

  /** A row of the dashboard: requests, how they ended, how long they took. */
  widgets(): IWidget[] {
    const sum = { statistic: Stats.SUM };
    return [
      graph('Requests', [
        this.metric('Count', Stats.SUM),
        this.metric('4xx', Stats.SUM),
        this.metric('5xx', Stats.SUM),
      ]),
      graph('Time per request (ms)', [this.metric('Latency', 'p50'), this.metric('Latency', 'p99')]),
      graph('Query function', [this.function.metricErrors(sum), this.function.metricThrottles(sum)]),
    ];
  }

  #watch({ monitoring }: QueryProps): void {
    monitoring.alarm('QueryFaults', {
      heading: 'Queries fail',
      severity: 'urgent',
      meaning: 'Callers got 5xx answers from the query API for a quarter of an hour; ingest goes on.',
      metric: this.metric('5xx', Stats.SUM),
      when: { atLeast: 1 },
      // One may be a caller that gave up or an AWS service that blinked; three periods running are a fault.
      periods: 3,
    });
    monitoring.functionAlarms(this.function, {
      name: 'Query',
      ids: { errors: 'QueryCrashes', throttles: 'QueryThrottles' },
      crashed: ', not single requests',
      throttled: 'callers get 503 answers and must ask again',
    });
    monitoring.alarm('QuerySlow', {
      heading: 'Queries are slow',
      severity: 'notice',
      meaning: 'One request in a hundred took longer than five seconds for a quarter of an hour.',
      metric: this.metric('Latency', 'p99'),
      when: { atLeast: 5_000 },
      periods: 3,
    });
  }

  /** Reading, and putting into the uploads bucket: the right that a signed form passes on. */
  #grant(storage: Storage): void {
    const { uploadsBucket, bodiesBucket, articles, facets, revisions, uploads, sources, hosts } = storage;
    const indexArn = (table: { tableArn: string }, index: string) => `${table.tableArn}/index/${index}`;
    const grants: Grant[] = [
      [['dynamodb:GetItem'], articles.tableArn],
      [['dynamodb:Query'], indexArn(articles, ARTICLES.bySite.index)],
      [['dynamodb:Query'], indexArn(articles, ARTICLES.byDay.index)],
      [['dynamodb:Query'], facets.tableArn],
      [['dynamodb:GetItem', 'dynamodb:Query'], revisions.tableArn],
      [['dynamodb:GetItem', 'dynamodb:Query'], uploads.tableArn],
      [['dynamodb:Query'], indexArn(uploads, UPLOADS.byStatus.index)],
      [['GetItem', 'Scan', 'PutItem', 'DeleteItem'].map((name) => `dynamodb:${name}`), sources.tableArn],
      // Addresses are looked at in the turns of their hosts.
      [['dynamodb:GetItem', 'dynamodb:PutItem'], hosts.tableArn],
      [['s3:GetObject'], bodiesBucket.arnForObjects('*')],
      // Listing makes a missing object answer 404; without it S3 says 403.
      [['s3:ListBucket'], bodiesBucket.bucketArn],
      [['s3:PutObject'], uploadsBucket.arnForObjects('*')],
    ];
    this.function.allow(grants, [uploadsBucket, bodiesBucket]);
  }
}
