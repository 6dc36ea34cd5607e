import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ObjectVersion } from '../ingest/ports.ts';

/** What SQS takes in one request. */
const BATCH = 10;

/** Some messages were not taken; sending all of them again is safe, since ingest settles a version once. */
export class EnqueueFailed extends Error {
  override readonly name = 'EnqueueFailed';
  readonly code = 'ENQUEUE_FAILED';
}

/**
 * Tells the ingest stage of object versions, as S3 would have.
 *
 * Without a sequencer, which only S3 can give: ingest then asks the bucket which version is the newest.
 *
 * @throws EnqueueFailed
 */
export async function enqueueVersions(
  sqs: SQSClient,
  queueUrl: string,
  versions: readonly ObjectVersion[],
): Promise<void> {
  for (let start = 0; start < versions.length; start += BATCH) {
    const entries = versions
      .slice(start, start + BATCH)
      .map((version, index) => ({ Id: String(index), MessageBody: notification(version) }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const [failed] = Failed;
    if (failed)
      throw new EnqueueFailed(`${Failed.length} of ${entries.length} messages were not taken: ${failed.Message}`);
  }
}

function notification({ bucket, key, versionId }: ObjectVersion): string {
  const object = {
    // S3 writes keys the way a form does.
    key: encodeURIComponent(key).replaceAll('%20', '+'),
    ...(versionId !== 'null' && { versionId }),
  };
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: bucket }, object },
  };
  return JSON.stringify({ Records: [record] });
}
