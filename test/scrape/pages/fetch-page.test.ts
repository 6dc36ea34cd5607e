import { describe, expect, it } from 'vitest';
import { healthOf, isFailing, newly } from '../../../functions/scrape/sources/health.ts';
import { paused } from '../../../functions/scrape/sources/source.ts';
import { sourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import { type Answer, article, DAY, HOUR, MINUTE, rss, START, World } from '../world.ts';
import { FEED, listing, PAGE } from './one-page.ts';

const deskOf = (world: World) => sourceDesk(world.sources, () => new Date(world.clock));

describe('an empty page', () => {
  const carrying = rss([]).replace(
    '</channel>',
    `<item><title>T</title><link>${PAGE}</link><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">${'&lt;p&gt;All of the text stands in the feed, sentence after sentence.&lt;/p&gt;'.repeat(
      20,
    )}</content:encoded></item></channel>`,
  );

  it('goes into the bucket where its feed carries the text, and is looked at again as any page', async () => {
    const world = await listing({ body: '' }, { recheckDays: 3 });
    world.answer(FEED, { body: carrying });
    await world.run(2 * HOUR);
    expect(world.copies).toHaveLength(1);
    expect(world.copies[0]?.body).toHaveLength(0);
    expect(world.copies[0]?.hints).not.toBeNull();
    expect(world.page(PAGE)).toMatchObject({ fetches: 2, failures: 0, problem: null });
  });

  it('takes no place of a copy that had something', async () => {
    const world = await listing(article('A story'), { recheckDays: 3 });
    world.answer(FEED, { body: carrying });
    await world.run(MINUTE);
    world.answer(PAGE, { body: '' });
    await world.run(2 * HOUR);
    expect(world.copies).toHaveLength(1);
    expect(world.page(PAGE).problem).toContain('empty page');
  });
});

describe('what leads to an address that may not be asked', () => {
  const ROBOTS = 'http://169.254.169.254/robots.txt';
  const METADATA = { status: 302, headers: { location: 'http://169.254.169.254/latest' } };

  it('is given up at once where it is a page, in its own words', async () => {
    const world = await listing(METADATA);
    world.answer(ROBOTS, { fails: 'FORBIDDEN_ADDRESS' });
    await world.run(HOUR);
    expect(world.asked(ROBOTS)).toBe(1);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null });
    expect(world.page(PAGE).problem).toContain('an address that is not public');
  });

  it('fails in its own words where it is a source', async () => {
    const world = new World();
    world.answer(FEED, METADATA);
    world.answer(ROBOTS, { fails: 'FORBIDDEN_ADDRESS' });
    await world.add('a', FEED);
    await world.run(MINUTE);
    expect(world.source('a')).toMatchObject({ failures: 1 });
    expect(world.source('a').problem).toContain('an address that is not public');
    expect(world.source('a').problem).not.toContain('robots.txt');
  });
});

describe('a page of a slow host', () => {
  it('is asked for in a delivery of its own once the files about it took long', async () => {
    const world = new World();
    world.answer(PAGE, article('A story'));
    const slow = (answer: Answer) => () => {
      world.clock += 30_000;
      return answer;
    };
    // A feed of another host, so that nothing of the page's host is known before.
    world.answer('https://b.example/feed', { body: rss([{ url: PAGE }]) });
    await world.add('b', 'https://b.example/feed');
    world.answer('https://a.example/robots.txt', slow({ body: 'User-agent: *\nAllow: /' }));
    world.answer('https://a.example/.well-known/tdmrep.json', slow({ status: 404 }));
    await world.run(10 * MINUTE);
    expect(world.outcomes.map(({ kind }) => kind)).toContain('later');
    expect(world.asked('https://a.example/robots.txt')).toBe(1);
    expect(world.asked(PAGE)).toBe(1);
    expect(world.copies).toHaveLength(1);
  });
});

