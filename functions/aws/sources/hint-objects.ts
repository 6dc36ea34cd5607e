import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CopyHints } from '../../article/feed-hints.ts';
import { hintsKey } from '../../article/fetched-keys.ts';
import type { Hints } from '../../scrape/ports.ts';

/** What is said of articles outside their pages: JSON objects of the bodies bucket, each named by its page and its content. */
export function hintObjects(s3: S3Client, bucket: string): Hints {
  return {
    async put(page, hints) {
      const json = JSON.stringify(hints);
      const key = hintsKey(page, json);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: json, ContentType: 'application/json' }));
      return key;
    },

    async read(key) {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error) => {
        if (error instanceof NoSuchKey) return null;
        throw error;
      });
      return answer?.Body ? (JSON.parse(await answer.Body.transformToString('utf-8')) as CopyHints) : null;
    },
  };
}
