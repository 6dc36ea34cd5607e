/**
 * After a crash the local cloud's objects are all there but its tables are those of the last clean stop:
 * every object version without a terminal status goes through ingest again. The raw copy is the source of truth.
 */

import { sendMessages } from '../functions/aws/queues/queue-sender.ts';
import { documentClient, s3Client, sqsClient } from '../functions/aws/stack/clients.ts';
import type { DeployedStack } from '../functions/aws/stack/stack-outputs.ts';
import { connectionTo, type Target } from '../functions/aws/stack/target.ts';
import { objectVersions } from '../functions/aws/uploads/object-versions.ts';
import { settledVersions } from '../functions/aws/uploads/settled-versions.ts';
import { reingestMessage } from '../functions/ingest/notification.ts';
import type { ObjectVersion } from '../functions/ingest/ports.ts';

/** @returns how many object versions were enqueued */
export async function resume(stack: DeployedStack, target: Target): Promise<number> {
  const connection = connectionTo(target);
  const { uploadsBucket, uploadsTable, ingestQueue } = stack.outputs;
  const settled = await settledVersions(documentClient(connection), uploadsTable, new Date());
  const open: ObjectVersion[] = [];
  for await (const version of objectVersions(s3Client(connection), uploadsBucket)) {
    if (!settled.get(`${version.bucket}/${version.key}`)?.has(version.versionId)) open.push(version);
  }
  await sendMessages(sqsClient(connection), ingestQueue, open.map(reingestMessage));
  return open.length;
}
