/**
 * The scrape functions: what is due, found every minute, and one message of the fetch queue at a time; and the wiring.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSEvent, SQSHandler, SQSRecord } from 'aws-lambda';
import { messageHolder } from '../aws/queues/message-holder.ts';
import { fetchQueue } from '../aws/sources/fetch-queue.ts';
import { hintObjects } from '../aws/sources/hint-objects.ts';
import { hostStore } from '../aws/sources/host-store.ts';
import { pageStore } from '../aws/sources/page-store.ts';
import { rawPages } from '../aws/sources/raw-pages.ts';
import { sourceStore } from '../aws/sources/source-store.ts';
import { documentClient, s3Client, sqsClient } from '../aws/stack/clients.ts';
import { environment } from '../aws/stack/environment.ts';
import { ALLOW_LOOPBACK, ENV, METRICS } from '../names.ts';
import { discover as discoverDue } from './discover.ts';
import { fetchMessage } from './fetch.ts';
import { httpClient } from './http/http-client.ts';
import { type FetchMessage, parseFetchMessage } from './message.ts';
import type { FetchOutcome } from './outcome.ts';
import type { PageSettings } from './pages/fetch-page.ts';
import type { DiscoverPorts, Ports } from './ports.ts';
import { isFailing, isOverdue, isSilent, newly } from './sources/health.ts';
import { wakeTwins } from './sources/wake-twins.ts';

/** Sources are counted, and their twins looked after, in each of these minutes of an hour: to read all costs more than to find the due. */
const COUNTED_EVERY_MINUTES = 15;
/** Within what SQS hides a message for, which counts from when it was received. */
const LONGEST_WAIT_S = 11 * 3600;
/** Until a message is tried again whose attempt failed, and twice as long each further time, up to the last. */
const FIRST_RETRY_S = 30;
const LAST_RETRY_S = 15 * 60;

const logger = new Logger();
const metrics = new Metrics({ namespace: METRICS.namespace });
const processor = new BatchProcessor(EventType.SQS);

const documents = documentClient();
const s3 = s3Client();
const sqs = sqsClient();
const messages = messageHolder(sqs);

const settings: PageSettings = {
  userAgent: environment(ENV.userAgent),
  delaySeconds: Number(environment(ENV.fetchDelaySeconds)),
  maxObjectBytes: Number(environment(ENV.maxObjectBytes)),
};

const ports: Ports & DiscoverPorts = {
  http: httpClient({ allowLoopback: process.env[ALLOW_LOOPBACK] === '1' }),
  queue: fetchQueue(sqs, environment(ENV.fetchQueue)),
  sources: sourceStore(documents, environment(ENV.sourcesTable)),
  pages: pageStore(documents, environment(ENV.pagesTable)),
  hosts: hostStore(documents, environment(ENV.hostsTable)),
  hints: hintObjects(s3, environment(ENV.bodiesBucket)),
  raw: rawPages(s3, environment(ENV.uploadsBucket)),
  now: () => new Date(),
  sleep: (ms) => delay(ms),
  random: Math.random,
};

export async function discover(_event: unknown, context: Context): Promise<void> {
  logger.addContext(context);
  const { sources, pages } = await discoverDue(ports);
  if (sources > 0 || pages > 0) logger.info('Queued', { sources, pages });
  const now = ports.now();
  if (now.getUTCMinutes() % COUNTED_EVERY_MINUTES !== 0) return;
  const all = await ports.sources.list();
  for (const [metric, isSo] of [
    [METRICS.silentSources, isSilent],
    [METRICS.failingSources, isFailing],
    [METRICS.newlySilentSources, newly(isSilent)],
    [METRICS.newlyFailingSources, newly(isFailing)],
    [METRICS.overdueSources, isOverdue],
  ] as const) {
    metrics.addMetric(metric, MetricUnit.Count, all.filter((source) => isSo(source, now)).length);
  }
  metrics.publishStoredMetrics();
  await wakeTwins(all, ports.sources, now);
}

export const fetch: SQSHandler = async (event: SQSEvent, context: Context) => {
  logger.addContext(context);
  try {
    return await processPartialResponse(event, onMessage, processor, {
      processInParallel: false,
      // A message that waits for its host is no fault of the function.
      throwOnFullBatchFailure: false,
    });
  } finally {
    // With none to publish it would warn.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
};

/** The message stays in the queue: the batch is told so by an error. */
class NotDone extends Error {
  override readonly name = 'NotDone';
}

async function onMessage(record: SQSRecord): Promise<void> {
  const message = messageOf(record);
  if (!message) return;
  const outcome = await attempt(message, record);
  if (outcome.kind === 'later') {
    const seconds = Math.ceil((outcome.at.getTime() - ports.now().getTime()) / 1000);
    logger.info('Waits for its host', { ...message, until: outcome.at.toISOString(), reason: outcome.reason });
    await messages.holdBack(record, Math.min(Math.max(seconds, 1), LONGEST_WAIT_S));
    throw new NotDone(outcome.reason);
  }
  const { did, detail, articles } = outcome;
  logger.info('Done', { ...message, did, detail, articles });
  if (did === 'stored') metrics.addMetric(METRICS.fetched, MetricUnit.Count, 1);
  if (did === 'failed') metrics.addMetric(METRICS.fetchFailed, MetricUnit.Count, 1);
}

/** @returns null for what nobody of ours sent: trying it again would change nothing */
function messageOf({ body, messageId }: SQSRecord): FetchMessage | null {
  try {
    return parseFetchMessage(body);
  } catch (error) {
    logger.error('A message that is none of ours was dropped', { messageId, body, error: error as Error });
    return null;
  }
}

async function attempt(message: FetchMessage, record: SQSRecord): Promise<FetchOutcome> {
  try {
    return await fetchMessage(message, settings, ports);
  } catch (error) {
    const receiveCount = Number(record.attributes.ApproximateReceiveCount);
    const seconds = Math.min(FIRST_RETRY_S * 2 ** (Math.min(receiveCount, 20) - 1), LAST_RETRY_S);
    logger.warn('The attempt failed', { ...message, receiveCount, retryInSeconds: seconds, error: error as Error });
    // Where this fails too, the message comes back when the queue's own time is over.
    await messages.holdBack(record, seconds).catch((failure: Error) => logger.warn('Its wait stays as it is', failure));
    throw error;
  }
}
