import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { ArticleEvent } from '../../examples/event-consumers/keep-card.ts';
import { documentClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { deployStack } from '../../functions/aws/stack/stack-deployment.ts';
import { describeStack } from '../../functions/aws/stack/stack-outputs.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { synthesize } from '../../local/synthesize.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { deployed, eventually, ingest, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const connection = connectionTo(target);
const sqs = sqsClient(connection);
const documents = documentClient(connection);
const folder = temporaryFolder();

const site = `${randomUUID()}.example`;
const tag = `ferry-${randomUUID().slice(0, 8)}`;
afterAll(() => vi.unstubAllEnvs());
let consumers: Record<'QueueUrl' | 'CardsTableName', string>;

beforeAll(async () => {
  const { endpoint, region } = inject('deployed');
  const app = { file: 'examples/event-consumers/app.ts', context: { bus: outputs.eventBus, site, tag } };
  const deployment = await synthesize(path.resolve('.'), folder, region, app);
  await deployStack(deployment, { endpoint, region });
  const stack = await describeStack(new CloudFormationClient(connection), deployment.stackName);
  const found = stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  consumers = Object.fromEntries(found ?? []);
});

/** An article of that site with that tag. */
async function upload(from: string, keyword: string, title: string, key = `${randomUUID()}/page.html`) {
  const html = page({ title, url: `https://${from}/${key}`, paragraphs: paragraphsAbout(`the tower ${randomUUID()}`) });
  const data = { '@context': 'https://schema.org', '@type': 'NewsArticle', keywords: [keyword] };
  const script = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const body = Buffer.from(Buffer.from(html).toString('utf8').replace('</head>', `${script}</head>`));
  const { article } = await ingest({ key, body });
  return { key, id: article?.id ?? '' };
}

/** What the queue holds, once it holds so many. */
async function messages(count: number) {
  const received: ({ 'detail-type': string } & ArticleEvent)[] = [];
  return eventually(async () => {
    const asked = { QueueUrl: consumers.QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(asked));
    received.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
    return received.length >= count ? received : null;
  }, `${count} messages in the queue`);
}

async function cards(fits: (rows: Record<string, unknown>[]) => boolean) {
  return eventually(async () => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: consumers.CardsTableName }));
    return fits(Items) ? Items : null;
  }, 'cards in the table');
}

describe('the consumers of the example', () => {
  it('hear of what has their site and their tag, and of nothing else', async () => {
    await upload('other.example', tag, 'Of another site');
    await upload(site, 'harbour', 'With another tag');
    const { key, id } = await upload(site, tag, 'Open to visitors again');
    await cards((rows) => rows.length > 0);
    await upload(site, tag, 'Closed to visitors again', key);

    const kept = await cards((rows) => rows.some(({ type }) => type === 'article.revised'));
    expect(kept).toEqual([
      expect.objectContaining({
        articleId: id,
        card: expect.objectContaining({ title: 'Closed to visitors again', site }),
      }),
    ]);
    const heard = await messages(2);
    expect(heard.map(({ detail, ...event }) => [event['detail-type'], detail.articleId]).toSorted()).toEqual([
      ['article.created', id],
      ['article.revised', id],
    ]);

    // Delivered once more, in whatever order: the latest stays, and what was withdrawn does not come back.
    const { endpoint, region } = inject('deployed');
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_REGION', region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('CARDS_TABLE', consumers.CardsTableName);
    const { handler } = await import('../../examples/event-consumers/keep-card.ts');
    for (const event of heard) await handler(event);
    expect(await cards(() => true)).toEqual(kept);
    const { card, ...last } = heard.map(({ detail }) => detail).reduce((a, b) => (a.occurredAt > b.occurredAt ? a : b));
    const withdrawn = { ...last, type: 'article.withdrawn' as const, occurredAt: new Date().toISOString() };
    for (const event of [{ detail: withdrawn }, ...heard]) await handler(event);
    expect(await cards(() => true)).toEqual([expect.objectContaining({ articleId: id, card: null })]);
  });
});
