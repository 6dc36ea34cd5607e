import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage, reingestMessage } from '../../functions/ingest/notification.ts';

function event(object: Record<string, unknown>, eventName = 'ObjectCreated:Put') {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName,
    s3: { bucket: { name: 'uploads' }, object: { key: 'a.txt', versionId: 'v1', sequencer: '0A', ...object } },
  };
}

const read = (...records: unknown[]) => readMessage(JSON.stringify({ Records: records }));

describe('a message of the ingest queue', () => {
  it('names the object version with what the event knows of it', () => {
    expect(read(event({ size: 12, eTag: 'abc' }))).toEqual({
      notifications: [
        {
          bucket: 'uploads',
          key: 'a.txt',
          versionId: 'v1',
          sequencer: `0A${'0'.repeat(30)}`,
          bytes: 12,
          etag: 'abc',
        },
      ],
      problems: [],
    });
  });

  it.each([
    ['a space as a plus', 'red+flower.jpg', 'red flower.jpg'],
    ['an encoded plus', 'a%2Bb.txt', 'a+b.txt'],
    ['an encoded percent sign before 2B', 'a%252Bb.txt', 'a%2Bb.txt'],
    ['characters beyond ASCII', 'nachrichten/%C3%BCber%E6%96%B0.html', 'nachrichten/über新.html'],
    ['folders', '2026/11/a.html', '2026/11/a.html'],
  ])('may write its key with %s', (_, encoded, key) => {
    expect(read(event({ key: encoded })).notifications[0]?.key).toBe(key);
  });

  it.each(['ObjectCreated:Put', 'ObjectCreated:Post', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload'])(
    'is about a new object when S3 says %s',
    (name) => expect(read(event({}, name)).notifications).toHaveLength(1),
  );

  it('may tell of several objects', () => {
    const { notifications } = read(event({ key: 'a' }), event({ key: 'b' }));
    expect(notifications.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('is about the version called null where the bucket has no versions', () => {
    expect(read(event({ versionId: undefined })).notifications[0]?.versionId).toBe('null');
  });

  it('asks for nothing when S3 tests the queue or an object was deleted', () => {
    const test = readMessage(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'uploads' }));
    expect(test).toEqual({ notifications: [], problems: [] });
    expect(read(event({}, 'ObjectRemoved:Delete'))).toEqual({ notifications: [], problems: [] });
  });

  it('tells what is wrong with it, and of the good records beside a bad one', () => {
    expect(readMessage('{"Records": [').problems).toEqual(['not JSON']);
    expect(readMessage('{"hello": "world"}').problems).toEqual(['no list of Records']);
    const { notifications, problems } = read(event({ key: 'bad%ZZ' }), event({ key: 'good' }), { eventName: 'x' });
    expect(notifications.map(({ key }) => key)).toEqual(['good']);
    expect(problems).toHaveLength(2);
  });

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => void readMessage(body)));
  });
});

describe('a re-ingest message', () => {
  it('comes out as it went in, without a sequencer, whatever the key', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aB/ +%2&?#=~ä新😀\u0000\u001f'), minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(name, fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/), (key, versionId) => {
        const { notifications, problems } = readMessage(reingestMessage({ bucket: 'uploads', key, versionId }));
        expect(problems).toEqual([]);
        expect(notifications).toEqual([
          { bucket: 'uploads', key, versionId, sequencer: null, bytes: null, etag: null },
        ]);
      }),
    );
  });
});
