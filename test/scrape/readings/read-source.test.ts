import { describe, expect, it } from 'vitest';
import { healthOf } from '../../../functions/scrape/sources/health.ts';
import { resumed } from '../../../functions/scrape/sources/source.ts';
import { type SourceDesk, sourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import { wakeTwins } from '../../../functions/scrape/sources/wake-twins.ts';
import { warningsOf } from '../../../functions/scrape/sources/warnings.ts';
import { type Answer, article, DAY, HOUR, MINUTE, rss, START, World } from '../world.ts';

const FEED = 'https://a.example/feed';
const story = (n: number) => `https://a.example/2026/03/story-${n}`;

/** A feed of so many stories, and their pages. */
function site(world: World, count: number): void {
  for (let n = 0; n < count; n++) world.answer(story(n), article(`Story ${n}`));
  world.answer(FEED, { body: rss(Array.from({ length: count }, (_, n) => ({ url: story(n) }))) });
}

describe('reading a source', () => {
  it('fetches what its feed names and says what it is', async () => {
    const world = new World();
    site(world, 3);
    await world.add('a', FEED);
    await world.run(2 * MINUTE);
    expect(world.copies.map(({ url }) => url)).toEqual([story(0), story(1), story(2)]);
    expect(world.source('a')).toMatchObject({ kind: 'rss', title: 'A feed', articles: 3, problem: null, arrivals: 1 });
    expect(world.source('a').newByDay).toEqual({ '2026-03-02': 3 });
  });

  it('follows a page that links no articles to the feed it names, and says where it was', async () => {
    const world = new World();
    site(world, 2);
    const home = 'https://a.example/';
    const head = '<link rel="alternate" type="application/rss+xml" href="/feed">';
    world.answer(home, {
      headers: { 'content-type': 'text/html' },
      body: `<html><head>${head}</head><p>Hello</p></html>`,
    });
    await world.add('a', home);
    await world.run(5 * MINUTE);
    expect(world.copies.map(({ url }) => url)).toEqual([story(0), story(1)]);
    expect(world.source('a')).toMatchObject({ kind: 'rss', url: FEED, movedFrom: home, articles: 2, warnings: [] });
  });

  it('is held to what was found when it was added, so that no maintenance page is taken for it', async () => {
    const world = new World();
    site(world, 2);
    const links = Array.from(
      { length: 12 },
      (_, n) => `<li><h2><a href="/2026/03/other-${n}">A headline of a story ${n}</a></h2>`,
    );
    const down = { headers: { 'content-type': 'text/html' }, body: `<html><ul>${links.join('')}</ul></html>` };
    let readings = 0;
    const feed = rss([{ url: story(0) }, { url: story(1) }]);
    world.answer(FEED, () => (readings++ === 0 ? down : { body: feed }));
    await sourceDesk(world.sources, () => new Date(world.clock)).add({ id: 'a', url: FEED }, 'rss');
    await world.run(MINUTE);
    expect(world.source('a').problem).toContain(
      'is of another sort now (section) than what was read there before (rss)',
    );
    await world.run(HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual([story(0), story(1)]);
    expect(world.source('a')).toMatchObject({ kind: 'rss', problem: null });
  });

  it('follows no page to an address that is never asked', async () => {
    const world = new World();
    const head = '<link rel="alternate" type="application/rss+xml" href="http://169.254.169.254/feed">';
    const body = `<html><head>${head}</head><p>Hello</p></html>`;
    world.answer('https://a.example/', { headers: { 'content-type': 'text/html' }, body });
    await world.add('a', 'https://a.example/');
    await world.run(HOUR);
    expect(world.source('a')).toMatchObject({ url: 'https://a.example/', movedFrom: null, kind: 'section' });
  });

  it('follows no page that names itself as its feed', async () => {
    const world = new World();
    site(world, 1);
    const links = ['/', '/#feed', '/feed'].map(
      (href) => `<link rel="alternate" type="application/rss+xml" href="${href}">`,
    );
    world.answer('https://a.example/', {
      headers: { 'content-type': 'text/html' },
      body: `<html><head>${links.join('')}</head><p>Hello</p></html>`,
    });
    await world.add('a', 'https://a.example/');
    await world.run(5 * MINUTE);
    expect(world.source('a')).toMatchObject({ kind: 'rss', url: FEED, articles: 1 });
  });

  it('leaves a page whose feed another source watches to that one', async () => {
    const world = new World();
    site(world, 2);
    const head = '<link rel="alternate" type="application/rss+xml" href="/feed">';
    world.answer('https://a.example/', {
      headers: { 'content-type': 'text/html' },
      body: `<html><head>${head}</head><p>Hello</p></html>`,
    });
    await world.add('feed', FEED);
    await world.add('home', 'https://a.example/');
    await world.run(HOUR);
    expect(world.source('home')).toMatchObject({
      state: 'paused',
      stateReason: expect.stringContaining('watched as feed'),
    });
  });

  it('looks through a listing once a day though it has not changed, for what another source has left', async () => {
    const world = new World();
    const other = 'https://a.example/other-feed';
    let isDown = true;
    world.answer(story(0), () => (isDown ? { status: 500 } : article('Story 0')));
    for (const url of [FEED, other]) world.answer(url, { body: rss([{ url: story(0) }]) });
    await world.add('a', FEED);
    await world.run(10 * MINUTE);
    await world.add('b', other);
    await world.run(10 * MINUTE);
    await sourceDesk(world.sources, () => new Date(world.clock)).pause('a', 'enough');
    isDown = false;
    await world.run(2 * DAY);
    expect(world.copies.map(({ url }) => url)).toEqual([story(0)]);
  });

  it('writes nothing of an address that was changed while it was read', async () => {
    const world = new World();
    site(world, 2);
    const map = 'https://a.example/map.xml';
    const urls = [0, 1].map((n) => `<url><loc>${story(n)}</loc></url>`).join('');
    world.answer(map, { body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>` });
    const desk = sourceDesk(world.sources, () => new Date(world.clock));
    let isChanged = false;
    world.answer(FEED, () => {
      if (!isChanged) void desk.change('a', { url: map });
      isChanged = true;
      return { body: rss([{ url: story(0) }]) };
    });
    await world.add('a', FEED);
    await world.run(10 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: map, kind: 'sitemap', problem: null });
    expect(world.copies.map(({ url }) => url).sort()).toEqual([story(0), story(1)]);
  });

  it('follows once, and says of a page that is none that it links no articles', async () => {
    const world = new World();
    const page = (next: string) => ({
      headers: { 'content-type': 'text/html' },
      body: `<html><head><link rel="alternate" type="application/rss+xml" href="${next}"></head><p>Hello</p></html>`,
    });
    world.answer('https://a.example/1', page('/2'));
    world.answer('https://a.example/2', page('/1'));
    await world.add('a', 'https://a.example/1');
    await world.run(10 * MINUTE);
    expect(world.requests.filter(({ url }) => !url.endsWith('/robots.txt'))).toHaveLength(2);
    expect(warningsOf(world.source('a'))).toEqual([
      'The page links no list of articles; it names a feed: https://a.example/1',
    ]);
  });

  it('asks with the validators exactly as they were sent, and takes a 304 for nothing new', async () => {
    const world = new World();
    const validators = { etag: 'W/"ä b"', 'last-modified': 'yesterday' };
    const seen: unknown[] = [];
    world.answer(FEED, ({ etag, lastModified }) => {
      seen.push([etag, lastModified]);
      return etag ? { status: 304 } : { headers: validators, body: rss([]) };
    });
    await world.add('a', FEED);
    await world.run(HOUR);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.slice(1)).toEqual(seen.slice(1).map(() => ['W/"ä b"', 'yesterday']));
    expect(world.source('a')).toMatchObject({ etag: 'W/"ä b"', problem: null, failures: 0 });
  });

  it('takes a 304 that nobody asked for as the failure it is', async () => {
    const world = new World();
    world.answer(FEED, { status: 304 });
    await world.add('a', FEED);
    await world.run(MINUTE);
    expect(world.source('a')).toMatchObject({ failures: 1, problem: `${FEED} answered 304 Not Modified.` });
  });

  it('takes the same body under a changing validator for nothing new', async () => {
    const world = new World();
    site(world, 1);
    let n = 0;
    world.answer(FEED, () => ({ headers: { etag: `"${n++}"` }, body: rss([{ url: story(0) }]) }));
    await world.add('a', FEED);
    await world.run(3 * HOUR);
    expect(world.outcomes.filter((outcome) => outcome.kind === 'done' && outcome.did === 'read')).toHaveLength(1);
    expect(world.source('a').etag).toBe(`"${n - 1}"`);
  });

  it('finds within hours what a server hides behind a 304 for ever', async () => {
    const world = new World();
    site(world, 1);
    let items = [{ url: story(0) }];
    world.answer(story(1), article('Story 1'));
    world.answer(FEED, ({ etag }) => (etag ? { status: 304 } : { headers: { etag: '"1"' }, body: rss(items) }));
    await world.add('a', FEED);
    await world.run(HOUR);
    items = [{ url: story(1) }, ...items];
    await world.run(7 * HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual([story(0), story(1)]);
  });

  it('takes so many new articles at a time and soon the rest, each once', async () => {
    const world = new World();
    site(world, 25);
    await world.add('a', FEED, { maxPerRun: 10 });
    await world.minute();
    expect(world.source('a')).toMatchObject({ articles: 10, remaining: 15 });
    await world.run(11 * MINUTE);
    expect(world.source('a')).toMatchObject({ articles: 25, remaining: 0, arrivals: 1 });
    expect(world.copies).toHaveLength(25);
    expect(world.asked(FEED)).toBe(3);
  });

  it('holds to what a listing asks for while it has more than was taken, up to a quarter of an hour', async () => {
    const world = new World();
    site(world, 25);
    const body = rss(Array.from({ length: 25 }, (_, n) => ({ url: story(n) })));
    world.answer(FEED, { headers: { 'cache-control': 'max-age=86400' }, body });
    await world.add('a', FEED, { maxPerRun: 10 });
    await world.run(29 * MINUTE);
    expect(world.asked(FEED)).toBe(2);
    await world.run(10 * MINUTE);
    expect(world.source('a')).toMatchObject({ articles: 25, remaining: 0 });
    expect(world.asked(FEED)).toBe(3);
  });

  it('passes over what the listing dates before the day the user gave', async () => {
    const world = new World();
    site(world, 2);
    world.answer(FEED, {
      body: rss([
        { url: story(0), date: START - 10 * DAY },
        { url: story(1), date: START },
      ]),
    });
    await world.add('a', FEED, { since: new Date(START - DAY).toISOString() });
    await world.run(MINUTE);
    expect(world.copies.map(({ url }) => url)).toEqual([story(1)]);
  });

  it('makes one article of what feeds name several times', async () => {
    const world = new World();
    world.answer(story(0), article('Story 0'));
    world.answer(`${story(0)}?utm_source=rss`, article('Story 0'));
    let guid = 0;
    const listed = () => ({
      body: rss([
        { url: story(0), guid: `g${guid++}` },
        { url: `${story(0)}?utm_source=rss`, guid: `g${guid++}` },
        { url: `${story(0)}/`, guid: 'same' },
      ]),
    });
    for (const name of ['a', 'b', 'c']) {
      world.answer(`https://${name}.example/feed`, listed);
      await world.add(name, `https://${name}.example/feed`);
    }
    await world.run(3 * HOUR);
    expect(world.copies).toHaveLength(1);
    expect(world.pages.rows.size).toBe(1);
    expect(['a', 'b', 'c'].map((name) => world.source(name).articles).sort()).toEqual([0, 0, 1]);
  });

  it('is well where another source names its articles too, and is read sooner', async () => {
    const world = new World();
    const section = 'https://a.example/section/feed';
    site(world, 0);
    const posts: { url: string; date: number }[] = [];
    const lists = () => ({ body: rss(posts.slice(-20).reverse()) });
    for (const feed of [FEED, section]) world.answer(feed, lists);
    await world.add('a', FEED, { everySeconds: 300 });
    await world.add('b', section);
    for (let n = 0; n < 80; n++) {
      posts.push({ url: story(n), date: world.clock });
      world.answer(story(n), article(`Story ${n}`));
      await world.run(6 * HOUR);
      if (n > 8) expect(healthOf(world.source('b'), new Date(world.clock))).toBe('well');
    }
    expect(world.copies).toHaveLength(80);
    expect(world.source('a').articles + world.source('b').articles).toBe(80);
    expect(world.source('b').articles).toBeLessThan(40);
    // What it names the other fetches, so that it is read more seldom by far.
    expect(world.asked(section) * 3).toBeLessThan(world.asked(FEED));
  });

  it('is read often enough for what it alone names, where it forgets that within hours', async () => {
    const world = new World();
    const section = 'https://a.example/section/feed';
    site(world, 0);
    const all: { url: string; date?: number }[] = [];
    const posts: { url: string }[] = [];
    world.answer(FEED, () => ({ body: rss(all.slice(-30)) }));
    world.answer(section, () => ({ body: rss(posts.slice(-10)) }));
    await world.add('a', FEED, { everySeconds: 300 });
    await world.add('b', section);
    for (let n = 0; n < 240; n++) {
      world.answer(story(n), article(`Story ${n}`));
      posts.push({ url: story(n) });
      if (n % 24 !== 23) all.push({ url: story(n), date: world.clock });
      await world.run(30 * MINUTE);
    }
    await world.run(HOUR);
    expect(world.copies).toHaveLength(240);
    expect(world.asked(section) * 3).toBeLessThan(world.asked(FEED));
  });

  it('is well so too where both name addresses that lead to the articles', async () => {
    const world = new World();
    const section = 'https://a.example/section/feed';
    site(world, 0);
    const posts: { url: string; date: number }[] = [];
    for (const [feed, way] of [
      [FEED, 'https://a.example/go/'],
      [section, 'https://a.example/to/'],
    ] as const) {
      world.answer(feed, () => ({
        body: rss(posts.slice(-20).map(({ url, date }) => ({ url: `${way}${url}`, date }))),
      }));
    }
    await world.add('a', FEED, { everySeconds: 300 });
    await world.add('b', section);
    for (let n = 0; n < 80; n++) {
      for (const way of ['go', 'to']) {
        world.answer(`https://a.example/${way}/${n}`, { status: 301, headers: { location: story(n) } });
      }
      posts.push({ url: `${n}`, date: world.clock });
      world.answer(story(n), article(`Story ${n}`));
      await world.run(6 * HOUR);
      if (n > 8) expect(healthOf(world.source('b'), new Date(world.clock))).toBe('well');
    }
    expect(world.copies).toHaveLength(80);
    expect(world.source('a').articles + world.source('b').articles).toBe(80);
  });

  it('has no news where all that it names was known before it was watched', async () => {
    const world = new World();
    site(world, 5);
    const old = START - 400 * DAY;
    const body = rss([0, 1, 2, 3, 4].map((n) => ({ url: story(n), date: old - n * DAY })));
    for (const feed of [FEED, `${FEED}/all`]) world.answer(feed, { body });
    await world.add('a', FEED);
    await world.run(HOUR);
    await world.add('b', `${FEED}/all`);
    await world.run(2 * DAY);
    expect(world.source('b')).toMatchObject({ newestAt: new Date(old).toISOString(), articles: 0 });
    expect(healthOf(world.source('b'), new Date(world.clock))).toBe('silent');
  });

  it('gives to the upload what the feed says of the article, and the label of its user', async () => {
    const world = new World();
    world.answer(story(0), article('Story 0'));
    world.answer(FEED, { body: rss([{ url: story(0), title: 'As the feed has it' }]) });
    await world.add('a', FEED, { section: 'Culture' });
    await world.run(MINUTE);
    const hints = await world.hints.read(world.copies[0]?.hints as string);
    expect(hints).toMatchObject({ feedUrl: FEED, section: 'Culture', feed: { title: 'As the feed has it' } });
  });

  it('that is given another day to begin at meanwhile is read again by that', async () => {
    const world = new World();
    const dates = [START - 5 * DAY, START - DAY];
    for (const n of dates.keys()) world.answer(story(n), article(`Story ${n}`));
    world.answer(FEED, {
      headers: { etag: '"1"' },
      body: rss(dates.map((date, n) => ({ url: story(n), date }))),
    });
    await world.add('a', FEED, { since: new Date(START - 2 * DAY).toISOString() });
    const desk = sourceDesk(world.sources, () => new Date(world.clock));
    const { http } = world.ports;
    world.ports.http = {
      get: async (request) => {
        if (request.url === FEED && world.asked(FEED) === 0) await desk.change('a', { since: null });
        return http.get(request);
      },
    };
    await world.run(5 * MINUTE);
    expect(world.copies.map(({ url }) => url).sort()).toEqual([story(0), story(1)]);
    await world.run(HOUR);
    expect(world.source('a')).toMatchObject({ articles: 2 });
  });
});

describe('a source that moves', () => {
  it('is known by its new address after permanent redirects, over hosts too', async () => {
    const world = new World();
    const there = 'https://b.example/rss';
    world.answer(FEED, { status: 301, headers: { location: '/feed/' } });
    world.answer(`${FEED}/`, { status: 308, headers: { location: there } });
    world.answer(there, { body: rss([{ url: story(0) }]) });
    await world.add('a', FEED, { kind: 'rss' });
    await world.run(2 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: there, movedFrom: FEED, problem: null });
    await world.run(3 * HOUR);
    expect(world.asked(FEED)).toBe(1);
  });

  it('to an address that is watched already is paused, and says under which name', async () => {
    const world = new World();
    const there = 'https://b.example/rss';
    world.answer(FEED, { status: 301, headers: { location: there } });
    world.answer(there, { body: rss([{ url: story(0) }]) });
    world.answer(story(0), article('A story'));
    await world.add('new', there);
    await world.run(2 * MINUTE);
    await world.add('old', FEED);
    await world.run(HOUR);
    expect(world.source('old')).toMatchObject({ state: 'paused', url: FEED });
    expect(world.source('old').stateReason).toContain('which is watched as new');
    expect(world.source('new').state).toBe('active');
    expect(world.asked(FEED)).toBe(1);
    expect(world.copies).toHaveLength(1);
  });

  it('is known by the address before the first redirect that is for now', async () => {
    const world = new World();
    world.answer(FEED, { status: 301, headers: { location: '/feed/' } });
    world.answer(`${FEED}/`, { status: 302, headers: { location: '/today' } });
    world.answer('https://a.example/today', { status: 301, headers: { location: '/now' } });
    world.answer(story(0), article('A story'));
    world.answer('https://a.example/now', { body: rss([{ url: story(0) }]) });
    await world.add('a', FEED, { kind: 'rss' });
    await world.run(2 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: `${FEED}/`, movedFrom: FEED, articles: 1 });
  });

  it('keeps its address where a redirect for now comes first', async () => {
    const world = new World();
    world.answer(FEED, { status: 302, headers: { location: '/feed/' } });
    world.answer(`${FEED}/`, { status: 301, headers: { location: '/today' } });
    world.answer(story(0), article('A story'));
    world.answer('https://a.example/today', { body: rss([{ url: story(0) }]) });
    await world.add('a', FEED, { kind: 'rss' });
    await world.run(2 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: FEED, movedFrom: null, articles: 1 });
  });

  it('keeps its address where a web page stands at the end, and says so', async () => {
    const world = new World();
    world.answer(FEED, { status: 301, headers: { location: '/' } });
    world.answer('https://a.example/', article('Welcome'));
    await world.add('a', FEED, { kind: 'rss' });
    await world.run(2 * MINUTE);
    expect(world.source('a')).toMatchObject({ url: FEED, failures: 1 });
    expect(world.source('a').problem).toContain('https://a.example/');
  });

  it('ends in words where it redirects in a circle', async () => {
    const world = new World();
    world.answer(FEED, { status: 302, headers: { location: 'https://b.example/feed' } });
    world.answer('https://b.example/feed', { status: 302, headers: { location: FEED } });
    await world.add('a', FEED);
    await world.run(MINUTE);
    expect(world.source('a')).toMatchObject({ failures: 1 });
    expect(world.source('a').problem).toContain('redirects on and on');
    expect(world.queue.length).toBe(0);
  });

  it('to what another one watches is looked at again after a day, and goes on where it has its own listing again', async () => {
    const world = new World();
    site(world, 1);
    const main = 'https://a.example/main';
    const mainStory = 'https://a.example/2026/03/main-story';
    world.answer(main, { body: rss([{ url: mainStory }]) });
    world.answer(mainStory, article('The main story'));
    const feed = world.web.get(FEED) as () => Answer;
    await world.add('main', main);
    await world.add('sport', FEED);
    await world.run(MINUTE);
    world.answer(FEED, { status: 301, headers: { location: main } });
    await world.run(2 * HOUR);
    expect(world.source('sport')).toMatchObject({ state: 'paused', twin: { id: 'main', url: main } });
    const look = async () => wakeTwins(await world.sources.list(), world.sources, new Date(world.clock));
    await world.run(DAY);
    await look();
    await world.run(MINUTE);
    expect(world.source('sport')).toMatchObject({ state: 'paused', url: FEED });
    world.answer(FEED, feed());
    await look();
    expect(world.source('sport')).toMatchObject({ state: 'paused' });
    await world.run(DAY + HOUR);
    await look();
    await world.run(MINUTE);
    expect(world.source('sport')).toMatchObject({ state: 'active', url: FEED, twin: null });
  });

  it('to what another one watches stays paused where that is led back to its own address', async () => {
    const world = new World();
    site(world, 1);
    const other = 'https://a.example/other';
    const feed = world.web.get(FEED) as () => Answer;
    world.answer(other, feed());
    await world.add('one', FEED);
    await world.add('two', other);
    await world.run(MINUTE);
    world.answer(FEED, { status: 301, headers: { location: other } });
    await world.run(2 * HOUR);
    expect(world.source('one')).toMatchObject({ state: 'paused', twin: { id: 'two' } });
    world.answer(FEED, feed());
    world.answer(other, { status: 301, headers: { location: FEED } });
    await world.run(2 * DAY);
    expect(world.source('two')).toMatchObject({ state: 'active', url: FEED });
    await wakeTwins(await world.sources.list(), world.sources, new Date(world.clock));
    expect(world.source('one').state).toBe('paused');
  });
});

