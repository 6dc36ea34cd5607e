import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Spilled } from './article-items.ts';
import { BodyMissingError } from './errors.ts';

/** What does not fit an item: JSON objects of the bodies bucket. */
export interface Bodies {
  put(spilled: Spilled): Promise<void>;
  /** @throws BodyMissingError where nothing lies there */
  get(id: string, key: string): Promise<unknown>;
}

export function bodies(s3: S3Client, bucket: string): Bodies {
  return {
    async put({ key, json }) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: json, ContentType: 'application/json' }));
    },

    async get(id, key) {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error) => {
        if (error instanceof NoSuchKey) throw new BodyMissingError(id, key);
        throw error;
      });
      return JSON.parse((await answer.Body?.transformToString('utf-8')) ?? 'null');
    },
  };
}
