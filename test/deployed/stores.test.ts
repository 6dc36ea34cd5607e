import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import type { UploadStatus } from '../../functions/article/upload.ts';
import { articleStore } from '../../functions/aws/articles/article-store.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { objectReader } from '../../functions/aws/uploads/object-reader.ts';
import { uploadLedger } from '../../functions/aws/uploads/upload-ledger.ts';
import { describePorts, type TestBucket } from '../ingest/ports-contract.ts';
import { emptyArticle } from '../support/articles.ts';
import { deployed } from './stack.ts';

const { outputs, target } = deployed();
const documents = documentClient(connectionTo(target));
const s3 = s3Client(connectionTo(target));
const objects = objectReader(s3);
const uploads = uploadLedger(documents, outputs.uploadsTable);
const articles = articleStore(documents, s3, outputs);

/** Versioned, as the stack makes it. What lies here is no article to the pipeline, which reads along. */
const bucket: TestBucket = {
  name: outputs.uploadsBucket,
  put: async (key, text, metadata = {}, contentType) => {
    const content = contentType === undefined ? {} : { ContentType: contentType };
    const put = new PutObjectCommand({
      Bucket: outputs.uploadsBucket,
      Key: key,
      Body: text,
      Metadata: metadata,
      ...content,
    });
    return (await s3.send(put)).VersionId as string;
  },
  remove: async (key, versionId) => {
    await s3.send(new DeleteObjectCommand({ Bucket: outputs.uploadsBucket, Key: key, VersionId: versionId }));
  },
};

const DAY_MS = 24 * 60 * 60 * 1000;
const isoDay = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
/** Long ago, and nobody else's: what other tests and earlier runs stored is not on it. */
const freshDay = () => isoDay(Math.floor(Math.random() * 100_000 * DAY_MS) + Date.parse('1600-01-01T00:00:00Z'));
const dayAfter = (day: string) => isoDay(Date.parse(`${day}T00:00:00Z`) + DAY_MS);

describe('the stores on the deployed stack', () => {
  describePorts(
    () => ({ objects, uploads, articles }),
    () => bucket,
  );

  it('read a version under the marker of a deletion, and pass the marker over when asked for the newest', async () => {
    const key = randomUUID();
    const versionId = await bucket.put(key, 'Words.');
    for (let i = 0; i < 3; i++) await s3.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key }));
    expect(await objects.read({ bucket: bucket.name, key, versionId }, 100)).toMatchObject({ kind: 'object' });
    expect(await objects.newestVersion(bucket.name, key)).toBe(versionId);
  });
});

describe('statuses', () => {
  const day = freshDay();
  const lastDay = dayAfter(dayAfter(day));

  async function store(object: string, version: string, status: UploadStatus, updatedAt: string): Promise<void> {
    const { head } = await uploads.read(object, version);
    const row = {
      object,
      version,
      status,
      reason: null,
      detail: null,
      articleIds: [],
      sequencer: null,
      bytes: null,
      mediaType: null,
      charset: null,
      attempts: 1,
      leaseUntil: null,
      receivedAt: updatedAt,
      updatedAt,
      durationMs: null,
      lease: null,
    };
    await uploads.claim({ row, wasRow: null, head: { next: { version, sequencer: null }, was: head } });
  }

  it('are found by object, the newest version unless one is named', async () => {
    const object = `b/${randomUUID()}`;
    expect(await uploads.get(object)).toBeNull();
    expect(await uploads.versionsOf(object)).toEqual([]);
    await store(object, 'v1', 'ingested', '2001-01-01T10:00:00.000Z');
    await store(object, 'v2', 'rejected', '2001-01-01T11:00:00.000Z');
    expect(await uploads.get(object)).toMatchObject({ version: 'v2', status: 'rejected' });
    expect(await uploads.get(object, 'v1')).toMatchObject({ version: 'v1', status: 'ingested' });
    expect(await uploads.get(object, 'v3')).toBeNull();
    expect((await uploads.versionsOf(object)).map(({ version }) => version)).toEqual(['v2', 'v1']);
  });

  it('are listed by status over days, the last changed first, page by page and none twice', async () => {
    const expected: string[] = [];
    for (let i = 0; i < 12; i++) {
      const object = `b/${randomUUID()}`;
      expected.unshift(object);
      const date = new Date(Date.parse(`${day}T00:00:00Z`) + i * 6 * 60 * 60 * 1000).toISOString();
      await store(object, 'v1', 'failed', date);
    }
    await store(`b/${randomUUID()}`, 'v1', 'ingested', `${day}T12:00:00.000Z`);
    for (const limit of [1, 4, 5, 12, 100]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await uploads.listByStatus('failed', { from: day, to: lastDay }, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map(({ object }) => object));
        cursor = page.cursor;
      } while (cursor);
      expect(found).toEqual(expected);
    }
    await expect(uploads.listByStatus('failed', { from: day, to: day }, { cursor: '%%%' })).rejects.toMatchObject({
      code: 'BAD_CURSOR',
    });
  });
});

