import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BusyError, EngineError, OutOfTimeError } from '../../functions/ingest/errors.ts';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import { BUCKET, LEASE, MAX_RECEIVES, minute, World } from './memory.ts';

const URL_A = 'https://a.example/story';
const URL_B = 'https://b.example/story';
const unsequenced = (notification: ObjectNotification): ObjectNotification => ({ ...notification, sequencer: null });

describe('an upload', () => {
  it('becomes a record that tells where it came from and when', async () => {
    const world = new World();
    const document = { url: URL_A, title: 'Story', text: 'Words.' };
    const upload = world.put({
      key: 'in/a b.txt',
      document,
      metadata: { source: 'wire', 'fetched-at': '2026-03-01T07:00:00Z' },
    });
    world.clock += 500;
    const result = await world.deliver(upload);

    expect(result).toMatchObject({ status: 'ingested', reason: null, attempts: 1, settledBefore: false });
    expect(world.article()).toMatchObject({
      id: result.articleIds[0],
      title: 'Story',
      sourceId: 'wire',
      fetchedAt: '2026-03-01T07:00:00.000Z',
      firstSeenAt: minute(0).toISOString(),
      sortAt: minute(0).toISOString(),
      revision: 1,
      duplicateOf: null,
      engineVersion: '1.0.0',
      raw: {
        bucket: BUCKET,
        key: 'in/a b.txt',
        versionId: 'v1',
        etag: createHash('md5').update(JSON.stringify(document)).digest('hex'),
        mediaType: 'text/plain',
        charset: 'utf-8',
      },
    });
    expect(world.row(upload)).toMatchObject({
      object: `${BUCKET}/in/a b.txt`,
      version: 'v1',
      status: 'ingested',
      articleIds: result.articleIds,
      mediaType: 'text/plain',
      charset: 'utf-8',
      lease: null,
      leaseUntil: null,
    });
  });

  it('that holds no article is rejected with the reason and what to do', async () => {
    const world = new World();
    const upload = world.put({ document: { reject: 'NOT_ARTICLE' } });
    expect(await world.deliver(upload)).toMatchObject({
      status: 'rejected',
      reason: 'NOT_ARTICLE',
      detail: 'because NOT_ARTICLE',
    });
    expect(world.row(upload)).toMatchObject({ status: 'rejected', reason: 'NOT_ARTICLE', bytes: expect.any(Number) });
    expect(world.articles.size).toBe(0);
  });

  it('larger than allowed is rejected unread, with both sizes', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'x'.repeat(20_000) } });
    const ports = world.ports();
    const result = await world.deliver(upload, {
      ports: {
        ...ports,
        extract: () => {
          throw new Error('it was read');
        },
      },
    });
    expect(result).toMatchObject({ status: 'rejected', reason: 'TOO_LARGE' });
    expect(result.detail).toContain('10000');
  });

  it('deleted before it could be read is rejected as gone', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    world.remove(upload);
    expect(await world.deliver(upload)).toMatchObject({ status: 'rejected', reason: 'OBJECT_GONE' });
  });

  it.each([
    ['text/html; charset=gbk', 'text/html; charset=gbk'],
    ['binary/octet-stream', null],
    ['Application/Octet-Stream', null],
    [null, null],
  ])('stored as %s tells the engine so: %s', async (contentType, hint) => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' }, metadata: { 'fetched-at': '2026-02-01T00:00:00Z' } });
    const [version] = world.objects.get(`${BUCKET}/a.txt`) ?? [];
    if (version) version.object.contentType = contentType;
    const hints: unknown[] = [];
    const ports = world.ports();
    const extract: typeof ports.extract = (bytes, given) => {
      hints.push(given);
      return ports.extract(bytes, given);
    };
    await world.deliver(upload, { ports: { ...ports, extract } });
    expect(hints).toEqual([{ url: null, contentType: hint, asOf: new Date('2026-02-01T00:00:00Z'), copy: null }]);
  });

  it('with metadata that makes no sense is ingested with a warning', async () => {
    const world = new World();
    await world.deliver(world.put({ document: { text: 'Words.' }, metadata: { url: 'not an address' } }));
    expect(world.article().quality.warnings).toMatchObject([{ code: 'METADATA_URL_IGNORED' }]);
  });
});

