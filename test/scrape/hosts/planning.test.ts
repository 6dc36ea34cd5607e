/** Hosts that take longer than was planned for the pages of one source. */
import { describe, expect, it } from 'vitest';
import { discover } from '../../../functions/scrape/discover.ts';
import { newPage } from '../../../functions/scrape/pages/page-states.ts';
import { article, DAY, HOUR, MINUTE, rss, World } from '../world.ts';

const story = (n: number) => `https://a.example/2026/03/story-${n}`;

describe('a backlog on a host whose Crawl-delay was not known', () => {
  it('does not keep its other sources waiting, and comes once, at the pace that is asked', async () => {
    const world = new World();
    const stories = Array.from({ length: 300 }, (_, n) => story(n));
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nCrawl-delay: 60\n' });
    for (const url of stories) world.answer(url, article(url));
    // A feed at another host, so that nothing of this one is known when its pages are planned.
    world.answer('https://b.example/feed', { body: rss(stories.map((url) => ({ url }))) });
    world.answer('https://a.example/other', { body: rss([]) });
    await world.add('b', 'https://b.example/feed');
    await world.run(2 * MINUTE);
    const addedAt = world.clock;
    await world.add('a', 'https://a.example/other', { everySeconds: 900 });
    await world.run(HOUR);
    const readings = world.requests.filter(({ url }) => url.endsWith('/other')).map(({ at }) => at);
    expect((readings[0] ?? Number.POSITIVE_INFINITY) - addedAt).toBeLessThan(10 * MINUTE);
    expect(readings.length).toBeGreaterThanOrEqual(3);
    await world.run(8 * HOUR);
    expect(world.copies).toHaveLength(300);
    expect(stories.map((url) => world.asked(url)).every((count) => count === 1)).toBe(true);
    const times = world.requests.filter(({ url }) => url.startsWith('https://a.example')).map(({ at }) => at);
    const gaps = times.slice(1).map((at, i) => at - (times[i] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000);
  });

  it('is no reason to put off a page whose message comes again late because its function ended', async () => {
    const world = new World();
    world.answer(story(0), article('A story'));
    await world.add('a', 'https://a.example/feed', { dueAt: new Date(world.clock + DAY).toISOString() });
    await world.pages.save(newPage('p', story(0), 'a', new Date(world.clock)), null);
    await discover(world.ports);
    world.clock += 20 * MINUTE;
    await world.drain();
    expect(world.asked(story(0))).toBe(1);
    expect(world.copies).toHaveLength(1);
  });

  it('comes whole from a host that is slow, too', async () => {
    const world = new World();
    const stories = Array.from({ length: 200 }, (_, n) => story(n));
    for (const url of stories) {
      world.answer(url, () => {
        world.clock += 15_000;
        return article(url);
      });
    }
    world.answer('https://a.example/feed', { body: rss(stories.map((url) => ({ url }))) });
    await world.add('a', 'https://a.example/feed');
    await world.run(4 * HOUR);
    expect(world.copies).toHaveLength(200);
    expect(stories.every((url) => world.asked(url) === 1)).toBe(true);
  });
});
