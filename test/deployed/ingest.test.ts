import { randomUUID } from 'node:crypto';
import { DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { sendMessages } from '../../functions/aws/queues/queue-sender.ts';
import { sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { reingestMessage } from '../../functions/ingest/notification.ts';
import { deployed, deployedPipeline, eventually, fateOf, ingest, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const pipeline = deployedPipeline();
const sqs = sqsClient(connectionTo(target));

/** A key that no other test uses, in a folder so that nothing depends on it being at the top. */
const freshKey = (name = 'page.html') => `${randomUUID()}/${name}`;
const freshUrl = () => `https://news.example/${randomUUID()}`;
const freshPage = (url?: string) =>
  page({
    title: 'Open to visitors again',
    paragraphs: paragraphsAbout(`the tower ${randomUUID()}`),
    ...(url !== undefined && { url }),
  });

describe('an uploaded article', () => {
  it('becomes a record that says where it came from', async () => {
    const url = freshUrl();
    const key = freshKey();
    const { upload, article } = await ingest({ key, body: freshPage(url) });
    expect(upload).toMatchObject({ status: 'ingested', reason: null, attempts: 1, mediaType: 'text/html' });
    expect(article).toMatchObject({
      title: 'Open to visitors again',
      canonicalUrl: url,
      site: 'news.example',
      revision: 1,
      duplicateOf: null,
      raw: { bucket: outputs.uploadsBucket, key, versionId: upload.version, charset: 'utf-8' },
    });
    expect(article?.text).toContain('The keeper said');
    expect(article?.text).not.toContain('Home');
  });

  it('in plain text becomes a record too', async () => {
    const words = paragraphsAbout(`the mill ${randomUUID()}`);
    const body = Buffer.from(['Open to visitors again', ...words].join('\n\n'));
    const { upload, article } = await ingest({ key: freshKey('copy.txt'), body, contentType: 'text/plain' });
    expect(upload).toMatchObject({ status: 'ingested', mediaType: 'text/plain' });
    expect(article?.title).toBe('Open to visitors again');
  });

  it('uploaded in parts is ingested once it is whole', async () => {
    const padding = Buffer.from(`<!-- ${'x'.repeat(9_000_000)} -->`);
    const body = Buffer.concat([freshPage(freshUrl()), padding]);
    const { upload, article } = await ingest({ key: freshKey('large.html'), body });
    expect(upload).toMatchObject({ status: 'ingested', bytes: body.length });
    // S3 marks the ETag of an object that came in parts with their number.
    expect(article?.raw.etag).toMatch(/-2$/);
  });

  it.each([
    ['spaces', 'two words.html'],
    ['a plus', 'a+b.html'],
    ['a percent sign', '100%.html'],
    ['what looks encoded', 'a%2Bb%20c.html'],
    ['Unicode', 'ünïcode/記事-статья.html'],
    ['characters of markup', `<it's "this" & that>.html`],
  ])('is found under a key with %s', async (_, name) => {
    const key = freshKey(name);
    const { upload, article } = await ingest({ key, body: freshPage() });
    expect(upload).toMatchObject({ object: `${outputs.uploadsBucket}/${key}`, status: 'ingested' });
    expect(article?.raw.key).toBe(key);
  });

  it('takes its address, its source and its time from the metadata', async () => {
    const url = freshUrl();
    const fetchedAt = new Date('2026-03-04T05:06:07.000Z');
    const { article } = await ingest({ key: freshKey(), body: freshPage(), url, sourceId: 'harbour-feed', fetchedAt });
    expect(article).toMatchObject({
      canonicalUrl: url,
      sourceId: 'harbour-feed',
      fetchedAt: fetchedAt.toISOString(),
    });
  });
});

describe('an article that comes again', () => {
  it('with another text is a new revision of the same record', async () => {
    const [url, key] = [freshUrl(), freshKey()];
    const first = await ingest({ key, body: freshPage(url) });
    const second = await ingest({ key, body: freshPage(url) });
    expect(second.upload.status).toBe('ingested');
    expect(second.article).toMatchObject({ id: first.article?.id, revision: 2 });
    expect(second.article?.firstSeenAt).toBe(first.article?.firstSeenAt);
    expect(await fateOf(first.upload)).toMatchObject({ upload: { status: 'ingested' } });
  });

  it('under another key without a change leaves its record as it was', async () => {
    const body = freshPage(freshUrl());
    const first = await ingest({ key: freshKey(), body });
    const again = await ingest({ key: freshKey(), body });
    expect(again.upload).toMatchObject({ status: 'unchanged', articleIds: first.upload.articleIds });
    expect(again.article).toEqual(first.article);
  });

  it('at another address is a duplicate of the first', async () => {
    const words = paragraphsAbout(`the bridge ${randomUUID()}`);
    const pageAt = (url: string) => page({ title: 'Open to visitors again', url, paragraphs: words });
    const first = await ingest({ key: freshKey(), body: pageAt(freshUrl()) });
    const copy = await ingest({ key: freshKey(), body: pageAt(freshUrl()) });
    expect(copy.upload.status).toBe('duplicate');
    expect(copy.article?.duplicateOf).toBe(first.article?.id);
    expect(copy.article?.id).not.toBe(first.article?.id);
  });

  it('changes nothing when only its notification does', async () => {
    const first = await ingest({ key: freshKey(), body: freshPage(freshUrl()) });
    const { raw } = first.article ?? {};
    const version = { bucket: outputs.uploadsBucket, key: raw?.key ?? '', versionId: first.upload.version };
    // The last one is processed after the repeated ones, or in their batch behind them.
    const after = { bucket: outputs.uploadsBucket, key: freshKey(), versionId: 'null' };
    await sendMessages(sqs, outputs.ingestQueue, [version, version, version, after].map(reingestMessage));
    await fateOf({ object: `${after.bucket}/${after.key}`, version: after.versionId });
    expect(await fateOf(first.upload)).toEqual(first);
  });
});

describe('what is no article', () => {
  it.each([
    ['nothing', 'EMPTY', Buffer.alloc(0)],
    ['white space', 'EMPTY', Buffer.from(' \r\n\t\n')],
    ['a PDF file', 'UNSUPPORTED_TYPE', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', 'latin1')],
    ['binary data', 'BINARY', Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 89) % 256))],
    ['more bytes than are accepted', 'TOO_LARGE', Buffer.alloc(10 * 1024 * 1024 + 1, 'word ')],
  ])('is rejected with its reason: %s', async (_, reason, body) => {
    const { upload, article } = await ingest({ key: freshKey('article.html'), body });
    expect(upload).toMatchObject({ status: 'rejected', reason, articleIds: [] });
    expect(upload.detail).toMatch(/\.$/);
    expect(article).toBeNull();
  });
});

describe('a message that cannot be understood', () => {
  it('ends among the dead letters while the others of its batch go on', async () => {
    const poison = `no JSON: ${randomUUID()}`;
    const good = { bucket: outputs.uploadsBucket, key: freshKey(), versionId: 'null' };
    await sendMessages(sqs, outputs.ingestQueue, [poison, reingestMessage(good)]);
    // An object that is not there: settled all the same.
    const { upload } = await fateOf({ object: `${good.bucket}/${good.key}`, version: good.versionId });
    expect(upload).toMatchObject({ status: 'rejected', reason: 'OBJECT_GONE' });

    const dead = await eventually(async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: outputs.ingestDeadLetterQueue, MaxNumberOfMessages: 10 }),
      );
      return Messages.find(({ Body }) => Body === poison) ?? null;
    }, 'the poison is among the dead letters');
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: outputs.ingestDeadLetterQueue, ReceiptHandle: dead.ReceiptHandle }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: outputs.ingestDeadLetterQueue,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    expect(Attributes).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });
});

describe('the tables', () => {
  it('list the article by its site and by its day', async () => {
    const url = freshUrl();
    const { article } = await ingest({ key: freshKey(), body: freshPage(url) });
    const bySite = await pipeline.articles.listBySite('news.example', { limit: 50 });
    expect(bySite.items.map(({ id }) => id)).toContain(article?.id);
    const day = article?.sortAt.slice(0, 10) ?? '';
    const byDay = await pipeline.articles.listByDays({ from: day, to: day }, { today: day, limit: 1000 });
    expect(byDay.items.map(({ id }) => id)).toContain(article?.id);
  });
});
