import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../../functions/article/assemble.ts';
import type { ArticleRecord } from '../../../functions/article/record.ts';
import { type Spilled, toArticleItem } from '../../../functions/aws/articles/article-items.ts';
import { storedArticles } from '../../../functions/aws/articles/stored-articles.ts';
import { BodyMissingError } from '../../../functions/aws/errors.ts';
import { emptyArticle } from '../../support/articles.ts';

const at = new Date('2026-03-01T08:00:00Z');

/** One whose text lies in the bodies bucket. */
function large(words: string): ArticleRecord {
  const raw = { bucket: 'b', key: 'k', versionId: 'v', etag: 'e', bytes: 1, mediaType: 'text/plain', charset: 'utf-8' };
  const article = {
    ...structuredClone(emptyArticle),
    canonicalUrl: 'https://a.example/1',
    text: words.repeat(100_000),
  };
  const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' };
  return assembleRecord({ ...article, blocks: ['p'] }, origin, firstSeen(at));
}

/** A table of one item, and the objects of a bucket. */
class World {
  item: Record<string, unknown> | undefined;
  readonly objects = new Map<string, string>();
  readonly documents = { send: async () => ({ Item: this.item }) } as unknown as DynamoDBDocumentClient;
  readonly articles = storedArticles(
    this.documents,
    {
      get: async (id, key) => {
        const json = this.objects.get(key);
        if (json === undefined) throw new BodyMissingError(id, key);
        return JSON.parse(json);
      },
    },
    'articles',
  );

  put(record: ArticleRecord): Record<string, unknown> {
    const { item, spilled } = toArticleItem(record);
    const { key, json } = spilled as Spilled;
    this.objects.set(key, json);
    this.item = item;
    return item;
  }
}

describe('an item whose body is in the bucket', () => {
  it('is read without it where that is enough', async () => {
    const world = new World();
    const record = large('words ');
    world.put(record);
    world.objects.clear();
    expect(await world.articles.readHead(record.id)).toEqual({ ...record, text: '', blocks: [] });
  });

  it('is read with it', async () => {
    const world = new World();
    const record = large('one ');
    expect(await world.articles.ofItem(world.put(record))).toEqual(record);
    expect(await world.articles.read(record.id)).toEqual(record);
  });

  it('is read as it is now, where it changed and its body went in between', async () => {
    const world = new World();
    const before = world.put(large('one '));
    world.objects.clear();
    const now = large('two ');
    world.put(now);
    expect(await world.articles.ofItem(before)).toEqual(now);
  });

  it('is nothing where it was deleted in between', async () => {
    const world = new World();
    const before = world.put(large('one '));
    world.objects.clear();
    world.item = undefined;
    expect(await world.articles.ofItem(before)).toBeNull();
  });

  it('is an error that says what to do where the body alone is gone', async () => {
    const world = new World();
    const item = world.put(large('one '));
    world.objects.clear();
    await expect(world.articles.ofItem(item)).rejects.toThrow(/ingest its raw copy again/);
  });
});
