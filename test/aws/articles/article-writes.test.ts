import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../../functions/article/assemble.ts';
import type { ArticleRecord } from '../../../functions/article/record.ts';
import { articleStore } from '../../../functions/aws/articles/article-store.ts';
import { withdrawalPorts } from '../../../functions/aws/articles/withdrawals.ts';
import type { UploadRow } from '../../../functions/ingest/ports.ts';
import { withdraw } from '../../../functions/withdraw/withdraw.ts';
import { emptyArticle } from '../../support/articles.ts';

/** What DynamoDB takes in one transaction. */
const MAX_ITEMS = 100;
const names = {
  articlesTable: 'articles',
  facetsTable: 'facets',
  revisionsTable: 'revisions',
  fingerprintsTable: 'fingerprints',
  uploadsTable: 'uploads',
  bodiesBucket: 'bodies',
};

/** More tags and authors than have lists, and nothing in common with another of these. */
function fullest(name: string): ArticleRecord {
  const article = {
    ...structuredClone(emptyArticle),
    canonicalUrl: `https://${name}.example/1`,
    site: `${name}.example`,
    title: `Story of ${name}`,
    section: { label: name, slug: name },
    language: name.slice(0, 2),
    authors: Array.from({ length: 30 }, (_, i) => ({ name: `${name} Writer ${i}`, url: null })),
    tags: Array.from({ length: 60 }, (_, i) => ({ label: `${name} ${i}`, slug: `${name}-${i}` })),
    text: Array.from({ length: 200 }, (_, i) => `${name}${i}`).join(' '),
    blocks: ['p' as const],
  };
  const raw = { bucket: 'b', key: 'k', versionId: 'v1', etag: 'e', bytes: 1, mediaType: 'text/html', charset: 'utf-8' };
  const at = new Date('2026-03-01T08:00:00Z');
  const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' };
  return { ...assembleRecord(article, origin, firstSeen(at)), clusterId: name.padEnd(32, '0') };
}

/** Stands in for tables, and keeps what is written. */
function recorder() {
  const transactions: unknown[][] = [];
  const send = async ({ input }: { input: { TransactItems: unknown[] } }) => {
    transactions.push(input.TransactItems);
    return {};
  };
  return { transactions, documents: { send } as unknown as DynamoDBDocumentClient };
}

const noBodies = {} as S3Client;

describe('the transaction of the largest change', () => {
  it('that changes all an article is found by is one that DynamoDB takes', async () => {
    const { transactions, documents } = recorder();
    const was = fullest('before');
    const article = { ...fullest('after'), id: was.id, revision: 2 };
    expect(article.facets).toHaveLength(30);
    const row: UploadRow = {
      object: 'b/k',
      version: 'v1',
      status: 'ingested',
      reason: null,
      detail: null,
      articleIds: [was.id],
      sequencer: null,
      bytes: 1,
      mediaType: null,
      charset: null,
      attempts: 1,
      leaseUntil: null,
      receivedAt: was.updatedAt,
      updatedAt: was.updatedAt,
      durationMs: 1,
      lease: null,
    };
    const commit = {
      article,
      was,
      firstWithText: { was: { id: null, record: null } },
      leftText: was.contentHash,
      row,
      lease: 'lease1',
    };
    expect(await articleStore(documents, noBodies, names).commit(commit)).toBe('committed');
    const [items = []] = transactions;
    // 31 facets and 6 fingerprints go and come, and record, revision, both texts, upload and head are written.
    expect(items).toHaveLength(2 * 31 + 2 * 6 + 6);
    expect(items.length).toBeLessThanOrEqual(MAX_ITEMS);
  });

  it('that withdraws an article and lists its heir in its place is one that DynamoDB takes', async () => {
    const gone = fullest('gone');
    const heir = { ...fullest('heir'), text: gone.text, contentHash: gone.contentHash, duplicateOf: gone.id };
    const { transactions, documents } = recorder();
    const { articles } = withdrawalPorts(documents, noBodies, names);
    const ports = {
      now: () => new Date('2026-03-02T08:00:00Z'),
      raw: { purge: async () => ({ versions: 0, unread: [] }) },
      articles: {
        ...articles,
        read: async (id: string) => [gone, heir].find((record) => record.id === id) ?? null,
        firstWithText: async () => gone.id,
        duplicatesWithText: async () => [heir.id],
        formerTexts: async () => [],
        erase: async () => ({ revisions: 0, bodies: 0 }),
      },
    };
    await withdraw({ id: gone.id, reason: null, purge: false }, ports);
    const [burial = []] = transactions;
    // 31 facets and 6 fingerprints of both, two records, the heir's row as a duplicate and the first text.
    expect(burial).toHaveLength(2 * 31 + 2 * 6 + 4);
    expect(burial.length).toBeLessThanOrEqual(MAX_ITEMS);
  });
});
