import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { s3Client, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { uploadWriter, type WrittenObject } from '../../functions/aws/uploads/upload-writer.ts';
import { reingestMessage } from '../../functions/ingest/notification.ts';
import { deployed, fateOf, ingest, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const s3 = s3Client(connectionTo(target));
const sqs = sqsClient(connectionTo(target));
const writer = uploadWriter(s3, outputs.uploadsBucket);

const freshKey = () => `messages/${randomUUID()}.html`;
const freshUrl = () => `https://news.example/${randomUUID()}`;
const versionOf = ({ object, version }: WrittenObject) => ({
  bucket: outputs.uploadsBucket,
  key: object.slice(outputs.uploadsBucket.length + 1),
  versionId: version,
});

async function send(body: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: outputs.ingestQueue, MessageBody: body }));
}

/** As S3 would write it, with a sequencer of our choice. */
function event(upload: WrittenObject, sequencer: string): string {
  const {
    Records: [record],
  } = JSON.parse(reingestMessage(versionOf(upload)));
  record.s3.object.sequencer = sequencer;
  return JSON.stringify({ Records: [{ ...record, eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' }] });
}

describe('an object that is overwritten time and again', () => {
  it('ends with its last text, and every version with a status', async () => {
    const [key, url] = [freshKey(), freshUrl()];
    const versions: WrittenObject[] = [];
    for (let i = 1; i <= 6; i++) {
      const body = page({ title: `Open for the ${i}. time`, url, paragraphs: paragraphsAbout(`mill ${randomUUID()}`) });
      versions.push(await writer.put({ key, body, contentType: 'text/html' }));
    }
    const fates = await Promise.all(versions.map(fateOf));
    for (const { upload } of fates) expect(['ingested', 'superseded']).toContain(upload.status);
    expect(fates.at(-1)).toMatchObject({
      upload: { status: 'ingested' },
      article: { title: 'Open for the 6. time', raw: { versionId: versions.at(-1)?.version } },
    });
  });
});

describe('an article with more text than an item holds', () => {
  it('is a whole record all the same', async () => {
    const paragraphs = Array.from({ length: 12 }, (_, i) => paragraphsAbout(`die Mühle ${i}`).join(' ').repeat(120));
    const body = Buffer.from(['A long read', ...paragraphs].join('\n\n'));
    const { upload, article } = await ingest({ key: `messages/${randomUUID()}.txt`, body, contentType: 'text/plain' });
    expect(upload.status).toBe('ingested');
    const text = article?.text ?? '';
    expect(Buffer.byteLength(text)).toBeGreaterThan(400 * 1024);
    // Not compared as a whole: a failure would print all of it.
    expect(text === paragraphs.join('\n\n')).toBe(true);
    expect(article?.blocks).toHaveLength(paragraphs.length);
  });
});

describe('a message', () => {
  it('about an object that is gone is answered and not retried', async () => {
    const upload = { object: `${outputs.uploadsBucket}/${freshKey()}`, version: randomUUID() } as WrittenObject;
    await send(event(upload, '0001'));
    expect((await fateOf(upload)).upload).toMatchObject({ status: 'rejected', reason: 'OBJECT_GONE', attempts: 1 });
  });

  it('that asks for an old version again is told so by S3, and one for the newest is taken', async () => {
    const [key, url] = [freshKey(), freshUrl()];
    const body = (title: string) => page({ title, url, paragraphs: paragraphsAbout(`the mill ${randomUUID()}`) });
    const old = await writer.put({ key, body: body('Old'), contentType: 'text/html' });
    await fateOf(old);
    const newest = await writer.put({ key, body: body('New'), contentType: 'text/html' });
    await fateOf(newest);
    await send(reingestMessage(versionOf(old)));
    await send(reingestMessage(versionOf(newest)));
    await send(event(old, '0001'));
    // What is sent later is read later: after this the three were read.
    await ingest({ key: freshKey(), body: Buffer.alloc(0) });
    expect((await fateOf(old)).upload).toMatchObject({ status: 'ingested', attempts: 1 });
    expect(await fateOf(newest)).toMatchObject({
      upload: { status: 'ingested', attempts: 1 },
      article: { title: 'New' },
    });
  });

  it('with a sequencer from before the newest leaves its version superseded, deleted or not', async () => {
    const [key, url] = [freshKey(), freshUrl()];
    const { upload } = await ingest({
      key,
      body: page({ title: 'Newest', url, paragraphs: paragraphsAbout(randomUUID()) }),
    });
    const older = { object: upload.object, version: randomUUID() } as WrittenObject;
    await send(event(older, '0000'));
    expect((await fateOf(older)).upload).toMatchObject({
      status: 'superseded',
      detail: expect.stringContaining(upload.version),
    });
    await s3.send(new DeleteObjectCommand({ Bucket: outputs.uploadsBucket, Key: key }));
    expect((await fateOf({ ...older, version: upload.version })).article).toMatchObject({ title: 'Newest' });
  });

  it('by which S3 tests the queue is deleted', async () => {
    const bucket = `test-event-${randomUUID()}`;
    await send(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: bucket }));
    await ingest({ key: freshKey(), body: Buffer.alloc(0) });
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: outputs.ingestDeadLetterQueue,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
      }),
    );
    expect(Messages.filter(({ Body = '' }) => Body.includes(bucket))).toEqual([]);
  });
});
