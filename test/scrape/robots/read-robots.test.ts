import { describe, expect, it } from 'vitest';
import { httpClient } from '../../../functions/scrape/http/http-client.ts';
import type { HttpClient } from '../../../functions/scrape/http.ts';
import type { CachedRobots } from '../../../functions/scrape/ports.ts';
import { mayFetch, packRules } from '../../../functions/scrape/robots/cached-robots.ts';
import { readRobots } from '../../../functions/scrape/robots/read-robots.ts';
import { rawSite, type Site, site } from '../http/sites.ts';

const at = new Date('2026-03-01T12:00:00Z');
const hours = (count: number) => new Date(at.getTime() + count * 3_600_000).toISOString();
const http: HttpClient = httpClient({ allowLoopback: true, resolver: async () => ['127.0.0.1'], totalMs: 5_000 });

async function ask(local: Site, known: CachedRobots | null = null, now = at) {
  const { origin } = new URL(local.url());
  const asked = { origin, known, userAgent: 'Copydesk/1.0 (+https://a.example)', http, now: () => now };
  let robots = await readRobots({ ...asked, url: `${origin}/robots.txt`, hops: 0 });
  while (robots.next) robots = await readRobots({ ...asked, ...robots.next });
  return robots;
}

const answering = (status: number, body = '', headers: Record<string, string> = {}) =>
  site((_, response) => response.writeHead(status, headers).end(body));

describe('the answer to a request for robots.txt', () => {
  it('of 200 is what it says', async () => {
    const text = 'User-agent: Copydesk\nDisallow: /private\nCrawl-delay: 5\nSitemap: https://site.test/s.xml\n';
    const local = await answering(200, text);
    const robots = await ask(local);
    expect(robots).toEqual({
      verdict: 'rules',
      rules: 'Disallow: /private',
      crawlDelaySeconds: 5,
      sitemaps: ['https://site.test/s.xml'],
      fetchedAt: at.toISOString(),
      expiresAt: hours(24),
      unreachableSince: null,
      detail: 'robots.txt has 1 rules for us',
    });
    expect(mayFetch(robots, local.url('/public'))).toEqual({ allowed: true });
    expect(mayFetch(robots, local.url('/private/1'))).toEqual({
      allowed: false,
      why: 'robots.txt disallows it (Disallow: /private)',
    });
  });

  it.each([400, 401, 403, 404, 410, 418, 451, 304])('of %i means that there is none', async (status) => {
    const robots = await ask(await answering(status, 'User-agent: *\nDisallow: /'));
    expect(robots).toMatchObject({ verdict: 'allow-all', expiresAt: hours(24), unreachableSince: null });
    expect(mayFetch(robots, 'https://site.test/x')).toEqual({ allowed: true });
  });

  it.each([429, 500, 502, 503, 599])('of %i closes all until it can be read, and says so', async (status) => {
    const robots = await ask(await answering(status, ''));
    expect(robots).toMatchObject({
      verdict: 'disallow-all',
      expiresAt: hours(0.25),
      unreachableSince: at.toISOString(),
    });
    const verdict = mayFetch(robots, 'https://site.test/x');
    expect(verdict).toEqual({
      allowed: false,
      why: `robots.txt cannot be read (answers ${status}), so nothing is fetched until it can`,
    });
    expect(mayFetch(robots, 'https://site.test/robots.txt')).toEqual({ allowed: true });
  });

  it('that does not come closes all', async () => {
    const robots = await ask(await rawSite((socket) => socket.destroy()));
    expect(robots).toMatchObject({ verdict: 'disallow-all', unreachableSince: at.toISOString() });
    expect(robots.detail).toContain('connection was refused, reset');
  });

  it('that has not come for a month stands for none, and one that comes ends that', async () => {
    const broken = await answering(500);
    const first = await ask(broken);
    const later = await ask(broken, first, new Date(hours(29 * 24)));
    expect(later).toMatchObject({ verdict: 'disallow-all', unreachableSince: at.toISOString() });
    const month = await ask(broken, later, new Date(hours(30 * 24)));
    expect(month).toMatchObject({ verdict: 'allow-all', unreachableSince: at.toISOString() });
    const mended = await ask(await answering(200, 'User-agent: *\nDisallow: /'), month);
    expect(mended).toMatchObject({ verdict: 'rules', unreachableSince: null });
  });

  it.each([
    ['max-age=7200', 2],
    ['max-age=1', 1 / 6],
    ['no-cache', 1 / 6],
    ['max-age=999999', 24],
    ['public', 24],
  ])('is kept as long as %s says, within ten minutes and a day', async (value, expected) => {
    const robots = await ask(await answering(200, '', { 'cache-control': value }));
    expect(robots.expiresAt).toBe(hours(expected));
  });

  it('that asks to wait is not asked for again before', async () => {
    expect((await ask(await answering(503, '', { 'retry-after': '7200' }))).expiresAt).toBe(hours(2));
    expect((await ask(await answering(429, '', { 'retry-after': '1' }))).expiresAt).toBe(hours(0.25));
  });

  it('that is larger than is read counts by its beginning', async () => {
    const large = `User-agent: *\nDisallow: /private/\n${'# so much more to say\n'.repeat(300_000)}Disallow: /late\n`;
    expect(await ask(await answering(200, large))).toMatchObject({ verdict: 'rules', rules: 'Disallow: /private/' });
  });

  it('may be on another host, five redirects away and more', async () => {
    const last = await answering(200, 'User-agent: *\nDisallow: /there');
    let next = last.url('/robots.txt', 'host-0.test');
    for (let hop = 1; hop <= 5; hop++) {
      const location = next;
      const local = await answering(301, '', { location });
      next = local.url('/robots.txt', `host-${hop}.test`);
      if (hop === 5) {
        const robots = await ask(local);
        expect(robots).toMatchObject({ verdict: 'rules', rules: 'Disallow: /there' });
      }
    }
  });

  it('that redirects without end means that there is none', async () => {
    const circle = await answering(302, '', { location: '/robots.txt' });
    expect(await ask(circle)).toMatchObject({ verdict: 'allow-all' });
    const local: Site = await site((request, response) => {
      const name = request.headers.host?.startsWith('a.') ? 'b.test' : 'a.test';
      response.writeHead(302, { location: local.url('/robots.txt', name) }).end();
    });
    expect(await ask(local)).toMatchObject({ verdict: 'allow-all' });
  });
});

describe('the rules of a host', () => {
  it('are kept whatever they are, and the same is said from them', () => {
    const rules = Array.from({ length: 20_000 }, (_, i) => ({
      allow: i % 3 === 0,
      pattern: `/product/${i}/*?x=#%C3%A0`,
    }));
    const packed = packRules(rules) ?? '';
    expect(packed.length).toBeLessThan(120_000);
    const robots = { verdict: 'rules', rules: packed } as CachedRobots;
    expect(mayFetch(robots, 'https://site.test/product/7/a?x=%23à').allowed).toBe(false);
    expect(mayFetch(robots, 'https://site.test/product/9/a?x=%23à').allowed).toBe(true);
  });

  it('close all where they are more than can be kept', async () => {
    const noise = Array.from(
      { length: 9_000 },
      (_, i) => `Disallow: /${Buffer.from(String(Math.sin(i))).toString('base64')}${Math.cos(i)}`,
    );
    const robots = await ask(await answering(200, `User-agent: *\n${noise.join('\n')}`));
    expect(robots).toMatchObject({ verdict: 'disallow-all', rules: '' });
    expect(robots.detail).toContain('9000 rules for us, more than can be kept');
  });
});
