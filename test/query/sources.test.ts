import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../functions/scrape/sources/source.ts';
import { memoryApp, NOW } from './memory.ts';

const source = (id: string, fields: Partial<Source> = {}): Source => ({
  ...newSource({ ...DEFAULT_SETTINGS, id, url: `https://${id}/feed` }, NOW),
  ...fields,
});

function api(sources: Source[] = []) {
  const { app, ports } = memoryApp({ stored: [], revisions: [], uploads: [], sources });
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
  };
  return { app, ask, ports };
}

describe('sources', () => {
  it('are watched with what is given and the usual for the rest, under a name made from the address', async () => {
    const { ask } = api();
    const added = await ask('POST', '/sources', { url: 'https://www.example.org/feed.xml', section: 'Culture' });
    expect(added).toMatchObject({
      status: 201,
      json: { id: 'example.org', section: 'Culture', recheckDays: 3, state: 'active', health: 'new', declared: false },
    });
    expect(added.headers.get('Location')).toBe('/sources/example.org');
    expect(await ask('GET', '/sources/example.org')).toMatchObject({ status: 200, json: added.json });
  });

  it('are watched once: another under the same name or address is a conflict that says which', async () => {
    const { ask } = api([source('a.example')]);
    const twice = await ask('POST', '/sources', { url: 'http://www.a.example/feed/' });
    expect(twice).toMatchObject({ status: 409, json: { code: 'WATCHED_ALREADY' } });
    expect(twice.json.detail).toContain('as a.example');
    const named = await ask('POST', '/sources', { url: 'https://b.example/', id: 'a.example' });
    expect(named).toMatchObject({ status: 409, json: { code: 'NAME_TAKEN' } });
    const moved = await ask('PATCH', '/sources/a.example', { url: 'https://a.example/feed' });
    expect(moved.status).toBe(200);
  });

  it('are listed by name in pages, each once, and by health', async () => {
    const all = ['b.example', 'a.example', 'c.example'].map((id) => source(id));
    const { ask } = api([...all, source('d.example', { failures: 2, problem: 'It answered 503.' })]);
    const names: string[] = [];
    let path: string | null = '/sources?limit=2';
    while (path) {
      const { json } = await ask('GET', path);
      names.push(...json.items.map(({ id }: Source) => id));
      path = json.cursor && `/sources?limit=2&cursor=${json.cursor}`;
    }
    expect(names).toEqual(['a.example', 'b.example', 'c.example', 'd.example']);
    const { json } = await ask('GET', '/sources?health=failing');
    expect(json).toMatchObject({ items: [{ id: 'd.example', problem: 'It answered 503.' }], cursor: null });
    expect(await ask('GET', '/sources?cursor=%C3%A4')).toMatchObject({ status: 400, json: { code: 'BAD_CURSOR' } });
  });

  it('are paused with a reason, resumed, changed, read now and forgotten', async () => {
    const { ask } = api([source('a.example', { dueAt: '2027-01-01T00:00:00.000Z' })]);
    const path = '/sources/a.example';
    const paused = await ask('PATCH', path, { state: 'paused', reason: 'relaunch' });
    expect(paused).toMatchObject({ status: 200, json: { health: 'paused', stateReason: 'relaunch' } });
    expect(await ask('POST', `${path}/run`)).toMatchObject({ status: 409, json: { code: 'NOT_ACTIVE' } });
    const resumed = await ask('PATCH', path, { state: 'active', maxPerRun: 5 });
    expect(resumed).toMatchObject({ json: { state: 'active', stateReason: null, maxPerRun: 5 } });
    expect(await ask('POST', `${path}/run`)).toMatchObject({ status: 202, json: { dueAt: NOW.toISOString() } });
    expect(await ask('DELETE', path)).toMatchObject({ status: 204, json: null });
    for (const [method, at, body] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/run`],
      ['PATCH', path, { maxPerRun: 5 }],
    ] as const) {
      expect(await ask(method, at, body), method).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    }
  });

  it.each([
    [{}, 'url'],
    [{ url: 'ftp://example.org/' }, 'url'],
    [{ url: 'https://example.org/', every: 5 }, 'every'],
    [{ url: 'https://example.org/', everySeconds: 1 }, 'everySeconds'],
    [{ url: 'https://example.org/', id: 'A b' }, 'id'],
  ])('that cannot be meant are refused by field: %j', async (body, field) => {
    const { ask } = api();
    const { status, json } = await ask('POST', '/sources', body);
    expect({ status, code: json.code, names: json.errors.map(({ name }: { name: string }) => name) }).toEqual({
      status: 400,
      code: 'BAD_REQUEST',
      names: [field],
    });
  });

  it('are taken over from the list of a reader, each once, and given back as one', async () => {
    const { app, ask } = api([source('a.example'), source('p.example', { state: 'paused', stateReason: 'relaunch' })]);
    const outline = (url: string) => `<outline text="A feed" type="rss" xmlUrl="${url}"/>`;
    const urls = ['https://a.example/feed/', 'https://b.example/feed', 'feed://c', 'http://10.0.0.1/feed'];
    const body = `<opml version="2.0"><body><outline text="Local">${urls.map(outline).join('')}</outline></body></opml>`;
    const send = (text: string, type = 'text/x-opml') =>
      app.request('/sources.opml?foldersAsSections=true', {
        method: 'POST',
        body: text,
        headers: { 'Content-Type': type },
      });
    expect(await (await send(body)).json()).toEqual({
      added: [{ id: 'b.example', url: 'https://b.example/feed' }],
      known: 1,
      problems: [expect.stringContaining('http or https'), expect.stringContaining('http://10.0.0.1/feed')],
    });
    expect(await ask('GET', '/sources/b.example')).toMatchObject({ json: { section: 'Local', state: 'active' } });
    expect(await (await send(body)).json()).toMatchObject({ added: [], known: 2 });
    expect((await send('<html></html>')).status).toBe(400);
    expect((await send(body, 'application/json')).status).toBe(415);
    expect((await send(`${body}${' '.repeat(1_000_000)}`)).status).toBe(413);

    const exported = async (query: string) => {
      const answer = await app.request(`/sources.opml${query}`);
      expect(answer.headers.get('Content-Type')).toBe('text/x-opml; charset=utf-8');
      return [...(await answer.text()).matchAll(/xmlUrl="([^"]*)"/g)].map(([, url]) => url);
    };
    expect(await exported('')).toEqual(['https://a.example/feed', 'https://b.example/feed']);
    expect(await exported('?all=true')).toHaveLength(3);
    expect((await api().app.request('/sources.opml')).status).toBe(200);
  });

  it('take JSON only, and say what is wrong with a reason without a pause', async () => {
    const { app } = memoryApp({ stored: [], revisions: [], uploads: [], sources: [source('a.example')] });
    for (const [method, path] of [
      ['POST', '/sources'],
      ['POST', '/sources/inspect'],
      ['PATCH', '/sources/a.example'],
    ] as const) {
      expect((await app.request(path, { method, body: 'url=x' })).status, path).toBe(415);
    }
    const { ask } = api([source('a.example')]);
    expect(await ask('PATCH', '/sources/a.example', { reason: 'relaunch' })).toMatchObject({ status: 400 });
  });
});

describe('an address', () => {
  it.each(['http://127.0.0.1/feed', 'http://169.254.169.254/', 'ftp://a.example/', 'http://u:p@a.example/'])(
    'that is never asked, as %s, is not watched',
    async (url) => {
      const { ask } = api([source('a.example')]);
      const refused = await ask('POST', '/sources', { url });
      expect(refused).toMatchObject({ status: 400, json: { code: 'BAD_REQUEST', errors: [{ name: 'url' }] } });
      expect(await ask('PATCH', '/sources/a.example', { url })).toMatchObject({ status: 400 });
      expect((await ask('GET', '/sources')).json.items).toHaveLength(1);
    },
  );

  it('is looked at without being watched', async () => {
    const { ask } = api();
    expect(await ask('POST', '/sources/inspect', { url: 'https://example.org/feed' })).toMatchObject({
      status: 200,
      json: {
        chosen: { url: 'https://example.org/feed', kind: 'rss' },
        items: [{ url: 'https://example.org/feed/1', title: 'A story', publishedAt: null }],
        itemCount: 1,
      },
    });
    expect((await ask('GET', '/sources')).json.items).toEqual([]);
    const { status, headers } = await ask('DELETE', '/sources/inspect');
    expect({ status, allow: headers.get('Allow') }).toEqual({ status: 405, allow: 'POST' });
    expect(await ask('POST', '/sources', { url: 'https://a.example/', id: 'inspect' })).toMatchObject({ status: 400 });
  });
});