describe('a notification that comes again', () => {
  it('changes nothing', async () => {
    const world = new World();
    const upload = world.put({ document: { url: URL_A, text: 'Words.' } });
    const first = await world.deliver(upload);
    const [row, article] = [world.row(upload), world.article()];
    world.clock += 1_000_000;
    expect(await world.deliver(upload, { receiveCount: 2 })).toEqual({ ...first, settledBefore: true });
    expect(await world.deliver(unsequenced(upload))).toEqual({ ...first, settledBefore: true });
    expect(world.row(upload)).toEqual(row);
    expect(world.article()).toEqual(article);
  });

  it('while the first is being worked on waits until that lease is over, and then takes over', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    const ports = world.ports();
    const never = new Promise<never>(() => {});
    // An attempt that hangs: its lease is taken and nothing follows.
    void world.deliver(upload, { ports: { ...ports, objects: { ...ports.objects, read: () => never } } });
    await expect.poll(() => world.row(upload)?.status).toBe('processing');

    const error = await world.deliver(upload).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BusyError);
    expect((error as BusyError).until).toEqual(new Date(world.clock + LEASE));
    world.clock += LEASE;
    expect(await world.deliver(upload)).toMatchObject({ status: 'ingested', attempts: 2 });
  });

  it('takes over from an attempt that outlived its lease, whose writes then count for nothing', async () => {
    const world = new World();
    const upload = world.put({ document: { url: URL_A, text: 'Words.' } });
    const ports = world.ports();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = false;
    const slow = world.deliver(upload, {
      ports: {
        ...ports,
        articles: {
          ...ports.articles,
          commit: async (commit) => {
            reached = true;
            await held;
            return ports.articles.commit(commit);
          },
        },
      },
    });
    await expect.poll(() => reached).toBe(true);
    world.clock += LEASE;
    const second = world.deliver(upload, {
      ports: {
        ...ports,
        objects: {
          ...ports.objects,
          read: async (...args) => {
            // Now two attempts run, and the version belongs to this one.
            release();
            await expect(slow).rejects.toMatchObject({ code: 'LEASE_LOST' });
            expect(world.articles.size).toBe(0);
            return ports.objects.read(...args);
          },
        },
      },
    });
    expect(await second).toMatchObject({ status: 'ingested', attempts: 2 });
    expect(world.row(upload)).toMatchObject({ status: 'ingested', attempts: 2 });
  });
});

