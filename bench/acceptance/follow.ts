import { setTimeout as delay } from 'node:timers/promises';
import { isSettled, type Upload } from '../../functions/article/upload.ts';
import type { UploadLedger } from '../../functions/aws/uploads/upload-ledger.ts';
import type { WrittenObject } from '../../functions/aws/uploads/upload-writer.ts';

const AT_ONCE = 8;
/** Short beside the time one batch takes, long beside one question. Milliseconds. */
const POLL_MS = 20;

/** Does the work for each item, at most a few at a time, and keeps the order. */
export async function inParallel<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results = new Array<Out>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as In);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/**
 * Waits for terminal statuses, asking only for the first open object: they are settled about in order, and the
 * questions must not take the time that is measured.
 *
 * @returns the statuses in the order of the objects, null where there was none in time
 */
export async function followStatuses(
  objects: readonly WrittenObject[],
  ledger: Pick<UploadLedger, 'get'>,
  timeoutMs: number,
): Promise<(Upload | null)[]> {
  const until = Date.now() + timeoutMs;
  const uploads: (Upload | null)[] = [];
  for (const { object, version } of objects) {
    let upload: Upload | null = null;
    for (;;) {
      const row = await ledger.get(object, version);
      if (row && isSettled(row, new Date())) upload = row;
      if (upload || Date.now() >= until) break;
      await delay(POLL_MS);
    }
    uploads.push(upload);
  }
  return uploads;
}
