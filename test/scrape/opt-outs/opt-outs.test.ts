import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpClient } from '../../../functions/scrape/http/http-client.ts';
import { answerHints, optOut } from '../../../functions/scrape/opt-outs/opt-outs.ts';
import { robotsDirectives } from '../../../functions/scrape/opt-outs/robots-directives.ts';
import { parseTdmrep, readTdmrep, reservationByFile } from '../../../functions/scrape/opt-outs/tdmrep.ts';
import { site } from '../http/sites.ts';

const now = new Date('2026-03-01T12:00:00Z');
const url = 'https://site.test/news/1?page=2';
const directives = (field: string) => robotsDirectives(field, 'Copydesk', now);

describe('directives to robots', () => {
  it('are words parted by commas, or by spaces where people forget', () => {
    expect(directives('NoIndex, noai ,, nofollow')).toEqual(['noindex', 'noai', 'nofollow']);
    expect(directives('noindex nofollow')).toEqual(['noindex', 'nofollow']);
    expect(directives('noindex;nofollow')).toEqual(['noindex', 'nofollow']);
    expect(directives('')).toEqual([]);
  });

  it('may be for one user agent, until the next is named', () => {
    expect(directives('googlebot: noindex, noai')).toEqual([]);
    expect(directives('noimageai, googlebot: noindex, COPYDESK : noai, nosnippet')).toEqual([
      'noimageai',
      'noai',
      'nosnippet',
    ]);
    expect(directives('*: noai')).toEqual(['noai']);
    expect(directives('copydesk/1.0: noai')).toEqual(['noai']);
  });

  it('may have values, which name no user agent', () => {
    expect(directives('max-snippet: 20, noai, max-image-preview:large')).toEqual([
      'max-snippet',
      'noai',
      'max-image-preview',
    ]);
  });

  it('of none mean noindex and nofollow', () => {
    expect(directives('none')).toEqual(['none', 'noindex', 'nofollow']);
  });

  it.each([
    ['25 Jun 2025 15:00:00 PST', true],
    ['Wed, 25 Jun 2025 15:00:00 GMT', true],
    ['Wednesday, 25-Jun-25 15:00:00 GMT', true],
    ['Jun 25, 2025 15:00:00 GMT', true],
    ['Wednesday, Jun 25, 2025 15:00:00 GMT', true],
    ['Dec 25, 2030 15:00:00 GMT', false],
    ['Wednesday, Dec 25, 2030', false],
    ['2025-06-25', true],
    ['2026-03-01T11:00:00Z', true],
    ['Wed, 25 Jun 2036 15:00:00 GMT', false],
    ['2026-03-01T13:00:00Z', false],
    ['some day', false],
  ])('after %s mean noindex once it has passed', (date, passed) => {
    expect(directives(`unavailable_after: ${date}, noarchive`).includes('noindex')).toBe(passed);
    expect(directives(`unavailable_after: ${date}, noarchive`)).toContain('noarchive');
    expect(directives(`copydesk: unavailable_after: ${date}`).includes('noindex')).toBe(passed);
    expect(directives(`googlebot: unavailable_after: ${date}`)).toEqual([]);
  });

  it('are read from anything without harm', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), (field) => {
        expect(directives(field).length).toBeLessThanOrEqual(42);
      }),
    );
  });
});

