import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { BodyMissingError } from '../errors.ts';
import type { Spilled } from './article-items.ts';

/** What does not fit an item: JSON objects of the bodies bucket. */
export interface Bodies {
  put(spilled: Spilled): Promise<void>;
  /** @throws BodyMissingError where nothing lies there */
  get(id: string, key: string): Promise<unknown>;
  /** Deletes everything under a prefix. @returns how many objects */
  deleteAll(prefix: string): Promise<number>;
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

    async deleteAll(prefix) {
      let deleted = 0;
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
        const Objects = Contents.map(({ Key }) => ({ Key }));
        if (Objects.length === 0) continue;
        const { Errors = [] } = await s3.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        const [error] = Errors;
        if (error) throw new Error(`${error.Key} could not be deleted: ${error.Message ?? error.Code}`);
        deleted += Objects.length;
      }
      return deleted;
    },
  };
}
