/**
 * The ingest function: a loop over the messages of a batch, one document in memory at a time, and the wiring.
 */
import { randomUUID } from 'node:crypto';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSEvent, SQSHandler, SQSRecord } from 'aws-lambda';
import { articleStore } from '../aws/articles/article-store.ts';
import { messageHolder } from '../aws/queues/message-holder.ts';
import { documentClient, s3Client, sqsClient } from '../aws/stack/clients.ts';
import { environment } from '../aws/stack/environment.ts';
import { objectReader } from '../aws/uploads/object-reader.ts';
import { uploadLedger } from '../aws/uploads/upload-ledger.ts';
import { extract } from '../extract/extract.ts';
import { ENGINE_VERSION } from '../extract/version.ts';
import { ENV, METRICS } from '../names.ts';
import { type Attempt, isLastDelivery, objectOf } from './claim.ts';
import { deliver, type Observer } from './deliver.ts';
import { OutOfTimeError } from './errors.ts';
import type { Settings } from './ingest.ts';
import type { ObjectNotification } from './notification.ts';
import type { Ports } from './ports.ts';
import { readingOrder } from './reading-order.ts';
import { retryDelay } from './retry.ts';

/** Milliseconds that must be left to begin with a message: the slowest page that was seen takes a fraction of it. */
const TIME_TO_START = 10_000;
/** Milliseconds by which a lease outlives the function that holds it, so that two clocks may differ. */
const LEASE_MARGIN = 1_000;

const logger = new Logger();
const metrics = new Metrics({ namespace: METRICS.namespace });
const processor = new BatchProcessor(EventType.SQS);

const documents = documentClient();
const s3 = s3Client();
const messages = messageHolder(sqsClient());

const settings: Settings = {
  maxObjectBytes: Number(environment(ENV.maxObjectBytes)),
  engineVersion: ENGINE_VERSION,
  bodiesBucket: environment(ENV.bodiesBucket),
};
const maxReceives = Number(environment(ENV.maxReceives));

const ports: Ports = {
  objects: objectReader(s3),
  uploads: uploadLedger(documents, environment(ENV.uploadsTable)),
  articles: articleStore(documents, s3, {
    articlesTable: environment(ENV.articlesTable),
    facetsTable: environment(ENV.facetsTable),
    revisionsTable: environment(ENV.revisionsTable),
    fingerprintsTable: environment(ENV.fingerprintsTable),
    uploadsTable: environment(ENV.uploadsTable),
    bodiesBucket: environment(ENV.bodiesBucket),
  }),
  extract,
  now: () => new Date(),
  newLease: randomUUID,
};

export const handler: SQSHandler = async (event: SQSEvent, context: Context) => {
  logger.addContext(context);
  try {
    const batch = { Records: readingOrder(event.Records, receiveCount) };
    return await processPartialResponse(batch, (record: SQSRecord) => onMessage(record, context), processor, {
      processInParallel: false,
      // A batch in which every upload failed is no fault of the function.
      throwOnFullBatchFailure: false,
    });
  } finally {
    // With none to publish it would warn, and a batch of repeated messages has none.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
};

async function onMessage(record: SQSRecord, context: Context): Promise<void> {
  const timeLeft = context.getRemainingTimeInMillis();
  const attempt: Attempt = {
    receiveCount: receiveCount(record),
    maxReceives,
    leaseMs: timeLeft + LEASE_MARGIN,
    mayBegin: timeLeft >= TIME_TO_START,
  };
  try {
    // The last delivery goes on all the same: its uploads must be told failed, for which a moment is enough.
    if (!attempt.mayBegin && !isLastDelivery(attempt)) throw new OutOfTimeError();
    await deliver(record.body, attempt, settings, ports, observer(attempt));
  } catch (error) {
    const delay = retryDelay(error, attempt, ports.now());
    logger.warn('The message was not finished with', {
      messageId: record.messageId,
      receiveCount: attempt.receiveCount,
      retryInSeconds: delay,
      error: error as Error,
    });
    if (isLastDelivery(attempt)) metrics.addMetric(METRICS.failed, MetricUnit.Count, 1);
    // Where this fails too, the message comes back when the queue's own time is over.
    await messages.holdBack(record, delay).catch((failure: Error) => logger.warn('Its wait stays as it is', failure));
    throw error;
  }
}

function observer(attempt: Attempt): Observer {
  const subject = ({ bucket, key, versionId }: ObjectNotification) => ({
    object: objectOf({ bucket, key }),
    version: versionId,
    receiveCount: attempt.receiveCount,
  });
  return {
    settled(notification, { settledBefore, status, reason, articleIds, attempts, durationMs }) {
      const outcome = { status, reason, articleIds, attempts, durationMs };
      logger.info(settledBefore ? 'Settled before' : 'Settled', { ...subject(notification), ...outcome });
      if (settledBefore) return;
      if (status !== 'rejected') metrics.addMetric(METRICS[status], MetricUnit.Count, 1);
      metrics.addMetric(METRICS.rejected, MetricUnit.Count, status === 'rejected' ? 1 : 0);
      metrics.addMetric(METRICS.duration, MetricUnit.Milliseconds, durationMs);
      if (reason) {
        metrics.singleMetric().addDimension('reason', reason).addMetric(METRICS.rejected, MetricUnit.Count, 1);
      }
    },
    failed(notification, error) {
      logger.error('The attempt failed', { ...subject(notification), error: error as Error });
    },
  };
}

function receiveCount(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}
