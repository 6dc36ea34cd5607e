import { gunzipSync } from 'node:zlib';
import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { type ArticleRecord, ArticleRecordSchema } from '../../functions/article/record.ts';
import { type Revision, revisionOf } from '../../functions/article/revision.ts';
import type { Upload } from '../../functions/article/upload.ts';
import { FILE_NAME_PLACEHOLDER } from '../../functions/names.ts';
import { memoryApp, NOW, story } from './memory.ts';

const stories = Array.from({ length: 120 }, (_, number) => story(number));
const [first] = stories as [(typeof stories)[0]];
const { app, ports } = memoryApp({ stored: stories });

/** A request, with its answer read; a fault of ours fails the test, whatever it expects. */
async function ask(path: string, init: RequestInit = {}, on = { app, ports }) {
  const response = await on.app.request(path, init);
  expect(on.ports.faults).toEqual([]);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

async function problem(path: string, init: RequestInit = {}, on = { app, ports }) {
  const { status, headers, json } = await ask(path, init, on);
  expect(headers.get('Content-Type')).toBe('application/problem+json');
  const body = json();
  expect(body).toMatchObject({ type: 'about:blank', status, title: expect.any(String) });
  expect(body.detail.length).toBeGreaterThan(10);
  return { status, code: body.code, detail: body.detail as string, headers };
}

describe('an article', () => {
  it('comes as JSON, text, Markdown or a page, by suffix', async () => {
    const json = await ask(`/articles/${first.id}.json`);
    expect(ArticleRecordSchema.parse(json.json())).toEqual(first);
    expect((await ask(`/articles/${first.id}.txt`)).text).toBe(`${first.text}\n`);
    expect((await ask(`/articles/${first.id}.md`)).text).toMatch(/^# Story 0\n/);
    const page = await ask(`/articles/${first.id}.html`);
    expect(page.text).toContain('<h1>Story 0</h1>');
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/html, */*;q=0.1', 'text/html'],
    ['text/*;q=0.4, text/markdown;q=0.9', 'text/markdown'],
    ['text/*', 'text/plain'],
    ['application/json;q=0, text/html;q=0.1', 'text/html'],
    ['TEXT/HTML', 'text/html'],
  ])('comes for Accept %s as %s', async (accept, type) => {
    const { status, headers } = await ask(`/articles/${first.id}`, { headers: accept ? { Accept: accept } : {} });
    expect(status).toBe(200);
    expect(headers.get('Content-Type')?.split(';')[0]).toBe(type);
    expect(headers.get('Vary')).toContain('Accept,');
  });

  it('in no form that is accepted is 406, by an id of another form 400, unknown 404, withdrawn 410', async () => {
    expect(await problem(`/articles/${first.id}`, { headers: { Accept: 'image/png' } })).toMatchObject({
      status: 406,
      code: 'NOT_ACCEPTABLE',
    });
    expect(await problem('/articles/42')).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await problem(`/articles/${first.id}.xml`)).toMatchObject({
      status: 404,
      detail: 'An article has no form .xml; it has .json, .txt, .md, .html.',
    });
    expect(await problem(`/articles/${first.id}?format=md`)).toMatchObject({ status: 400 });
    expect(await problem(`/articles/${'0'.repeat(32)}`)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const { id, url, canonicalUrl, site, firstSeenAt, updatedAt, revision, raw } = first;
    const withdrawn = { id, url, canonicalUrl, site, firstSeenAt, updatedAt, revision, raw };
    const tombstone = {
      ...withdrawn,
      withdrawnAt: updatedAt,
      reason: null,
      restoredAt: null,
      purged: false,
      heir: null,
    };
    const gone = memoryApp({ stored: [tombstone] });
    expect(await problem(`/articles/${id}.md`, {}, gone)).toMatchObject({ status: 410, code: 'WITHDRAWN' });
  });

  it('is not sent again to who has it, in whatever encoding they have it', async () => {
    const path = `/articles/${first.id}.json`;
    const plain = await app.request(path);
    const packed = await app.request(path, { headers: { 'Accept-Encoding': 'gzip' } });
    const tag = plain.headers.get('ETag') ?? '';
    expect(packed.headers.get('ETag')).toBe(tag);
    expect(packed.headers.get('Content-Encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await plain.text());
    for (const given of [tag, `"other", ${tag}`, tag.replace('W/', ''), '*']) {
      const { status, text, headers } = await ask(path, { headers: { 'If-None-Match': given } });
      expect([status, text, headers.get('ETag')]).toEqual([304, '', tag]);
    }
    expect((await ask(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    expect((await ask(`/articles/${first.id}.md`, { headers: { 'If-None-Match': tag } })).status).toBe(200);
    expect((await ask(path, { headers: { 'Accept-Encoding': 'gzip;q=0, *' } })).headers.has('Content-Encoding')).toBe(
      false,
    );
  });

  it('answers HEAD with the same headers and nothing else', async () => {
    const get = await ask(`/articles/${first.id}`);
    const head = await ask(`/articles/${first.id}`, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['Content-Type', 'ETag', 'Cache-Control', 'Vary']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it('that is larger than an answer comes compressed, or in parts', async () => {
    const long = story(1, {
      text: Array.from({ length: 400 }, (_, n) => `Paragraph ${n} of a long report.`).join('\n\n'),
    });
    const small = memoryApp({ stored: [long] }, 4_000);
    const path = `/articles/${long.id}.json`;
    const packed = await small.app.request(path, { headers: { 'Accept-Encoding': 'gzip' } });
    expect([packed.status, packed.headers.get('Content-Encoding')]).toEqual([200, 'gzip']);
    expect(await problem(path, {}, small)).toMatchObject({
      status: 406,
      code: 'ANSWER_TOO_LARGE',
      detail: expect.stringContaining('Range: bytes=0-3999'),
    });
    let joined = '';
    for (let from = 0, total = 1; from < total; from = joined.length) {
      const part = await ask(path, { headers: { Range: `bytes=${from}-` } }, small);
      expect(part.status).toBe(206);
      expect(part.text.length).toBeLessThanOrEqual(4_000);
      total = Number(part.headers.get('Content-Range')?.split('/')[1]);
      joined += part.text;
    }
    expect(JSON.parse(joined)).toEqual(long);
    for (const range of ['bytes=99999999-', 'bytes=-0']) {
      expect(await problem(path, { headers: { Range: range } }, small)).toMatchObject({
        status: 416,
        code: 'BAD_RANGE',
      });
    }
    for (const range of ['lines=1-2', 'bytes=5-1', 'bytes=-', 'bytes=0-1,3-4', 'bytes=a-b', 'bytes=']) {
      expect((await ask(path, { headers: { Range: range } }, memoryApp({ stored: [long] }))).status).toBe(200);
    }
    const resumed = { Range: 'bytes=0-9', 'If-Range': 'W/"of-yesterday"' };
    expect((await ask(path, { headers: resumed }, memoryApp({ stored: [long] }))).status).toBe(200);
  });
});

describe('the revisions of an article', () => {
  it('come few at a time where their texts are long, each once', async () => {
    const states = Array.from({ length: 5 }, (_, n) => ({
      ...first,
      text: `${n} `.repeat(1_500_000),
      contentHash: `${n}`,
      revision: n + 1,
    }));
    const revisions = states.slice(1).map((state, n) => revisionOf(states[n] ?? null, state) as Revision);
    const on = memoryApp({ stored: [states[4] as ArticleRecord], revisions }, 100_000_000);
    const pages: number[][] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { revision: number }[]; cursor: string | null } = (
        await ask(`/articles/${first.id}/revisions${cursor ? `?cursor=${cursor}` : ''}`, {}, on)
      ).json();
      pages.push(page.items.map(({ revision }) => revision));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(pages).toEqual([
      [5, 4],
      [3, 2],
    ]);
  });

  it('say what each change did, last change first and the same over pages', async () => {
    const texts = [
      'One stays.\n\nTwo was here.\n\nThree.',
      'One stays.\n\nTwo is here.\n\nThree.',
      'One stays.\n\nThree.',
    ];
    const states = texts.map((text, n) => ({
      ...story(7, { text }),
      id: first.id,
      revision: n + 1,
      title: n < 2 ? 'Old' : 'New',
    }));
    const revisions = [1, 2].map((n) => revisionOf(states[n - 1] ?? null, states[n] as ArticleRecord) as Revision);
    const on = memoryApp({ stored: [states[2] as ArticleRecord], revisions });
    const found = [];
    let cursor: string | null = null;
    do {
      const page: { items: { revision: number; diff: object }[]; cursor: string | null } = (
        await ask(`/articles/${first.id}/revisions?limit=1${cursor ? `&cursor=${cursor}` : ''}`, {}, on)
      ).json();
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(found).toMatchObject([
      {
        revision: 3,
        diff: {
          title: { before: 'Old', after: 'New' },
          text: [{ kind: 'same' }, { kind: 'removed', text: 'Two is here.' }, { kind: 'same' }],
        },
      },
      {
        revision: 2,
        diff: { title: null, text: [{ kind: 'same', text: 'One stays.' }, { kind: 'changed' }, { kind: 'same' }] },
      },
    ]);
    expect((await ask(`/articles/${first.id}/revisions`, {}, on)).json().items).toEqual(found);
    expect(await problem(`/articles/${'0'.repeat(32)}/revisions`, {}, on)).toMatchObject({ status: 404 });
    expect(await problem(`/articles/${first.id}/revisions?cursor=x`, {}, on)).toMatchObject({ code: 'BAD_CURSOR' });
  });
});

describe('a list', () => {
  it('holds each article once over all its pages, newest first, following Link or cursor', async () => {
    const found: string[] = [];
    let path: string | null = '/articles?site=harbour.example&limit=17';
    while (path) {
      const { headers, json } = await ask(path);
      const { items, cursor } = json();
      found.push(...items.map(({ id }: { id: string }) => id));
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('Link') ?? '')?.[1];
      expect(next === undefined).toBe(cursor === null);
      path = next ? `/articles${next}` : null;
    }
    expect(found).toEqual(stories.map(({ id }) => id));
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['tags=ferry', 'tags'],
    ['day=2026-02-30', 'day'],
    ['day=yesterday', 'day'],
    ['day=2026-03-01&from=2026-03-01', 'day'],
    ['from=2026-13-01', 'from'],
    ['from=2026-03-02&to=2026-03-01', 'from'],
    ['site=%20', 'site'],
    ['tag=ferry&author=ines', 'author'],
    ['tag=%21%21', 'tag'],
    ['language=english!', 'language'],
    [`site=${'a'.repeat(300)}`, 'site'],
    ['cursor=abc', 'cursor'],
    [`cursor=${Buffer.from('["x",null,null,"y"]').toString('base64url')}`, 'cursor'],
    [`cursor=${'A'.repeat(9_000)}`, 'cursor'],
  ])('of %s is turned down by the name of %s', async (query, name) => {
    const { status, headers, json } = await ask(`/articles?${query}`);
    expect(status).toBe(400);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(json().errors).toEqual([{ name, detail: expect.any(String) }]);
  });

  it('takes no cursor of another list', async () => {
    const { cursor } = (await ask('/articles?site=harbour.example&limit=5')).json();
    for (const other of ['site=other.example', 'site=harbour.example&language=de', 'tag=night-ferry', '']) {
      expect(await problem(`/articles?${other}&limit=5&cursor=${cursor}`)).toMatchObject({
        status: 400,
        code: 'BAD_CURSOR',
      });
    }
    expect((await ask(`/articles?site=www.harbour.example&limit=9&cursor=${cursor}`)).status).toBe(200);
  });
});

describe('a parameter that cannot be meant', () => {
  it.each<[query: string, name: string, detail: string]>([
    ['site=a.example&site=b.example', 'site', 'It is given more than once; give it once.'],
    ['limit=1&limit=2', 'limit', 'It is given more than once; give it once.'],
    ['day=2026-03-01&day=2026-03-02', 'day', 'It is given more than once; give it once.'],
    ['tag=', 'tag', 'It is empty; give a value or leave it out.'],
    [`tag=${'x'.repeat(201)}`, 'tag', 'It must have at most 200 characters.'],
    [`cursor=${'x'.repeat(8_001)}`, 'cursor', 'It is more than the most it takes, 8000.'],
  ])('is told in words: %s', async (query, name, detail) => {
    expect((await ask(`/articles?${query}`)).json().errors).toEqual([{ name, detail }]);
  });
});

describe('feeds', () => {
  it.each(['rss', 'atom'] as const)('leave out what no %s can hold, whoever wrote it', async (format) => {
    const stored = [
      story(1, { title: 'Bell\u0007 and \uffff', description: 'tab\u000b', tags: [{ label: 'a\u0001', slug: 'a' }] }),
    ];
    const { text } = await ask(`/feed.${format}?tag=a%01`, {}, memoryApp({ stored }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no form for them
    expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\uffff]/);
    expect(text).toContain('Bell and ');
  });

  it('read no bodies that they have no room for, and leave out no others for them', async () => {
    const long = [0, 1].map((n) => story(n, { text: 'words '.repeat(300_000), description: 'It is long.' }));
    const stored = [...long, story(2), story(3, { description: null })];
    const on = memoryApp({ stored });
    const whole: string[] = [];
    const { read } = on.ports.articles;
    on.ports.articles.read = (id) => {
      whole.push(id);
      return read(id);
    };
    const { items } = (await ask('/feed.json?site=harbour.example', {}, on)).json();
    expect(whole).toEqual(stored.slice(2).map(({ id }) => id));
    expect(items).toMatchObject([
      { content_text: 'It is long.' },
      { content_text: 'It is long.' },
      { content_html: expect.stringContaining('Words of story 2') },
      { content_html: expect.stringContaining('Words of story 3') },
    ]);
  });

  it('in JSON have their items where there are none, as the format wants', async () => {
    const { json } = await ask('/feed.json?tag=nothing');
    expect(json()).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', items: [] });
  });

  it('hold what matches however far back it is and however little of it a filter lets through', async () => {
    const tags = [{ label: 'politics', slug: 'politics' }];
    const busy = Array.from({ length: 1_500 }, (_, n) =>
      story(n / 10, { site: 'big.example', tags, text: `Big ${n}.` }),
    );
    const few = [200, 24 * 100, 24 * 300].map((hours) =>
      story(hours, { site: 'small.example', tags, text: `Small ${hours}.` }),
    );
    const on = memoryApp({ stored: [...busy, ...few] });
    for (const [query, count] of [
      ['tag=politics&site=small.example', 3],
      ['from=2020-01-01&to=2026-03-01', 2],
    ] as const) {
      const { items } = (await ask(`/feed.json?${query}&limit=50`, {}, on)).json();
      expect(items.filter(({ id }: { id: string }) => few.some((record) => id.endsWith(record.id)))).toHaveLength(
        count,
      );
    }
  });

  it.each(['json', 'rss', 'atom'] as const)('of any query are %s that feed readers take', async (format) => {
    const { text, headers, status } = await ask(`/feed.${format}?site=harbour.example&limit=3`);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toMatch({ json: /feed\+json/, rss: /rss\+xml/, atom: /atom\+xml/ }[format]);
    const parsed = parseFeed(text);
    expect(parsed.format).toBe(format);
    const items = 'items' in parsed.feed ? parsed.feed.items : 'entries' in parsed.feed ? parsed.feed.entries : [];
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items?.[0])).toContain('https://harbour.example/0');
    // The text, escaped once more or not at all, but never as markup of the page.
    expect(text).not.toContain('<p>And <b>');
  });
});

describe('uploads', () => {
  const upload = (key: string, version: string, status: Upload['status'], minute: number): Upload => ({
    object: `raw/${key}`,
    version,
    status,
    reason: status === 'rejected' ? 'EMPTY' : null,
    detail: null,
    articleIds: [],
    sequencer: null,
    bytes: 0,
    mediaType: null,
    charset: null,
    attempts: 1,
    leaseUntil: null,
    receivedAt: new Date(NOW.getTime() + minute * 60_000).toISOString(),
    updatedAt: new Date(NOW.getTime() + minute * 60_000).toISOString(),
    durationMs: 1,
  });
  const on = memoryApp({
    uploads: [upload('a/b 100%.html', 'v1', 'rejected', 0), upload('a/b 100%.html', 'v2', 'ingested', 1)],
  });

  it('are found by status and by key, whatever the key holds', async () => {
    expect((await ask('/uploads?status=rejected&day=2026-04-01', {}, on)).json().items).toMatchObject([
      { version: 'v1' },
    ]);
    expect((await ask('/uploads?status=rejected', {}, on)).json().items).toHaveLength(1);
    for (const path of ['/uploads/a/b%20100%25.html', '/uploads/a%2Fb%20100%25.html']) {
      expect((await ask(path, {}, on)).json()).toMatchObject({ version: 'v2', status: 'ingested' });
      expect((await ask(`${path}?version=v1`, {}, on)).json()).toMatchObject({ reason: 'EMPTY' });
    }
    const versions = (await ask('/uploads?key=a%2Fb%20100%25.html', {}, on)).json();
    expect(versions.items.map(({ version }: Upload) => version)).toEqual(['v2', 'v1']);
  });

  it('with many versions of one key come in pages', async () => {
    const path = '/uploads?key=a%2Fb%20100%25.html&limit=1';
    const first = (await ask(path, {}, on)).json();
    expect(first.items).toMatchObject([{ version: 'v2' }]);
    const second = (await ask(`${path}&cursor=${encodeURIComponent(first.cursor)}`, {}, on)).json();
    expect(second).toMatchObject({ items: [{ version: 'v1' }], cursor: null });
    expect(await problem(`/uploads?key=none&cursor=${encodeURIComponent(first.cursor)}`, {}, on)).toMatchObject({
      status: 400,
      code: 'BAD_CURSOR',
    });
  });

  it('that nobody knows are 404, and lists without what they are of 400', async () => {
    expect(await problem('/uploads/none', {}, on)).toMatchObject({ status: 404 });
    expect(await problem('/uploads?key=none', {}, on)).toMatchObject({ status: 404 });
    for (const query of ['', '?status=done', '?day=2026-04-01', '?status=failed&key=a', `?key=${'é'.repeat(600)}`]) {
      expect(await problem(`/uploads${query}`, {}, on)).toMatchObject({ status: 400 });
    }
    expect(await problem(`/uploads/${'a'.repeat(2_000)}`, {}, on)).toMatchObject({ status: 400 });
  });

  const post = (body: unknown, type = 'application/json') => ({
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  it('are signed for one key and type', async () => {
    const request = { key: 'in/story.html', contentType: 'text/html; charset=gbk', url: 'https://harbour.example/1' };
    const { status, headers, json } = await ask('/uploads', post(request), on);
    expect([status, headers.get('Cache-Control')]).toEqual([201, 'no-store']);
    expect(json()).toMatchObject({ object: 'raw/in/story.html', maxBytes: 1_000 });
    expect(on.ports.signed).toEqual([request]);
  });

  it.each([
    ['{', 400],
    ['[]', 400],
    [{}, 400],
    [{ key: '' }, 400],
    [{ key: 7 }, 400],
    [{ key: 'a\nb' }, 400],
    [{ key: 'é'.repeat(600) }, 400],
    [{ key: 'a', contentType: 'image/png' }, 400],
    [{ key: 'a', url: 'javascript:alert(1)' }, 400],
    [{ key: 'a', sourceId: 'ü' }, 400],
    [{ key: 'a', bucket: 'other' }, 400],
    [{ key: FILE_NAME_PLACEHOLDER }, 400],
    [{ key: `in/${FILE_NAME_PLACEHOLDER}/x` }, 400],
    [{ key: 'a', sourceId: FILE_NAME_PLACEHOLDER }, 400],
    [{ key: 'a', url: `https://example.org/?a=${FILE_NAME_PLACEHOLDER}` }, 400],
    [{ key: 'a', contentType: `text/html; ${FILE_NAME_PLACEHOLDER}` }, 400],
    [{ key: 'a'.repeat(30_000) }, 413],
  ])('are not signed for %j', async (body, status) => {
    expect((await problem('/uploads', post(body), on)).status).toBe(status);
  });

  it.each([
    [{}, 'key', 'It is missing.'],
    [{ key: 7 }, 'key', 'It must be of the type string.'],
    [{ key: 'a', contentType: null }, 'contentType', 'It must be of the type string.'],
  ])('are refused in words: %j', async (body, name, detail) => {
    expect((await ask('/uploads', post(body), on)).json().errors).toEqual([{ name, detail }]);
    expect((await ask('/uploads?status=done', {}, on)).json().detail).toMatch(
      /^status: It must be one of processing, /,
    );
  });

  it('are described in JSON only', async () => {
    expect(await problem('/uploads', post('key=a', 'application/x-www-form-urlencoded'), on)).toMatchObject({
      status: 415,
    });
    expect(await problem('/uploads', { method: 'POST', body: new Uint8Array(4) }, on)).toMatchObject({ status: 415 });
  });
});

describe('a preview', () => {
  const page = `<!doctype html><html lang="en"><title>Ferry</title><article><h1>Ferry</h1>${'<p>The night ferry sails again from Monday, the harbour board said, after eleven years without one.</p>'.repeat(5)}</article>`;
  const post = (body: RequestInit['body'] & {}, type?: string) => ({
    method: 'POST',
    body,
    headers: type ? { 'Content-Type': type } : {},
  });

  it('is the record that would be stored, with its reasons if asked, and never cached', async () => {
    const plain = await ask('/extract?url=https%3A%2F%2Fharbour.example%2Fferry', post(page, 'text/html'));
    expect(plain.headers.get('Cache-Control')).toBe('no-store');
    const { outcome, record, decisions } = plain.json();
    expect([outcome, record.title, record.canonicalUrl]).toEqual(['article', 'Ferry', 'https://harbour.example/ferry']);
    expect(ArticleRecordSchema.parse(record)).toEqual(record);
    expect(decisions).toBeUndefined();
    const explained = (await ask('/extract?explain=true', post(page, 'text/html'))).json();
    expect(explained.decisions.length).toBeGreaterThan(3);
  });

  it('of what is no article says why', async () => {
    expect((await ask('/extract', post('', 'text/plain'))).json()).toMatchObject({
      outcome: 'rejected',
      code: 'EMPTY',
    });
    expect(
      (
        await ask(
          '/extract',
          post(new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0x0a]), 'application/octet-stream'),
        )
      ).json(),
    ).toMatchObject({
      outcome: 'rejected',
      form: { mediaType: 'application/pdf' },
    });
  });

  it('takes documents only, and none of ten megabytes', async () => {
    expect(await problem('/extract', post('x', 'image/png'))).toMatchObject({ status: 415 });
    expect(await problem('/extract', post('x'.repeat(10_000_000), 'text/plain'))).toMatchObject({ status: 413 });
    expect(await problem('/extract?url=ferry', post(page, 'text/html'))).toMatchObject({ status: 400 });
    expect(await problem('/extract?explain=yes', post(page, 'text/html'))).toMatchObject({ status: 400 });
  });
});

describe('what is not there', () => {
  it('is 404 by path and 405 by method, with what is allowed', async () => {
    expect(await problem('/nothing')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await problem('/')).toMatchObject({ status: 404 });
    const refused = await problem('/articles', { method: 'DELETE' });
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    expect((await problem('/extract')).headers.get('Allow')).toBe('POST');
    expect((await problem('/uploads/a/b', { method: 'PUT' })).status).toBe(405);
  });

  it('and a crowd is answered in turns, the last of it too', async () => {
    const crowd = memoryApp({ stored: stories });
    let reading = 0;
    let most = 0;
    const { read } = crowd.ports.articles;
    crowd.ports.articles.read = async (id) => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading -= 1;
      return read(id);
    };
    const ids = [first.id, '0'.repeat(32), 'x'];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => (await crowd.app.request(`/articles/${ids[n % 3]}`)).status),
    );
    expect(new Set(answers)).toEqual(new Set([200, 404, 400]));
    expect(most).toBeLessThan(50);
    expect(crowd.ports.faults).toEqual([]);
    const flood = await Promise.all(
      Array.from({ length: 3_000 }, async () => (await crowd.app.request(`/articles/${first.id}`)).status),
    );
    expect(new Set(flood)).toEqual(new Set([200, 429]));
  });

  it('and what breaks inside is told apart: 500, without a word of the inside', async () => {
    const broken = memoryApp();
    broken.ports.articles.read = () => Promise.reject(new Error('secret table name'));
    const response = await broken.app.request(`/articles/${first.id}`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(broken.ports.faults).toMatchObject([{ message: 'secret table name' }]);
  });

  it('and versions that no key could hold are refused', async () => {
    const long = encodeURIComponent('é'.repeat(1_000));
    for (const path of [`/uploads?key=a&version=${long}`, `/uploads/a?version=${long}`, '/uploads?version=v1']) {
      expect((await memoryApp().app.request(path)).status, path).toBe(400);
    }
  });

  it('and what passes is a 503 that says when to ask again', async () => {
    const busy = memoryApp();
    busy.ports.articles.read = () => Promise.reject(Object.assign(new Error('x'), { name: 'ThrottlingException' }));
    const response = await busy.app.request(`/articles/${first.id}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(await response.json()).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
  });
});
