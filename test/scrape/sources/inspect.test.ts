import { describe, expect, it } from 'vitest';
import { newHost } from '../../../functions/scrape/hosts/manners.ts';
import { type Inspection, inspect } from '../../../functions/scrape/sources/inspect.ts';
import { article, rss, settings, World } from '../world.ts';

const HOME = 'https://a.example/';
const FEED = 'https://a.example/feed';
const SITE_MAPS = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const story = (n: number) => `https://a.example/2026/03/story-${n}`;
const stories = (count: number) => Array.from({ length: count }, (_, n) => ({ url: story(n) }));

const inspected = (world: World, url: string): Promise<Inspection> => inspect(url, settings, world.ports);

describe('an inspection', () => {
  it('shows what a feed is and its first ten articles, and fetches none', async () => {
    const world = new World();
    world.answer(FEED, { body: rss(stories(25)) });
    const found = await inspected(world, FEED);
    expect(found.chosen).toEqual({ url: FEED, kind: 'rss', title: 'A feed' });
    expect(found.items.map(({ url }) => url)).toEqual(stories(10).map(({ url }) => url));
    expect(found.itemCount).toBe(25);
    expect(found.steps).toEqual([`${FEED} is an RSS feed “A feed” with 25 articles.`]);
    expect(world.requests.map(({ url }) => url)).toEqual(['https://a.example/robots.txt', FEED]);
  });

  it('goes on to the address a feed has moved to for good', async () => {
    const world = new World();
    world.answer(FEED, { status: 301, headers: { location: 'https://b.example/feed' } });
    world.answer('https://b.example/feed', { body: rss(stories(1)) });
    expect((await inspected(world, FEED)).chosen?.url).toBe('https://b.example/feed');
    world.answer(FEED, { status: 302, headers: { location: 'https://b.example/feed' } });
    expect((await inspected(world, FEED)).chosen?.url).toBe(FEED);
  });

  it('proposes the feed that a page links', async () => {
    const world = new World();
    const link = '<link rel="alternate" type="application/rss+xml" href="/feed" title="All">';
    world.answer(HOME, { headers: { 'content-type': 'text/html' }, body: `<html><head>${link}</head><p>Welcome</p>` });
    world.answer(FEED, { body: rss(stories(3)) });
    const found = await inspected(world, HOME);
    expect(found.chosen).toMatchObject({ url: FEED, kind: 'rss' });
    expect(found.itemCount).toBe(3);
    expect(found.alternates.map(({ url }) => url)).toEqual([HOME]);
  });

  it('proposes the feed of a page though both are still empty', async () => {
    const world = new World();
    const link = '<link rel="alternate" type="application/rss+xml" href="/feed">';
    world.answer(HOME, { headers: { 'content-type': 'text/html' }, body: `<html><head>${link}</head><p>Soon</p>` });
    world.answer(FEED, { body: rss([]) });
    expect((await inspected(world, HOME)).chosen).toMatchObject({ url: FEED, kind: 'rss' });
  });

  it('looks into the newest site map of an index', async () => {
    const world = new World();
    const entry = (n: number) => `<sitemap><loc>${HOME}map-${n}.xml</loc><lastmod>2026-0${n}-01</lastmod></sitemap>`;
    world.answer(`${HOME}sitemap.xml`, {
      body: `<sitemapindex xmlns="${SITE_MAPS}">${entry(1)}${entry(3)}${entry(2)}</sitemapindex>`,
    });
    world.answer(`${HOME}map-3.xml`, {
      body: `<urlset xmlns="${SITE_MAPS}"><url><loc>${story(1)}</loc></url></urlset>`,
    });
    const found = await inspected(world, `${HOME}sitemap.xml`);
    expect(found.chosen).toMatchObject({ url: `${HOME}sitemap.xml`, kind: 'sitemap-index' });
    expect(found.items.map(({ url }) => url)).toEqual([story(1)]);
    expect(found.steps).toHaveLength(2);
  });

  it('tells of the site maps in robots.txt where the address itself gives nothing', async () => {
    const world = new World();
    world.answer('https://a.example/robots.txt', { body: `Sitemap: ${HOME}sitemap.xml\nSitemap: /news.xml` });
    world.answer(FEED, { status: 404 });
    const found = await inspected(world, FEED);
    expect(found.chosen).toBeNull();
    expect(found.steps).toEqual([`${FEED} answered 404 Not Found.`]);
    expect(found.alternates).toEqual(
      ['sitemap.xml', 'news.xml'].map((name) => ({ url: `${HOME}${name}`, title: null })),
    );
  });

  it('says what stands in the way', async () => {
    const world = new World();
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nDisallow: /' });
    expect((await inspected(world, FEED)).steps.join()).toContain('robots.txt disallows it');
    world.answer('https://b.example/feed', { fails: 'DNS' });
    expect(await inspected(world, 'https://b.example/feed')).toMatchObject({
      chosen: null,
      unreadable: true,
      steps: ['https://b.example/feed: DNS.'],
    });
    world.answer('https://d.example/feed', { status: 503 });
    expect(await inspected(world, 'https://d.example/feed')).toMatchObject({ chosen: null, unreadable: true });
    world.answer('https://d.example/none', { status: 404 });
    expect(await inspected(world, 'https://d.example/none')).toMatchObject({ chosen: null, unreadable: false });
    world.answer('https://c.example/x', article('An article'));
    expect((await inspected(world, 'https://c.example/x')).chosen).toBeNull();
  });

  it('tells an address that is never asked from one that cannot be read now', async () => {
    const world = new World();
    world.answer('https://b.example/robots.txt', { fails: 'FORBIDDEN_ADDRESS' });
    const never = { chosen: null, unreadable: false, forbidden: true };
    expect(await inspected(world, 'https://b.example/feed')).toMatchObject(never);
    // Where a public address leads may change.
    world.answer(FEED, { status: 302, headers: { location: 'https://b.example/feed' } });
    expect(await inspected(world, FEED)).toMatchObject({ chosen: null, unreadable: true, forbidden: false });
  });

  it('keeps to the turns of hosts in its stack, which keeps to its own', async () => {
    const world = new World();
    world.answer(FEED, { body: rss(stories(1)) });
    const at = (ms: number) => new Date(world.clock + ms).toISOString();
    await world.hosts.save({ ...newHost('a.example'), notBefore: at(8_000) }, null);
    const begun = world.clock;
    expect((await inspected(world, FEED)).itemCount).toBe(1);
    expect((world.requests[0]?.at ?? 0) - begun).toBe(8_000);
    expect(Date.parse(world.hosts.rows.get('a.example')?.notBefore ?? '')).toBe(world.clock + 2_000);
  });

  it('leaves a host alone that asked for that, and says so', async () => {
    const world = new World();
    world.answer(FEED, { body: rss(stories(1)) });
    for (const minutes of [5, 60]) {
      const notBefore = new Date(world.clock + minutes * 60_000).toISOString();
      const reason = 'a.example answered 429 Too Many Requests and asks to wait.';
      world.hosts.rows.set('a.example', { ...newHost('a.example'), notBefore, reason });
      expect(await inspected(world, FEED)).toMatchObject({ chosen: null, unreadable: true, steps: [reason] });
    }
    expect(world.requests).toEqual([]);
  });

  it('waits for the turns of a host, however long its Crawl-delay', async () => {
    const world = new World();
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nCrawl-delay: 40' });
    world.answer(FEED, { body: rss(stories(1)) });
    expect((await inspected(world, FEED)).itemCount).toBe(1);
    const [robots, feed] = world.requests.map(({ at }) => at) as [number, number];
    expect(feed - robots).toBe(40_000);
  });
});
