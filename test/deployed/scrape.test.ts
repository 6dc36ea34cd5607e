/** A site on this machine, watched by the deployed schedule: from `sources add` to its records and their revisions. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { pageStore } from '../../functions/aws/sources/page-store.ts';
import { documentClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { announce } from '../../local/announcement.ts';
import { page as pageRow, source as sourceRow } from '../scrape/ports-contract.ts';
import { copydesk } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { deployed, deployedPipeline, eventually, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const pipeline = deployedPipeline();
const sqs = sqsClient(connectionTo(target));
const pages = pageStore(documentClient(connectionTo(target)), outputs.pagesTable);
const attributesOf = async (QueueUrl: string) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};

interface Story {
  path: string;
  title: string;
  /** As the feed writes it. */
  date: string;
  about: string;
}

/** Serves a feed, its articles and a robots.txt; notes what is asked for. */
class Site {
  readonly stories = new Map<string, Story>();
  readonly asked: { path: string; agent: string | undefined; at: number }[] = [];
  origin = '';
  /** How many requests were under way at once, at most. */
  together = 0;
  #open = 0;

  readonly #server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '');
    this.asked.push({ path, agent: request.headers['user-agent'], at: Date.now() });
    this.together = Math.max(this.together, ++this.#open);
    response.on('close', () => {
      this.#open -= 1;
    });
    const send = (status: number, type: string, body: string | Uint8Array) =>
      response.writeHead(status, { 'Content-Type': type }).end(body);
    if (path === '/robots.txt') return send(200, 'text/plain', 'User-agent: *\nDisallow: /private/\n');
    if (path === '/feed.xml') return send(200, 'application/rss+xml', this.#feed());
    const story = this.stories.get(path);
    if (!story) return send(404, 'text/plain', 'no such page');
    const html = page({ title: story.title, paragraphs: paragraphsAbout(story.about) });
    return send(200, 'text/html; charset=utf-8', html);
  });

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #feed(): string {
    const items = [...this.stories.values()].map(
      ({ path, title, date }) =>
        `<item><title>${title}</title><link>${this.origin}${path}?utm_source=feed</link><guid>${randomUUID()}</guid>` +
        `<dc:creator>Ines Okafor</dc:creator><category>Harbour</category><pubDate>${date}</pubDate></item>`,
    );
    return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Saltmere Post</title><link>${this.origin}/</link>${items.join('')}</channel></rss>`;
  }
}

const site = new Site();
const folder = temporaryFolder();
const sources = (...argv: string[]) => copydesk(['sources', ...argv, '--data', folder]);
const shown = async () => JSON.parse((await sources('show', 'saltmere', '--json')).stdout);
const recordOf = (path: string) => pipeline.articles.get(articleId(`${site.origin}${path}`, ''));
const recorded = (path: string, fits: (record: ArticleRecord) => boolean = () => true) =>
  eventually(async () => {
    const record = await recordOf(path);
    return record && fits(record) ? record : null;
  }, `${path} is a record`);

beforeAll(async () => {
  await site.open();
  const { endpoint, region, stack } = inject('deployed');
  await announce(folder, { endpoint, region, stackName: stack.name, pid: process.pid, allowLoopback: true });
});
afterAll(() => site.close());

describe('a watched site', () => {
  it('gives a record for each article of its feed, with what the feed says where the page is silent', async () => {
    for (const [name, day] of [
      ['ferry', '09'],
      ['lamp', '10'],
    ] as const) {
      const path = `/2026/${name}`;
      const about = `the ${name} ${randomUUID()}`;
      site.stories.set(path, { path, title: `The ${name} is back`, date: `Tue, ${day} Jun 2026 08:00:00 GMT`, about });
    }
    const options = ['--name', 'saltmere', '--section', 'Local', '--yes'];
    const added = await sources('add', `${site.origin}/feed.xml`, ...options);
    expect(added).toMatchObject({ code: 0 });

    for (const path of ['/2026/ferry', '/2026/lamp']) {
      const record = await recorded(path);
      expect(record).toMatchObject({ sourceId: 'saltmere', url: expect.stringContaining(`${site.origin}${path}`) });
      expect(record.authors).toEqual([{ name: 'Ines Okafor', url: null }]);
      expect(record.publishedAt).toMatch(/^2026-06-(09|10)T08:00:00/);
    }
    expect(await shown()).toMatchObject({
      health: 'well',
      kind: 'rss',
      title: 'Saltmere Post',
      articles: 2,
      problem: null,
    });
    expect((await sources('list')).stdout).toMatch(/saltmere +well/);
  });

  it('is asked by name, one request at a time and with a pause, for its robots.txt first', () => {
    expect(site.asked[0]?.path).toBe('/robots.txt');
    expect(site.asked.every(({ agent }) => agent?.startsWith('Copydesk/'))).toBe(true);
    expect(site.together).toBe(1);
  });

  it('gives a revision where an article changes, and no second record whatever its feed does', async () => {
    const story = site.stories.get('/2026/ferry') as Story;
    site.stories.set(story.path, { ...story, title: 'The ferry is late' });
    // As though its first pause, an hour, were over.
    const row = await pages.read(articleId(`${site.origin}${story.path}`, ''));
    if (!row) throw new Error('The page has no row.');
    await pages.save({ ...row, dueAt: new Date().toISOString(), revision: row.revision + 1 }, row.revision);
    expect(await sources('run', 'saltmere')).toMatchObject({ code: 0 });
    const record = await recorded(story.path, ({ revision }) => revision === 2);
    expect(record.title).toBe('The ferry is late');
    expect(await shown()).toMatchObject({ articles: 2 });
  });

  it('has its settings changed under its name, and each taken back', async () => {
    const change = (...options: string[]) =>
      sources('add', `${site.origin}/feed.xml`, '--name', 'saltmere', '--yes', ...options);
    expect(await change('--every', '2h', '--obey-opt-outs', '--since', '2026-01-01')).toMatchObject({ code: 0 });
    expect(await shown()).toMatchObject({
      section: 'Local',
      everySeconds: 7200,
      obeyOptOuts: true,
      since: '2026-01-01T00:00:00.000Z',
    });
    const backs = ['--no-every', '--no-obey-opt-outs', '--no-since', '--no-section'];
    expect(await change(...backs)).toMatchObject({ code: 0 });
    expect(await shown()).toMatchObject({ section: null, everySeconds: null, obeyOptOuts: false, since: null });
  });

  it('is left alone once it is removed, and its articles stay', async () => {
    expect(await sources('remove', 'saltmere')).toMatchObject({ code: 0 });
    expect(await sources('show', 'saltmere')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no source saltmere'),
    });
    expect(await recordOf('/2026/lamp')).not.toBeNull();
  });
});

describe('a message that fails at every delivery', () => {
  it('ends in the dead-letter queue, and one that is none of ours is dropped', async () => {
    // A row that somebody broke by hand.
    const source = sourceRow({ state: 'retired' });
    await pipeline.sources.save(source, null);
    // Under a lease, so that the schedule leaves it alone.
    const broken = pageRow({ url: 'nonsense', sourceId: source.id, leaseUntil: '2099-01-01T00:00:00.000Z' });
    await pages.save(broken, null);
    const { RedrivePolicy } = await attributesOf(outputs.fetchQueue);
    const { deadLetterTargetArn } = JSON.parse(RedrivePolicy ?? '{}');
    const once = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: outputs.fetchQueue, Attributes: { RedrivePolicy: once } }),
    );
    for (const body of [
      '{"kind":"nonsense"}',
      JSON.stringify({ kind: 'page', page: broken.page, url: 'nonsense', redirects: [] }),
    ]) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: outputs.fetchQueue,
          MessageBody: body,
          MessageGroupId: 'nonsense.example',
          MessageDeduplicationId: randomUUID(),
        }),
      );
    }
    const { Messages = [] } = await eventually(async () => {
      const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: outputs.fetchDeadLetterQueue }));
      return received.Messages?.length ? received : null;
    }, 'the message is a dead letter');
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? '').page)).toEqual([broken.page]);
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: outputs.fetchQueue,
        Attributes: { RedrivePolicy: RedrivePolicy ?? '' },
      }),
    );
  });
});
