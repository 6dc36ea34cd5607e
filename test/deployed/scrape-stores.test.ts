import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DescribeTableCommand, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hintsKey } from '../../functions/article/fetched-keys.ts';
import { fetchQueue } from '../../functions/aws/sources/fetch-queue.ts';
import { hintObjects } from '../../functions/aws/sources/hint-objects.ts';
import { hostStore } from '../../functions/aws/sources/host-store.ts';
import { pageStore } from '../../functions/aws/sources/page-store.ts';
import { rawPages } from '../../functions/aws/sources/raw-pages.ts';
import { sourceStore } from '../../functions/aws/sources/source-store.ts';
import { documentClient, s3Client, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { describePorts } from '../scrape/ports-contract.ts';
import { deployed } from './stack.ts';

const { outputs, target } = deployed();
const documents = documentClient(connectionTo(target));
const s3 = s3Client(connectionTo(target));
const sqs = sqsClient(connectionTo(target));

/** A table made like a deployed one: the deployed schedule would claim what the contract makes due. */
async function twinOf(table: string): Promise<string> {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: table }));
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] } = Table ?? {};
  const name = `${table}-${randomUUID().slice(0, 8)}`;
  await documents.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema: KeySchema as KeySchemaElement[],
      ...(GlobalSecondaryIndexes.length > 0 && {
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
      }),
    }),
  );
  return name;
}

describe('the stores of scrape on tables like the deployed ones', () => {
  const stores = {
    sources: sourceStore(documents, ''),
    pages: pageStore(documents, ''),
    hosts: hostStore(documents, ''),
    hints: hintObjects(s3, outputs.bodiesBucket),
  };
  beforeAll(async () => {
    stores.sources = sourceStore(documents, await twinOf(outputs.sourcesTable));
    stores.pages = pageStore(documents, await twinOf(outputs.pagesTable));
    stores.hosts = hostStore(documents, await twinOf(outputs.hostsTable));
  });
  describePorts(() => stores);
});

describe('the queue of requests', () => {
  it('keeps the order of a host, gives one message of it at a time, and takes none twice', async () => {
    const FifoQueue = { FifoQueue: 'true', VisibilityTimeout: '60' };
    const created = await sqs.send(
      new CreateQueueCommand({ QueueName: `${randomUUID()}.fifo`, Attributes: FifoQueue }),
    );
    const QueueUrl = created.QueueUrl as string;
    const queue = fetchQueue(sqs, QueueUrl);
    const longName = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
    const message = (host: string, page: string) => ({
      message: { kind: 'page' as const, page, url: `https://${host}/${page}`, redirects: [] },
      group: host,
      deduplicationId: `${host.length}:${page}`,
    });
    const sent = [
      ...Array.from({ length: 12 }, (_, index) => message('a.example:8080', String(index))),
      message(longName, '1'),
      message('a.example:8080', '0'),
    ];
    await queue.send(sent);

    const received: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
      received.push(...Messages.map(({ Body }) => JSON.parse(Body ?? '').url));
    }
    expect(received).toEqual(['https://a.example:8080/0', `https://${longName}/1`]);
  });
});

describe('a fetched page', () => {
  const key = `web/${randomUUID()}`;
  const page = {
    key,
    body: Buffer.from('<p>Words'),
    contentType: 'text/html; charset=windows-1251',
    url: 'https://a.example/%D1%8F?x=1',
    sourceId: 'a.example',
    fetchedAt: new Date('2026-03-01T08:00:00Z'),
    hints: hintsKey('0'.repeat(32), '{}'),
  };
  const raw = rawPages(s3, outputs.uploadsBucket);
  const object = { Bucket: outputs.uploadsBucket, Key: key };

  it('is an object with what was said of it as metadata', async () => {
    await raw.put(page);
    const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe('<p>Words');
    expect(ContentType).toBe(page.contentType);
    expect(Metadata).toEqual({
      url: page.url,
      source: 'a.example',
      'fetched-at': '2026-03-01T08:00:00.000Z',
      hints: page.hints,
    });
  });

  it.each([null, 'text/html\u0000', 'текст', 'x'.repeat(500)])(
    'keeps no type that S3 cannot carry: %j',
    async (contentType) => {
      await raw.put({ ...page, contentType, hints: null });
      const { ContentType, Metadata } = await s3.send(new HeadObjectCommand(object));
      expect(ContentType).toBe('application/octet-stream');
      expect(Metadata).not.toHaveProperty('hints');
    },
  );
});