describe('a page', () => {
  it('goes into the bucket as it came, under a key of its own', async () => {
    const world = await listing(article('A story'));
    await world.run(MINUTE);
    expect(world.copies).toHaveLength(1);
    expect(world.copies[0]).toMatchObject({
      key: `fetched/a.example/${world.page(PAGE).page}`,
      url: PAGE,
      sourceId: 'a',
      contentType: 'text/html; charset=utf-8',
    });
    expect(Buffer.from(world.copies[0]?.body as Uint8Array).toString()).toContain('A story');
    expect(world.page(PAGE)).toMatchObject({ dueAt: null, leaseUntil: null, fetches: 1, problem: null });
  });

  it('is fetched again ever more seldom for as many days as its source says', async () => {
    const world = await listing(article('A story'), { recheckDays: 3 });
    await world.run(10 * DAY);
    const times = world.requests.filter(({ url }) => url === PAGE).map(({ at }) => at);
    const hours = times.slice(1).map((at, i) => Math.round((at - (times[i] as number)) / HOUR));
    expect(hours).toEqual([1, 3, 9, 27]);
    expect(world.copies).toHaveLength(1);
  });

  it('becomes a new version of its object when it changed, and is asked for with its validators', async () => {
    let version = 1;
    const world = await listing(() => ({ headers: { etag: `"${version}"` }, body: `<p>Version ${version}</p>` }), {
      recheckDays: 1,
    });
    await world.run(MINUTE);
    version = 2;
    await world.run(12 * HOUR);
    expect(world.copies.map(({ key, body }) => [key, Buffer.from(body).toString()])).toEqual([
      [`fetched/a.example/${world.page(PAGE).page}`, '<p>Version 1</p>'],
      [`fetched/a.example/${world.page(PAGE).page}`, '<p>Version 2</p>'],
    ]);
    const asked = world.requests.filter(({ url }) => url === PAGE);
    expect(asked.map(({ conditional }) => conditional)).toEqual([false, ...asked.slice(1).map(() => true)]);
  });

  it('is fetched again sooner when its listing gives it a later time of change', async () => {
    let changed = '2026-03-02T07:00:00Z';
    const world = await listing(article('A story'), { recheckDays: 1 });
    world.answer(FEED, () => ({
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${PAGE}</loc><lastmod>${changed}</lastmod></url></urlset>`,
    }));
    await world.run(5 * DAY);
    const before = world.asked(PAGE);
    changed = '2026-03-07T07:00:00Z';
    await world.run(2 * DAY);
    expect(world.asked(PAGE)).toBe(before + 1);
  });

  it('is believed less and less by a listing that calls everything changed at every reading', async () => {
    const world = await listing(article('A story'), { recheckDays: 1, everySeconds: 600 });
    world.answer(FEED, () => ({
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${PAGE}</loc><lastmod>${new Date(world.clock).toISOString()}</lastmod></url></urlset>`,
    }));
    await world.run(14 * DAY);
    expect(world.asked(FEED)).toBeGreaterThan(1_900);
    expect(world.asked(PAGE)).toBeLessThan(10);
  });

  it('is asked for some more times where it is not there yet, then rarely, and then given up in words', async () => {
    const world = await listing({ status: 404 });
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(3);
    expect(world.source('a')).toMatchObject({ lostPages: 1 });
    await world.run(20 * DAY);
    expect(world.asked(PAGE)).toBe(6);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null });
    expect(world.page(PAGE).problem).toContain('404 Not Found');
    expect(world.source('a')).toMatchObject({ lostPages: 1, lastLostPage: { url: PAGE } });
    expect(world.source('a').lastLostPage?.problem).toContain('404 Not Found');
  });

  it('comes when the site has it, a little after the feed', async () => {
    let there = false;
    const world = await listing(() => (there ? article('A story') : { status: 404 }));
    await world.run(5 * MINUTE);
    there = true;
    await world.run(HOUR);
    expect(world.copies).toHaveLength(1);
    expect(world.page(PAGE)).toMatchObject({ failures: 0, problem: null });
  });

  it('is given up at once where the site says that it is gone', async () => {
    const world = await listing({ status: 410 });
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(1);
    expect(world.page(PAGE).problem).toContain('410 Gone');
  });

  it('is said to be gone when it was there before, and is no lost page', async () => {
    let there = true;
    const world = await listing(() => (there ? article('A story') : { status: 404 }), { recheckDays: 1 });
    await world.run(MINUTE);
    there = false;
    await world.run(3 * DAY);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null });
    expect(world.page(PAGE).problem).toContain('It was last there on 2026-03-02');
    expect(world.source('a')).toMatchObject({ lostPages: 0, pageFailures: null });
  });

  it.each([404, 500])('is looked at again for its days though a %i came between', async (status) => {
    let answer: Answer = article('A story');
    const world = await listing(() => answer, { recheckDays: 3 });
    await world.run(MINUTE);
    answer = { status };
    await world.run(2 * HOUR);
    expect(world.asked(PAGE)).toBeGreaterThan(1);
    answer = article('A story, corrected');
    await world.run(DAY);
    expect(world.copies).toHaveLength(2);
    expect(world.page(PAGE)).toMatchObject({ problem: null, failures: 0 });
  });

  it.each([
    ['fails for half a day', 14 * HOUR, 500],
    ['is not there for three hours', 3 * HOUR, 404],
    ['is forbidden for two days', 2 * DAY, 403],
  ])('comes though it %s, even after its feed no longer names it', async (_, ms, status) => {
    const world = await listing(() => (world.clock < START + ms ? { status } : article('A story')));
    await world.run(DAY / 4);
    world.answer(FEED, { body: rss([]) });
    await world.run(8 * DAY);
    expect(world.copies).toHaveLength(1);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null, problem: null });
    expect(world.source('a')).toMatchObject({ lostPages: 0, pageFailures: null, articles: 1 });
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    ['its source is to be read at once', (world) => deskOf(world).run('a')],
    [
      'its source is resumed',
      async (world) => {
        await deskOf(world).pause('a', 'Someone paused it.');
        await deskOf(world).resume('a');
      },
    ],
    [
      'its source is added again',
      async (world) => {
        await deskOf(world).remove('a');
        await deskOf(world).add({ id: 'b', url: FEED, recheckDays: 0 });
      },
    ],
  ])('that was given up comes when %s', async (_, ask) => {
    let answer: Answer = { status: 402 };
    const world = await listing(() => answer);
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(1);
    answer = article('A story');
    await world.run(DAY);
    expect(world.copies).toHaveLength(0);
    await ask(world);
    await world.run(2 * MINUTE);
    expect(world.copies).toHaveLength(1);
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(2);
  });

  it('that was given up is asked for once more at each wish of its user, and no more', async () => {
    const world = await listing({ status: 402 });
    await world.run(DAY);
    await deskOf(world).run('a');
    await world.run(5 * DAY);
    expect(world.asked(PAGE)).toBe(2);
    expect(world.source('a')).toMatchObject({ lostPages: 1, articles: 0 });
  });

  it('that was given up comes from a site map of an index too when its source is to be read', async () => {
    const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    const map = 'https://a.example/map.xml';
    let answer: Answer = { status: 402 };
    const world = await listing(() => answer);
    world.answer(FEED, {
      body: `<sitemapindex ${xmlns}><sitemap><loc>${map}</loc><lastmod>2026-03-01T07:30:00Z</lastmod></sitemap></sitemapindex>`,
    });
    world.answer(map, ({ etag }) =>
      etag === '"1"'
        ? { status: 304 }
        : { headers: { etag: '"1"' }, body: `<urlset ${xmlns}><url><loc>${PAGE}</loc></url></urlset>` },
    );
    await world.run(DAY);
    answer = article('A story');
    await world.run(DAY);
    expect(world.copies).toHaveLength(0);
    await deskOf(world).run('a');
    await world.run(3 * MINUTE);
    expect(world.copies).toHaveLength(1);
  });

  it('is tried a bounded number of times where its server fails', async () => {
    const world = await listing({ status: 500 });
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(8);
    expect(world.page(PAGE).problem).toContain('tried 8 times');
    expect(world.source('a')).toMatchObject({ lostPages: 1, pageFailures: { count: 8 } });
    await world.run(30 * DAY);
    expect(world.asked(PAGE)).toBe(11);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null });
    expect(world.source('a')).toMatchObject({ lostPages: 1, pageFailures: { count: 11 } });
  });

  it('is no article where it is a PDF or a film, and that is said', async () => {
    const world = await listing({ headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' });
    await world.run(DAY);
    expect(world.copies).toEqual([]);
    expect(world.page(PAGE).problem).toContain('application/pdf');
  });

  it('is an article where it is XHTML served as XML, and none where that is a feed', async () => {
    const type = { 'content-type': 'application/xml; charset=utf-8' };
    const xhtml = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>A story</p></body></html>';
    const world = await listing({ headers: type, body: xhtml });
    await world.run(MINUTE);
    expect(world.copies).toHaveLength(1);
    const other = await listing({ headers: type, body: rss([]) });
    await other.run(MINUTE);
    expect(other.copies).toEqual([]);
    expect(other.page(PAGE).problem).toContain('application/xml');
  });

  it('comes when the robots.txt that disallowed it allows it, within a week', async () => {
    const world = await listing(article('A story'));
    world.answer('https://a.example/robots.txt', () => ({
      body: world.clock < START + 2 * DAY ? 'User-agent: *\nDisallow: /2026/' : 'User-agent: *\nDisallow:',
    }));
    await world.run(DAY);
    expect(world.source('a')).toMatchObject({ lostPages: 1, articles: 0 });
    await world.run(3 * DAY);
    expect(world.copies).toHaveLength(1);
    expect(world.source('a')).toMatchObject({ lostPages: 0, articles: 1, pageFailures: null });
  });

  it('is looked at a few times and never asked for while robots.txt disallows it', async () => {
    const world = await listing(article('A story'));
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nDisallow: /2026/' });
    await world.run(10 * DAY);
    expect(world.asked(PAGE)).toBe(0);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null, fetches: 0 });
  });

  it('is left alone where robots.txt says so', async () => {
    const world = await listing(article('A story'));
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nDisallow: /2026/' });
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(0);
    expect(world.page(PAGE).problem).toContain('robots.txt disallows it');
  });
});