describe('an object that is overwritten', () => {
  it('gives its record the newer text, as the next revision of the same article', async () => {
    const world = new World();
    await world.deliver(world.put({ document: { url: URL_A, title: 'Story', text: 'Old.' } }));
    const { id } = world.article();
    expect(
      await world.deliver(world.put({ document: { url: URL_A, title: 'Story', text: 'New.' }, at: 60 })),
    ).toMatchObject({ status: 'ingested', articleIds: [id] });
    expect(world.article()).toMatchObject({
      text: 'New.',
      revision: 2,
      firstSeenAt: minute(0).toISOString(),
      updatedAt: minute(60).toISOString(),
      raw: { versionId: 'v2' },
    });
  });

  it('keeps the newest text when the notifications come in the wrong order', async () => {
    const world = new World();
    const older = world.put({ document: { url: URL_A, text: 'Old.' } });
    const newer = world.put({ document: { url: URL_A, text: 'New.' } });
    expect(await world.deliver(newer)).toMatchObject({ status: 'ingested' });
    expect(await world.deliver(older)).toMatchObject({ status: 'superseded', settledBefore: false });
    expect(world.article()).toMatchObject({ text: 'New.', revision: 1 });
    expect(world.row(older)).toMatchObject({ status: 'superseded', detail: expect.stringContaining('v2') });
  });

  it('while its older version is being read leaves that one superseded', async () => {
    const world = new World();
    const older = world.put({ document: { url: URL_A, text: 'Old.' } });
    const ports = world.ports();
    let newer: Promise<unknown> | null = null;
    const result = await world.deliver(older, {
      ports: {
        ...ports,
        objects: {
          ...ports.objects,
          read: async (...args) => {
            newer ??= world.deliver(world.put({ document: { url: URL_A, text: 'New.' } }));
            await newer;
            return ports.objects.read(...args);
          },
        },
      },
    });
    expect(result).toMatchObject({ status: 'superseded' });
    expect(world.article()).toMatchObject({ text: 'New.' });
  });

  it('is ordered by S3 itself where a message has no sequencer', async () => {
    const world = new World();
    const older = world.put({ document: { url: URL_A, text: 'Old.' } });
    const newer = world.put({ document: { url: URL_A, text: 'New.' } });
    expect(await world.deliver(unsequenced(older))).toMatchObject({ status: 'superseded' });
    expect(await world.deliver(unsequenced(newer))).toMatchObject({ status: 'ingested' });
    expect(world.article()).toMatchObject({ text: 'New.' });
  });

  it('is ordered by S3 itself where the newest known version came without a sequencer', async () => {
    const world = new World();
    const older = world.put({ document: { url: URL_A, text: 'Old.' } });
    await world.deliver(unsequenced(world.put({ document: { url: URL_A, text: 'New.' } })));
    expect(await world.deliver(older)).toMatchObject({ status: 'superseded' });
    const newest = world.put({ document: { url: URL_A, text: 'Newest.' } });
    expect(await world.deliver(newest)).toMatchObject({ status: 'ingested' });
    expect(world.article()).toMatchObject({ text: 'Newest.' });
  });

  it('learns the sequencer of a version that a message without one brought', async () => {
    const world = new World();
    const upload = world.put({ document: { url: URL_A, text: 'Words.' } });
    world.rows.clear();
    world.heads.set(`${BUCKET}/a.txt`, { version: upload.versionId, sequencer: null });
    await world.deliver(upload);
    expect(world.heads.get(`${BUCKET}/a.txt`)).toEqual({ version: upload.versionId, sequencer: upload.sequencer });
  });

  it('counts as new content in a bucket without versions, though its version is always null', async () => {
    const world = new World();
    const first = { ...world.put({ document: { url: URL_A, text: 'Old.' } }), versionId: 'null' };
    const versions = world.objects.get(`${BUCKET}/a.txt`) as { versionId: string }[];
    for (const version of versions) version.versionId = 'null';
    await world.deliver(first);
    const second = { ...world.put({ document: { url: URL_A, text: 'New.' } }), versionId: 'null' };
    for (const version of world.objects.get(`${BUCKET}/a.txt`) ?? []) version.versionId = 'null';
    expect(await world.deliver(second)).toMatchObject({ status: 'ingested', settledBefore: false });
    expect(world.article()).toMatchObject({ text: 'New.', revision: 2 });
    expect(await world.deliver(first)).toMatchObject({ settledBefore: true });
    expect(world.article()).toMatchObject({ text: 'New.', revision: 2 });
  });
});

