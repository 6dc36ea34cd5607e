import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { get, rawSite, responseOf, site } from './sites.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const text = 'Copy that is worth packing. '.repeat(200);

const PACK = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  deflate: deflateSync,
} as const;

function coded(coding: string, body: Uint8Array) {
  return site((_, response) => response.writeHead(200, { 'content-encoding': coding }).end(body));
}

describe('the first bytes of an answer', () => {
  it.each(['identity', 'gzip', 'br', 'zstd'])('are enough where they are asked for, as %s too', async (coding) => {
    const pack = { identity: (bytes: Buffer) => bytes, ...PACK }[coding] as (bytes: Buffer) => Buffer;
    const local = await coded(coding, pack(Buffer.alloc(5_000_000, 'ab')));
    const { text: taken } = responseOf(await get(local.url(), { maxBytes: 1_001, prefix: true }));
    expect(taken).toBe('ab'.repeat(501).slice(0, 1_001));
    await local.closed();
  });

  it('are enough of one that has no end', async () => {
    const local = await site((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      more();
      response.on('drain', more);
    });
    expect(responseOf(await get(local.url(), { maxBytes: 100_000, prefix: true })).text).toHaveLength(100_000);
    await local.closed();
  });

  it('are all of one that is shorter', async () => {
    const local = await coded('gzip', gzipSync(text));
    expect(responseOf(await get(local.url(), { maxBytes: 1_000_000, prefix: true })).text).toBe(text);
  });

  it('are not waited for without end where nothing comes out of what is sent', async () => {
    const local = await coded('gzip, gzip', gzipSync(Buffer.alloc(20_000_000, gzipSync(''))));
    expect(await get(local.url(), { maxBytes: 1_000, prefix: true })).toMatchObject({
      kind: 'failed',
      code: 'TOO_LARGE',
    });
  });
});

describe('a content coding', () => {
  it.each(Object.entries(PACK))('%s is taken off', async (coding, pack) => {
    const local = await coded(coding, pack(Buffer.from(text)));
    expect(responseOf(await get(local.url())).text).toBe(text);
  });

  it('deflate is taken off without its envelope too', async () => {
    const local = await coded('deflate', deflateRawSync(text));
    expect(responseOf(await get(local.url())).text).toBe(text);
  });

  it('is read whatever its case and spaces, and several come off in turn', async () => {
    const local = await coded(' GZip , br,identity', brotliCompressSync(gzipSync(text)));
    expect(responseOf(await get(local.url())).text).toBe(text);
  });

  it('of nothing is nothing', async () => {
    for (const coding of Object.keys(PACK)) {
      const local = await coded(coding, Buffer.alloc(0));
      expect(responseOf(await get(local.url())).text).toBe('');
    }
  });

  it.each(['compress', 'exi', 'gzip, gzip, gzip, gzip', 'gzip\tbr'])('is refused where it is %s', async (coding) => {
    const local = await coded(coding, gzipSync(text));
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'BAD_ANSWER' });
  });

  it.each(['utf-8', 'none', 'UTF-8, gzip', 'aws-chunked'])(
    'is passed over where it is no coding: %s',
    async (coding) => {
      const local = await coded(coding, coding.includes('gzip') ? gzipSync(text) : Buffer.from(text));
      expect(responseOf(await get(local.url())).text).toBe(text);
    },
  );

  it.each(Object.entries(PACK))('%s that is cut short or broken is refused', async (coding, pack) => {
    const whole = pack(Buffer.from(text));
    const broken = Buffer.from(whole);
    broken.fill(0xff, 4);
    for (const body of [whole.subarray(0, whole.length - 6), whole.subarray(0, 5), broken, Buffer.from('plain text')]) {
      const local = await coded(coding, body);
      expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'BAD_ANSWER' });
      await local.closed();
    }
  });

  it.each(Object.entries(PACK))('%s that swells beyond the cap is refused, and stops there', async (coding, pack) => {
    const local = await coded(coding, pack(Buffer.alloc(50_000_000)));
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
    await local.closed();
  });

  it('laid over another one that swells is refused by the cap in between', async () => {
    // A million empty members, 20 MB that pack well and from which nothing at all comes out.
    const local = await coded('gzip, gzip', gzipSync(Buffer.alloc(20_000_000, gzipSync(''))));
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
  });

  it('zstd that asks for a window beyond eight megabytes is refused', async () => {
    // Frame header of RFC 8878 with a window of 128 MB, then one raw block of one byte.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x09, 0x00, 0x00, 0x61]);
    const local = await coded('zstd', frame);
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'BAD_ANSWER' });
    frame[5] = 0x68;
    const modest = await coded('zstd', frame);
    expect(responseOf(await get(modest.url())).text).toBe('a');
  });
});

describe('an answer too large', () => {
  it('is refused by what it announces, before it is read', async () => {
    const local = await rawSite((socket) => socket.write(`${OK}Content-Length: 1000001\r\n\r\n`));
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
    await local.closed();
  });

  it('is refused once it is, where it announces nothing', async () => {
    const local = await site((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(await get(local.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
    await local.closed();
  });

  it('fits where it is exactly as large as allowed', async () => {
    const local = await site((_, response) => response.end(Buffer.alloc(1000)));
    expect(responseOf(await get(local.url(), { maxBytes: 1000 })).body).toHaveLength(1000);
    expect(await get(local.url(), { maxBytes: 999 })).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
  });

  it('is refused for its header, long or endless', async () => {
    const long = await rawSite((socket) => socket.end(`${OK}X-Long: ${'x'.repeat(40_000)}\r\n\r\n`));
    expect(await get(long.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
    const endless = await rawSite((socket) => {
      socket.write(OK);
      const more = () => {
        while (!socket.destroyed && socket.write('X-More: and more\r\n'.repeat(100)));
      };
      socket.on('drain', more);
      more();
    });
    expect(await get(endless.url())).toMatchObject({ kind: 'failed', code: 'TOO_LARGE' });
    await endless.closed();
  });
});

describe('an answer too slow', () => {
  const hasty = { totalMs: 300, headersMs: 150 };

  it('is given up where nothing comes', async () => {
    const local = await rawSite(() => {});
    const answer = await get(local.url(), {}, hasty);
    expect(answer).toMatchObject({ kind: 'failed', code: 'TIMEOUT' });
    expect(answer.kind === 'failed' && answer.detail).toContain('no answer after 0.15 s');
    await local.closed();
  });

  it.each([
    ['header', `${OK}X-Slow: `],
    ['body', `${OK}Content-Length: 1000\r\n\r\n`],
    ['chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n`],
  ])('is given up where its %s comes byte by byte', async (_, start) => {
    const local = await rawSite((socket) => {
      socket.write(start);
      const drip = setInterval(() => socket.write('1'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await get(local.url(), {}, hasty)).toMatchObject({ kind: 'failed', code: 'TIMEOUT' });
    await local.closed();
  });

  it('is given up where the name is not resolved in time', async () => {
    const answer = await get('http://site.test/', {}, { ...hasty, resolver: () => new Promise(() => {}) });
    expect(answer).toMatchObject({ kind: 'failed', code: 'TIMEOUT' });
  });

  it('has one time for all its redirects', async () => {
    const local = await site((request, response) => {
      const next = Number(request.url?.slice(1)) + 1;
      setTimeout(() => response.writeHead(302, { location: `/${next}` }).end(), 100);
    });
    expect(await get(local.url('/1'), {}, { totalMs: 350 })).toMatchObject({ kind: 'failed', code: 'TIMEOUT' });
  });
});
