import { describe, expect, it } from 'vitest';
import { type Answer, article, DAY, HOUR, MINUTE, rss, World } from '../world.ts';
import { FEED, listing, PAGE } from './one-page.ts';

describe('a page that redirects', () => {
  const TARGET = 'https://a.example/stories/42';

  it('is the page it leads to, and that is fetched once whoever else names it', async () => {
    const world = await listing({ status: 301, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    world.answer('https://a.example/other', { body: rss([{ url: TARGET }]) });
    await world.run(2 * MINUTE);
    await world.add('b', 'https://a.example/other');
    await world.run(2 * HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual([TARGET]);
    expect(world.asked(TARGET)).toBe(1);
    expect(world.page(PAGE)).toMatchObject({ movedTo: world.page(TARGET).page, dueAt: null, problem: null });
  });

  it('is not followed to a page that is known already', async () => {
    const world = new World();
    world.answer(PAGE, { status: 302, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    world.answer(FEED, { body: rss([{ url: TARGET }, { url: PAGE }]) });
    await world.add('a', FEED);
    await world.run(DAY);
    expect(world.asked(TARGET)).toBe(1);
    expect(world.asked(PAGE)).toBeLessThanOrEqual(2);
    expect(world.copies).toHaveLength(1);
  });

  it('back to the address it had before goes on there', async () => {
    const world = await listing(article('A story'), { recheckDays: 3 });
    await world.run(30 * MINUTE);
    world.answer(PAGE, { status: 301, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    await world.run(10 * HOUR);
    world.answer(PAGE, article('A story, corrected'));
    world.answer(TARGET, { status: 301, headers: { location: PAGE } });
    await world.run(3 * DAY);
    expect(world.copies.at(-1)).toMatchObject({ url: PAGE });
    expect(world.copies.at(-1)?.body.toString()).toContain('corrected');
    expect(world.page(TARGET)).toMatchObject({ movedTo: world.page(PAGE).page, dueAt: null });
    expect(world.page(PAGE).movedTo).toBeNull();
  });

  it('to an address that redirects back is asked for ever more seldom', async () => {
    const world = await listing(article('A story'), { recheckDays: 3 });
    await world.run(30 * MINUTE);
    world.answer(PAGE, { status: 301, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    await world.run(10 * HOUR);
    world.answer(TARGET, { status: 301, headers: { location: PAGE } });
    await world.run(10 * DAY);
    expect(world.asked(PAGE) + world.asked(TARGET)).toBeLessThan(10);
  });

  it('to an address that is too long for a record is no article, and says so', async () => {
    const long = `${TARGET}?x=${'a'.repeat(3_000)}`;
    const world = await listing({ status: 301, headers: { location: long } });
    world.answer(long, article('A story'));
    await world.run(HOUR);
    expect(world.copies).toEqual([]);
    expect(world.page(PAGE).problem).toContain('which is too long');
  });

  const DOWN = 'https://a.example/maintenance.html';
  const down: Answer = { status: 302, headers: { location: DOWN } };
  const urls = [1, 2, 3].map((n) => `https://a.example/2026/03/story-${n}`);

  it('for now, as all of a site do while it is down, comes by itself when it is up again', async () => {
    const world = new World();
    world.answer(DOWN, article('We are back soon'));
    for (const url of urls) world.answer(url, down);
    world.answer(FEED, { body: rss(urls.map((url) => ({ url }))) });
    await world.add('a', FEED);
    await world.run(2 * HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual([DOWN]);
    expect(world.source('a').pageFailures).toMatchObject({ count: 2, problem: expect.stringContaining('for now') });
    for (const url of urls) world.answer(url, article(url));
    await world.run(DAY);
    expect(world.copies.map(({ url }) => url).sort()).toEqual([...urls, DOWN].sort());
    expect(world.page(urls[0] as string)).toMatchObject({ movedTo: null, problem: null });
  });

  it('for now, and was had before, is looked at again, and what it leads to is not taken', async () => {
    const world = await listing(article('A story'), { recheckDays: 3 });
    world.answer(DOWN, article('We are back soon'));
    await world.run(30 * MINUTE);
    world.answer(PAGE, down);
    await world.run(5 * HOUR);
    world.answer(PAGE, article('A corrected story'));
    await world.run(3 * DAY);
    expect(world.copies.map(({ url }) => url)).toEqual([PAGE, PAGE]);
  });

  it('for now, for ever, is asked three times', async () => {
    const world = await listing({ status: 302, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    await world.run(30 * DAY);
    expect(world.asked(PAGE)).toBe(3);
    expect(world.copies.map(({ url }) => url)).toEqual([TARGET]);
    expect(world.page(PAGE)).toMatchObject({ movedTo: world.page(TARGET).page, dueAt: null });
  });

  it('waits for the turn of the host it leads to, and asks the robots.txt there', async () => {
    const there = 'https://b.example/2026/03/a-story';
    const world = await listing({ status: 302, headers: { location: there } });
    world.answer(there, article('A story'));
    world.answer('https://b.example/robots.txt', { body: 'User-agent: *\nDisallow: /2026/' });
    await world.run(HOUR);
    expect(world.asked(there)).toBe(0);
    expect(world.page(PAGE).problem).toContain('https://b.example');
  });

  it('keeps the delay between its hops', async () => {
    const world = await listing({ status: 302, headers: { location: '/hop' } });
    world.answer('https://a.example/hop', { status: 302, headers: { location: TARGET } });
    world.answer(TARGET, article('A story'));
    await world.run(MINUTE);
    const times = world.requests.map(({ at }) => at);
    const gaps = times.slice(1).map((at, i) => at - (times[i] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000);
    expect(world.copies).toHaveLength(1);
  });

  it.each([
    ['take too long for one message', 18],
    ['wait longer than a message sleeps', 45],
  ])('is asked for each of its hops once, where they %s', async (_, delay) => {
    const world = await listing({ status: 302, headers: { location: '/hop-0' } });
    world.answer('https://a.example/robots.txt', { body: `User-agent: *\nCrawl-delay: ${delay}` });
    for (let n = 0; n < 6; n++) {
      world.answer(`https://a.example/hop-${n}`, { status: 302, headers: { location: `/hop-${n + 1}` } });
    }
    world.answer('https://a.example/hop-6', article('A story'));
    await world.run(HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual(['https://a.example/hop-6']);
    expect(world.requests.filter(({ url }) => url.includes('hop-')).length).toBe(7);
    expect(world.asked(PAGE)).toBe(1);
  });

  it('is not there any more where it leads to the front page', async () => {
    const world = await listing({ status: 302, headers: { location: '/' } });
    world.answer('https://a.example/', article('Welcome'));
    await world.run(HOUR);
    expect(world.copies).toEqual([]);
    expect(world.page(PAGE).problem).toContain('front page');
  });

  it('is taken where it leads to an address that only its query tells from the front page', async () => {
    const world = await listing({ status: 301, headers: { location: '/?p=77' } });
    world.answer('https://a.example/?p=77', article('A story'));
    await world.run(HOUR);
    expect(world.copies.map(({ url }) => url)).toEqual(['https://a.example/?p=77']);
  });

  it.each(['/?utm_source=gone', '/?'])(
    'is not there any more where it leads to the front page as %s',
    async (location) => {
      const world = await listing({ status: 302, headers: { location } });
      world.answer(`https://a.example${location}`, article('Welcome'));
      await world.run(HOUR);
      expect(world.copies).toEqual([]);
    },
  );
});