describe('a source that fails', () => {
  it('is tried again ever more seldom, and well again with the first answer', async () => {
    const world = new World();
    world.answer(FEED, { status: 500 });
    await world.add('a', FEED);
    await world.run(6 * HOUR);
    expect(world.source('a')).toMatchObject({
      failures: 7,
      problem: `${FEED} answered 500 Internal Server Error.`,
      // robots.txt was asked first, and then the delay kept.
      failingSince: new Date(START + 2_000).toISOString(),
    });
    site(world, 1);
    await world.run(6 * HOUR);
    expect(world.source('a')).toMatchObject({ failures: 0, problem: null, failingSince: null, articles: 1 });
  });

  it('is paused with its reason after a week, asked no more, and read again when it is resumed', async () => {
    const world = new World();
    world.answer(FEED, { status: 404 });
    await world.add('a', FEED);
    await world.run(9 * DAY);
    expect(world.source('a').state).toBe('paused');
    expect(world.source('a').stateReason).toContain('since 2026-03-02');
    expect(world.source('a').stateReason).toContain('404 Not Found');
    const asked = world.asked(FEED);
    await world.run(2 * DAY);
    expect(world.asked(FEED)).toBe(asked);
    site(world, 1);
    const source = world.source('a');
    const next = { ...resumed(source, new Date(world.clock)), revision: source.revision + 1 };
    await world.sources.save(next, source.revision);
    await world.run(2 * MINUTE);
    expect(world.source('a')).toMatchObject({ state: 'active', failures: 0, articles: 1 });
  });

  it('is retired where the site says that it is gone', async () => {
    const world = new World();
    world.answer(FEED, { status: 410 });
    await world.add('a', FEED);
    await world.run(DAY);
    expect(world.source('a').state).toBe('retired');
    expect(world.source('a').stateReason).toContain('410 Gone');
    expect(world.asked(FEED)).toBe(1);
  });

  it('is left alone for as long as a 429 or 503 asks, with all of its host', async () => {
    const world = new World();
    site(world, 5);
    const feed = world.web.get(FEED);
    let at429: number | null = null;
    world.answer(FEED, (request) => {
      if (at429 !== null) return feed?.(request) ?? {};
      at429 = world.clock;
      return { status: 429, headers: { 'retry-after': '7200' } };
    });
    await world.add('a', FEED);
    await world.add('b', 'https://a.example/other');
    await world.run(HOUR);
    expect(world.source('a').problem).toContain('429 Too Many Requests');
    const since = world.requests.filter(({ at }) => at > (at429 as number) && at < (at429 as number) + 2 * HOUR);
    expect(since).toEqual([]);
    await world.run(3 * HOUR);
    expect(world.copies).toHaveLength(5);
    expect(world.source('a').problem).toBeNull();
  });

  it('is read every minute where that is what the user says, though a reading takes a while', async () => {
    const world = new World();
    world.answer(FEED, () => {
      world.clock += 4_000;
      return { body: rss([]) };
    });
    await world.add('a', FEED, { everySeconds: 60 });
    await world.run(HOUR);
    expect(world.asked(FEED)).toBeGreaterThanOrEqual(59);
  });

  it('says so when robots.txt keeps it out, and looks again a day later', async () => {
    const world = new World();
    site(world, 1);
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nDisallow: /feed' });
    await world.add('a', FEED);
    await world.run(12 * HOUR);
    expect(world.asked(FEED)).toBe(0);
    expect(world.source('a').problem).toContain('Disallow: /feed');
    expect(world.source('a').state).toBe('active');
    world.answer('https://a.example/robots.txt', { body: '' });
    await world.run(15 * HOUR);
    expect(world.copies).toHaveLength(1);
    expect(world.source('a').problem).toBeNull();
  });

  it('asks nothing of a site whose robots.txt cannot be read, and says why', async () => {
    const world = new World();
    site(world, 1);
    world.answer('https://a.example/robots.txt', { status: 503 });
    await world.add('a', FEED);
    await world.run(2 * HOUR);
    expect(world.asked(FEED)).toBe(0);
    expect(world.source('a').failures).toBeGreaterThan(1);
    expect(world.source('a').problem).toContain('robots.txt');
  });
});

