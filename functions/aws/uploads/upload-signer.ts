import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { FILE_NAME_PLACEHOLDER, OBJECT_METADATA } from '../../names.ts';
import type { UploadForm, UploadRequest } from '../../query/ports.ts';

/** Seconds a form works: enough to send the largest file over a slow line. */
const EXPIRES = 15 * 60;

/**
 * Signs forms with which others put one object each into the uploads bucket. S3 holds them to the key, the type, the
 * metadata and the size.
 *
 * @param maxBytes what ingest reads; a larger object would only be rejected
 * @throws RangeError where a field holds what S3 would replace by the file's name; the schema of the request refuses it
 */
export function uploadSigner(s3: S3Client, bucket: string, maxBytes: number) {
  return async ({ key, contentType, url, sourceId }: UploadRequest): Promise<UploadForm> => {
    const fields: Record<string, string> = {
      'Content-Type': contentType,
      // Percent-encoded, as metadata travels in headers.
      ...(url !== undefined && { [`x-amz-meta-${OBJECT_METADATA.url}`]: new URL(url).href }),
      ...(sourceId !== undefined && { [`x-amz-meta-${OBJECT_METADATA.source}`]: sourceId }),
    };
    // The form would be one for other keys, and the SDK would sign any beginning of the name.
    for (const value of [key, ...Object.values(fields)]) {
      if (value.includes(FILE_NAME_PLACEHOLDER)) throw new RangeError(`A form cannot hold ${FILE_NAME_PLACEHOLDER}.`);
    }
    const signedAt = Date.now();
    const form = await createPresignedPost(s3, {
      Bucket: bucket,
      Key: key,
      Fields: fields,
      Conditions: [
        ['content-length-range', 1, maxBytes],
        ['eq', '$key', key],
        ...Object.entries(fields).map(([name, value]): ['eq', string, string] => ['eq', `$${name}`, value]),
      ],
      Expires: EXPIRES,
    });
    return {
      object: `${bucket}/${key}`,
      url: form.url,
      fields: form.fields,
      maxBytes,
      expiresAt: new Date(signedAt + EXPIRES * 1_000).toISOString(),
    };
  };
}
