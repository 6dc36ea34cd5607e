import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../../functions/article/card.ts';
import type { Upload } from '../../../functions/article/upload.ts';
import { INLINE_BYTES, toArticleItem, toTombstoneItem } from '../../../functions/aws/articles/article-items.ts';
import { changeRecords, UnknownTableError } from '../../../functions/aws/events/change-records.ts';
import { toUploadItem } from '../../../functions/aws/uploads/upload-items.ts';
import type { Change } from '../../../functions/publish/ports.ts';
import { imageOf, instant, record, tombstone } from '../../publish/images.ts';

const tables = { articlesTable: 'articles-1', uploadsTable: 'uploads-1' };

type Item = Record<string, unknown>;

function streamRecord(table: string, keys: Item, before: Item | null, after: Item | null): DynamoDBRecord {
  const image = (item: Item) => marshall(item, { removeUndefinedValues: true });
  return {
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventSourceARN: `arn:aws:dynamodb:eu-west-1:111122223333:table/${table}/stream/2026-03-01T00:00:00.000`,
    dynamodb: {
      Keys: image(keys),
      SequenceNumber: '100',
      ApproximateCreationDateTime: 1_772_352_000,
      ...(before && { OldImage: image(before) }),
      ...(after && { NewImage: image(after) }),
    },
  } as DynamoDBRecord;
}

const read = (delivered: DynamoDBRecord): Change | undefined => changeRecords([delivered], tables)[0]?.read();

describe('a record of the stream of articles', () => {
  const article = record(0, { title: 'The ferry returns', text: 'It sails again.', site: 'news.example' });

  it('is the change of a record, its card as the indexes hold it', () => {
    const { item } = toArticleItem(article);
    expect(read(streamRecord('articles-1', { id: article.id }, null, item))).toEqual({
      kind: 'article',
      id: article.id,
      at: new Date(1_772_352_000_000),
      before: null,
      after: imageOf(article),
    });
    expect(imageOf(article).card).toEqual(cardOf(article));
  });

  it('names where the body lies when that is not in the item', () => {
    const large = record(0, { text: 'word '.repeat(INLINE_BYTES / 4) });
    const { item, spilled } = toArticleItem(large);
    const change = read(streamRecord('articles-1', { id: large.id }, item, null));
    expect(change).toMatchObject({ before: imageOf(large, spilled?.key), after: null });
  });

  it('knows a tombstone from a record', () => {
    const stone = tombstone(1, { reason: 'asked to', site: 'news.example' });
    if (stone.kind !== 'tombstone') throw new Error('no tombstone');
    const change = read(
      streamRecord('articles-1', { id: article.id }, toArticleItem(article).item, toTombstoneItem(stone.tombstone)),
    );
    expect(change).toMatchObject({ before: { kind: 'record' }, after: stone });
  });
});

describe('a record of the stream of uploads', () => {
  const upload: Upload = {
    object: 'uploads/list.html',
    version: 'v1',
    status: 'rejected',
    reason: 'NOT_ARTICLE',
    detail: 'The page is a listing.',
    articleIds: [],
    sequencer: null,
    bytes: 12,
    mediaType: 'text/html',
    charset: 'utf-8',
    attempts: 1,
    leaseUntil: null,
    receivedAt: instant(0),
    updatedAt: instant(4),
    durationMs: 4,
  };

  it('is the change of an upload, without what only its table needs', () => {
    const keys = { object: upload.object, version: upload.version };
    const change = read(streamRecord('uploads-1', keys, null, toUploadItem({ ...upload, lease: null })));
    expect(change).toEqual({ kind: 'upload', before: null, after: upload });
  });

  it('is no upload where it only names the newest version', () => {
    const head = { object: upload.object, version: '@latest', newestVersion: 'v1' };
    const change = read(streamRecord('uploads-1', { object: upload.object, version: '@latest' }, null, head));
    expect(change).toEqual({ kind: 'upload', before: null, after: null });
  });
});

describe('a record of another stream', () => {
  it('is refused when it is read, so that the ones beside it are not', () => {
    const [stray] = changeRecords([streamRecord('other', { id: 'a' }, null, { id: 'a' })], tables);
    expect(stray).toMatchObject({ sequenceNumber: '100', item: 'other {"id":{"S":"a"}}' });
    expect(() => stray?.read()).toThrow(UnknownTableError);
  });
});
