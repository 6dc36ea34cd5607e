import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { articleEvents, type ConsumerProps } from './article-events.ts';

/** A function that is called with every event; this one keeps the latest card of each article in a table. */
export class ArticleFunction extends Construct {
  readonly function: NodejsFunction;
  readonly cards: Table;
  /** What the bus could not deliver, and what the function failed on three times. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { bus, ...wanted }: ConsumerProps) {
    super(scope, id);
    this.failed = new Queue(this, 'Failed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.cards = new Table(this, 'Cards', {
      partitionKey: { name: 'articleId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // The articles themselves are elsewhere; keep it where yours cannot be made again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new NodejsFunction(this, 'Function', {
      entry: `${import.meta.dirname}/keep-card.ts`,
      runtime: Runtime.NODEJS_24_X,
      timeout: Duration.seconds(10),
      environment: { CARDS_TABLE: this.cards.tableName },
      bundling: { bundleAwsSDK: true },
      onFailure: new SqsDestination(this.failed),
    });
    this.cards.grant(this.function, 'dynamodb:PutItem');
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: articleEvents(wanted),
      targets: [new LambdaFunction(this.function, { deadLetterQueue: this.failed })],
    });
  }
}
