import { describe, expect, it } from 'vitest';
import { get, rawSite, responseOf, site } from './sites.ts';

/** Answers each path with a redirect there, as the table says, and all else with its own path. */
function redirecting(table: Record<string, [status: number, location: string]>) {
  return site((request, response) => {
    const [status, location] = table[request.url ?? ''] ?? [200, ''];
    if (status === 200) response.end(`at ${request.url}`);
    else response.writeHead(status, location === '' ? {} : { location }).end('moved');
  });
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('of %i is followed within the host', async (status) => {
    const local = await redirecting({ '/old': [status, '/new'] });
    const answer = responseOf(await get(local.url('/old')));
    expect(answer).toMatchObject({ url: local.url('/new'), status: 200, text: 'at /new' });
    expect(answer.redirects).toEqual([{ status, from: local.url('/old'), to: local.url('/new') }]);
  });

  it.each([
    ['/a/b?c', '../x', '/x'],
    ['/a/b?c', '?d', '/a/b?d'],
    ['/a/b', 'x#part', '/a/x'],
    ['/a/b', '//site.test:PORT/y', '/y'],
    ['/a/b', '  /spaced ', '/spaced'],
    ['/a/b', '/a b', '/a%20b'],
  ])('on %s to "%s" leads to %s', async (path, location, to) => {
    const local = await rawSite((socket, request) => {
      const there = location.replace('PORT', String(local.port));
      socket.end(
        request.startsWith(`GET ${path} `)
          ? `HTTP/1.1 302 Found\r\nLocation: ${there}\r\n\r\n`
          : `HTTP/1.1 200 OK\r\n\r\n${request.split(' ')[1]}`,
      );
    });
    expect(responseOf(await get(local.url(path)))).toMatchObject({ url: local.url(to), text: to });
  });

  it('to a path in bare UTF-8 leads there', async () => {
    const local = await rawSite((socket, request) =>
      socket.end(
        Buffer.from(
          request.startsWith('GET /old ')
            ? 'HTTP/1.1 301 Moved\r\nLocation: /новое\r\n\r\n'
            : 'HTTP/1.1 200 OK\r\n\r\n',
        ),
      ),
    );
    expect(responseOf(await get(local.url('/old'))).url).toBe(local.url(encodeURI('/новое')));
  });

  it('to another host, or another port of the same, is answered and not followed', async () => {
    let asked = 0;
    const other = await site((_, response) => {
      asked++;
      response.end();
    });
    const local = await redirecting({
      '/1': [302, '/2'],
      '/2': [301, other.url('/x', 'other.test')],
      '/3': [302, other.url('/y')],
      '/4': [302, 'https://example.com/z'],
    });
    expect(await get(local.url('/1'))).toEqual({
      kind: 'redirected-away',
      url: other.url('/x', 'other.test'),
      redirects: [
        { status: 302, from: local.url('/1'), to: local.url('/2') },
        { status: 301, from: local.url('/2'), to: other.url('/x', 'other.test') },
      ],
    });
    expect(await get(local.url('/3'))).toMatchObject({ kind: 'redirected-away', url: other.url('/y') });
    expect(await get(local.url('/4'))).toMatchObject({ kind: 'redirected-away', url: 'https://example.com/z' });
    expect(asked).toBe(0);
  });

  it('waits until it may be followed, and is answered where it may not', async () => {
    const local = await redirecting({ '/1': [302, '/2'], '/2': [302, '/3'], '/4': [302, '/private'] });
    const asked: string[] = [];
    const mayFollow = async (url: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1200));
      asked.push(url);
      return !url.endsWith('/private');
    };
    // The wait is no part of the time for the answer.
    const answer = await get(local.url('/1'), { mayFollow }, { totalMs: 2000 });
    expect(responseOf(answer).text).toBe('at /3');
    expect(await get(local.url('/4'), { mayFollow })).toMatchObject({
      kind: 'redirected-away',
      url: local.url('/private'),
    });
    expect(asked).toEqual([local.url('/2'), local.url('/3'), local.url('/private')]);
  });

  it('in a circle or without end is given up', async () => {
    const circle = await redirecting({ '/a': [302, '/b'], '/b': [302, '/a'], '/self': [302, '/self#again'] });
    expect(await get(circle.url('/a'))).toMatchObject({ kind: 'failed', code: 'TOO_MANY_REDIRECTS' });
    expect(await get(circle.url('/self'))).toMatchObject({ kind: 'failed', code: 'TOO_MANY_REDIRECTS' });
    let hops = 0;
    const endless = await site((_, response) => response.writeHead(302, { location: `/${++hops}` }).end());
    const answer = await get(endless.url('/start'));
    expect(answer).toMatchObject({ kind: 'failed', code: 'TOO_MANY_REDIRECTS' });
    expect(hops).toBe(11);
  });

  it.each(['ftp://site.test/', 'javascript:alert(1)', 'http://u:word@site.test/', 'http://[', 'file:///etc/passwd'])(
    'to %s is refused',
    async (location) => {
      const local = await redirecting({ '/old': [302, location] });
      const answer = await get(local.url('/old'));
      expect(answer).toMatchObject({ kind: 'failed', code: 'BAD_URL' });
      expect(JSON.stringify(answer)).not.toContain('word');
    },
  );

  it('without a place to go, and what is no redirect, is an answer', async () => {
    const local = await redirecting({ '/1': [302, ''], '/2': [300, '/x'], '/3': [305, '/x'] });
    expect(responseOf(await get(local.url('/1'))).status).toBe(302);
    expect(responseOf(await get(local.url('/2'))).status).toBe(300);
    expect(responseOf(await get(local.url('/3'))).status).toBe(305);
  });
});
