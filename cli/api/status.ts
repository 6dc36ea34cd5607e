import { isWithdrawn, type Tombstone } from '../../functions/article/tombstone.ts';
import { UPLOAD_STATUSES, type Upload, type UploadStatus } from '../../functions/article/upload.ts';
import type { DayRange } from '../../functions/aws/lists/page.ts';
import { WorkError } from '../errors.ts';
import { keyOf } from './object-key.ts';
import type { Stack } from './stack.ts';

/** How many uploads of one status and range are counted one by one. */
export const COUNTED = 1_000;
const LATEST = 3;

export interface StatusCount {
  status: UploadStatus;
  /** Up to {@link COUNTED}. */
  count: number;
  /** Whether there are more than were counted. */
  more: boolean;
  /** Last changed first. */
  latest: Upload[];
}

/** The statuses that gave no record, for want of an article or of luck. */
const FAILED = ['rejected', 'failed'] as const satisfies UploadStatus[];
export const isFailed = ({ status }: Upload) => (FAILED as readonly string[]).includes(status);

/**
 * Every version of an object that the pipeline has seen, last received first.
 *
 * @param name the key, or its s3:// address
 * @throws WorkError where it has seen none
 */
export async function statusesOf(stack: Stack, name: string): Promise<Upload[]> {
  const { uploadsBucket } = stack.outputs;
  const key = keyOf(name, uploadsBucket);
  const uploads = await stack.uploads.versionsOf(`${uploadsBucket}/${key}`);
  if (uploads.length === 0) {
    throw new WorkError(
      'UNKNOWN_KEY',
      `The pipeline has seen no upload with the key ${key} in ${uploadsBucket} (${stack.target.label}). Upload it with \`copydesk put\`, or look for it with \`copydesk status\`.`,
    );
  }
  return uploads;
}

/** Articles of one key that are looked up at most, those of its newest versions. */
const LOOKED_UP = 20;

/** Of the articles that the newest of these uploads gave, those that were withdrawn since, by id. */
export async function withdrawnOf({ articles }: Stack, uploads: readonly Upload[]): Promise<Map<string, Tombstone>> {
  const ids = [...new Set(uploads.flatMap(({ articleIds }) => articleIds))].slice(0, LOOKED_UP);
  const stored = await Promise.all(ids.map((id) => articles.read(id)));
  return new Map(
    stored.filter((each) => each !== null && isWithdrawn(each)).map((tombstone) => [tombstone.id, tombstone]),
  );
}

/** How many uploads last changed in these days, and the latest, for every status. */
export async function countStatuses({ uploads }: Stack, days: DayRange): Promise<StatusCount[]> {
  return Promise.all(
    UPLOAD_STATUSES.map(async (status) => {
      const { items, cursor } = await uploads.listByStatus(status, days, { limit: COUNTED });
      return { status, count: items.length, more: cursor !== null, latest: items.slice(0, LATEST) };
    }),
  );
}

/** Uploads that gave no record, last changed first. */
export async function failedUploads({ uploads }: Stack, days: DayRange, limit: number): Promise<Upload[]> {
  const pages = await Promise.all(FAILED.map((status) => uploads.listByStatus(status, days, { limit })));
  return pages
    .flatMap(({ items }) => items)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    .slice(0, limit);
}