describe('a page that asks AI to stay away', () => {
  const asking: Answer = { headers: { 'x-robots-tag': 'noai' }, body: '<p>A story</p>' };

  it('is taken with what it asks, beside what the feed says', async () => {
    const world = await listing(asking);
    await world.run(MINUTE);
    const hints = await world.hints.read(world.copies[0]?.hints as string);
    expect(hints).toMatchObject({ feed: { title: 'A title' }, answer: { robots: ['noai'] } });
  });

  it('is left alone by a source that obeys, and that is said', async () => {
    const world = await listing(asking, { obeyOptOuts: true });
    await world.run(DAY);
    expect(world.copies).toEqual([]);
    expect(world.asked(PAGE)).toBe(1);
    expect(world.page(PAGE).problem).toContain('X-Robots-Tag: noai');
  });

  it('is taken once its source obeys no more, though its listing stays as it is', async () => {
    const world = await listing(asking, { obeyOptOuts: true });
    await world.run(HOUR);
    expect(world.source('a')).toMatchObject({ articles: 0, lostPages: 1, pageFailures: null });
    await sourceDesk(world.sources, () => new Date(world.clock)).change('a', { obeyOptOuts: false });
    await world.run(MINUTE);
    expect(world.copies).toHaveLength(1);
    expect(world.source('a')).toMatchObject({ articles: 1, lostPages: 0 });
  });

  it('may do so for its whole site in a tdmrep.json, which is asked for once a day', async () => {
    const world = await listing(article('A story'), { obeyOptOuts: true });
    world.answer('https://a.example/.well-known/tdmrep.json', {
      body: JSON.stringify([{ location: '/2026/', 'tdm-reservation': 1 }]),
    });
    await world.run(DAY - HOUR);
    expect(world.copies).toEqual([]);
    expect(world.page(PAGE).problem).toContain('TDMRep');
    expect(world.asked('https://a.example/.well-known/tdmrep.json')).toBe(1);
  });

  it('is held to what its site said last in a tdmrep.json that cannot be read', async () => {
    const world = await listing(article('A story'), { obeyOptOuts: true });
    const file = 'https://a.example/.well-known/tdmrep.json';
    world.answer(file, { body: JSON.stringify([{ location: '/2026/', 'tdm-reservation': 1 }]) });
    await world.run(HOUR);
    world.answer(file, { status: 503 });
    await world.run(DAY);
    world.answer(`${PAGE}-2`, article('Another story'));
    world.answer(FEED, { body: rss([{ url: `${PAGE}-2` }]) });
    await world.run(DAY);
    expect(world.asked(file)).toBeGreaterThan(1);
    expect(world.page(`${PAGE}-2`).problem).toContain('TDMRep');
    expect(world.copies).toEqual([]);
  });

  it('waits for a tdmrep.json that cannot be read, for a day at most and where opt-outs are obeyed', async () => {
    for (const obeyOptOuts of [true, false]) {
      const world = await listing(article('A story'), { obeyOptOuts });
      world.answer('https://a.example/.well-known/tdmrep.json', { fails: 'TIMEOUT' });
      await world.run(DAY - HOUR);
      expect(world.copies).toHaveLength(obeyOptOuts ? 0 : 1);
      if (obeyOptOuts) expect(world.page(PAGE).problem).toContain("waits for its site's tdmrep.json");
      await world.run(2 * HOUR);
      expect(world.copies).toHaveLength(1);
    }
  });

  it('leaves its host alone for some minutes where the answer in place of a tdmrep.json asks for patience, and no longer', async () => {
    const world = await listing(article('A story'));
    const file = 'https://a.example/.well-known/tdmrep.json';
    world.answer(file, { status: 429, headers: { 'retry-after': '7200' } });
    await world.run(2 * HOUR);
    const [asked] = world.requests.filter(({ url }) => url === file);
    expect(world.asked(file)).toBe(1);
    const [fetched] = world.requests.filter(({ url }) => url === PAGE);
    expect((fetched?.at ?? 0) - (asked?.at ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE);
  });
});

describe('pages that are forbidden, or fail', () => {
  /** A feed that names these, in this order. */
  async function naming(urls: string[], other = FEED): Promise<World> {
    const world = new World();
    world.answer(other, { body: rss(urls.map((url) => ({ url }))) });
    await world.add('a', other);
    return world;
  }
  const pages = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => `https://a.example/2026/03/${name}-${n}`);

  it('do not hold up the others of their host', async () => {
    const [paid, free] = [pages('paid', 30), pages('free', 30)];
    const world = await naming([...paid, ...free]);
    for (const url of paid) world.answer(url, { status: 403 });
    for (const url of free) world.answer(url, article(url));
    await world.run(2 * HOUR);
    expect(world.copies).toHaveLength(30);
    await world.run(14 * DAY);
    expect(Math.max(...paid.map((url) => world.asked(url)))).toBeLessThanOrEqual(8);
    expect(world.source('a')).toMatchObject({ lostPages: 30, failures: 0 });
  });

  it.each([403, 500])('are taken for the word of their host where that answers nothing but %i', async (status) => {
    const urls = pages('story', 200);
    const world = await naming(urls, 'https://b.example/feed');
    for (const url of urls) world.answer(url, { status });
    await world.run(DAY);
    expect(world.requests.filter(({ url }) => url.includes('/story-')).length).toBeLessThan(50);
    expect(world.source('a').pageFailures).toMatchObject({ count: 20, problem: expect.stringContaining(`${status}`) });
  });
});

