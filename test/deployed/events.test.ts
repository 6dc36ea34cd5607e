import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CreateQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { EventFilter } from '../../functions/article/event-filter.ts';
import type { Event } from '../../functions/article/events.ts';
import {
  listSubscriptions,
  removeAbandoned,
  type Subscription,
  subscribe,
  subscriptionPrefix,
} from '../../functions/aws/events/event-subscription.ts';
import { documentClient, eventBridgeClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { ARTICLES } from '../../functions/names.ts';
import { announce } from '../../local/announcement.ts';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { deployed, eventually, ingest, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const connection = connectionTo(target);
const clients = { events: eventBridgeClient(connection), sqs: sqsClient(connection) };
const documents = documentClient(connection);
const signal = new AbortController().signal;
const now = () => new Date();

const folder = temporaryFolder();
beforeAll(async () => {
  const { endpoint, region, stack } = inject('deployed');
  await announce(folder, { endpoint, region, stackName: stack.name, pid: process.pid });
});

const open: Subscription[] = [];
afterAll(async () => {
  for (const subscription of open) await subscription.close();
});

/** @returns a wait for the first event, from now on, that fits */
async function listen(filter: Partial<EventFilter> = {}) {
  const all: EventFilter = { types: [], site: null, facets: [], ...filter };
  const subscription = await subscribe(clients, outputs.eventBus, all, now);
  open.push(subscription);
  const heard: Event[] = [];
  const first = (what: string, fits: (event: Event) => boolean) =>
    eventually(async () => {
      const found = heard.find(fits);
      if (found) return found;
      for (const { event } of await subscription.receive(signal)) if (event) heard.push(event);
      return null;
    }, what);
  return { heard, first };
}

const freshKey = () => `${randomUUID()}/page.html`;
const freshUrl = (site = 'news.example') => `https://${site}/${randomUUID()}`;
const freshPage = (url: string, title = 'Open to visitors again') =>
  page({ title, url, paragraphs: paragraphsAbout(`the tower ${randomUUID()}`) });

describe('events', () => {
  it('tell of an article that comes, changes and goes, each with its card', async () => {
    const { first } = await listen();
    const [url, key] = [freshUrl(), freshKey()];
    const { article } = await ingest({ key, body: freshPage(url) });
    const of = (type: Event['type']) => (event: Event) =>
      event.type === type && 'articleId' in event && event.articleId === article?.id;
    expect(await first('created', of('article.created'))).toMatchObject({
      occurredAt: article?.updatedAt,
      sites: ['news.example'],
      facets: expect.arrayContaining(['language:en']),
      revision: 1,
      card: { title: 'Open to visitors again', canonicalUrl: url },
    });

    const changed = await ingest({ key, body: freshPage(url, 'Closed to visitors again') });
    expect(await first('revised', of('article.revised'))).toMatchObject({
      occurredAt: changed.article?.updatedAt,
      revision: 2,
      changed: ['title', 'text'],
      card: { title: 'Closed to visitors again' },
      previousCard: { title: 'Open to visitors again' },
    });

    await documents.send(new DeleteCommand({ TableName: outputs.articlesTable, Key: { [ARTICLES.key]: article?.id } }));
    expect(await first('withdrawn', of('article.withdrawn'))).toMatchObject({
      tombstone: false,
      previousCard: { title: 'Closed to visitors again' },
    });
  });

  it('tell of an article that is withdrawn on the command line, why, and that it is there again once restored', async () => {
    const { first, heard } = await listen({ site: 'withdrawn.example' });
    const [url, key] = [freshUrl('withdrawn.example'), freshKey()];
    const { article } = await ingest({ key, body: freshPage(url) });
    const id = article?.id ?? '';
    const withdraw = (...options: string[]) => copydesk(['withdraw', id, '--data', folder, ...options]);
    expect(await withdraw('--reason', 'court order 12/26')).toMatchObject({ code: 0 });
    const withdrawn = await first('withdrawn', ({ type }) => type === 'article.withdrawn');
    expect(withdrawn).toMatchObject({
      articleId: id,
      tombstone: true,
      reason: 'court order 12/26',
      sites: ['withdrawn.example'],
      previousCard: { title: 'Open to visitors again', canonicalUrl: url },
    });
    expect(withdrawn).not.toHaveProperty('card');

    expect(await withdraw('--restore')).toMatchObject({ code: 0 });
    const { upload } = await ingest({ key: freshKey(), body: freshPage(url, 'Back again') });
    expect(upload).toMatchObject({ status: 'ingested', articleIds: [id] });
    await first('created again', (event) => event.type === 'article.created' && event.card.title === 'Back again');
    const inOrder = heard.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).map(({ type }) => type);
    expect(inOrder).toEqual(['article.created', 'article.withdrawn', 'article.created']);
  });

  it('tell of an upload that gave no article, and why', async () => {
    const { first, heard } = await listen({ types: ['upload.rejected'] });
    const key = freshKey();
    await ingest({ key: freshKey(), body: freshPage(freshUrl()) });
    const { upload } = await ingest({ key, body: Buffer.alloc(0) });
    const event = await first(
      'rejected',
      (each) => each.type === 'upload.rejected' && each.upload.object === upload.object,
    );
    expect(event).toMatchObject({
      upload: {
        object: `${outputs.uploadsBucket}/${key}`,
        version: upload.version,
        reason: 'EMPTY',
        detail: upload.detail,
      },
    });
    expect(new Set(heard.map(({ type }) => type))).toEqual(new Set(['upload.rejected']));
  });

  it('reach who asks for a site, and nobody who asks for another', async () => {
    const site = `${randomUUID()}.example`;
    const { first, heard } = await listen({ site });
    await ingest({ key: freshKey(), body: freshPage(freshUrl('other.example')) });
    const { article } = await ingest({ key: freshKey(), body: freshPage(freshUrl(site)) });
    await first('of the site', (event) => 'articleId' in event && event.articleId === article?.id);
    expect(heard.flatMap((event) => ('sites' in event ? event.sites : []))).toEqual([site]);
  });
});

describe('a subscription that was killed', () => {
  const name = `${subscriptionPrefix(outputs.eventBus)}abandoned`;

  it('is removed by the next one once nobody has listened for an hour, and the others are left alone', async () => {
    const { first } = await listen();
    const hours = (count: number) => new Date(Date.now() - count * 3_600_000).toISOString();
    await clients.sqs.send(new CreateQueueCommand({ QueueName: name, tags: { 'copydesk:heard-at': hours(2) } }));
    expect(await removeAbandoned(clients, outputs.eventBus, now())).toBe(1);
    await expect(clients.sqs.send(new GetQueueUrlCommand({ QueueName: name }))).rejects.toThrow();

    const { article } = await ingest({ key: freshKey(), body: freshPage(freshUrl()) });
    await first('still heard', (event) => 'articleId' in event && event.articleId === article?.id);
  });
});

describe('copydesk watch', () => {
  const subscriptions = async () => [...(await listSubscriptions(clients, outputs.eventBus)).keys()].toSorted();

  /** The command as a person starts it, once it hears. */
  async function watching(command: string, ...options: string[]) {
    const args = [path.resolve('bin/copydesk.js'), 'watch', '--data', folder, ...options];
    const shell = `exec ${[process.execPath, ...args].map((word) => `'${word}'`).join(' ')}${command}`;
    const child = spawn('bash', ['-c', command === '' ? shell : shell.replace('exec ', '')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const ended = once(child, 'exit');
    for await (const line of createInterface(child.stderr)) {
      if (line.startsWith('Following the events of the local stack ')) break;
      throw new Error(line);
    }
    return { child, ended, next: async () => (await lines.next()).value as string };
  }

  it('prints what happens, and leaves nothing behind at Ctrl-C', async () => {
    const before = await subscriptions();
    const site = `${randomUUID()}.example`;
    const { child, ended, next } = await watching('', '--site', site, '--json');
    expect(await subscriptions()).toHaveLength(before.length + 1);
    const { article } = await ingest({ key: freshKey(), body: freshPage(freshUrl(site)) });
    expect(JSON.parse(await next())).toMatchObject({ type: 'article.created', articleId: article?.id });
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(await subscriptions()).toEqual(before);
  });

  it('ends and leaves nothing behind when the reader of a pipe has enough', async () => {
    const before = await subscriptions();
    const site = `${randomUUID()}.example`;
    const { ended, next } = await watching(' | head -n 1', '--site', site);
    await ingest({ key: freshKey(), body: freshPage(freshUrl(site)) });
    expect(await next()).toMatch(new RegExp(`Z  article.created +[0-9a-f]{32}  ${site}  Open to visitors again$`));
    // It notices with the next line that it writes.
    await ingest({ key: freshKey(), body: freshPage(freshUrl(site)) });
    await ended;
    await eventually(async () => ((await subscriptions()).length === before.length ? true : null), 'nothing is left');
  });

  it('ends by itself after as many events as asked for, of the tag asked for', async () => {
    const before = await subscriptions();
    const tag = randomUUID().slice(0, 8);
    const tagged = () => {
      const html = Buffer.from(freshPage(freshUrl())).toString('utf8');
      const data = { '@context': 'https://schema.org', '@type': 'NewsArticle', keywords: [`Ferry ${tag}`] };
      const script = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
      return Buffer.from(html.replace('</head>', `${script}</head>`));
    };
    const site = 'news.example';
    let ready = () => {};
    const heard = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const argv = ['watch', '--data', folder, '--tag', `Ferry ${tag}`, '--site', site, '--limit', '1'];
    const ran = copydesk(argv, { onOutput: (text) => text.startsWith('Following') && ready() });
    await heard;
    await ingest({ key: freshKey(), body: freshPage(freshUrl()) });
    const { article } = await ingest({ key: freshKey(), body: tagged() });
    const { code, stdout } = await ran;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([expect.stringContaining(article?.id ?? '?')]);
    expect(await subscriptions()).toEqual(before);
  });
});
