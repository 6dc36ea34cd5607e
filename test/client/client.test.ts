import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_BUNDLE } from '../../cli/client-bundle.ts';
import { copydesk } from '../../client/client.ts';
import { type Revision, revisionOf } from '../../functions/article/revision.ts';
import { memoryApp, story } from '../query/memory.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

/** A client of an app in memory, which keeps the requests it got. */
function clientOf({ app }: ReturnType<typeof memoryApp>) {
  const requests: Request[] = [];
  const send = (async (request: Request) => {
    requests.push(request.clone());
    return app.fetch(request);
  }) as typeof fetch;
  const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/';
  return { client: copydesk({ url, credentials, fetch: send }), requests };
}

const stories = Array.from({ length: 25 }, (_, number) => story(number));

describe('the client', () => {
  it('signs every request for the API and region that the address names', async () => {
    const { client, requests } = clientOf(memoryApp({ stored: stories }));
    await client.articles.get(stories[0]?.id ?? '');
    const [request] = requests;
    expect(request?.headers.get('Authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=[\w;-]*x-amz-security-token[\w;-]*, Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers.get('X-Amz-Security-Token')).toBe('token');
  });

  it('says what could not be reached, and why', async () => {
    const nowhere = copydesk({ url: 'http://127.0.0.1:9/', region: 'us-east-1', credentials });
    await expect(nowhere.articles.get('0'.repeat(32))).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 could not be reached: /),
    });
  });

  it('goes through the pages of a query as they are needed', async () => {
    const { client, requests } = clientOf(memoryApp({ stored: stories }));
    const found: string[] = [];
    for await (const card of client.articles.query({ site: 'harbour.example' }, { pageSize: 10 })) {
      found.push(card.id);
      if (found.length === 12) break;
    }
    expect(found).toEqual(stories.slice(0, 12).map(({ id }) => id));
    expect(requests).toHaveLength(2);
  });

  it('asks for fewer at a time where so many do not fit into one answer', async () => {
    const { app } = memoryApp({ stored: stories });
    const limits: number[] = [];
    const send = (async (request: Request) => {
      const limit = Number(new URL(request.url).searchParams.get('limit'));
      limits.push(limit);
      if (limit <= 5) return app.fetch(request);
      const problem = { type: 'about:blank', status: 406, code: 'ANSWER_TOO_LARGE', detail: 'Too large.' };
      return Response.json(problem, { status: 406, headers: { 'Content-Type': 'application/problem+json' } });
    }) as typeof fetch;
    const client = copydesk({ url: 'http://127.0.0.1:4600', region: 'us-east-1', credentials, fetch: send });
    const found: string[] = [];
    for await (const { id } of client.articles.query({ site: 'harbour.example' }, { pageSize: 20 })) found.push(id);
    expect(found).toEqual(stories.map(({ id }) => id));
    expect(limits).toEqual([20, 5, 5, 5, 5, 5]);
  });

  it('joins a revision that does not fit into one answer', async () => {
    const long = (words: string) => words.repeat(100_000);
    const article = story(0, { text: long('Ça'), blocks: ['p'] });
    const was = (n: number) => ({ ...article, text: long(`é${n}`), contentHash: `${n}`, revision: n });
    const states = [was(1), was(2), { ...article, revision: 3 }];
    const revisions = [1, 2].map((n) => revisionOf(states[n - 1] ?? null, states[n] as typeof article) as Revision);
    const { client, requests } = clientOf(memoryApp({ stored: [article], revisions }, 100_000));
    const found: string[] = [];
    for await (const { before } of client.articles.revisions(article.id)) found.push(before.text ?? '');
    expect(found).toEqual([long('é2'), long('é1')]);
    expect(requests.filter((request) => request.headers.has('Range')).length).toBeGreaterThan(2);
  });

  it('joins a record that does not fit into one answer', async () => {
    const long = story(0, { text: 'é'.repeat(9_000_000), blocks: ['p'] });
    // No smaller limit than the real one: the client asks for parts of its own size.
    const { client, requests } = clientOf(memoryApp({ stored: [long] }));
    expect(await client.articles.get(long.id)).toEqual(long);
    expect(requests.filter((request) => request.headers.has('Range'))).toHaveLength(5);
  });

  it('gives null for what is not there, and an error with a code for what is wrong', async () => {
    const { client } = clientOf(memoryApp());
    expect(await client.articles.get('0'.repeat(32))).toBeNull();
    expect(await client.uploads.get('nothing.html')).toBeNull();
    await expect(client.articles.get('x')).rejects.toMatchObject({
      name: 'CopydeskError',
      status: 400,
      code: 'BAD_REQUEST',
    });
    const waiting = client.waitFor({ key: 'nothing.html', version: null }, { timeout: 1 });
    await expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('gives up waiting in time, and at once where it is told to, though nothing answers', async () => {
    const silent = ((request: Request) =>
      new Promise((_, reject) => {
        const end = () => reject(request.signal.reason);
        if (request.signal.aborted) end();
        else request.signal.addEventListener('abort', end);
      })) as typeof fetch;
    const client = copydesk({ url: 'http://127.0.0.1:4600', region: 'us-east-1', credentials, fetch: silent });
    const upload = { key: 'a.html', version: null };
    const ended = AbortSignal.abort(null);
    await expect(client.waitFor(upload, { timeout: Number.POSITIVE_INFINITY, signal: ended })).rejects.toBeNull();
    await expect(client.articles.get('0'.repeat(32), { signal: ended })).rejects.toBeNull();
    await expect(client.waitFor(upload, { timeout: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const busy = (async () => Response.json({}, { status: 429, headers: { 'Retry-After': '15' } })) as typeof fetch;
    const refused = copydesk({ url: 'http://127.0.0.1:4600', region: 'us-east-1', credentials, fetch: busy });
    await expect(refused.waitFor(upload, { timeout: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    for (const call of [
      (signal: AbortSignal) => client.waitFor(upload, { signal }),
      (signal: AbortSignal) => client.articles.get('0'.repeat(32), { signal }),
      (signal: AbortSignal) => client.articles.query({}, { signal })[Symbol.asyncIterator]().next(),
      (signal: AbortSignal) => refused.articles.render('0'.repeat(32), 'md', { signal }),
    ]) {
      const controller = new AbortController();
      const called = call(controller.signal);
      controller.abort(new Error('enough'));
      await expect(called).rejects.toThrow('enough');
    }
  });

  it('tells an API that is not there from an article that is not', async () => {
    const answering = (answer: () => Response) =>
      copydesk({
        url: 'https://desk.example/',
        region: 'us-east-1',
        credentials,
        fetch: (async () => answer()) as never,
      });
    const gateway = answering(() => Response.json({ message: 'Not Found' }, { status: 404 }));
    await expect(gateway.articles.get('0'.repeat(32))).rejects.toMatchObject({ status: 404, code: 'HTTP' });
    const proxy = answering(() => new Response('<html>Welcome</html>'));
    await expect(proxy.articles.get('0'.repeat(32))).rejects.toMatchObject({ name: 'CopydeskError', code: 'HTTP' });
  });

  it('asks again for an answer that was cut short, and says so where all are', async () => {
    let asked = 0;
    const cut = (times: number) =>
      copydesk({
        url: 'https://desk.example/',
        region: 'us-east-1',
        credentials,
        fetch: (async () =>
          asked++ < times
            ? new Response(new ReadableStream({ start: (to) => to.error(new TypeError('terminated')) }))
            : Response.json({ id: 'a' })) as never,
      });
    expect(await cut(2).sources.get('a')).toEqual({ id: 'a' });
    await expect(cut(Number.POSITIVE_INFINITY).sources.get('a')).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('refuses what is no filter, and pages of no size, and takes a day', async () => {
    const { client } = clientOf(memoryApp({ stored: stories }));
    const all = async (query: object, pageSize = 10) => {
      const found: string[] = [];
      for await (const { sortAt } of client.articles.query(query, { pageSize })) found.push(sortAt.slice(0, 10));
      return found;
    };
    const [day = ''] = await all({ site: 'harbour.example' });
    expect(new Set(await all({ site: 'harbour.example', day }))).toEqual(new Set([day]));
    for (const query of [{ limit: 5 }, { cursor: 'x' }, { sites: 'harbour.example' }, { day, from: day }]) {
      await expect(all(query)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    await expect(all({}, 0)).rejects.toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses to upload under a key that S3 would change', async () => {
    const { client } = clientOf(memoryApp());
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as S3 writes it
    await expect(client.put({ key: 'in/${filename}', body: 'x' })).rejects.toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    });
  });

  it('waits on for an upload though the API asks to be left alone for a minute', async () => {
    const stored = { key: 'a.html', status: 'ingested', leaseUntil: null };
    let asked = 0;
    const send = (async () =>
      asked++ === 0
        ? Response.json({}, { status: 503, headers: { 'Retry-After': '60' } })
        : Response.json({ items: [stored], cursor: null })) as unknown as typeof fetch;
    const client = copydesk({ url: 'http://127.0.0.1:4600', region: 'us-east-1', credentials, fetch: send });
    expect(await client.waitFor({ key: 'a.html', version: null })).toEqual(stored);
  });

  describe('told to come back', () => {
    const pauses: number[] = [];
    beforeEach(() => {
      pauses.length = 0;
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void, pause: number) => {
        pauses.push(pause);
        queueMicrotask(done);
      }) as typeof setTimeout);
    });
    afterEach(() => {
      vi.restoreAllMocks();
    });
    const busyFor = (times: number, status = 429, headers: Record<string, string> = {}) => {
      let asked = 0;
      const send = (async () =>
        ++asked <= times
          ? Response.json({ code: 'BUSY', detail: 'Ask later.' }, { status, headers })
          : Response.json({ id: 'a' })) as unknown as typeof fetch;
      return copydesk({ url: 'https://desk.example', region: 'us-east-1', credentials, fetch: send });
    };
    const busy = { status: 429, code: 'BUSY', message: 'Ask later.' };

    it.each([429, 503])('by a %i asks again, later each time', async (status) => {
      expect(await busyFor(3, status).sources.get('a')).toEqual({ id: 'a' });
      expect(pauses).toHaveLength(3);
      for (const [i, pause] of pauses.entries()) {
        expect(pause).toBeGreaterThanOrEqual(250 * 2 ** i);
        expect(pause).toBeLessThanOrEqual(500 * 2 ** i);
      }
    });

    it('waits as long as it is asked to', async () => {
      await busyFor(1, 429, { 'Retry-After': '7' }).sources.get('a');
      expect(pauses).toEqual([7_000]);
    });

    it('for ever gives up', async () => {
      await expect(busyFor(Number.POSITIVE_INFINITY).sources.get('a')).rejects.toMatchObject(busy);
      expect(pauses).toHaveLength(4);
    });

    it('in an hour, or with something to write, leaves it to the caller', async () => {
      await expect(busyFor(1, 429, { 'Retry-After': '3600' }).sources.get('a')).rejects.toMatchObject(busy);
      await expect(busyFor(1).sources.run('a')).rejects.toMatchObject(busy);
      expect(pauses).toEqual([]);
    });
  });

  it('adds less than six kilobytes to its signer', async () => {
    const sizeOf = async (entry: string) => {
      const { outputFiles } = await build({ ...CLIENT_BUNDLE, minify: true, write: false, entryPoints: [entry] });
      return outputFiles[0]?.contents.length ?? Number.NaN;
    };
    const signer = await sizeOf('aws4fetch');
    expect((await sizeOf('client/client.ts')) - signer).toBeLessThan(6 * 1024);
  });
});
