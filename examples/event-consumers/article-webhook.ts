import { Duration, SecretValue } from 'aws-cdk-lib';
import {
  ApiDestination,
  Authorization,
  Connection,
  HttpMethod,
  type IApiDestination,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { articleEvents, type ConsumerProps } from './article-events.ts';

export interface ArticleWebhookProps extends ConsumerProps {
  /** HTTPS; it has five seconds to answer with a status of 200 to 299. */
  url: string;
  /** Name of a secret in Secrets Manager, whose whole value is sent as the header `x-api-key`. */
  keySecret: string;
  /** Requests a second that the receiver bears; more wait. */
  rate?: number;
}

/** An HTTPS address that every event is posted to: the body is the `detail` of the event, as JSON. */
export class ArticleWebhook extends Construct {
  /** What the receiver did not take within a day. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { bus, url, keySecret, rate = 10, ...wanted }: ArticleWebhookProps) {
    super(scope, id);
    this.failed = new Queue(this, 'Failed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const connection = new Connection(this, 'Connection', {
      authorization: Authorization.apiKey('x-api-key', SecretValue.secretsManager(keySecret)),
    });
    // Typed so for projects with exactOptionalPropertyTypes.
    const destination = new ApiDestination(this, 'Destination', {
      connection,
      endpoint: url,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: rate,
    }) as IApiDestination;
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: articleEvents(wanted),
      targets: [
        new ApiDestinationTarget(destination, {
          event: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue: this.failed,
          maxEventAge: Duration.days(1),
        }),
      ],
    });
  }
}