describe('lists of articles', () => {
  const site = `${randomUUID()}.example`;
  const day = freshDay();

  async function store(index: number, duplicateOf: string | null = null): Promise<ArticleRecord> {
    // Several at the same instant, so that a page can end in the middle of them.
    const publishedAt = new Date(Date.parse(`${day}T00:00:00Z`) + Math.floor(index / 3) * 60_000).toISOString();
    const article = {
      ...structuredClone(emptyArticle),
      canonicalUrl: `https://${site}/${index}`,
      site,
      title: `Story ${index}`,
      section: { label: 'Politics', slug: 'politics' },
      authors: [{ name: 'A. Writer', url: null }],
      text: `Words ${index} ${randomUUID()}.`,
      publishedAt,
    };
    const raw = {
      bucket: 'b',
      key: 'k',
      versionId: 'v1',
      etag: 'e',
      bytes: 1,
      mediaType: 'text/plain',
      charset: 'utf-8',
    };
    const origin = { raw, sourceId: null, fetchedAt: new Date(publishedAt), engineVersion: '1.0.0' };
    const record = { ...assembleRecord(article, origin, firstSeen(new Date(publishedAt))), duplicateOf };
    const row = {
      object: `b/${randomUUID()}`,
      version: 'v1',
      status: 'ingested' as const,
      reason: null,
      detail: null,
      articleIds: [record.id],
      sequencer: null,
      bytes: 1,
      mediaType: null,
      charset: null,
      attempts: 1,
      leaseUntil: null,
      receivedAt: publishedAt,
      updatedAt: publishedAt,
      durationMs: 1,
      lease: 'lease1' as string | null,
    };
    const head = { next: { version: 'v1', sequencer: null }, was: null };
    await uploads.claim({ row, wasRow: null, head });
    const commit = {
      article: record,
      was: null,
      firstWithText: null,
      leftText: null,
      row: { ...row, lease: null },
      lease: 'lease1',
    };
    expect(await articles.commit(commit)).toBe('committed');
    return record;
  }

  it('hold cards, newest first, page by page and none twice; the one by day leaves duplicates out', async () => {
    const stored: ArticleRecord[] = [];
    for (let i = 0; i < 14; i++) stored.push(await store(i));
    const duplicate = await store(14, 'f'.repeat(32));

    for (const limit of [1, 3, 5, 14, 100]) {
      const collect = async (list: (cursor: string | null) => ReturnType<typeof articles.listByDays>) => {
        const found = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof articles.listByDays>> = await list(cursor);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          found.push(...page.items);
          cursor = page.cursor;
        } while (cursor);
        expect(found.map(({ sortAt }) => sortAt)).toEqual(
          found
            .map(({ sortAt }) => sortAt)
            .sort()
            .reverse(),
        );
        return found;
      };
      const byDay = await collect((cursor) =>
        articles.listByDays({ from: day, to: day }, { today: day, limit, cursor }),
      );
      expect(byDay.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => id).sort());
      const bySite = await collect((cursor) => articles.listBySite(site, { limit, cursor }));
      expect(bySite.map(({ id }) => id).sort()).toEqual([...stored, duplicate].map(({ id }) => id).sort());
      expect(bySite.find(({ id }) => id === duplicate.id)).toEqual({
        id: duplicate.id,
        site,
        sortAt: duplicate.sortAt,
        title: 'Story 14',
        canonicalUrl: duplicate.canonicalUrl,
        siteName: null,
        sectionLabel: 'Politics',
        authorNames: ['A. Writer'],
        publishedAt: duplicate.publishedAt,
        language: null,
        wordCount: duplicate.wordCount,
        duplicateOf: duplicate.duplicateOf,
        clusterId: duplicate.clusterId,
      });
      expect(byDay.every((card) => card.site === site)).toBe(true);
    }

    const since = await articles.listBySite(site, { since: `${day}T00:02:00.000Z` });
    expect(since.items).toHaveLength(9);
    const within = await articles.listBySite(site, { since: day, until: day });
    expect(within.items).toHaveLength(15);
    const until = await articles.listBySite(site, { until: `${day}T00:00` });
    expect(until.items).toHaveLength(3);
  });
});
