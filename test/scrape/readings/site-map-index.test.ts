/** A source that is a site map index, and the site maps that it names. */
import { describe, expect, it } from 'vitest';
import { healthOf } from '../../../functions/scrape/sources/health.ts';
import { sourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import { warningsOf } from '../../../functions/scrape/sources/warnings.ts';
import { type Answer, article, DAY, HOUR, MINUTE, rss, START, World } from '../world.ts';

describe('a site map index', () => {
  const INDEX = 'https://a.example/sitemap.xml';
  const child = (n: number) => `https://a.example/sitemap-${n}.xml`;
  const day = (n: number) => new Date(START - (100 - n) * DAY).toISOString();

  function index(world: World, dates: ReadonlyMap<number, string>): void {
    const entries = [...dates].map(([n, at]) => `<sitemap><loc>${child(n)}</loc><lastmod>${at}</lastmod></sitemap>`);
    world.answer(INDEX, {
      body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
    });
  }

  function siteMap(world: World, n: number, stories: readonly number[]): void {
    for (const story of stories) world.answer(`https://a.example/s${n}-${story}`, article(`Story ${n} ${story}`));
    const entries = stories.map((story) => `<url><loc>https://a.example/s${n}-${story}</loc></url>`);
    world.answer(child(n), {
      headers: { etag: `"${n}-${stories.length}"` },
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>`,
    });
  }

  it('tells what was read past in its site maps, and no more once that is mended', async () => {
    const world = new World();
    const dates = new Map([0, 1].map((n) => [n, day(n)]));
    for (const n of dates.keys()) siteMap(world, n, [0]);
    const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    world.answer(child(1), { body: `<urlset ${xmlns}><url><loc>https://b.example/s</loc></url></urlset>` });
    index(world, dates);
    await world.add('a', INDEX, { everySeconds: 3600 });
    await world.run(5 * MINUTE);
    expect(world.source('a')).toMatchObject({ warnings: [], problem: null });
    expect(warningsOf(world.source('a'))).toEqual([
      expect.stringMatching(/^https:\/\/a.example\/sitemap-1.xml: 1 address/),
    ]);
    siteMap(world, 1, [0, 1]);
    index(world, new Map([...dates, [1, day(50)]]));
    await world.run(2 * HOUR);
    expect(warningsOf(world.source('a'))).toEqual([]);
  });

  it('tells of so many of its site maps as its row has room for', async () => {
    const world = new World();
    const dates = new Map(Array.from({ length: 30 }, (_, n) => [n, day(n)]));
    const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    for (const n of dates.keys()) {
      world.answer(child(n), { body: `<urlset ${xmlns}><url><loc>https://b.example/s</loc></url></urlset>` });
    }
    index(world, dates);
    await world.add('a', INDEX);
    await world.run(HOUR);
    expect(warningsOf(world.source('a'))).toHaveLength(5);
  });

  it('takes no links of a web page that is in the place of a site map', async () => {
    const world = new World();
    const dates = new Map([0, 1].map((n) => [n, day(n)]));
    for (const n of dates.keys()) siteMap(world, n, [0]);
    const teasers = [1, 2, 3].map(
      (n) => `<article><h2><a href="/2026/03/a-long-story-${n}">A long story of the day ${n}</a></h2></article>`,
    );
    world.answer(child(1), {
      headers: { 'content-type': 'text/html' },
      body: `<html><body>${teasers.join('')}</body></html>`,
    });
    index(world, dates);
    await world.add('a', INDEX);
    await world.run(HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual(['https://a.example/s0-0']);
    expect(world.source('a').problem).toContain('sitemap-1.xml is a web page, and no site map');
  });

  it('is followed to all its site maps, the latest changed first, and later to those that change', async () => {
    const world = new World();
    const dates = new Map(Array.from({ length: 25 }, (_, n) => [n, day(n)]));
    for (const n of dates.keys()) siteMap(world, n, [0, 1]);
    index(world, dates);
    await world.add('a', INDEX);
    await world.minute();
    const children = world.requests.map(({ url }) => url).filter((url) => url.includes('sitemap-'));
    expect(children).toEqual([24, 23, 22, 21, 20, 19, 18, 17, 16, 15].map(child));
    await world.run(HOUR);
    expect(world.copies).toHaveLength(50);
    expect(world.source('a')).toMatchObject({ kind: 'sitemap-index', articles: 50, remaining: 0, problem: null });

    const before = [3, 4].map((n) => world.asked(child(n)));
    siteMap(world, 3, [0, 1, 2]);
    dates.set(3, new Date(START + 2 * HOUR).toISOString());
    index(world, dates);
    await world.run(DAY);
    expect(world.copies).toHaveLength(51);
    const again = [3, 4].map((n, i) => world.asked(child(n)) - (before[i] as number));
    // The other ones are asked for now and then too, as their times of change may be wrong.
    expect(again[0]).toBeGreaterThan(again[1] as number);
    expect(again[1]).toBeLessThanOrEqual(4);
  });

  it('is followed to what a site map names on a day that its time of change gives as a whole', async () => {
    const world = new World();
    siteMap(world, 0, [0]);
    index(world, new Map([[0, '2026-03-02']]));
    await world.add('a', INDEX, { everySeconds: 600 });
    await world.run(HOUR);
    siteMap(world, 0, [0, 1]);
    // At the source's own pace.
    await world.run(HOUR / 2);
    expect(world.copies).toHaveLength(2);
    // The last one of the day, of a site map that never changes again.
    await world.run(START + 15.5 * HOUR - world.clock);
    siteMap(world, 0, [0, 1, 2]);
    await world.run(2 * DAY);
    expect(world.copies).toHaveLength(3);
  });

  it('is followed to a site map whose server says for ever that it has not changed', async () => {
    const world = new World();
    siteMap(world, 0, [0]);
    world.answer('https://a.example/robots.txt', { body: `Sitemap: ${child(0)}` });
    await world.add('a', 'https://a.example/robots.txt');
    await world.run(HOUR);
    world.answer('https://a.example/s0-1', article('Story 0 1'));
    const body = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/s0-1</loc></url></urlset>`;
    world.answer(child(0), ({ etag }) => (etag === null ? { body } : { status: 304 }));
    await world.run(2 * DAY);
    expect(world.copies.map(({ url }) => url)).toContain('https://a.example/s0-1');
  });

  it('is not believed for ever where it gives always the same time of change', async () => {
    const world = new World();
    const dates = new Map([0, 1, 2].map((n) => [n, '2024-01-01T12:00:00Z']));
    for (const n of dates.keys()) siteMap(world, n, [0]);
    index(world, dates);
    await world.add('a', INDEX);
    await world.run(DAY);
    const asked = world.requests.length;
    siteMap(world, 1, [0, 1]);
    await world.run(DAY);
    expect(world.copies).toHaveLength(4);
    expect(world.requests.length - asked).toBeLessThan(80);
  });

  it.each([false, true])(
    'has all site maps read though they are more than can be followed (named by robots.txt: %s)',
    async (isNamed) => {
      const world = new World();
      const count = 640;
      for (let n = 0; n < count; n++) siteMap(world, n, []);
      const entries = Array.from({ length: count }, (_, n) => `<sitemap><loc>${child(n)}</loc></sitemap>`);
      world.answer(INDEX, {
        body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
      });
      const robots = 'https://a.example/robots.txt';
      if (isNamed) world.answer(robots, { body: `Sitemap: ${INDEX}` });
      await world.add('a', isNamed ? robots : INDEX, { everySeconds: 3600 });
      await world.run(14 * HOUR);
      expect(entries.filter((_, n) => world.asked(child(n)) === 0)).toEqual([]);
      expect(Object.keys(world.source('a').children)).toHaveLength(600);
      expect(world.source('a').warnings.join()).toMatch(/\d+ site maps more than the 600/);

      // What is new at the end comes at the source's pace, and what is new anywhere comes in the end, at a bounded cost.
      siteMap(world, count - 1, [0]);
      await world.run(2 * HOUR);
      expect(world.copies).toHaveLength(1);
      if (isNamed) return;
      for (const n of [0, 17, 333, 620]) siteMap(world, n, [1]);
      const asked = world.requests.length;
      await world.run(54 * HOUR);
      expect(world.copies).toHaveLength(5);
      // Of site maps in turn and the others 12 an hour each; of the index, its ends and its next ten, a few.
      expect(world.requests.length - asked).toBeLessThan(54 * (12 + 12 + 6));
    },
  );

  it('whose times of change are those of the request has all of its site maps read in turn, and its host left in peace', async () => {
    const world = new World();
    const maps = Array.from({ length: 60 }, (_, n) => n);
    const stories = new Map<number, number[]>(maps.map((n) => [n, [0]]));
    for (const n of maps) siteMap(world, n, [0]);
    const body = () =>
      `<sitemapindex>${maps.map((n) => `<sitemap><loc>${child(n)}</loc><lastmod>${new Date(world.clock).toISOString()}</lastmod></sitemap>`).join('')}</sitemapindex>`;
    world.answer(INDEX, () => ({ body: body() }));
    await world.add('a', INDEX);
    for (let hours = 0; hours < 4 * 24; hours++) {
      const n = (hours * 7) % 60;
      stories.get(n)?.push(hours + 1);
      siteMap(world, n, stories.get(n) ?? []);
      await world.run(HOUR);
    }
    const before = world.requests.length;
    await world.run(DAY);
    expect(world.copies).toHaveLength(60 + 4 * 24);
    // Every site map five times a day, and the two at the ends at the pace of the source.
    expect(world.requests.length - before).toBeLessThan(600);
    expect(warningsOf(world.source('a')).join(' ')).toContain('ever again that they have changed');
  });

  it('has what is new in a site map that changes all the time at the pace of its source', async () => {
    const world = new World();
    const now = () => new Date(world.clock).toISOString();
    const maps = Array.from({ length: 40 }, (_, n) => n);
    for (const n of maps) siteMap(world, n, [0]);
    const entry = (n: number, at: string) => `<url><loc>https://a.example/s39-${n}</loc><lastmod>${at}</lastmod></url>`;
    let edited = now();
    let latest = 3;
    for (const n of [0, 1, 2, 3, 4]) world.answer(`https://a.example/s39-${n}`, article(`Story ${n}`));
    world.answer(child(39), () => ({
      body: `<urlset>${entry(0, edited)}${[1, 2, 3, 4]
        .filter((n) => n <= latest)
        .map((n) => entry(n, day(n)))
        .join('')}</urlset>`,
    }));
    world.answer(INDEX, () => ({
      body: `<sitemapindex>${maps.map((n) => `<sitemap><loc>${child(n)}</loc><lastmod>${n === 39 ? edited : day(n)}</lastmod></sitemap>`).join('')}</sitemapindex>`,
    }));
    await world.add('a', INDEX, { everySeconds: 1800 });
    for (let hours = 0; hours < 20; hours++) {
      await world.run(HOUR);
      edited = now();
    }
    latest = 4;
    await world.run(HOUR);
    expect(world.copies.some(({ url }) => url.endsWith('s39-4'))).toBe(true);
  });

  it('of more site maps than are read at once keeps the pace of its articles', async () => {
    const world = new World();
    const maps = Array.from({ length: 40 }, (_, n) => n);
    const stories = new Map<number, number[]>(maps.map((n) => [n, [0]]));
    for (const n of maps) siteMap(world, n, [0]);
    world.answer(INDEX, {
      body: `<sitemapindex>${maps.map((n) => `<sitemap><loc>${child(n)}</loc></sitemap>`).join('')}</sitemapindex>`,
    });
    await world.add('a', INDEX);
    for (let hours = 0; hours < 10 * 24; hours += 4) {
      const n = (hours * 7) % 40;
      stories.get(n)?.push(hours + 1);
      siteMap(world, n, stories.get(n) ?? []);
      await world.run(4 * HOUR);
    }
    const source = world.source('a');
    expect(source.rhythmSeconds).toBeLessThan(8 * 3600);
    expect(source.intervalSeconds).toBeLessThan(3 * 3600);
    expect(world.clock - Date.parse(source.newestAt as string)).toBeLessThan(12 * HOUR);
  });

  it('whose site maps each have a front page that changes all the time is read no more often than its source', async () => {
    const world = new World();
    const now = () => new Date(world.clock).toISOString();
    const maps = Array.from({ length: 12 }, (_, n) => n);
    const entry = (path: string, at: string) =>
      `<url><loc>https://a.example/${path}</loc><lastmod>${at}</lastmod></url>`;
    for (const n of maps) {
      const stories = [0, 1, 2, 3, 4].map((story) => `s${n}-${story}`);
      for (const path of [`front-${n}`, ...stories]) world.answer(`https://a.example/${path}`, article(`Of ${path}`));
      world.answer(child(n), () => ({
        body: `<urlset>${entry(`front-${n}`, now())}${stories.map((path) => entry(path, day(n))).join('')}</urlset>`,
      }));
    }
    world.answer(INDEX, () => ({
      body: `<sitemapindex>${maps.map((n) => `<sitemap><loc>${child(n)}</loc><lastmod>${now()}</lastmod></sitemap>`).join('')}</sitemapindex>`,
    }));
    await world.add('a', INDEX, { everySeconds: 3600 });
    await world.run(2 * DAY);
    expect(world.copies).toHaveLength(12 * 6);
    const asked = () => maps.reduce((sum, n) => sum + world.asked(child(n)), 0);
    const before = asked();
    await world.run(DAY);
    expect(asked() - before).toBeLessThanOrEqual(12 * 25);
    expect(asked() - before).toBeGreaterThan(12 * 12);
  });

  it.each([
    ['with dates', true],
    ['without dates', false],
  ])(
    'that names its oldest site map first, %s, learns its rhythm from the latest, and from what comes after',
    async (_, dated) => {
      const world = new World();
      const url = (n: number) => `https://a.example/post-${n}`;
      const posts = Array.from({ length: 700 }, (_, n) => n);
      for (const n of posts) world.answer(url(n), article(`Post ${n}`));
      const dates = new Map(posts.map((n) => [n, START - (700 - n) * DAY]));
      const mapOf = (from: number, to: number) => () => ({
        body: `<urlset>${[...dates]
          .filter(([n]) => n >= from && n < to)
          .map(
            ([n, at]) =>
              `<url><loc>${url(n)}</loc>${dated ? `<lastmod>${new Date(at).toISOString()}</lastmod>` : ''}</url>`,
          )
          .join('')}</urlset>`,
      });
      world.answer(child(1), mapOf(0, 500));
      world.answer(child(2), mapOf(500, 2_000));
      world.answer(INDEX, {
        body: `<sitemapindex>${[1, 2].map((n) => `<sitemap><loc>${child(n)}</loc></sitemap>`).join('')}</sitemapindex>`,
      });
      await world.add('a', INDEX, { maxPerRun: 150 });
      await world.run(DAY);
      expect(world.source('a').articles).toBe(700);
      const { arrivals, gapsByDay } = world.source('a');
      expect(Math.max(...gapsByDay, 0)).toBeLessThanOrEqual(3 * 86_400);
      if (!dated) expect(arrivals).toBe(1);
      for (let day = 0; day < 5; day++) {
        dates.set(700 + day, world.clock);
        world.answer(url(700 + day), article(`Post ${700 + day}`));
        await world.run(DAY);
      }
      expect(world.source('a').arrivals - arrivals).toBe(5);
    },
  );

  it('has the rhythm of its articles, not of archives or of a few pages that were changed last', async () => {
    const world = new World();
    const ages: [number, number[]][] = [
      [1, Array.from({ length: 60 }, (_, n) => 3_000 + n / 24)],
      [2, [0.1, 500, 900, 1_300, 1_700, 2_000]],
      [3, Array.from({ length: 60 }, (_, n) => 1.2 + n)],
      [4, [0.05, 700, 1_500]],
    ];
    for (const [n, days] of ages) {
      const urls = days.map((_, i) => `https://a.example/${n}-${i}`);
      for (const url of urls) world.answer(url, article(`Of ${url}`));
      const entries = days.map(
        (age, i) => `<url><loc>${urls[i]}</loc><lastmod>${new Date(START - age * DAY).toISOString()}</lastmod></url>`,
      );
      world.answer(child(n), { body: `<urlset>${entries.join('')}</urlset>` });
    }
    world.answer(INDEX, {
      body: `<sitemapindex>${ages.map(([n]) => `<sitemap><loc>${child(n)}</loc></sitemap>`).join('')}</sitemapindex>`,
    });
    await world.add('a', INDEX);
    await world.run(2 * HOUR);
    expect(world.source('a').rhythmSeconds).toBeCloseTo(86_400, -3);
    // Times of change are no arrivals: as of any new source, twenty days go by.
    await world.run(18 * DAY);
    expect(healthOf(world.source('a'), new Date(world.clock))).toBe('well');
    await world.run(3 * DAY);
    expect(healthOf(world.source('a'), new Date(world.clock))).toBe('silent');
  });

  it('of many indexes that were all changed at the time of the request leaves its host in peace, and forgets no site map beside them', async () => {
    const world = new World();
    const now = () => new Date(world.clock).toISOString();
    const named = (urls: readonly string[]) => () => ({
      body: `<sitemapindex>${urls.map((url) => `<sitemap><loc>${url}</loc><lastmod>${now()}</lastmod></sitemap>`).join('')}</sitemapindex>`,
    });
    const years = Array.from({ length: 14 }, (_, n) => n);
    const indexOf = (n: number) => `https://a.example/index-${n}.xml`;
    world.answer(INDEX, named([...years.map(indexOf), child(99)]));
    for (const n of years) {
      world.answer(indexOf(n), named([child(n)]));
      siteMap(world, n, [0]);
    }
    siteMap(world, 99, [0]);
    await world.add('a', INDEX);
    await world.run(2 * DAY);
    siteMap(world, 99, [0, 1]);
    siteMap(world, 7, [0, 1]);
    const before = world.requests.length;
    await world.run(DAY);
    expect(world.copies).toHaveLength(17);
    expect(world.requests.length - before).toBeLessThan(700);
  });

  it('takes up again a site map that failed, or had more than may be taken at once', async () => {
    const world = new World();
    siteMap(world, 0, [0, 1, 2, 3, 4]);
    const whole = world.web.get(child(1));
    index(
      world,
      new Map([
        [0, day(0)],
        [1, day(1)],
      ]),
    );
    await world.add('a', INDEX, { maxPerRun: 3 });
    await world.minute();
    expect(world.source('a').problem).toContain('404');
    expect(whole).toBeUndefined();
    await world.run(11 * HOUR);
    // Ever more seldom: after 5, 10, 20 minutes and so on.
    expect(world.asked(child(1))).toBeGreaterThan(5);
    expect(world.asked(child(1))).toBeLessThan(10);
    siteMap(world, 1, [0]);
    await world.run(DAY);
    expect(world.copies).toHaveLength(6);
    expect(world.source('a').problem).toBeNull();
  });

  it('says that a site map fails until it is read, and asks for that soon', async () => {
    const world = new World();
    siteMap(world, 0, [0]);
    world.answer(child(1), { status: 500 });
    index(world, new Map([0, 1].map((n) => [n, day(n)])));
    await world.add('a', INDEX);
    for (let reading = 0; reading < 4; reading++) {
      await world.run(6 * MINUTE);
      expect(world.source('a').problem).toContain('500');
      expect(healthOf(world.source('a'), new Date(world.clock))).toBe('failing');
    }
    siteMap(world, 1, [0]);
    await world.run(HOUR);
    expect(world.source('a')).toMatchObject({ articles: 2, problem: null });
    expect(healthOf(world.source('a'), new Date(world.clock))).toBe('well');
  });

  it.each<[string, Answer]>([
    ['did not answer in time', { fails: 'TIMEOUT' }],
    ['asks for a short wait', { status: 429, headers: { 'retry-after': '120' } }],
  ])('is asked again within minutes for a site map that %s', async (_, answer) => {
    const world = new World();
    world.answer(child(1), answer);
    index(world, new Map([[1, day(1)]]));
    await world.add('a', INDEX);
    await world.minute();
    siteMap(world, 1, [0]);
    await world.run(10 * MINUTE);
    expect(world.source('a')).toMatchObject({ articles: 1, problem: null });
  });

  it('forgets a failing site map that it names no more', async () => {
    const world = new World();
    siteMap(world, 0, [0]);
    world.answer(child(1), { status: 500 });
    index(world, new Map([0, 1].map((n) => [n, day(n)])));
    await world.add('a', INDEX);
    await world.minute();
    index(world, new Map([[0, day(0)]]));
    await world.run(3 * DAY);
    expect(world.source('a').problem).toBeNull();
    expect(world.asked(INDEX)).toBeLessThan(60);
  });

  it('is followed to site maps without a time of change at the pace of their articles, though it never changes', async () => {
    const world = new World();
    world.answer('https://a.example/robots.txt', { body: `User-agent: *\nDisallow:\n\nSitemap: ${child(0)}` });
    siteMap(world, 0, [0]);
    await world.add('a', 'https://a.example/robots.txt');
    await world.run(HOUR);
    for (let n = 1; n <= 12; n++) {
      siteMap(
        world,
        0,
        Array.from({ length: n + 1 }, (_, i) => i),
      );
      await world.run(2 * HOUR);
    }
    expect(world.copies.length).toBeGreaterThanOrEqual(12);
    expect(world.source('a')).toMatchObject({ kind: 'robots', problem: null });
    expect(world.asked(child(0))).toBeLessThan(100);
  });

  it('of more site maps than can be followed is read to an end', async () => {
    const world = new World();
    for (let n = 0; n < 700; n++) siteMap(world, n, []);
    const entries = Array.from({ length: 700 }, (_, n) => `<sitemap><loc>${child(n)}</loc></sitemap>`);
    world.answer(INDEX, {
      body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
    });
    await world.add('a', INDEX);
    await world.run(3 * HOUR);
    expect(world.source('a').remaining).toBe(0);
    const asked = world.requests.length;
    await world.run(DAY);
    expect(world.requests.length - asked).toBeLessThan(24 * 12 + 100);
  });

  it('whose site maps are under way when it is paused has them read once it is resumed', async () => {
    const world = new World();
    const dates = new Map([0, 1, 2].map((n) => [n, day(n)]));
    for (const n of dates.keys()) siteMap(world, n, [0]);
    index(world, dates);
    await world.add('a', INDEX);
    const { http } = world.ports;
    const desk = sourceDesk(world.sources, () => new Date(world.clock));
    world.ports.http = {
      get: async (request) => {
        if (request.url === child(2)) await desk.pause('a', 'A moment.');
        return http.get(request);
      },
    };
    await world.run(5 * MINUTE);
    world.ports.http = http;
    await desk.resume('a');
    await world.run(20 * MINUTE);
    expect(world.copies).toHaveLength(3);
  });

  it('that names other site maps from day to day is asked by its validators all the same', async () => {
    const world = new World();
    await world.add('a', INDEX, { everySeconds: 600 });
    for (let n = 0; n < 4; n++) {
      siteMap(world, n, [0]);
      const body = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${child(n)}</loc><lastmod>${day(n)}</lastmod></sitemap></sitemapindex>`;
      world.answer(INDEX, ({ etag }) => (etag === `"${n}"` ? { status: 304 } : { headers: { etag: `"${n}"` }, body }));
      await world.run(DAY);
    }
    expect(world.copies).toHaveLength(4);
    expect(Object.values(world.source('a').children).filter(({ goneAt }) => goneAt === null)).toHaveLength(1);
    const asked = world.requests.filter(({ url, at }) => url === INDEX && at > START + 3 * DAY);
    expect(asked.filter(({ conditional }) => conditional).length).toBeGreaterThan(asked.length * 0.9);
  });

  it.each<[string, (answer: number) => number[]]>([
    ['names others at each second answer', (answer) => Array.from({ length: 30 }, (_, n) => 30 * (answer % 2) + n)],
    ['is empty at each fourth answer', (answer) => Array.from({ length: answer % 4 === 3 ? 0 : 60 }, (_, n) => n)],
  ])('that %s is read to its end, and no more often than another', async (_, named) => {
    const world = new World();
    for (let n = 0; n < 60; n++) siteMap(world, n, [0]);
    let answers = 0;
    world.answer(INDEX, () => {
      const entries = named(answers++).map(
        (n) => `<sitemap><loc>${child(n)}</loc><lastmod>${day(n)}</lastmod></sitemap>`,
      );
      return {
        body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
      };
    });
    await world.add('a', INDEX);
    await world.run(2 * DAY);
    expect(world.source('a')).toMatchObject({ articles: 60, remaining: 0, problem: null });
    const asked = world.requests.length;
    await world.run(DAY);
    expect(world.requests.length - asked).toBeLessThan(24 * 15);
  });

  it('within an index has the rest of its site maps taken soon, though it says that nothing changed', async () => {
    const world = new World();
    const nested = 'https://a.example/nested.xml';
    const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    const entry = (url: string) => `<sitemap><loc>${url}</loc><lastmod>${day(0)}</lastmod></sitemap>`;
    siteMap(world, 0, [0, 1, 2, 3, 4, 5]);
    world.answer(nested, { body: `<sitemapindex ${xmlns}>${entry(child(0))}${entry(child(1))}</sitemapindex>` });
    world.answer(child(1), { status: 500 });
    world.answer(INDEX, { body: `<sitemapindex ${xmlns}>${entry(nested)}</sitemapindex>` });
    await world.add('a', INDEX, { maxPerRun: 2 });
    await world.run(5 * MINUTE);
    siteMap(world, 1, [0]);
    await world.run(55 * MINUTE);
    expect(world.source('a')).toMatchObject({ articles: 7, remaining: 0, problem: null });
  });

  it('that names too many, and then none, says nothing of them any more', async () => {
    const world = new World();
    for (let n = 0; n < 610; n++) siteMap(world, n, []);
    index(world, new Map(Array.from({ length: 610 }, (_, n) => [n, day(n)])));
    await world.add('a', INDEX, { everySeconds: 600 });
    await world.run(12 * HOUR);
    world.answer(INDEX, { body: '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></sitemapindex>' });
    await world.run(HOUR);
    expect(world.source('a').childTurns).toEqual({});
    expect(warningsOf(world.source('a'))).toEqual([]);
  });

  it('has its latest site maps read when someone asks, whatever it says of them', async () => {
    const world = new World();
    siteMap(world, 0, [0]);
    index(world, new Map([[0, day(0)]]));
    await world.add('a', INDEX);
    await world.run(HOUR);
    siteMap(world, 0, [0, 1]);
    await sourceDesk(world.sources, () => new Date(world.clock)).run('a');
    await world.run(5 * MINUTE);
    expect(world.source('a').articles).toBe(2);
  });

  it('that is given another address while its site maps are under way has nothing of the former ones read', async () => {
    const world = new World();
    const dates = new Map([0, 1, 2].map((n) => [n, day(n)]));
    for (const n of dates.keys()) siteMap(world, n, [0]);
    index(world, dates);
    const feed = 'https://b.example/feed';
    world.answer(feed, { headers: { etag: '"1"' }, body: rss([{ url: 'https://b.example/story' }]) });
    world.answer('https://b.example/story', article('A story'));
    await world.add('a', INDEX);
    const { http } = world.ports;
    const desk = sourceDesk(world.sources, () => new Date(world.clock));
    world.ports.http = {
      get: async (request) => {
        if (request.url === child(2)) await desk.change('a', { url: feed });
        return http.get(request);
      },
    };
    await world.run(5 * DAY);
    expect([0, 1].map((n) => world.asked(child(n)))).toEqual([0, 0]);
    expect(world.source('a')).toMatchObject({ kind: 'rss', url: feed, children: {} });
    const asked = world.requests.filter(({ url }) => url === feed);
    expect(asked.filter(({ conditional }) => conditional).length).toBeGreaterThan(asked.length / 2);
  });

  it('has the articles in its site maps though its own address moved while these were read', async () => {
    const world = new World();
    siteMap(world, 0, [0, 1]);
    const there = 'https://a.example/new/sitemap.xml';
    index(world, new Map([[0, day(0)]]));
    const answer = world.web.get(INDEX) as () => Answer;
    await world.add('a', INDEX);
    const { http } = world.ports;
    world.ports.http = {
      get: async (request) => {
        const answered = await http.get(request);
        if (request.url !== child(0)) return answered;
        const row = world.source('a');
        await world.sources.save({ ...row, url: there, movedFrom: INDEX, revision: row.revision + 1 }, row.revision);
        return answered;
      },
    };
    world.answer(there, answer());
    await world.run(10 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: there, articles: 2 });
  });
});
