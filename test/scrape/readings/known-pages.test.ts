/** What listings say of pages that are known: it changes, and several say it. */
import { describe, expect, it } from 'vitest';
import { type Answer, article, DAY, HOUR, MINUTE, rss, World } from '../world.ts';

const FEED = 'https://a.example/feed';
const MAP = 'https://a.example/map.xml';
const SECTION = 'https://a.example/news';
const PAGE = 'https://a.example/2026/03/a-story-of-a-bridge';
const SHELL: Answer = { headers: { etag: '"1"' }, body: '<div id="app"></div>' };

interface Entry {
  title: string;
  updated: string;
  content?: string;
  url?: string;
}

const atom = (entries: readonly Entry[], foot = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>A feed</title>${entries
    .map(
      ({ title, updated, content, url = PAGE }) =>
        `<entry><id>${url}</id><title>${title}</title><link href="${url}"/><updated>${updated}</updated><content type="html">${content ?? ''}</content></entry>`,
    )
    .join('')}${foot}</feed>`;
const map = {
  body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${PAGE}</loc></url></urlset>`,
};
const section = {
  headers: { 'content-type': 'text/html' },
  body: `<html><body><main>${[PAGE, `${PAGE}-2`, `${PAGE}-3`]
    .map((url) => `<article><h2><a href="${url}">What happened at the bridge and what is said of it</a></h2></article>`)
    .join('')}</main></body></html>`,
};
const shell = ({ etag }: { etag: string | null }): Answer => (etag === '"1"' ? { status: 304 } : SHELL);

/** What went with the copies of the page, the oldest first. */
async function titles(world: World): Promise<(string | null | undefined)[]> {
  const copies = world.copies.filter(({ url }) => url === PAGE);
  return Promise.all(
    copies.map(async ({ hints }) => (hints === null ? null : (await world.hints.read(hints))?.feed?.title)),
  );
}

/** Counts what is written of pages and of what is said of them. */
function counting(world: World): { writes: number } {
  const count = { writes: 0 };
  const { save } = world.pages;
  const { put } = world.hints;
  world.pages.save = (...args) => {
    count.writes++;
    return save.apply(world.pages, args);
  };
  world.hints.put = (...args) => {
    count.writes++;
    return put.apply(world.hints, args);
  };
  return count;
}

describe('an entry that changes', () => {
  const first = { title: 'A bridge', updated: '2026-03-02T07:00:00Z', content: 'Text version 1' };

  async function watched(fields = {}): Promise<World> {
    const world = new World();
    world.answer(PAGE, shell);
    world.answer(FEED, { body: atom([first]) });
    await world.add('a', FEED, { recheckDays: 3, everySeconds: 600, ...fields });
    await world.run(30 * MINUTE);
    return world;
  }

  it.each<[string, Partial<Entry>]>([
    ['its title', { title: 'A bridge, closed' }],
    ['its content', { content: 'Text version 2' }],
    ['its time of change', { updated: '2026-03-02T10:00:00Z' }],
  ])('in %s goes into the bucket once more, though its page answers 304', async (_, change) => {
    const world = await watched();
    await world.run(3 * HOUR);
    world.answer(FEED, { body: atom([{ ...first, ...change }]) });
    await world.run(DAY);
    expect(world.copies).toHaveLength(2);
    expect(await titles(world)).toEqual(['A bridge', change.title ?? 'A bridge']);
    const hints = await world.hints.read(world.copies[1]?.hints as string);
    expect(hints?.feed).toMatchObject({ content: change.content ?? 'Text version 1' });
    expect(hints?.feed?.modifiedAt).toContain((change.updated ?? first.updated).slice(0, 16));
  });

  it('after its days goes into the bucket too, and never where its source fetches nothing again', async () => {
    for (const [recheckDays, copies] of [
      [1, 2],
      [0, 1],
    ]) {
      const world = await watched({ recheckDays });
      await world.run(4 * DAY);
      world.answer(FEED, { body: atom([{ ...first, title: 'A bridge, open again' }]) });
      await world.run(2 * DAY);
      expect(world.copies).toHaveLength(copies as number);
    }
  });

  it('is neither written nor uploaded where it says the same, whatever else changes', async () => {
    const world = await watched({ recheckDays: 1 });
    await world.run(2 * DAY);
    const count = counting(world);
    const asked = world.asked(PAGE);
    let n = 0;
    world.answer(FEED, () => ({
      body: atom([{ ...first, content: `&lt;p class="c${++n}"&gt;Text version 1&lt;/p&gt;` }], `<rights>${n}</rights>`),
    }));
    await world.run(DAY);
    expect(count.writes).toBe(0);
    expect(world.asked(PAGE)).toBe(asked);
    expect(world.copies).toHaveLength(1);
  });

  it('at every reading is uploaded ever more seldom, and fills no more room than that', async () => {
    const world = await watched();
    let n = 0;
    world.answer(FEED, () => ({ body: atom([{ ...first, title: `A bridge, ${++n} comments` }]) }));
    const count = counting(world);
    await world.run(3 * DAY);
    expect(world.asked(FEED)).toBeGreaterThan(400);
    expect(world.copies.length).toBeLessThanOrEqual(7);
    expect(world.hints.objects.size).toBeLessThanOrEqual(8);
    expect(count.writes).toBeLessThan(40);
  });

  it('twice before its page is fetched again comes as it was last, though its feed stays the same from then on', async () => {
    const world = await watched();
    world.answer(FEED, { body: atom([{ ...first, title: 'Second' }]) });
    await world.run(11 * MINUTE);
    world.answer(FEED, { body: atom([{ ...first, title: 'Third' }]) });
    await world.run(2 * DAY);
    expect((await titles(world)).at(-1)).toBe('Third');
  });

  it('of an address that leads to the page is said of the page', async () => {
    const link = 'https://a.example/link/7';
    const world = new World();
    world.answer(link, { status: 301, headers: { location: PAGE } });
    world.answer(PAGE, shell);
    world.answer(FEED, { body: atom([{ ...first, url: link }]) });
    await world.add('a', FEED, { recheckDays: 3, everySeconds: 600 });
    await world.run(HOUR);
    world.answer(FEED, { body: atom([{ ...first, url: link, title: 'Second' }]) });
    await world.run(DAY);
    expect(await titles(world)).toEqual(['A bridge', 'Second']);
  });
});

