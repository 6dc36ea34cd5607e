/** What a source counts as its articles, and what its rhythm is made of. */
import { describe, expect, it } from 'vitest';
import { discover } from '../../../functions/scrape/discover.ts';
import { fetchMessage } from '../../../functions/scrape/fetch.ts';
import { isSilent } from '../../../functions/scrape/sources/health.ts';
import { sourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import { article, DAY, HOUR, MINUTE, rss, START, settings, World } from '../world.ts';

const FEED = 'https://a.example/feed';
const url = (n: number) => `https://a.example/2026/03/story-${n}`;
const perDay = (world: World) => Object.values(world.source('a').newByDay).reduce((sum, count) => sum + count, 0);

describe('articles', () => {
  it('that could not be had are not counted until they come', async () => {
    const world = new World();
    world.answer(FEED, { body: rss([1, 2, 3].map((n) => ({ url: url(n) }))) });
    for (const n of [1, 2, 3]) world.answer(url(n), { status: 500 });
    await world.add('a', FEED);
    await world.run(10 * MINUTE);
    expect(world.source('a')).toMatchObject({ articles: 0, newByDay: {} });
    world.answer(url(1), article('First'));
    await world.run(DAY);
    expect(world.source('a').articles).toBe(1);
    expect(perDay(world)).toBe(1);
    world.answer(url(2), article('Second'));
    world.answer(url(3), article('Third'));
    await world.run(8 * DAY);
    expect(world.copies).toHaveLength(3);
    expect(world.source('a')).toMatchObject({ articles: 3, lostPages: 0 });
  });

  it('that lead to one another are counted as what they are', async () => {
    const world = new World();
    world.answer(url(0), article('The article'));
    for (const n of [1, 2, 3]) world.answer(url(n), { status: n === 1 ? 302 : 301, headers: { location: url(0) } });
    world.answer(FEED, { body: rss([1, 2, 3].map((n) => ({ url: url(n) }))) });
    await world.add('a', FEED);
    await world.run(10 * DAY);
    expect(world.copies).toHaveLength(1);
    expect(world.source('a').articles).toBe(1);
    expect(perDay(world)).toBe(1);
  });

  it('that another source takes over while theirs is paused are counted by that one alone', async () => {
    const world = new World();
    const other = 'https://a.example/other';
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    for (const feed of [FEED, other]) world.answer(feed, { body: rss(numbers.map((n) => ({ url: url(n) }))) });
    for (const n of numbers) world.answer(url(n), article(`Story ${n}`));
    await world.add('a', FEED);
    await world.minute();
    const had = world.copies.length;
    expect(world.source('a').articles).toBe(30);
    const desk = sourceDesk(world.sources, () => new Date(world.clock));
    await desk.pause('a', 'For now.');
    await world.add('b', other);
    await world.run(HOUR);
    expect(world.copies).toHaveLength(30);
    expect(world.source('a').articles).toBe(had);
    expect(perDay(world)).toBe(had);
    expect(world.source('b').articles).toBe(30 - had);
  });
});

/** A feed of 60 articles, of which some are not there. */
async function sixty(isThere: (n: number) => boolean): Promise<World> {
  const world = new World();
  const all = Array.from({ length: 60 }, (_, n) => n);
  world.answer(FEED, { body: rss(all.map((n) => ({ url: url(n), date: START - n * HOUR }))) });
  for (const n of all) if (isThere(n)) world.answer(url(n), article(`Story ${n}`));
  await world.add('a', FEED);
  return world;
}

/** The attempt at the first message fails, and its message comes again half a minute later. */
async function failsOnce(world: World): Promise<void> {
  await discover(world.ports);
  const delivery = world.queue.receive();
  if (!delivery) throw new Error('There is no message');
  await expect(fetchMessage(delivery.message, settings, world.ports)).rejects.toThrow('Throttled.');
  delivery.hide(30_000);
}

describe.each<[string, (n: number) => boolean]>([
  ['all there', () => true],
  ['half of them gone', (n) => n % 2 === 0],
  ['none of them there', () => false],
])('of 60 articles, %s, those are counted that came', (_, isThere) => {
  const there = Array.from({ length: 60 }, (_, n) => n).filter(isThere).length;

  it('since its source was removed and added again under its name while they waited', async () => {
    const world = await sixty(isThere);
    await world.run(MINUTE);
    await world.sources.remove('a');
    const before = world.copies.length;
    await world.add('a', FEED);
    await world.run(DAY);
    expect(world.copies).toHaveLength(there);
    expect(world.source('a').articles).toBe(there - before);
    expect(perDay(world)).toBe(there - before);
  });

  it('where their reading failed half-way and was done again', async () => {
    const world = await sixty(isThere);
    const put = world.hints.put.bind(world.hints);
    let puts = 0;
    world.hints.put = async (...given) => {
      if (++puts === 40) throw new Error('Throttled.');
      return put(...given);
    };
    await failsOnce(world);
    await world.run(DAY);
    expect(world.copies).toHaveLength(there);
    expect(world.source('a').articles).toBe(there);
    expect(perDay(world)).toBe(there);
  });

  it('where their reading ended before it had counted them', async () => {
    const world = await sixty(isThere);
    const save = world.sources.save.bind(world.sources);
    let hasFailed = false;
    world.sources.save = async (row, was) => {
      if (!hasFailed && row.readAt !== null) {
        hasFailed = true;
        throw new Error('Throttled.');
      }
      return save(row, was);
    };
    await failsOnce(world);
    await world.run(DAY);
    expect(hasFailed).toBe(true);
    expect(world.copies).toHaveLength(there);
    expect(world.source('a').articles).toBe(there);
    expect(perDay(world)).toBe(there);
  });

  it('where its source was removed and added again in the midst of a reading', async () => {
    const world = await sixty(isThere);
    const put = world.hints.put.bind(world.hints);
    let puts = 0;
    world.hints.put = async (...given) => {
      if (++puts === 30) {
        world.clock += 1000;
        await world.sources.remove('a');
        await world.add('a', FEED);
      }
      return put(...given);
    };
    await world.run(DAY);
    expect(world.copies).toHaveLength(there);
    expect(world.source('a').articles).toBe(there);
  });
});

describe('a feed whose links are others at every reading', () => {
  /** Articles that came every six hours until `end`, each behind a link that is never the same. */
  function changing(end: number): World {
    const world = new World();
    let reading = 0;
    const shown = () => {
      const last = Math.floor((Math.min(world.clock, end) - START) / (6 * HOUR)) + 20;
      return Array.from({ length: 5 }, (_, i) => last - i);
    };
    for (let n = 0; n < 60; n++) world.answer(url(n), article(`Story ${n}`));
    world.answer(FEED, () => {
      reading++;
      const items = shown().map((n) => {
        const link = `https://t.example/${reading}-${n}`;
        world.answer(link, { status: 301, headers: { location: url(n) } });
        return { url: link, date: START + (n - 20) * 6 * HOUR };
      });
      return { body: rss(items) };
    });
    return world;
  }

  it('is read at the pace of its articles, and counts those alone', async () => {
    const world = changing(START + 30 * DAY);
    await world.add('a', FEED);
    await world.run(3 * DAY + 4 * HOUR);
    expect(world.copies).toHaveLength(5 + 12);
    expect(world.source('a').articles).toBe(5 + 12);
    // A steady feed of this rhythm is read some 10 times a day.
    expect(world.asked(FEED)).toBeLessThan(3 * 15);
    expect(world.source('a').rhythmSeconds).toBeGreaterThan(4 * 3600);
  });

  it('is silent when nothing comes any more', async () => {
    const world = changing(START + 2 * DAY);
    await world.add('a', FEED);
    await world.run(8 * DAY);
    expect(isSilent(world.source('a'), new Date(world.clock))).toBe(true);
    const asked = world.asked(FEED);
    await world.run(DAY);
    expect(world.asked(FEED) - asked).toBeLessThan(6);
  });
});
