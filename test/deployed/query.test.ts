import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { CopydeskError, copydesk } from '../../client/client.ts';
import { ArticleRecordSchema } from '../../functions/article/record.ts';
import { queryPorts } from '../../functions/aws/query-ports.ts';
import { apiAddress } from '../../functions/aws/stack/api-address.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { extract } from '../../functions/extract/extract.ts';
import { queryApp } from '../../functions/query/app.ts';
import { tryContract } from '../../local/try-contract.ts';
import { MemorySources } from '../scrape/memory.ts';
import { deployed, ingest, page, paragraphsAbout } from './stack.ts';

const { outputs, target } = deployed();
const { endpoint, region } = inject('deployed');
const url = apiAddress(outputs.queryApi, endpoint);
const client = copydesk({ url, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('the query API', () => {
  it('takes an upload, says what became of it, and gives the article in every form', async () => {
    const put = await client.put({
      key: 'query/été 100%+1 #2.html',
      body: page({
        title: 'The cable car runs again',
        paragraphs: paragraphsAbout('the cable car'),
      }) as Uint8Array<ArrayBuffer>,
      contentType: 'text/html; charset=utf-8',
      url: 'https://query.example/cars/cable?utm_source=x',
      sourceId: 'query-test',
    });
    const upload = await client.waitFor(put, { timeout: 90_000 });
    expect(upload).toMatchObject({ status: 'ingested', version: put.version, object: put.object });
    const [id = ''] = upload.articleIds;
    const record = ArticleRecordSchema.parse(await client.articles.get(id));
    expect(record).toMatchObject({
      title: 'The cable car runs again',
      canonicalUrl: 'https://query.example/cars/cable',
      sourceId: 'query-test',
      raw: { key: 'query/été 100%+1 #2.html', mediaType: 'text/html' },
    });
    expect(await client.articles.render(id, 'md')).toMatch(/^# The cable car runs again\n/);
    expect(await client.articles.render(id, 'txt')).toBe(`${record.text}\n`);
    expect(await client.articles.render(id, 'html')).toContain('<h1>The cable car runs again</h1>');
    const listed: string[] = [];
    for await (const card of client.articles.query({ site: 'query.example' }, { pageSize: 1 })) listed.push(card.id);
    expect(listed).toEqual([id]);
    const ingested: string[] = [];
    for await (const each of client.uploads.query({ status: 'ingested' })) ingested.push(each.object);
    expect(ingested).toContain(put.object);
  });

  it('gives parts of a text byte by byte, wherever they cut a character', async () => {
    const address = 'https://parts.example/cable-car';
    const { upload } = await ingest({
      key: 'query/parts.html',
      body: page({ title: 'Le téléphérique', url: address, paragraphs: paragraphsAbout('le téléphérique') }),
    });
    const part = async (range?: string) => {
      const headers = { Authorization: 'AWS4-HMAC-SHA256 Credential=test', ...(range && { Range: range }) };
      const response = await fetch(`${url}/articles/${upload.articleIds[0]}.txt`, { headers });
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
    };
    const whole = await part();
    const cut = whole.bytes.indexOf('é') + 1;
    expect(cut).toBeGreaterThan(1);
    const parts = await Promise.all([part(`bytes=0-${cut - 1}`), part(`bytes=${cut}-`)]);
    expect(parts.map(({ status }) => status)).toEqual([206, 206]);
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(whole.bytes)).toBe(true);
  });

  it('says what changed from one revision to the next', async () => {
    const address = 'https://query.example/revised';
    for (const subject of ['the old mill', 'the new mill']) {
      const { upload } = await ingest({
        key: 'query/revised.html',
        body: page({ title: 'A mill', url: address, paragraphs: paragraphsAbout(subject) }),
      });
      expect(upload.status).toBe('ingested');
    }
    const [card] = await allOf(client.articles.query({ site: 'query.example', from: '2020-01-01' }));
    const revisions = await allOf(client.articles.revisions(card?.id ?? ''));
    expect(revisions).toHaveLength(1);
    expect(JSON.stringify(revisions[0])).toMatch(/"kind":"removed","text":"[^"]*old/);
  });

  it('holds an upload to its size and its type', async () => {
    const form = await fetch(`${url}/uploads`, {
      method: 'POST',
      headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=test', 'Content-Type': 'application/json' },
      body: JSON.stringify({ key: 'query/large.txt', contentType: 'text/plain' }),
    });
    const {
      url: place,
      fields,
      maxBytes,
    } = (await form.json()) as { url: string; fields: Record<string, string>; maxBytes: number };
    const send = (file: Blob, other: Record<string, string> = {}) => {
      const data = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...other })) data.append(name, value);
      data.append('file', file);
      return fetch(place, { method: 'POST', body: data });
    };
    expect((await send(new Blob([new Uint8Array(maxBytes + 1)]))).ok).toBe(false);
    expect((await send(new Blob(['x']), { 'Content-Type': 'text/html' })).ok).toBe(false);
    expect((await send(new Blob(['x']), { key: 'query/other.txt' })).ok).toBe(false);
  });

  it('is for callers who sign, and tells each mistake', async () => {
    expect((await fetch(`${url}/articles`)).status).toBe(403);
    expect(await client.articles.get('0'.repeat(32))).toBeNull();
    await expect(client.articles.get('x')).rejects.toBeInstanceOf(CopydeskError);
    await expect(allOf(client.articles.query({ tag: 'a', author: 'b' }))).rejects.toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    });
    const headers = { Authorization: 'AWS4-HMAC-SHA256 Credential=test' };
    expect((await fetch(`${url}/articles`, { method: 'DELETE', headers })).status).toBe(405);
    expect((await fetch(`${url}/nothing`, { headers })).status).toBe(404);
    const unknown = await fetch(`${url}/uploads/q%3F%23%26.txt`, { headers });
    expect([unknown.status, (await unknown.json()) as object]).toMatchObject([
      404,
      { detail: 'The pipeline has seen no upload with the key q?#&.txt.' },
    ]);
  });
});