describe('a page that several listings name', () => {
  const feed = (title: string) => ({ body: rss([{ url: PAGE, title, date: Date.parse('2026-03-02T07:00:00Z') }]) });

  it.each([
    ['a site map', MAP, map],
    ['a section page', SECTION, section],
  ])('has what the feed says whether %s or the feed came first', async (_, other, listing) => {
    for (const order of [
      [other, FEED],
      [FEED, other],
    ]) {
      const world = new World();
      world.answer(PAGE, article('A bridge'));
      world.answer(FEED, feed('From the feed'));
      world.answer(other, listing);
      for (const [n, url] of order.entries()) {
        await world.add(`s${n}`, url, { recheckDays: 3, everySeconds: 600 });
        await world.run(20 * MINUTE);
      }
      await world.run(DAY);
      expect((await titles(world)).at(-1)).toBe('From the feed');
      const copies = world.copies.filter(({ url }) => url === PAGE);
      expect(copies.length).toBe(order[0] === FEED ? 1 : 2);
      expect(new Set(copies.map(({ key }) => key)).size).toBe(1);
    }
  });

  it('of two feeds has the word of one for good, whichever came first', async () => {
    const last: unknown[] = [];
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const world = new World();
      world.answer(PAGE, article('A bridge'));
      for (const id of order) {
        const url = `https://a.example/feed-${id}`;
        let n = 0;
        world.answer(url, () => ({ body: rss([{ url: PAGE, title: `From ${id}` }], `<ttl>${1 + (++n % 3)}</ttl>`) }));
        await world.add(id, url, { recheckDays: 3, everySeconds: 600 });
        await world.run(20 * MINUTE);
      }
      await world.run(2 * DAY);
      const count = counting(world);
      await world.run(HOUR);
      expect(count.writes).toBe(0);
      expect(world.copies.length).toBeLessThanOrEqual(2);
      last.push((await titles(world)).at(-1));
    }
    expect(last).toEqual(['From a', 'From a']);
  });

  it("of its own site's feed has its word before a stranger's that tells more", async () => {
    const stranger = 'https://planet.example/feed';
    const updated = '2026-03-02T07:00:00Z';
    for (const order of [
      [FEED, stranger],
      [stranger, FEED],
    ]) {
      const world = new World();
      world.answer(FEED, { body: atom([{ title: 'What the paper says', updated }]) });
      world.answer(stranger, { body: atom([{ title: 'What a stranger says', updated, content: 'And so on.' }]) });
      world.answer(PAGE, shell);
      for (const [n, url] of order.entries()) {
        await world.add(`s${n}`, url, { recheckDays: 3 });
        await world.run(30 * MINUTE);
      }
      await world.run(DAY);
      expect((await titles(world)).at(-1)).toBe('What the paper says');
    }
  });

  it('of a feed that is hosted elsewhere has its word before a site map of its own site', async () => {
    const world = new World();
    const hosted = 'https://feeds.hoster.example/a';
    world.answer(MAP, map);
    world.answer(hosted, feed('From the feed'));
    world.answer(PAGE, shell);
    await world.add('map', MAP, { recheckDays: 3, section: 'Traffic' });
    await world.add('feed', hosted, { recheckDays: 3 });
    await world.run(DAY);
    expect((await titles(world)).at(-1)).toBe('From the feed');
  });

  it('in two site maps of one index has the word of one of them, and is not fetched for that of the other', async () => {
    const entry = (more: string) => ({
      body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>${PAGE}</loc>${more}</url></urlset>`,
    });
    const image = (name: string) => `<image:image><image:loc>https://a.example/${name}.jpg</image:loc></image:image>`;
    const world = new World();
    world.answer(PAGE, shell);
    const maps = ['one', 'two'].map((name) => `https://a.example/${name}.xml`);
    for (const [n, url] of maps.entries()) world.answer(url, entry(image(`picture-${n}`)));
    world.answer(MAP, {
      body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps.map((url) => `<sitemap><loc>${url}</loc></sitemap>`).join('')}</sitemapindex>`,
    });
    await world.add('a', MAP, { recheckDays: 3, everySeconds: 600 });
    await world.run(2 * DAY);
    expect(maps.every((url) => world.asked(url) > 10)).toBe(true);
    const count = counting(world);
    await world.run(HOUR);
    expect(count.writes).toBe(0);
    expect(world.copies.length).toBeLessThanOrEqual(2);
  });

  it('keeps the label of its own source beside what another one says', async () => {
    const world = new World();
    world.answer(PAGE, article('A bridge'));
    world.answer(MAP, map);
    world.answer(FEED, feed('From the feed'));
    await world.add('map', MAP, { recheckDays: 3, section: 'Traffic' });
    await world.run(5 * MINUTE);
    await world.add('feed', FEED, { recheckDays: 3 });
    await world.run(DAY);
    const hints = await world.hints.read(world.copies.at(-1)?.hints as string);
    expect(hints).toMatchObject({ section: 'Traffic', feed: { title: 'From the feed' } });
  });
});
