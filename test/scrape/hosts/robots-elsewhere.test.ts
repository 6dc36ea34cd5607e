import { describe, expect, it } from 'vitest';
import { newHost } from '../../../functions/scrape/hosts/manners.ts';
import { inspect } from '../../../functions/scrape/sources/inspect.ts';
import { article, HOUR, MINUTE, rss, settings, World } from '../world.ts';

const WWW = 'https://www.a.example';
const BARE = 'https://a.example';
const to = (location: string) => ({ status: 301, headers: { location } });
const requests = (world: World) => world.requests.map(({ url }) => url);

/** A site that has moved to www, all of it, with a feed of that many articles under the old name. */
async function moved(count = 3): Promise<World> {
  const world = new World();
  const pages = Array.from({ length: count }, (_, n) => `/2026/03/story-${n}`);
  world.answer(`${WWW}/robots.txt`, { body: 'User-agent: *\nDisallow: /private/\n' });
  world.answer(`${WWW}/feed`, { body: rss(pages.map((path) => ({ url: WWW + path }))) });
  for (const path of ['/robots.txt', '/feed', ...pages]) world.answer(BARE + path, to(WWW + path));
  for (const path of pages) world.answer(WWW + path, article(path));
  await world.add('a', `${BARE}/feed`);
  return world;
}