describe('a tdmrep.json', () => {
  const rules = parseTdmrep(
    Buffer.from(
      JSON.stringify([
        { location: '/free/', 'tdm-reservation': 0 },
        { location: '/news/*?page=', 'tdm-reservation': 1, 'tdm-policy': '/terms.json' },
        { location: '/broken', 'tdm-reservation': 2 },
        { location: 7, 'tdm-reservation': 1 },
        { location: '/*.pdf$', 'tdm-reservation': '1', 'tdm-policy': 'javascript:alert(1)' },
        { location: '/broken', 'tdm-reservation': 1 },
        null,
      ]),
    ),
    'https://site.test',
  );
  const said = (path: string) => reservationByFile(rules, `https://site.test${path}`);

  it('says by its first rule that matches whether rights are reserved', () => {
    expect(said('/free/news/1?page=2')).toEqual({ reserved: false, policy: null });
    expect(said('/news/1?page=2')).toEqual({ reserved: true, policy: 'https://site.test/terms.json' });
    expect(said('/a/b.pdf')).toEqual({ reserved: true, policy: null });
    expect(said('/elsewhere')).toEqual({ reserved: null, policy: null });
  });

  it('passes over rules that it does not know', () => {
    expect(said('/broken')).toEqual({ reserved: true, policy: null });
    expect(rules).toHaveLength(4);
  });

  it.each([null, {}, 7, ['x']])('reserves what has a policy that is none: %j', (policy) => {
    const entries = [{ location: '/', 'tdm-reservation': 1, 'tdm-policy': policy }];
    expect(parseTdmrep(Buffer.from(JSON.stringify(entries)), 'https://site.test')).toEqual([
      { location: '/', reserved: true, policy: null },
    ]);
  });

  it('reserves what has a location that is too long, and opens nothing by one', () => {
    const long = `/long/${'x'.repeat(600)}`;
    const reserved = (reservation: number) => {
      const entries = [{ location: long, 'tdm-reservation': reservation }];
      const kept = parseTdmrep(Buffer.from(JSON.stringify(entries)), 'https://site.test');
      return reservationByFile(kept, `https://site.test${long}`).reserved;
    };
    expect([reserved(1), reserved(0)]).toEqual([true, null]);
  });

  it('with more rules than are kept reserves all that they do not settle', () => {
    const entries = Array.from({ length: 150 }, (_, n) => ({ location: `/part-${n}/`, 'tdm-reservation': n % 2 }));
    const kept = parseTdmrep(Buffer.from(JSON.stringify(entries)), 'https://site.test');
    const reserved = (path: string) => reservationByFile(kept, `https://site.test${path}`).reserved;
    expect(['/part-0/a', '/part-1/a', '/part-148/a', '/part-149/a', '/else'].map(reserved)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it.each(['', '{}', '[', '{"location":"/","tdm-reservation":1}', '<html>', '"x"', '[[]]'])(
    'says nothing as %s',
    (text) => {
      expect(parseTdmrep(Buffer.from(text), 'https://site.test')).toEqual([]);
    },
  );

  it('is asked of an origin, which mostly has none, and kept for a day', async () => {
    const http = httpClient({ allowLoopback: true, resolver: async () => ['127.0.0.1'] });
    const reading = { http, userAgent: 'Copydesk/1.0', now: () => now };
    const local = await site((request, response) => {
      if (request.url === '/.well-known/tdmrep.json') response.end('[{"location":"/","tdm-reservation":1}]');
      else response.writeHead(500).end();
    });
    const first = await readTdmrep(new URL(local.url()).origin, null, reading);
    expect(first.tdmrep).toEqual({
      rules: [{ location: '/', reserved: true, policy: null }],
      expiresAt: '2026-03-02T12:00:00.000Z',
      unreadSince: null,
    });
    const none = await site((_, response) => response.writeHead(404).end());
    expect((await readTdmrep(new URL(none.url()).origin, first.tdmrep, reading)).tdmrep).toEqual({
      rules: [],
      expiresAt: '2026-03-02T12:00:00.000Z',
      unreadSince: null,
    });
    const broken = await site((_, response) => response.writeHead(503).end());
    const { tdmrep } = await readTdmrep(new URL(broken.url()).origin, first.tdmrep, reading);
    expect(tdmrep).toEqual({
      ...first.tdmrep,
      expiresAt: '2026-03-01T13:00:00.000Z',
      unreadSince: null,
    });
    const never = await readTdmrep(new URL(broken.url()).origin, null, reading);
    expect(never.tdmrep).toMatchObject({ rules: [], unreadSince: '2026-03-01T12:00:00.000Z' });
    const away = await site((_, response) => response.writeHead(302, { location: 'https://www.site.test/' }).end());
    expect((await readTdmrep(new URL(away.url()).origin, null, reading)).tdmrep).toMatchObject({ unreadSince: null });
    for (const [status, body] of [
      [403, 'No.'],
      [200, '<html>We are back soon.</html>'],
    ] as const) {
      const checked = await site((_, response) => response.writeHead(status).end(body));
      const { origin } = new URL(checked.url());
      expect((await readTdmrep(origin, first.tdmrep, reading)).tdmrep.rules).toEqual(first.tdmrep.rules);
      expect((await readTdmrep(origin, null, reading)).tdmrep).toMatchObject({ rules: [], unreadSince: null });
    }
    const led = await readTdmrep(new URL(away.url()).origin, first.tdmrep, reading);
    expect(led.tdmrep).toMatchObject({ rules: first.tdmrep.rules, expiresAt: '2026-03-01T13:00:00.000Z' });
  });
});

describe('what an answer asks of machines', () => {
  const hints = (headers: Record<string, string>, rules: Parameters<typeof answerHints>[1] = []) =>
    answerHints({ url, headers }, rules, 'Copydesk', now);

  it('stands in its header, each field of X-Robots-Tag for itself', () => {
    expect(hints({ 'x-robots-tag': 'googlebot: noindex, nofollow\nnoai\ncopydesk: noarchive' })).toEqual({
      robots: ['noai', 'noarchive'],
      tdmReserved: null,
      tdmPolicy: null,
    });
  });

  it('is nothing where it says nothing for us', () => {
    expect(hints({})).toBeNull();
    expect(hints({ 'x-robots-tag': 'googlebot: noindex', 'tdm-reservation': 'maybe' })).toBeNull();
  });

  it('stands in the tdmrep.json of its origin, whose word the header replaces', () => {
    const rules = [{ location: '/news', reserved: true, policy: 'https://site.test/terms' }];
    expect(hints({}, rules)).toEqual({ robots: [], tdmReserved: true, tdmPolicy: 'https://site.test/terms' });
    expect(hints({ 'tdm-reservation': '0' }, rules)).toEqual({ robots: [], tdmReserved: false, tdmPolicy: null });
    expect(hints({ 'tdm-reservation': '1', 'tdm-policy': '/other' }, rules)).toMatchObject({
      tdmPolicy: 'https://site.test/other',
    });
  });
});

describe('a page that opts out', () => {
  const why = (page: string, headers: Record<string, string> = {}) => {
    const answer = answerHints({ url, headers }, [], 'Copydesk', now);
    return optOut({ url, body: Buffer.from(page) }, answer, 'Copydesk', now);
  };

  it('says so in its header or its metas, and is left alone for that reason', () => {
    expect(why('<p>Text', { 'x-robots-tag': 'noai' })).toBe('it asks machines to stay away (X-Robots-Tag: noai)');
    expect(why('<head><META Name=ROBOTS content="index, NoAI"><body>')).toBe(
      'it asks machines to stay away (meta robots: noai)',
    );
    expect(why('<meta name="copydesk" content="none">')).toBe('it asks machines to stay away (meta robots: noindex)');
    expect(why('', { 'tdm-reservation': '1' })).toBe('it reserves the rights to text and data mining (TDMRep)');
    expect(why('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/t">')).toBe(
      'it reserves the rights to text and data mining (TDMRep; https://site.test/t has the terms)',
    );
  });

  it('has the last word on its rights', () => {
    expect(why('<meta name="tdm-reservation" content="0">', { 'tdm-reservation': '1' })).toBeNull();
  });

  it.each([
    '<p>Text',
    '<meta name="robots" content="index, follow, max-snippet:-1, noimageai, noarchive">',
    '<meta name="googlebot" content="noindex">',
    '<meta property="robots"><meta content="noai">',
    '<!-- <meta name="robots" content="noai"> -->',
    '<script>"<meta name=robots content=noai>"</script>',
  ])('is none where it says only %s', (page) => {
    expect(why(page)).toBeNull();
  });

  it('is read from anything without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (body) => {
        expect(optOut({ url, body }, null, 'Copydesk', now)).toBeNull();
      }),
    );
    expect(why(`<meta name="robots" content="${'a '.repeat(200_000)}">${'<meta '.repeat(50_000)}`)).toBeNull();
  });
});
