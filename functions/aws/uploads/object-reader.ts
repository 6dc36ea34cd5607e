import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ObjectReader, ObjectReading, ObjectVersion } from '../../ingest/ports.ts';
import { objectVersions } from './object-versions.ts';

/** Names of the errors by which S3 says that a version is not there to be read: gone, never was, or a delete marker. */
const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed', 'NotFound']);

/** Objects of S3, read at one version. */
export function objectReader(s3: S3Client): ObjectReader {
  return {
    async read({ bucket, key, versionId }: ObjectVersion, maxBytes: number): Promise<ObjectReading> {
      const pinned = versionId === 'null' ? {} : { VersionId: versionId };
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...pinned })).catch((error) => {
        if (error instanceof S3ServiceException && GONE.has(error.name)) return null;
        throw error;
      });
      if (!answer?.Body) return { kind: 'gone' };

      const body = answer.Body as Readable;
      const bytes = await readUpTo(body, maxBytes, answer.ContentLength);
      if (typeof bytes === 'number') return { kind: 'too-large', bytes };
      return {
        kind: 'object',
        object: {
          bytes,
          etag: answer.ETag?.replaceAll('"', '') ?? null,
          contentType: answer.ContentType ?? null,
          metadata: answer.Metadata ?? {},
          // S3 never leaves it out.
          uploadedAt: answer.LastModified as Date,
        },
      };
    },

    async newestVersion(bucket: string, key: string): Promise<string | null> {
      for await (const version of objectVersions(s3, bucket, { prefix: key, pageSize: 20 })) {
        return version.key === key ? version.versionId : null;
      }
      return null;
    },
  };
}

/** @returns the bytes, or where there are more than `maxBytes`, how many are known of */
async function readUpTo(body: Readable, maxBytes: number, announced: number | undefined): Promise<Uint8Array | number> {
  if (announced !== undefined && announced > maxBytes) {
    body.destroy();
    return announced;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    // Leaving the loop destroys the stream.
    if (length > maxBytes) return length;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