describe('a robots.txt at another host', () => {
  it('is asked for once for both, and what waits for it goes on at once', async () => {
    const world = await moved();
    await world.run(0);
    expect(world.copies).toHaveLength(3);
    expect(requests(world).slice(0, 4)).toEqual([
      `${BARE}/robots.txt`,
      `${WWW}/robots.txt`,
      `${BARE}/feed`,
      `${WWW}/feed`,
    ]);
    expect(requests(world).filter((url) => url.endsWith('/robots.txt'))).toHaveLength(2);
    expect(world.hosts.rows.get('a.example')?.robots[BARE]).toMatchObject({ verdict: 'rules' });
  });

  it('is not asked for again where that host was asked before', async () => {
    const world = await moved();
    await world.add('b', `${WWW}/feed`);
    await world.run(MINUTE);
    expect(world.asked(`${WWW}/robots.txt`)).toBe(1);
  });

  it('counts for the host that leads to it', async () => {
    const world = await moved();
    world.answer(`${WWW}/robots.txt`, { body: 'User-agent: *\nDisallow: /feed\n' });
    await world.run(HOUR);
    expect(world.asked(`${BARE}/feed`)).toBe(0);
    expect(world.source('a').problem).toContain('Disallow: /feed');
  });

  it('waits for the delay of its host, whoever leads there', async () => {
    const world = new World();
    for (let n = 0; n < 5; n++) {
      world.answer(`https://${n}.example/robots.txt`, to(`${WWW}/robots-of-all.txt`));
      world.answer(`https://${n}.example/feed`, { body: rss([]) });
      await world.add(`s${n}`, `https://${n}.example/feed`);
    }
    world.answer(`${WWW}/robots-of-all.txt`, { body: 'User-agent: *\nDisallow: /private/\n' });
    await world.run(0);
    const times = world.requests.filter(({ url }) => url.startsWith(WWW)).map(({ at }) => at);
    expect(times).toHaveLength(5);
    expect(Math.min(...times.slice(1).map((at, i) => at - (times[i] as number)))).toBeGreaterThanOrEqual(2_000);
    expect(world.requests.filter(({ url }) => url.endsWith('/feed'))).toHaveLength(5);
  });

  it.each([
    ['for minutes', 5 * MINUTE, 'soon'],
    ['for hours', 3 * HOUR, 'not'],
  ])('is left alone with its host %s', async (_, wait, when) => {
    const world = await moved();
    const until = world.clock + wait;
    const reason = 'www.a.example answered 429 and asks to wait: it is left alone.';
    await world.hosts.save({ ...newHost('www.a.example'), notBefore: new Date(until).toISOString(), reason }, null);
    await world.run(wait - MINUTE);
    expect(requests(world).filter((url) => url.startsWith(WWW))).toEqual([]);
    if (when === 'not') expect(world.source('a').problem).toContain(reason);
    expect(world.asked(`${BARE}/robots.txt`)).toBe(1);
    await world.run(HOUR);
    expect(world.copies).toHaveLength(3);
    const first = world.requests.find(({ url }) => url.startsWith(WWW));
    expect(first?.at).toBeGreaterThanOrEqual(until);
  });

  it('may be five hosts away, and is taken for none where that never ends', async () => {
    const chain = async (length: number) => {
      const world = new World();
      for (let n = 0; n < length; n++) {
        world.answer(`https://${n}.example/robots.txt`, to(`https://${n + 1}.example/robots.txt`));
      }
      world.answer(`https://${length}.example/robots.txt`, { body: 'User-agent: *\nDisallow: /\n' });
      world.answer('https://0.example/feed', { body: rss([]) });
      await world.add('a', 'https://0.example/feed');
      await world.run(0);
      return world;
    };
    const five = await chain(5);
    expect(five.asked('https://0.example/feed')).toBe(0);
    expect(five.source('a').problem).toContain('robots.txt disallows it');
    const six = await chain(6);
    expect(six.asked('https://0.example/feed')).toBe(1);
  });

  it('is taken for none where two lead to each other, and neither waits for the other', async () => {
    const world = new World();
    for (const [here, there] of ['ab', 'ba'] as const) {
      world.answer(`https://${here}.example/robots.txt`, to(`https://${there}.example/robots.txt`));
      world.answer(`https://${here}.example/feed`, { body: rss([]) });
      await world.add(here as string, `https://${here}.example/feed`);
    }
    await world.run(0);
    expect(world.asked('https://a.example/feed')).toBe(1);
    expect(world.asked('https://b.example/feed')).toBe(1);
    expect(world.requests.length).toBeLessThanOrEqual(14);
  });

  it('that leads back to a file of the first host is read there', async () => {
    const world = new World();
    world.answer(`${BARE}/robots.txt`, to(`${WWW}/robots.txt`));
    world.answer(`${WWW}/robots.txt`, to(`${BARE}/rules.txt`));
    world.answer(`${BARE}/rules.txt`, { body: 'User-agent: *\nDisallow: /feed\n' });
    await world.add('a', `${BARE}/feed`);
    await world.run(0);
    expect(world.source('a').problem).toContain('Disallow: /feed');
  });

  it('is asked for by one of many pages that wait for it', async () => {
    const world = await moved(20);
    world.answer(`${WWW}/feed`, {
      body: rss(Array.from({ length: 20 }, (_, n) => ({ url: `https://b.example/2026/03/story-${n}` }))),
    });
    world.answer('https://b.example/robots.txt', to('https://c.example/robots.txt'));
    for (let n = 0; n < 20; n++) world.answer(`https://b.example/2026/03/story-${n}`, article(`Story ${n}`));
    await world.run(5 * MINUTE);
    expect(world.copies).toHaveLength(20);
    expect(world.asked('https://b.example/robots.txt')).toBe(1);
    expect(world.asked('https://c.example/robots.txt')).toBe(1);
  });

  it('is followed by an inspection, in the turns of both', async () => {
    const world = await moved();
    const found = await inspect(`${BARE}/feed`, settings, world.ports);
    expect(found.chosen?.url).toBe(`${WWW}/feed`);
    expect(requests(world)).toEqual([`${BARE}/robots.txt`, `${WWW}/robots.txt`, `${BARE}/feed`, `${WWW}/feed`]);
    const there = world.requests.filter(({ url }) => url.startsWith(WWW)).map(({ at }) => at) as [number, number];
    expect(there[1] - there[0]).toBeGreaterThanOrEqual(2_000);
  });
});
