import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE } from './certificate.ts';
import { get, rawSite, responseOf, secureSite, site } from './sites.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

describe('a request', () => {
  it('says who asks, for what and which copy is there, and nothing that follows a person', async () => {
    let seen: IncomingHttpHeaders = {};
    const local = await site((request, response) => {
      seen = request.headers;
      response.writeHead(200, { 'set-cookie': 'id=1' }).end();
    });
    const request = { etag: 'W/"a"b', lastModified: 'some day', accept: 'application/rss+xml' };
    const answer = responseOf(await get(local.url('/x'), request));
    expect(answer.headers).not.toHaveProperty('set-cookie');
    await get(local.url('/x'), request);
    expect(seen).toEqual({
      host: `site.test:${local.port}`,
      'user-agent': 'Copydesk/test (+https://example.org/bot)',
      accept: 'application/rss+xml',
      'accept-encoding': 'gzip, br, zstd, deflate',
      'if-none-match': 'W/"a"b',
      'if-modified-since': 'some day',
      connection: 'close',
    });
  });

  it('leaves out validators that no header can hold', async () => {
    let seen: IncomingHttpHeaders = {};
    const local = await site((request, response) => {
      seen = request.headers;
      response.end();
    });
    responseOf(await get(local.url(), { etag: '"a"\r\nX-Evil: 1', lastModified: '日' }));
    expect(seen).not.toHaveProperty('if-none-match');
    expect(seen).not.toHaveProperty('if-modified-since');
    expect(seen).not.toHaveProperty('x-evil');
  });

  it('leaves no connection open', async () => {
    const local = await site((_, response) => response.end('x'));
    for (let i = 0; i < 5; i++) responseOf(await get(local.url()));
    await local.closed();
    expect(local.open).toBe(0);
  });
});

describe('an answer', () => {
  it('is given with status, headers and body', async () => {
    const local = await site((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html; charset=gbk', ETag: 'W/"7"', Vary: ['a', 'b'] }).end('né'),
    );
    const answer = responseOf(await get(local.url('/a b?q=ü#part')));
    expect(answer).toMatchObject({ status: 200, url: local.url('/a%20b?q=%C3%BC'), text: 'né', redirects: [] });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=gbk', etag: 'W/"7"', vary: 'a, b' });
  });

  it('keeps the fields of X-Robots-Tag apart, and the first of what may be there once', async () => {
    const local = await rawSite((socket) =>
      socket.end(
        `${OK}X-Robots-Tag: otherbot: noindex, nofollow\r\nX-Robots-Tag: noai\r\nETag: "1"\r\nETag: "2"\r\n\r\n`,
      ),
    );
    const { headers } = responseOf(await get(local.url()));
    expect(headers['x-robots-tag']).toBe('otherbot: noindex, nofollow\nnoai');
    expect(headers.etag).toBe('"1"');
  });

  it('of 304 has no body', async () => {
    const local = await site((_, response) => response.writeHead(304, { etag: '"1"' }).end());
    expect(responseOf(await get(local.url(), { etag: '"1"' }))).toMatchObject({ status: 304, text: '' });
  });

  it.each([404, 403, 410, 429, 500, 503])('of %i is given without waiting for its body', async (status) => {
    const local = await rawSite((socket) =>
      socket.write(`HTTP/1.1 ${status} So\r\nRetry-After: 9\r\nContent-Length: 99999999\r\n\r\nso`),
    );
    const answer = responseOf(await get(local.url()));
    expect(answer).toMatchObject({ status, text: '', headers: { 'retry-after': '9' } });
    await local.closed();
  });

  it('may come after interim ones', async () => {
    const local = await rawSite((socket) =>
      socket.end(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${OK}Content-Length: 2\r\n\r\nhi`),
    );
    expect(responseOf(await get(local.url())).text).toBe('hi');
  });

  it('without a length ends with the connection', async () => {
    const local = await rawSite((socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\nall of it`));
    expect(responseOf(await get(local.url())).text).toBe('all of it');
  });

  it.each([
    ['a body shorter than announced', `${OK}Content-Length: 10\r\n\r\nshort`],
    ['a body longer than announced', `${OK}Content-Length: 2\r\n\r\nhi and more`],
    ['chunks without an end', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`],
    ['a chunk cut off', `${OK}Transfer-Encoding: chunked\r\n\r\n50\r\nhello`],
    ['chunks of no size', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`],
    ['two lengths', `${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
    ['a length that is none', `${OK}Content-Length: many\r\n\r\nhello`],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a broken header', `${OK}no colon here\r\n\r\n`],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['interim answers without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)],
  ])('is refused where it has %s', async (_, answer) => {
    const local = await rawSite((socket) => socket.end(answer));
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'BAD_ANSWER' });
    await local.closed();
  });

  it('is none where the connection is refused, or closed without a word', async () => {
    const mute = await rawSite((socket) => socket.destroy());
    expect(await get(mute.url())).toMatchObject({ kind: 'failed', code: 'CONNECT' });
    const reset = await rawSite((socket) => socket.resetAndDestroy());
    expect(await get(reset.url())).toMatchObject({ kind: 'failed', code: 'CONNECT' });
    const answer = await get('http://site.test:1/');
    expect(answer).toMatchObject({ kind: 'failed', code: 'CONNECT' });
    expect(answer.kind === 'failed' && answer.detail).toMatch(/^http:\/\/site\.test:1\/: .*refused.*ECONNREFUSED.*\.$/);
  });
});

describe('TLS', () => {
  const answer = `${OK}Content-Length: 2\r\n\r\nhi`;

  it('is accepted where an authority vouches for the name', async () => {
    const local = await secureSite(answer);
    expect(responseOf(await get(local.url(), {}, { ca: [CERTIFICATE] })).text).toBe('hi');
  });

  it('is refused where none does, the certificate is for another name, or the handshake fails', async () => {
    const local = await secureSite(answer);
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'TLS' });
    expect(await get(local.url('/', 'other.test'), {}, { ca: [CERTIFICATE] })).toMatchObject({ code: 'TLS' });
    const plain = await rawSite((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), '');
    expect(await get(plain.url().replace('http:', 'https:'))).toMatchObject({ kind: 'failed', code: 'TLS' });
  });
});
