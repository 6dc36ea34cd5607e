/**
 * The publish function: what the streams of the tables deliver, and the wiring.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { changeRecords } from '../aws/events/change-records.ts';
import { eventBus } from '../aws/events/event-bus.ts';
import { sendMessages } from '../aws/queues/queue-sender.ts';
import { eventBridgeClient, sqsClient } from '../aws/stack/clients.ts';
import { environment } from '../aws/stack/environment.ts';
import { ENV, METRICS } from '../names.ts';
import type { Ports } from './ports.ts';
import { publish } from './publish.ts';

const logger = new Logger();
const metrics = new Metrics({ namespace: METRICS.namespace });

const tables = { articlesTable: environment(ENV.articlesTable), uploadsTable: environment(ENV.uploadsTable) };
const queue = environment(ENV.unpublishedQueue);
const sqs = sqsClient();

const ports: Ports = {
  bus: eventBus(eventBridgeClient(), environment(ENV.eventBus)),
  unpublished: {
    async keep({ sequenceNumber, item }, error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      logger.error('A change can never be published', { sequenceNumber, item, error: error as Error });
      await sendMessages(sqs, queue, [JSON.stringify({ sequenceNumber, item, why })]);
    },
  },
};

export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  const { events, failure } = await publish(changeRecords(event.Records, tables), ports);
  for (const { id, type, occurredAt } of events) logger.info('Published', { id, type, occurredAt });
  if (events.length > 0) {
    metrics.addMetric(METRICS.published, MetricUnit.Count, events.length);
    metrics.publishStoredMetrics();
  }
  if (failure === null) return { batchItemFailures: [] };
  logger.warn('The stream has to deliver again', { ...failure, error: failure.error as Error });
  return { batchItemFailures: [{ itemIdentifier: failure.sequenceNumber }] };
}
