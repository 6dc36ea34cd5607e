/**
 * What ingest relies on in its ports, asserted of whatever implements them: of the memory that the tests of the rules
 * run on, and of the stores on the deployed stack. Where both hold it, what the rules' tests show holds of the stores.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';
import type { Commit, Ports, UploadRow } from '../../functions/ingest/ports.ts';
import { emptyArticle } from '../support/articles.ts';

/** Nobody was named as the first with a text. */
const NOBODY = { id: null, record: null };

export type StorePorts = Pick<Ports, 'objects' | 'uploads' | 'articles'>;

/** A versioned bucket the reader can read, filled by its own means. */
export interface TestBucket {
  name: string;
  /** @returns the version id */
  put(key: string, text: string, metadata?: Record<string, string>, contentType?: string): Promise<string>;
  /** Deletes that version for good. */
  remove(key: string, versionId: string): Promise<void>;
}

const at = new Date('2026-03-01T08:00:00Z');

function uploadRow(object: string, fields: Partial<UploadRow> = {}): UploadRow {
  return {
    object,
    version: 'v1',
    status: 'processing',
    reason: null,
    detail: null,
    articleIds: [],
    sequencer: null,
    bytes: null,
    mediaType: null,
    charset: null,
    attempts: 1,
    leaseUntil: at.toISOString(),
    receivedAt: at.toISOString(),
    updatedAt: at.toISOString(),
    durationMs: null,
    lease: 'lease1',
    ...fields,
  };
}

const ended: Partial<UploadRow> = { status: 'ingested', lease: null, leaseUntil: null };