describe('a copy of an article that is stored', () => {
  it('that says the same changes no record', async () => {
    const world = new World();
    await world.deliver(world.put({ key: 'a', document: { url: URL_A, title: 'Story', text: 'Words.' } }));
    const article = world.article();
    const again = world.put({ key: 'b', document: { url: URL_A, title: 'Story', text: 'Words.' }, at: 5 });
    expect(await world.deliver(again)).toMatchObject({ status: 'unchanged', articleIds: [article.id] });
    expect(world.article()).toEqual(article);
  });

  it('that differs only around the text is written without a new revision', async () => {
    const world = new World();
    await world.deliver(world.put({ key: 'a', document: { url: URL_A, title: 'Story', text: 'Words.' } }));
    const more = { url: URL_A, title: 'Story', text: 'Words.', description: 'Sum.' };
    expect(await world.deliver(world.put({ key: 'b', document: more, at: 5 }))).toMatchObject({ status: 'ingested' });
    expect(world.article()).toMatchObject({ description: 'Sum.', revision: 1, updatedAt: minute(5).toISOString() });
  });

  it('that an engine of another version read is written, so that archives can be rolled forward', async () => {
    const world = new World();
    const document = { url: URL_A, title: 'Story', text: 'Words.' };
    await world.deliver(world.put({ key: 'a', document }));
    const stored = world.article();
    world.stored.set(stored.id, { ...stored, engineVersion: '0.9.0' });
    expect(await world.deliver(world.put({ key: 'b', document }))).toMatchObject({ status: 'ingested' });
    expect(world.article()).toMatchObject({ engineVersion: '1.0.0', revision: 1 });
  });

  it('taken earlier, under another key, changes nothing', async () => {
    const world = new World();
    const fetched = (at: string) => ({ 'fetched-at': at });
    await world.deliver(
      world.put({ key: 'b', document: { url: URL_A, text: 'New.' }, metadata: fetched('2026-03-01T07:00:00Z') }),
    );
    const earlier = world.put({
      key: 'a',
      document: { url: URL_A, text: 'Old.' },
      metadata: fetched('2026-03-01T06:00:00Z'),
      at: 10,
    });
    expect(await world.deliver(earlier)).toMatchObject({
      status: 'superseded',
      detail: expect.stringContaining('uploads/b'),
    });
    expect(world.article()).toMatchObject({ text: 'New.' });
  });

  it('names the source where none was known, and keeps the one that was', async () => {
    const world = new World();
    const document = { url: URL_A, text: 'Words.' };
    await world.deliver(world.put({ key: 'a', document }));
    expect(await world.deliver(world.put({ key: 'b', document, metadata: { source: 'wire' } }))).toMatchObject({
      status: 'ingested',
    });
    expect(await world.deliver(world.put({ key: 'c', document, metadata: { source: 'other' } }))).toMatchObject({
      status: 'unchanged',
    });
    expect(world.article()).toMatchObject({ sourceId: 'wire', revision: 1 });
  });

  it.each(['http://a.example/story', 'https://www.a.example/story', `${URL_A}?utm_source=mail`, `${URL_A}#top`])(
    'that was read under another form of its address says the same: %s',
    async (form) => {
      const world = new World();
      const said = (url: string) => ({
        url,
        text: 'Words.',
        authors: [{ name: 'Ann Lee', url: `${new URL(url).origin}/by/ann-lee` }],
      });
      await world.deliver(world.put({ key: 'a', document: said(URL_A) }));
      const article = world.article();
      expect(await world.deliver(world.put({ key: 'b', document: said(form) }))).toMatchObject({
        status: 'unchanged',
        articleIds: [article.id],
      });
      expect(world.article()).toEqual(article);
      // What it says counts all the same.
      const corrected = world.put({ key: 'c', document: { ...said(form), text: 'Other words.' } });
      expect(await world.deliver(corrected)).toMatchObject({ status: 'ingested', articleIds: [article.id] });
    },
  );

  it('is written over what came in between, on top of that revision', async () => {
    const world = new World();
    await world.deliver(world.put({ key: 'a', document: { url: URL_A, text: 'One.' } }));
    const ports = world.ports();
    let interfered = false;
    const result = await world.deliver(world.put({ key: 'b', document: { url: URL_A, text: 'Three.' }, at: 2 }), {
      ports: {
        ...ports,
        articles: {
          ...ports.articles,
          commit: async (commit) => {
            if (!interfered) {
              interfered = true;
              await world.deliver(world.put({ key: 'c', document: { url: URL_A, text: 'Two.' } }));
            }
            return ports.articles.commit(commit);
          },
        },
      },
    });
    expect(result).toMatchObject({ status: 'ingested' });
    expect(world.article()).toMatchObject({ text: 'Three.', revision: 3 });
  });
});

describe('the same text under another address', () => {
  const first = { url: URL_A, title: 'Story', text: 'Words.' };
  const second = { url: URL_B, title: 'Story', text: 'Words.' };

  async function twoCopies() {
    const world = new World();
    const { articleIds: a } = await world.deliver(world.put({ key: 'a', document: first }));
    const duplicate = await world.deliver(world.put({ key: 'b', document: second }));
    const [idA = '', idB = ''] = [...a, ...duplicate.articleIds];
    return { world, idA, idB, duplicate };
  }

  it('is stored as a duplicate of the record that had it first', async () => {
    const { world, idA, idB, duplicate } = await twoCopies();
    expect(duplicate).toMatchObject({ status: 'duplicate', detail: expect.stringContaining(idA) });
    expect(world.articles.get(idB)).toMatchObject({ duplicateOf: idA, revision: 1 });
  });

  it('stays a duplicate when it comes again', async () => {
    const { world, idA, idB } = await twoCopies();
    const again = await world.deliver(world.put({ key: 'b', document: second }));
    expect(again).toMatchObject({ status: 'unchanged' });
    expect(world.articles.get(idB)).toMatchObject({ duplicateOf: idA });
  });

  it('is no duplicate any more once its text differs', async () => {
    const { world, idB } = await twoCopies();
    const changed = { ...second, text: 'Other words.' };
    expect(await world.deliver(world.put({ key: 'b', document: changed }))).toMatchObject({ status: 'ingested' });
    expect(world.articles.get(idB)).toMatchObject({ duplicateOf: null, revision: 2 });
  });

  it('becomes the first with it after the first record moved on, and that one its duplicate when it returns', async () => {
    const { world, idA, idB } = await twoCopies();
    await world.deliver(world.put({ key: 'a', document: { ...first, text: 'An update.' } }));
    expect(world.articles.get(idB)).toMatchObject({ duplicateOf: null, revision: 1 });
    expect(await world.deliver(world.put({ key: 'b', document: second }))).toMatchObject({ status: 'unchanged' });
    expect(await world.deliver(world.put({ key: 'a', document: first }))).toMatchObject({ status: 'duplicate' });
    expect(world.articles.get(idA)).toMatchObject({ duplicateOf: idB, revision: 3 });
  });

  it('becomes the first with it after the first record was deleted', async () => {
    const { world, idA, idB } = await twoCopies();
    world.stored.delete(idA);
    await world.deliver(world.put({ key: 'b', document: second }));
    expect(world.articles.get(idB)).toMatchObject({ duplicateOf: null });
  });
});