describe('new pages that all fail', () => {
  it('make their source one that fails, whose alarm rings, until one can be had', async () => {
    const world = new World();
    const stories: string[] = [];
    const more = (answer: Answer) => {
      stories.push(`https://a.example/2026/03/story-${stories.length}`);
      world.answer(stories.at(-1) as string, answer);
    };
    const health = () => healthOf(world.source('a'), new Date(world.clock));
    world.answer(FEED, () => ({ body: rss(stories.map((url) => ({ url }))) }));
    // Dead links beside others are none of that.
    for (let n = 0; n < 30; n++) more(n < 10 ? article(`Story ${n}`) : { status: 404 });
    await world.add('a', FEED);
    await world.run(5 * DAY);
    expect(health()).toBe('well');
    let rang = 0;
    for (let days = 0; days < 5; days++) {
      more({ status: 403 });
      for (let quarters = 0; quarters < 4 * 24; quarters++) {
        await world.run(15 * MINUTE);
        if (newly(isFailing)(world.source('a'), new Date(world.clock))) rang++;
      }
    }
    expect(health()).toBe('failing');
    expect(rang).toBeGreaterThan(0);
    more(article('One at last'));
    await world.run(DAY);
    expect(health()).toBe('well');
  });

  it('are none of that where they stand in site maps of their own, which robots.txt disallows', async () => {
    const world = new World();
    const mapOf = (kind: string) => `https://a.example/${kind}.xml`;
    const kinds = ['post', 'tag', 'author', 'date', 'category'];
    world.answer('https://a.example/robots.txt', {
      body: `User-agent: *\n${kinds
        .slice(1)
        .map((kind) => `Disallow: /${kind}/`)
        .join('\n')}`,
    });
    const index = `<sitemapindex>${kinds.map((kind) => `<sitemap><loc>${mapOf(kind)}</loc></sitemap>`).join('')}</sitemapindex>`;
    world.answer(FEED, { headers: { 'content-type': 'application/xml' }, body: index });
    for (const kind of kinds) {
      const urls = Array.from({ length: 5 }, (_, n) => `https://a.example/${kind}/${n}`);
      for (const url of urls) world.answer(url, article(`Of ${url}`));
      world.answer(mapOf(kind), {
        body: `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`,
      });
    }
    await world.add('a', FEED, { recheckDays: 3 });
    await world.run(6 * DAY);
    expect(world.copies).toHaveLength(5);
    expect(healthOf(world.source('a'), new Date(world.clock))).toBe('well');
    expect(isFailing(world.source('a'), new Date(world.clock))).toBe(false);
  });
});

