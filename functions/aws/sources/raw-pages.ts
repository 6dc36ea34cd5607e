import type { S3Client } from '@aws-sdk/client-s3';
import type { RawPages } from '../../scrape/ports.ts';
import { uploadWriter } from '../uploads/upload-writer.ts';

/** S3 stores it as a header; what a server sends as one may hold anything. */
const CONTENT_TYPE = /^[\x20-\x7e]{1,200}$/;

/**
 * Characters of an address beside which the other metadata fits: S3 takes 2 KB in all. A longer one goes alone, for the
 * record's id comes from it.
 */
const ROOMY_URL = 1_800;

/** Fetched pages, put where uploads come in. @param bucket name of the uploads bucket */
export function rawPages(s3: S3Client, bucket: string): RawPages {
  const writer = uploadWriter(s3, bucket);
  return {
    async put({ key, body, url, fetchedAt, contentType, hints, sourceId }) {
      const known = contentType !== null && CONTENT_TYPE.test(contentType);
      const rest = url.length <= ROOMY_URL ? { sourceId, ...(hints !== null && { hints }) } : {};
      await writer.put({
        key,
        body,
        contentType: known ? contentType : 'application/octet-stream',
        url,
        fetchedAt,
        ...rest,
      });
    },
  };
}
