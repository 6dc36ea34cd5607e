import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { OBJECT_METADATA } from '../../names.ts';

/** A copy on its way into the uploads bucket. */
export interface NewObject {
  key: string;
  body: Uint8Array | Readable;
  /** As S3 stores it and the pipeline is told; the bytes outrank it. */
  contentType: string;
  /** Where the copy was taken from, percent-encoded: metadata travels in headers. */
  url?: string | undefined;
  sourceId?: string | undefined;
  /** When the copy was taken from its site. */
  fetchedAt?: Date | undefined;
  /** Key of an object of the bodies bucket: what is said of the copy outside of it. */
  hints?: string | undefined;
}

export interface WrittenObject {
  /** bucket/key, as the uploads table names it. */
  object: string;
  /** S3 version id; `null` as a word for a bucket without versions. */
  version: string;
}

export interface WriteOptions {
  /** Called with the bytes sent so far. */
  onProgress?: (bytes: number) => void;
  /** Stops the transfer and takes its parts away. */
  signal?: AbortSignal;
}

/** Bytes. Larger objects go in parts, each of which is tried again on its own. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 4;

/** Puts copies into the uploads bucket, in parts where they are large. */
export function uploadWriter(s3: S3Client, bucket: string) {
  return {
    async put(object: NewObject, { onProgress, signal }: WriteOptions = {}): Promise<WrittenObject> {
      signal?.throwIfAborted();
      const upload = new Upload({
        client: s3,
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
        params: {
          Bucket: bucket,
          Key: object.key,
          Body: object.body,
          ContentType: object.contentType,
          Metadata: metadataOf(object),
        },
      });
      if (onProgress) upload.on('httpUploadProgress', ({ loaded }) => onProgress(loaded ?? 0));
      const abort = () => void upload.abort();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const { VersionId } = await upload.done();
        return { object: `${bucket}/${object.key}`, version: VersionId ?? 'null' };
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

function metadataOf({ url, sourceId, fetchedAt, hints }: NewObject): Record<string, string> {
  return {
    ...(url !== undefined && { [OBJECT_METADATA.url]: url }),
    ...(sourceId !== undefined && { [OBJECT_METADATA.source]: sourceId }),
    ...(fetchedAt !== undefined && { [OBJECT_METADATA.fetchedAt]: fetchedAt.toISOString() }),
    ...(hints !== undefined && { [OBJECT_METADATA.hints]: hints }),
  };
}