describe('a site map', () => {
  it('speaks for the site whose address leads to it, from whatever host it comes', async () => {
    const world = new World();
    const story = 'https://a.example/2026/03/story-1';
    const urlset = (url: string) =>
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${url}</loc></url></urlset>`;
    world.answer('https://a.example/s.xml', { status: 302, headers: { location: 'https://cdn.example/s.xml' } });
    world.answer('https://cdn.example/s.xml', { body: urlset(story) });
    world.answer('https://a.example/child.xml', { status: 301, headers: { location: 'https://cdn.example/c.xml' } });
    world.answer('https://cdn.example/c.xml', { body: urlset('https://a.example/2026/03/story-2') });
    world.answer('https://a.example/index.xml', {
      body: '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/child.xml</loc></sitemap></sitemapindex>',
    });
    for (const n of [1, 2]) world.answer(`https://a.example/2026/03/story-${n}`, article(`Story ${n}`));
    await world.add('a', 'https://a.example/s.xml');
    await world.add('b', 'https://a.example/index.xml');
    await world.run(HOUR);
    expect(world.copies).toHaveLength(2);
  });
});

describe('a source that is of another sort for good', () => {
  const map = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${story(1)}</loc></url></urlset>`;

  it.each<[string, (desk: SourceDesk) => Promise<unknown>]>([
    ['run', (desk) => desk.run('a')],
    ['added again under its name', (desk) => desk.change('a', { url: FEED })],
    ['paused and resumed', async (desk) => [await desk.pause('a', 'For now.'), await desk.resume('a')]],
  ])('is taken as it is once it is %s, and not before', async (_, ask) => {
    const world = new World();
    world.answer(story(1), article('A story'));
    world.answer(FEED, { body: rss([]) });
    await world.add('a', FEED);
    await world.run(MINUTE);
    world.answer(FEED, { body: map });
    await world.run(2 * DAY);
    expect(world.source('a')).toMatchObject({ kind: 'rss', otherKind: 'sitemap', articles: 0 });
    expect(world.source('a').problem).toContain('copydesk sources run a');
    await ask(sourceDesk(world.sources, () => new Date(world.clock)));
    await world.run(3 * MINUTE);
    expect(world.source('a')).toMatchObject({ kind: 'sitemap', otherKind: null, articles: 1, problem: null });
  });

  it('stays what it is where it is run while all is well and a page of maintenance comes between', async () => {
    const world = new World();
    world.answer(FEED, { body: rss([]) });
    await world.add('a', FEED);
    await world.run(MINUTE);
    await sourceDesk(world.sources, () => new Date(world.clock)).run('a');
    const teasers = [1, 2, 3].map(
      (n) => `<h2><a href="/2026/03/a-long-story-${n}">A long story of the day ${n}</a></h2>`,
    );
    world.answer(FEED, {
      headers: { 'content-type': 'text/html' },
      body: `<html><body>${teasers.join('')}</body></html>`,
    });
    await world.run(5 * MINUTE);
    expect(world.source('a')).toMatchObject({ kind: 'rss', otherKind: 'section', articles: 0 });
  });
});