describe('an attempt that fails', () => {
  const broken = (world: World) => {
    const ports = world.ports();
    const read = async () => {
      throw Object.assign(new Error('the store does not answer'), { name: 'TimeoutError' });
    };
    return { ...ports, objects: { ...ports.objects, read } };
  };

  it('gives its lease back, so that the next one need not wait', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    await expect(world.deliver(upload, { ports: broken(world) })).rejects.toThrow('the store does not answer');
    expect(world.row(upload)).toMatchObject({
      status: 'processing',
      detail: 'TimeoutError: the store does not answer',
      leaseUntil: null,
    });
    expect(await world.deliver(upload, { receiveCount: 2 })).toMatchObject({ status: 'ingested', attempts: 2 });
  });

  it('on the last delivery leaves the upload failed, with the reason', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    const delivery = { receiveCount: MAX_RECEIVES, ports: broken(world) };
    await expect(world.deliver(upload, delivery)).rejects.toThrow();
    expect(world.row(upload)).toMatchObject({
      status: 'failed',
      detail: 'TimeoutError: the store does not answer',
      leaseUntil: null,
    });
  });

  it('by dying on the last delivery leaves the upload failed all the same', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    const ports = world.ports();
    void world.deliver(upload, {
      receiveCount: MAX_RECEIVES,
      ports: { ...ports, objects: { ...ports.objects, read: () => new Promise<never>(() => {}) } },
    });
    await expect.poll(() => world.row(upload)?.status).toBe('failed');
    expect(world.row(upload)).toMatchObject({
      detail: expect.stringContaining('did not finish'),
      leaseUntil: new Date(world.clock + LEASE).toISOString(),
    });
  });

  it('is forgotten when a message redriven from the dead-letter queue succeeds', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    await world.deliver(upload, { receiveCount: MAX_RECEIVES, ports: broken(world) }).catch(() => {});
    expect(await world.deliver(upload, { receiveCount: 1 })).toMatchObject({ status: 'ingested', detail: null });
    expect(world.row(upload)).toMatchObject({ status: 'ingested', detail: null, attempts: 2 });
  });

  it('for want of time on the last delivery leaves the upload failed, and never begins to read it', async () => {
    const world = new World();
    const upload = world.put({ document: { text: 'Words.' } });
    const late = { receiveCount: MAX_RECEIVES, mayBegin: false };
    await expect(world.deliver(upload, late)).rejects.toBeInstanceOf(OutOfTimeError);
    expect(world.row(upload)).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/^OUT_OF_TIME: .*redrive/),
      leaseUntil: null,
    });
    expect(await world.deliver(upload, { receiveCount: 1 })).toMatchObject({ status: 'ingested' });
    expect(await world.deliver(upload, late)).toMatchObject({ status: 'ingested', settledBefore: true });
  });

  it('for a defect of the engine is failed at once: no further attempt would help', async () => {
    const world = new World();
    const upload = world.put({ document: { throws: 'no such node' } });
    await expect(world.deliver(upload)).rejects.toBeInstanceOf(EngineError);
    expect(world.row(upload)).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/^ENGINE_FAULT: .*no such node/),
    });
  });
});
