import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { NO_FEED_HINTS } from '../../functions/article/feed-hints.ts';
import { fetchedKey, hintsKey, hintsPrefix } from '../../functions/article/fetched-keys.ts';
import { articleId } from '../../functions/article/identity.ts';
import { sketchKeys, sketchOf } from '../../functions/article/sketch.ts';
import { bodyPrefix } from '../../functions/aws/articles/article-items.ts';
import { articleStore } from '../../functions/aws/articles/article-store.ts';
import { nearFingerprint } from '../../functions/aws/articles/fingerprint-items.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { objectVersions } from '../../functions/aws/uploads/object-versions.ts';
import { FINGERPRINTS } from '../../functions/names.ts';
import { announce } from '../../local/announcement.ts';
import { copydesk } from '../support/cli.ts';
import { deployed, type Fate, ingest, longParagraphsAbout, page, paragraphsAbout } from './stack.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copydesk-withdraw-'));
const { outputs, target } = deployed();
const documents = documentClient(connectionTo(target));
const s3 = s3Client(connectionTo(target));
const articles = articleStore(documents, s3, outputs);
const here = (...argv: string[]) => copydesk(argv, { cwd: folder });

beforeAll(async () => {
  const { endpoint, region, stack } = inject('deployed');
  mkdirSync(path.join(folder, '.copydesk'));
  await announce(path.join(folder, '.copydesk'), { endpoint, region, stackName: stack.name, pid: process.pid });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const site = `${randomUUID()}.example`;
const url = `https://${site}/shipyard`;

function longStory(subject: string): Uint8Array {
  return page({ title: `The story of ${subject}`, url, paragraphs: longParagraphsAbout(subject) });
}

const upload = (key: string, subject: string): Promise<Fate> => ingest({ key, body: longStory(subject), url });

const bodiesOf = (id: string): Promise<string[]> => keysIn(outputs.bodiesBucket, bodyPrefix(id));

async function keysIn(bucket: string, prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

async function membersNear(text: string): Promise<string[]> {
  const sketch = sketchOf(text);
  if (!sketch) throw new Error('The text is too short for this test.');
  const pages = await Promise.all(
    sketchKeys(sketch).map((key) =>
      documents.send(
        new QueryCommand({
          TableName: outputs.fingerprintsTable,
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': FINGERPRINTS.key },
          ExpressionAttributeValues: { ':key': nearFingerprint(key) },
        }),
      ),
    ),
  );
  return pages.flatMap(({ Items = [] }) => Items.map((item) => item.id as string));
}

async function rawVersions(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, versionId } of objectVersions(s3, outputs.uploadsBucket, { prefix })) {
    found.push(`${key} ${versionId}`);
  }
  return found;
}

describe('copydesk withdraw on a deployed stack', () => {
  it('deletes what a record said wherever it lay, keeps copies out until it is restored, and purges the raw copies', async () => {
    const key = `${randomUUID()}/shipyard.html`;
    await upload(key, 'the shipyard');
    const { article } = await upload(key, 'the shipyard, enlarged,');
    if (!article) throw new Error('There is no article to withdraw.');
    const { id, text, sortAt } = article;
    expect(article).toMatchObject({ revision: 2, canonicalUrl: url });
    expect(await bodiesOf(id)).toContainEqual(expect.stringContaining('/revisions/'));
    expect((await bodiesOf(id)).length).toBeGreaterThanOrEqual(2);
    expect(await membersNear(text)).toContain(id);
    const day = sortAt.slice(0, 10);
    const range = { since: sortAt, until: sortAt };
    const listed = async () => ({
      bySite: (await articles.listBySite(site)).items.some((card) => card.id === id),
      byDay: (await articles.listByDays({ from: day, to: day }, { today: day, limit: 1_000 })).items.some(
        (card) => card.id === id,
      ),
      byLanguage: (await articles.listByFacet('language:en', range)).items.some((card) => card.id === id),
      revisions: (await articles.listRevisions(id)).items.length,
    });
    expect(await listed()).toEqual({ bySite: true, byDay: true, byLanguage: true, revisions: 1 });

    const withdrawn = await here('withdraw', url, '--reason', 'court order 12/26');
    expect(withdrawn.stderr).toMatch(/^(?:To .*\n)?$/);
    expect(withdrawn).toMatchObject({ code: 0, stdout: expect.stringContaining(`Withdrawn: ${id} (${url}).`) });
    expect(withdrawn.stdout).toMatch(/1 earlier revision and [2-9] objects of the bodies bucket deleted/);
    const gone = await here('get', id);
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toMatch(/WITHDRAWN.*withdrawn on \d{4}-\d\d-\d\d \(court order 12\/26\)/s);
    expect(await listed()).toEqual({ bySite: false, byDay: false, byLanguage: false, revisions: 0 });
    expect(await bodiesOf(id)).toEqual([]);
    expect(await membersNear(text)).not.toContain(id);
    expect(JSON.stringify(await articles.read(id))).not.toContain('shipyard,');
    expect(await rawVersions(key)).toHaveLength(2);

    const later = await upload(key, 'the shipyard, once more,');
    expect(later.upload).toMatchObject({ status: 'rejected', reason: 'WITHDRAWN', articleIds: [id] });
    expect(later.upload.detail).toContain('court order 12/26');
    expect(await bodiesOf(id)).toEqual([]);

    expect(await here('withdraw', '--restore', id)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('may be ingested again'),
    });
    const back = await upload(`${key}.again.html`, 'the shipyard, reopened,');
    expect(back.article).toMatchObject({ id, revision: 3, title: expect.stringContaining('reopened') });

    const purged = await here('withdraw', '--purge', '--json', id);
    expect(purged.code).toBe(0);
    // Two that made it, the one that was turned down, and the one that brought it back.
    expect(JSON.parse(purged.stdout)).toMatchObject({ purged: 4, before: false, tombstone: { id, purged: true } });
    expect(await rawVersions(key)).toEqual([]);
    expect(await bodiesOf(id)).toEqual([]);
    expect((await here('status', key)).stdout).toMatch(
      new RegExp(`article ${id}, withdrawn on \\d{4}-\\d\\d-\\d\\d, and its raw copies deleted`),
    );
  });

  it('purges what a feed said of a fetched page, which the record had been filled from', async () => {
    const address = `https://${site}/crane`;
    const id = articleId(address, '');
    const feed = { ...NO_FEED_HINTS, authors: ['Ada Quill'], publishedAt: '2026-01-05T08:30:00Z' };
    const json = JSON.stringify({ feed, feedUrl: `https://${site}/feed`, section: 'Harbour', answer: null });
    const hints = hintsKey(id, json);
    await s3.send(new PutObjectCommand({ Bucket: outputs.bodiesBucket, Key: hints, Body: json }));
    const body = page({ title: 'The crane is gone', paragraphs: paragraphsAbout('the crane') });
    const { article } = await ingest({ key: fetchedKey(site, id), body, url: address, hints });
    expect(article).toMatchObject({
      id,
      authors: [{ name: 'Ada Quill', url: null }],
      publishedAt: '2026-01-05T08:30:00Z',
      section: { label: 'Harbour' },
      provenance: { authors: 'feed author', publishedAt: 'feed date' },
      quality: { warnings: [] },
    });

    expect(await here('withdraw', id)).toMatchObject({ code: 0 });
    expect(await keysIn(outputs.bodiesBucket, hintsPrefix(id))).toEqual([hints]);
    expect(await here('withdraw', '--purge', id)).toMatchObject({ code: 0 });
    expect(await keysIn(outputs.bodiesBucket, hintsPrefix(id))).toEqual([]);
  });

  it('says of an article that is unknown or not withdrawn what is wrong, and does the rest', async () => {
    const { article } = await ingest({
      key: `${randomUUID()}.html`,
      body: page({ title: 'The quay', paragraphs: paragraphsAbout('the quay') }),
      url: `https://${site}/quay`,
    });
    const id = article?.id ?? '';
    const unknown = 'f'.repeat(32);
    expect(await here('withdraw', '--restore', id)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('NOT_WITHDRAWN'),
    });
    expect(await here('withdraw', unknown, id)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`Withdrawn: ${id}`),
      stderr: expect.stringContaining('NOT_FOUND'),
    });
    expect(await here('withdraw', '--purge', '--restore', id)).toMatchObject({ code: 2 });
  });
});