function record(fields: Partial<ExtractedArticle> = {}, stored: Partial<ArticleRecord> = {}): ArticleRecord {
  const raw = {
    bucket: 'b',
    key: 'k',
    versionId: 'v1',
    etag: 'e',
    bytes: 1,
    mediaType: 'text/plain',
    charset: 'utf-8',
  };
  const article = {
    ...structuredClone(emptyArticle),
    canonicalUrl: `https://a.example/${randomUUID()}`,
    site: 'a.example',
    title: 'Story',
    text: `Words ${randomUUID()}.`,
    blocks: ['p' as const],
    ...fields,
  };
  return {
    ...assembleRecord(article, { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' }, firstSeen(at)),
    ...stored,
  };
}

export function describePorts(ports: () => StorePorts, bucket: () => TestBucket): void {
  describe('upload statuses', () => {
    it('are read as they were claimed, with the head of the object', async () => {
      const { uploads } = ports();
      const object = `b/${randomUUID()}`;
      expect(await uploads.read(object, 'v1')).toEqual({ row: null, head: null });
      const row = uploadRow(object, { sequencer: '0A', detail: 'Ünïcode' });
      const head = { version: 'v1', sequencer: '0A' };
      expect(await uploads.claim({ row, wasRow: null, head: { next: head, was: null } })).toBe(true);
      expect(await uploads.read(object, 'v1')).toEqual({ row, head });
      expect(await uploads.read(object, 'v2')).toEqual({ row: null, head });
    });

    it('are claimed by one of many that try at once', async () => {
      const { uploads } = ports();
      const object = `b/${randomUUID()}`;
      const claims = Array.from({ length: 8 }, (_, i) =>
        uploads.claim({
          row: uploadRow(object, { lease: `lease${i}` }),
          wasRow: null,
          head: { next: { version: 'v1', sequencer: null }, was: null },
        }),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    });

    it('are claimed only on what was read: row, lease, attempts and head', async () => {
      const { uploads } = ports();
      const object = `b/${randomUUID()}`;
      const first = uploadRow(object);
      const head = { version: 'v1', sequencer: '0A' };
      await uploads.claim({ row: first, wasRow: null, head: { next: head, was: null } });
      const next = uploadRow(object, { attempts: 2, lease: 'lease2' });
      const stale = [
        { row: next, wasRow: null, head: null },
        { row: next, wasRow: { ...first, attempts: 7 }, head: null },
        { row: next, wasRow: { ...first, lease: 'other' }, head: null },
        { row: next, wasRow: { ...first, lease: null }, head: null },
        { row: next, wasRow: first, head: { next: head, was: null } },
        { row: next, wasRow: first, head: { next: head, was: { version: 'v0', sequencer: '0A' } } },
        { row: next, wasRow: first, head: { next: head, was: { version: 'v1', sequencer: null } } },
        { row: next, wasRow: first, head: { next: head, was: { version: 'v1', sequencer: '09' } } },
      ];
      for (const claim of stale) expect(await uploads.claim(claim)).toBe(false);
      expect(await uploads.read(object, 'v1')).toEqual({ row: first, head });

      const newHead = { version: 'v2', sequencer: null };
      expect(await uploads.claim({ row: next, wasRow: first, head: { next: newHead, was: head } })).toBe(true);
      expect(await uploads.read(object, 'v1')).toEqual({ row: next, head: newHead });
      const again = uploadRow(object, { attempts: 3, lease: 'lease3' });
      const back = { next: head, was: newHead };
      expect(await uploads.claim({ row: again, wasRow: next, head: back })).toBe(true);
    });

    it('are settled by the lease that holds them and by no other', async () => {
      const { uploads } = ports();
      const object = `b/${randomUUID()}`;
      const row = uploadRow(object);
      const end = uploadRow(object, ended);
      expect(await uploads.settle(end, 'lease1')).toBe(false);
      await uploads.claim({ row, wasRow: null, head: null });
      expect(await uploads.settle(end, 'lease2')).toBe(false);
      expect(await uploads.settle(end, 'lease1')).toBe(true);
      expect((await uploads.read(object, 'v1')).row).toEqual(end);
      expect(await uploads.settle(row, 'lease1')).toBe(false);
    });
  });

  describe('articles', () => {
    async function claimed(): Promise<{ row: UploadRow; lease: string }> {
      const row = uploadRow(`b/${randomUUID()}`);
      const head = { next: { version: row.version, sequencer: null }, was: null };
      await ports().uploads.claim({ row, wasRow: null, head });
      return { row: { ...row, ...ended }, lease: 'lease1' };
    }

    it('are read as they were committed, and name the first with their text', async () => {
      const { articles, uploads } = ports();
      const article = record();
      const { row, lease } = await claimed();
      expect(await articles.read(article.id)).toBeNull();
      const commit = { article, was: null, firstWithText: { was: NOBODY }, leftText: null, row, lease };
      expect(await articles.commit(commit)).toBe('committed');
      expect(await articles.read(article.id)).toEqual(article);
      expect(await articles.firstWithText(article.contentHash)).toBe(article.id);
      expect((await uploads.read(row.object, 'v1')).row).toEqual(row);
    });

    it('keep text of any size and writing, and the absence of a site', async () => {
      const { articles } = ports();
      const large = record({ site: null, text: `${randomUUID()} 新聞の記事😀 `.repeat(10_000) });
      expect(
        await articles.commit({ article: large, was: null, firstWithText: null, leftText: null, ...(await claimed()) }),
      ).toBe('committed');
      expect(await articles.read(large.id)).toEqual(large);
      const small = record({ canonicalUrl: large.canonicalUrl, text: 'Short now.' }, { revision: 2 });
      expect(
        await articles.commit({
          article: small,
          was: large,
          firstWithText: null,
          leftText: null,
          ...(await claimed()),
        }),
      ).toBe('committed');
      expect(await articles.read(large.id)).toEqual(small);
    });

    it.each([
      ['the lease was lost', 'lease-lost'],
      ['a newer version is known', 'newer-version'],
      ['the record was written meanwhile', 'conflict'],
      ['the record was deleted or never was', 'conflict'],
      ['the record is there already', 'conflict'],
      ['another record has become the first with the text', 'conflict'],
      ['it is not the first with the text it leaves', 'conflict'],
    ] as const)('and everything with them stay as they are where %s', async (why, outcome) => {
      const { articles, uploads } = ports();
      const stored = record();
      await articles.commit({
        article: stored,
        was: null,
        firstWithText: { was: NOBODY },
        leftText: null,
        ...(await claimed()),
      });
      const { row, lease } = await claimed();
      const before = await uploads.read(row.object, row.version);

      const next = { ...stored, title: 'Changed', updatedAt: '2026-03-01T09:00:00.000Z' };
      const commit = {
        article: next,
        was: stored as ArticleRecord | null,
        firstWithText: null as Commit['firstWithText'],
        leftText: null as string | null,
        row,
        lease,
      };
      if (why === 'the lease was lost') commit.lease = 'other';
      if (why === 'a newer version is known') {
        const newer = { version: 'v2', sequencer: null };
        const other = uploadRow(row.object, { version: 'v2' });
        await uploads.claim({ row: other, wasRow: null, head: { next: newer, was: before.head } });
        before.head = newer;
      }
      if (why === 'the record was written meanwhile') commit.was = { ...stored, updatedAt: '2026-03-01T07:00:00.000Z' };
      if (why === 'the record was deleted or never was')
        commit.article = { ...next, id: randomUUID().replaceAll('-', '') };
      if (why === 'the record is there already') commit.was = null;
      if (why === 'another record has become the first with the text') commit.firstWithText = { was: NOBODY };
      if (why === 'it is not the first with the text it leaves') commit.leftText = record().contentHash;

      expect(await articles.commit(commit)).toBe(outcome);
      expect(await articles.read(stored.id)).toEqual(stored);
      expect(await articles.firstWithText(stored.contentHash)).toBe(stored.id);
      expect(await uploads.read(row.object, row.version)).toEqual(before);
    });

    it('become the first with a text in place of the one that was', async () => {
      const { articles } = ports();
      const first = record();
      await articles.commit({
        article: first,
        was: null,
        firstWithText: { was: NOBODY },
        leftText: null,
        ...(await claimed()),
      });
      const heir = record({ text: first.text });
      const inherit = async (as: ArticleRecord | null) =>
        articles.commit({
          article: heir,
          was: null,
          firstWithText: { was: { id: first.id, record: as } },
          leftText: null,
          ...(await claimed()),
        });
      // It changed since it was read, and may be the first again.
      for (const as of [null, { ...first, updatedAt: '2026-03-01T07:00:00.000Z' }]) {
        expect(await inherit(as)).toBe('conflict');
        expect(await articles.read(heir.id)).toBeNull();
      }
      expect(await inherit(first)).toBe('committed');
      expect(await articles.firstWithText(first.contentHash)).toBe(heir.id);
    });

    it('leave a text without a first, which one of its duplicates then becomes, unless another does', async () => {
      const { articles } = ports();
      const first = record({}, { firstSeenAt: '2026-03-01T08:00:00.000Z' });
      const { contentHash } = first;
      await articles.commit({
        article: first,
        was: null,
        firstWithText: { was: NOBODY },
        leftText: null,
        ...(await claimed()),
      });
      const seen = ['2026-03-01T10:00:00.000Z', '2026-03-01T09:00:00.000Z'];
      const [later, sooner] = seen.map((firstSeenAt) =>
        record({ text: first.text }, { firstSeenAt, duplicateOf: first.id }),
      ) as [ArticleRecord, ArticleRecord];
      for (const article of [later, sooner]) {
        await articles.commit({ article, was: null, firstWithText: null, leftText: null, ...(await claimed()) });
      }
      expect(await articles.duplicatesWithText(contentHash)).toEqual([sooner.id, later.id]);
      expect(await articles.duplicatesWithText(contentHash, 1)).toEqual([sooner.id]);

      const moved = record({ canonicalUrl: first.canonicalUrl, text: `Another ${randomUUID()}.` }, { revision: 2 });
      const move = { article: moved, was: first, firstWithText: { was: NOBODY }, leftText: contentHash };
      expect(await articles.commit({ ...move, ...(await claimed()) })).toBe('committed');
      expect(await articles.firstWithText(contentHash)).toBeNull();

      const updatedAt = '2026-03-01T11:00:00.000Z';
      const heir = { was: sooner, now: { ...sooner, duplicateOf: null, updatedAt } };
      expect(await articles.succeed({ contentHash, was: { id: first.id, record: moved }, heir })).toBe(false);
      expect(await articles.read(sooner.id)).toEqual(sooner);
      expect(await articles.succeed({ contentHash, was: NOBODY, heir })).toBe(true);
      expect(await articles.succeed({ contentHash, was: NOBODY, heir })).toBe(false);
      expect(await articles.firstWithText(contentHash)).toBe(sooner.id);
      expect(await articles.read(sooner.id)).toEqual(heir.now);

      const follow = { was: later, now: { ...later, duplicateOf: sooner.id, updatedAt } };
      expect(await articles.replace(follow)).toBe(true);
      expect(await articles.replace(follow)).toBe(false);
      expect(await articles.read(later.id)).toEqual(follow.now);
      expect(await articles.duplicatesWithText(contentHash)).toEqual([later.id]);
    });
  });

  describe('objects', () => {
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

    it('are read at their version, with what was said of them', async () => {
      const { objects } = ports();
      const { name, put } = bucket();
      const key = `in ${randomUUID()}/ü+%2B 新.txt`;
      const old = await put(key, 'Old.', { source: 'wire' }, 'text/plain; charset=gbk');
      await put(key, 'New.');
      const reading = await objects.read({ bucket: name, key, versionId: old }, 100);
      expect(reading).toMatchObject({
        kind: 'object',
        object: { contentType: 'text/plain; charset=gbk', metadata: { source: 'wire' }, uploadedAt: expect.any(Date) },
      });
      if (reading.kind === 'object') expect(text(reading.object.bytes)).toBe('Old.');
    });

    it('are not read beyond the limit', async () => {
      const { objects } = ports();
      const { name, put } = bucket();
      const versionId = await put('large', 'x'.repeat(101));
      expect(await objects.read({ bucket: name, key: 'large', versionId }, 100)).toEqual({
        kind: 'too-large',
        bytes: 101,
      });
      expect(await objects.read({ bucket: name, key: 'large', versionId }, 101)).toMatchObject({ kind: 'object' });
    });

    it('are gone once their version is deleted, and only then', async () => {
      const { objects } = ports();
      const { name, put, remove } = bucket();
      const key = randomUUID();
      const old = await put(key, 'Old.');
      await put(key, 'New.');
      expect(await objects.read({ bucket: name, key, versionId: old }, 100)).toMatchObject({ kind: 'object' });
      await remove(key, old);
      expect(await objects.read({ bucket: name, key, versionId: old }, 100)).toEqual({ kind: 'gone' });
      expect(await objects.read({ bucket: name, key: randomUUID(), versionId: old }, 100)).toEqual({ kind: 'gone' });
    });

    it('know their newest version, and nothing of keys that begin alike', async () => {
      const { objects } = ports();
      const { name, put, remove } = bucket();
      const key = `a ü+%2B新 ${randomUUID()}`;
      expect(await objects.newestVersion(name, key)).toBeNull();
      await put(`${key}.html`, 'Another.');
      expect(await objects.newestVersion(name, key)).toBeNull();
      const old = await put(key, 'Old.');
      const fresh = await put(key, 'New.');
      expect(await objects.newestVersion(name, key)).toBe(fresh);
      await remove(key, fresh);
      expect(await objects.newestVersion(name, key)).toBe(old);
    });
  });
}