describe('the query API of the local cloud', () => {
  it('answers hundreds of requests at once, or says that it has too much to do, and goes on', async () => {
    const headers = { Authorization: 'AWS4-HMAC-SHA256 Credential=test' };
    const ask = async () => {
      const response = await fetch(`${url}/articles?site=query.example`, { headers });
      await response.arrayBuffer();
      return response.status;
    };
    const statuses = await Promise.all(Array.from({ length: 300 }, ask));
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses).toContain(200);
    // Whoever comes next, and comes back where told to, is answered as ever.
    await expect(allOf(client.articles.query({ site: 'query.example' }))).resolves.toBeInstanceOf(Array);
    expect(await ask()).toBe(200);
  });
});

describe('the app over the stores of the stack', () => {
  const connection = connectionTo(target);
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  const faults: unknown[] = [];
  const app = queryApp(
    {
      ...queryPorts(documents, s3, outputs, 10_000_000),
      // What is made up here must not be watched: the schedule would ask whatever hosts come to mind.
      sources: new MemorySources(),
      allowLoopback: false,
      inspect: async (url) => ({
        chosen: null,
        unreadable: false,
        forbidden: false,
        steps: [url],
        alternates: [],
        items: [],
        itemCount: 0,
        warnings: [],
      }),
      extract: async () => extract,
      engineVersion: '1.0.0',
      now: () => new Date(),
      onFault: (error) => faults.push(error),
    },
    { description: { version: '1', description: 'a test' } },
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.close();
    documents.destroy();
    s3.destroy();
  });

  it('keeps its word, whatever is asked', { timeout: 900_000 }, async () => {
    await new Promise((resolve) => (server.listening ? resolve(null) : server.once('listening', resolve)));
    expect(await tryContract(base())).toBe('');
    expect(faults).toEqual([]);
  });

  it('answers a thousand requests at once, good and bad, without a fault', { timeout: 300_000 }, async () => {
    const paths = [
      '/articles?day=2026-01-01',
      '/articles?site=query.example',
      '/articles?cursor=x',
      `/articles/${'0'.repeat(32)}`,
      '/uploads?key=none',
      '/feed.rss?site=query.example',
      '/nothing',
    ];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        // Without sockets, of which a thousand that are kept alive have troubles of their own.
        const response = await app.request(paths[n % paths.length] as string);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(answers.filter((status) => status >= 500)).toEqual([]);
    expect(new Set(answers)).toEqual(new Set([200, 400, 404]));
    expect(faults).toEqual([]);
  });
});