describe('the pages of a source', () => {
  it('come at once behind some that robots.txt disallows, which take no turn', async () => {
    const world = new World();
    const pages = ['/no/1', '/no/2', '/yes/1', '/yes/2'].map((path) => `https://a.example${path}`);
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nDisallow: /no/' });
    world.answer(FEED, { body: rss(pages.map((url) => ({ url }))) });
    for (const url of pages) world.answer(url, article(url));
    await world.add('a', FEED);
    await world.run(MINUTE);
    expect(world.copies.map(({ url }) => url)).toEqual(pages.slice(2));
  });

  it('rest while it is paused and come when it is resumed', async () => {
    const world = await listing(article('A story'));
    const source = world.source('a');
    await world.run(0);
    expect(world.copies).toHaveLength(1);
    world.answer(FEED, { body: rss([{ url: `${PAGE}-2` }]) });
    world.answer(`${PAGE}-2`, { status: 500 });
    await world.run(HOUR);
    const now = world.source('a');
    await world.sources.save(
      { ...paused(now, 'Someone paused it.', new Date(world.clock)), revision: now.revision + 1 },
      now.revision,
    );
    const asked = world.asked(`${PAGE}-2`);
    expect(asked).toBeGreaterThan(0);
    world.answer(`${PAGE}-2`, article('Another story'));
    await world.run(2 * DAY);
    expect(world.asked(`${PAGE}-2`)).toBe(asked);
    const later = world.source('a');
    await world.sources.save({ ...later, state: 'active', revision: later.revision + 1 }, later.revision);
    await world.run(DAY + HOUR);
    expect(world.copies).toHaveLength(2);
    expect(source.state).toBe('active');
  });

  it.each([['0'], ['1'], ['Sun, 01 Mar 2026 00:00:00 GMT']])(
    'of a host that limits all day and says Retry-After: %s are asked for seldom, and come in the end',
    async (after) => {
      const world = new World();
      const pages = Array.from({ length: 60 }, (_, n) => `${PAGE}-${n}`);
      world.answer(FEED, { body: rss(pages.map((url) => ({ url }))) });
      for (const url of pages) {
        world.answer(url, () =>
          world.clock < START + DAY ? { status: 429, headers: { 'retry-after': after } } : article(url),
        );
      }
      await world.add('a', FEED);
      await world.run(DAY);
      expect(world.requests.length).toBeLessThan(150);
      await world.run(2 * DAY);
      expect(world.copies).toHaveLength(60);
    },
  );

  it('that were had, of a host that limits for good from then on, are asked for no longer than their days', async () => {
    const world = new World();
    const pages = Array.from({ length: 20 }, (_, n) => `${PAGE}-${n}`);
    world.answer(FEED, { body: rss(pages.map((url) => ({ url }))) });
    for (const url of pages) world.answer(url, () => (world.clock < START + HOUR ? article(url) : { status: 429 }));
    await world.add('a', FEED, { recheckDays: 3 });
    await world.run(6 * DAY);
    const asked = () => pages.reduce((sum, url) => sum + world.asked(url), 0);
    const before = asked();
    expect(before).toBeLessThan(20 * 8);
    await world.run(5 * DAY);
    expect(asked()).toBe(before);
    expect(world.copies).toHaveLength(20);
  });

  it.each([
    ['ten minutes', 10 * MINUTE, 15 * MINUTE],
    ['half a day', 12 * HOUR, 3 * HOUR + 10 * MINUTE],
  ])('come soon after a pause of %s', async (_, pause, wait) => {
    const world = await listing(article('A story'));
    const { http } = world.ports;
    world.ports.http = {
      get: async (request) => {
        if (request.url === FEED) await deskOf(world).pause('a', 'A moment.');
        return http.get(request);
      },
    };
    await world.run(pause);
    expect(world.copies).toHaveLength(0);
    world.ports.http = http;
    await deskOf(world).resume('a');
    await world.run(wait);
    expect(world.copies).toHaveLength(1);
  });

  describe('that another source names too', () => {
    const OTHER = 'https://b.example/feed';

    /** The first source has named it and has not got it; the other one names it from now on. */
    async function named(
      answer: Answer,
      fields: object,
      meanwhile: (world: World) => Promise<unknown>,
    ): Promise<World> {
      const world = await listing(answer, fields);
      await world.run(MINUTE);
      await meanwhile(world);
      world.answer(PAGE, { ...answer, status: 200, body: '<p>A story</p>' });
      world.answer(OTHER, { body: rss([{ url: PAGE }]) });
      await world.add('b', OTHER);
      await world.run(MINUTE);
      return world;
    }
    const pause = (world: World) => {
      const row = world.source('a');
      return world.sources.save(
        { ...paused(row, 'Someone paused it.', new Date(world.clock)), revision: row.revision + 1 },
        row.revision,
      );
    };
    const optOut: Answer = { headers: { 'x-robots-tag': 'noai' }, body: '<p>A story</p>' };

    it.each<[string, Answer, object, (world: World) => Promise<unknown>]>([
      ['is paused', { status: 500 }, {}, pause],
      ['was removed', { status: 500 }, {}, (world) => world.sources.remove('a')],
      ['obeys an opt-out that the other does not', optOut, { obeyOptOuts: true }, async () => {}],
    ])('are taken by that where the first one %s', async (_, answer, fields, meanwhile) => {
      const world = await named(answer, fields, meanwhile);
      expect(world.copies.map(({ url, sourceId }) => [url, sourceId])).toEqual([[PAGE, 'b']]);
      const asked = world.asked(PAGE);
      await world.run(2 * DAY);
      expect(world.asked(PAGE)).toBe(asked);
    });

    it('stay with the first one while it is well, and out where both obey', async () => {
      const waiting = await named({ status: 500 }, {}, async () => {});
      expect(waiting.page(PAGE).sourceId).toBe('a');
      const world = await listing(optOut, { obeyOptOuts: true });
      world.answer(OTHER, { body: rss([{ url: PAGE }]) });
      await world.add('b', OTHER, { obeyOptOuts: true });
      await world.run(DAY);
      expect(world.asked(PAGE)).toBe(1);
      expect(world.copies).toEqual([]);
    });

    it('are asked for no more where they are not there', async () => {
      const world = await listing({ status: 410 });
      await world.run(MINUTE);
      await pause(world);
      world.answer(OTHER, { body: rss([{ url: PAGE }]) });
      await world.add('b', OTHER);
      await world.run(DAY);
      expect(world.asked(PAGE)).toBe(1);
    });
  });

  it('are taken by the next source that names them where theirs was removed too soon', async () => {
    const world = await listing({ status: 500 });
    await world.run(MINUTE);
    await world.sources.remove('a');
    await world.run(HOUR);
    world.answer(PAGE, article('A story'));
    await world.add('b', FEED);
    await world.run(2 * MINUTE);
    expect(world.copies).toMatchObject([{ url: PAGE, sourceId: 'b' }]);
  });

  it('are given up where their host never lets us in, so that they do not wait in ever greater number', async () => {
    let n = 0;
    const world = new World();
    world.answer(FEED, () => ({ body: rss([{ url: `${PAGE}-${Math.floor(n++ / 3)}` }]) }));
    for (let i = 0; i < 2_000; i++) world.answer(`${PAGE}-${i}`, { status: 403 });
    await world.add('a', FEED, { everySeconds: 3 * 3600 });
    await world.run(20 * DAY);
    const waiting = [...world.pages.rows.values()].filter(({ dueAt }) => dueAt !== null);
    expect(waiting.length).toBeLessThan(9 * 3);
    expect(world.source('a').lastLostPage?.problem).toContain('403 Forbidden');
  });

  it('are not fetched once it was removed', async () => {
    const world = await listing({ status: 500 });
    await world.run(MINUTE);
    await world.sources.remove('a');
    await world.run(DAY);
    expect(world.asked(PAGE)).toBe(1);
    expect(world.page(PAGE)).toMatchObject({ dueAt: null, problem: expect.stringContaining('removed') });
  });
});
