import { DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { hintsPrefix, pageOfKey } from '../../article/fetched-keys.ts';
import { UPLOADS } from '../../names.ts';
import type { Purge, RawCopies, RawVersion } from '../../withdraw/ports.ts';
import type { Bodies } from '../articles/bodies.ts';
import { HEAD } from './upload-items.ts';
import type { UploadLedger } from './upload-ledger.ts';

/** As many as S3 takes at a time. */
const BATCH = 1_000;

/**
 * Raw copies, with the hints beside them, by the article they made. No index says which these are, for nobody else asks:
 * the whole uploads table is read, about 60 read units for a thousand uploads.
 */
export function rawCopies(
  documents: DynamoDBDocumentClient,
  s3: S3Client,
  table: string,
  uploads: Pick<UploadLedger, 'versionsOf'>,
  bodies: Pick<Bodies, 'deleteAll'>,
): RawCopies {
  /** Version ids by object. */
  async function copiesOf(articleId: string): Promise<Map<string, Set<string>>> {
    const copies = new Map<string, Set<string>>();
    const pages = paginateScan(
      { client: documents },
      {
        TableName: table,
        FilterExpression: 'contains(#articleIds, :id)',
        ProjectionExpression: '#object, #version',
        ExpressionAttributeNames: { '#articleIds': 'articleIds', '#object': UPLOADS.key, '#version': UPLOADS.sort },
        ExpressionAttributeValues: { ':id': articleId },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { [UPLOADS.key]: object, [UPLOADS.sort]: version } of Items) {
        if (version === HEAD) continue;
        copies.set(object, (copies.get(object) ?? new Set()).add(version));
      }
    }
    return copies;
  }

  /** Versions of an object that were never read to the end, because a newer one was known or the attempts failed. */
  async function unreadOf(object: string): Promise<RawVersion[]> {
    const versions = await uploads.versionsOf(object);
    return versions
      .filter(({ status, articleIds }) => (status === 'superseded' || status === 'failed') && articleIds.length === 0)
      .map(({ version }) => ({ object, version }));
  }

  return {
    async purge(articleId) {
      const purge: Purge = { versions: 0, unread: [] };
      for (const [object, versions] of await copiesOf(articleId)) {
        const slash = object.indexOf('/');
        const [Bucket, Key] = [object.slice(0, slash), object.slice(slash + 1)];
        const page = pageOfKey(Key);
        const unread = await unreadOf(object);
        // The key of a fetched page holds copies of its address alone. Any other key may hold something else every day.
        if (page === articleId) for (const { version } of unread) versions.add(version);
        else purge.unread.push(...unread);
        const ids = [...versions];
        for (let start = 0; start < ids.length; start += BATCH) {
          const Objects = ids.slice(start, start + BATCH).map((VersionId) => ({ Key, VersionId }));
          const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
          const [error] = Errors;
          if (error) throw new PurgeError(object, error.VersionId ?? '', error.Message ?? error.Code ?? '');
          purge.versions += Objects.length;
        }
        if (page !== null) await bodies.deleteAll(hintsPrefix(page));
      }
      return purge;
    },
  };
}

/** A raw copy could not be deleted, for want of permission or under a lock. */
export class PurgeError extends Error {
  readonly code = 'NOT_PURGED';
  override readonly name = 'PurgeError';

  constructor(object: string, version: string, why: string) {
    super(
      `Version ${version} of ${object} could not be deleted (${why}); mend that, then withdraw with --purge again.`,
    );
  }
}
