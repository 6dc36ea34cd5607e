/**
 * SDK clients as every part of the project wants them.
 *
 * AWS_ENDPOINT_URL, AWS_REGION, AWS_PROFILE and the rest of the SDK's environment are honoured by the SDK itself;
 * what is passed here outranks them.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Where to connect; what is left out comes from the environment. */
export type Connection = Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials' | 'profile'>;

/**
 * A dead connection must not eat a function's whole time, and the SDK waits without end unless told. Idle time and not
 * the whole request's: that one only warns, and a large file may take long. Three attempts fit
 * into the minute a function has. Milliseconds.
 */
const TIMEOUTS = { connectionTimeout: 5_000, socketTimeout: 10_000 };

export function documentClient(connection: Connection = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...connection, requestHandler: TIMEOUTS }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

export function s3Client(connection: Connection = {}): S3Client {
  // An endpoint of one's own has no host name per bucket.
  const own = connection.endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return new S3Client({
    ...connection,
    requestHandler: TIMEOUTS,
    ...(own === undefined ? {} : { forcePathStyle: true }),
  });
}

export function sqsClient(connection: Connection = {}): SQSClient {
  // A local queue's URL may carry a host that does not resolve; the endpoint is what connects.
  return new SQSClient({ ...connection, requestHandler: TIMEOUTS, useQueueUrlAsEndpoint: false });
}

export function eventBridgeClient(connection: Connection = {}): EventBridgeClient {
  return new EventBridgeClient({ ...connection, requestHandler: TIMEOUTS });
}
