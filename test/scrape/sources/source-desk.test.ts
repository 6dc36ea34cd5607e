import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SOURCE_ID } from '../../../functions/names.ts';
import { declareSources } from '../../../functions/scrape/sources/declare-sources.ts';
import {
  GIVEN_UP,
  NO_LONGER_DECLARED,
  paused,
  pausedForTwin,
  type Source,
} from '../../../functions/scrape/sources/source.ts';
import {
  namesFor,
  type SourceDesk,
  type SourceError,
  sourceDesk,
} from '../../../functions/scrape/sources/source-desk.ts';
import { wakeTwins } from '../../../functions/scrape/sources/wake-twins.ts';
import { MemorySources } from '../memory.ts';

const NOW = new Date('2026-03-01T08:00:00Z');
const world = () => {
  const sources = new MemorySources();
  return { sources, desk: sourceDesk(sources, () => NOW) };
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: SourceError) => error.code,
  );

describe('a source that is added', () => {
  it('is named by its host, by its path where that is taken, and by a number at last', async () => {
    const { desk } = world();
    const names = [];
    const paths = ['feed.xml', 'atom.xml', 'politics/rss', 'politics/feed', 'politics/feed?a=1', 'politics/feed?a=2'];
    for (const path of paths) {
      names.push((await desk.add({ url: `https://www.Example.org/${path}` })).id);
    }
    expect(names).toEqual([
      'example.org',
      'example.org-atom-xml',
      'example.org-politics',
      'example.org-politics-feed',
      'example.org-politics-feed-2',
      'example.org-politics-feed-3',
    ]);
  });

  it('never gets a name that cannot be one', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        for (const name of namesFor(url).slice(0, 5)) expect(name).toMatch(SOURCE_ID);
      }),
    );
    for (const url of [
      'http://[::1]:8080/',
      'https://xn--bcher-kva.example/ä',
      `https://${'a.'.repeat(100)}example/`,
    ]) {
      for (const name of namesFor(url)) expect(name).toMatch(SOURCE_ID);
    }
  });

  it('is read at once by another pace than its next reading was planned by, and not for another label', async () => {
    const { desk, sources } = world();
    const { id } = await desk.add({ url: 'https://a.example/feed' });
    const later = '2026-03-31T08:00:00.000Z';
    const planned = async () => {
      const row = await sources.read(id);
      await sources.save(
        { ...row, dueAt: later, etag: '"1"', revision: (row?.revision ?? 0) + 1 } as never,
        row?.revision as never,
      );
    };
    await planned();
    expect(await desk.change(id, { section: 'World', everySeconds: null })).toMatchObject({ dueAt: later });
    expect(await desk.change(id, { everySeconds: 900 })).toMatchObject({ dueAt: NOW.toISOString(), etag: '"1"' });
    await planned();
    expect(await desk.change(id, { everySeconds: null })).toMatchObject({ dueAt: NOW.toISOString() });
  });

  it('among hundreds of one host is named at the first try', async () => {
    const { sources } = world();
    let tries = 0;
    const counting = Object.assign(Object.create(sources) as MemorySources, {
      save: (...given: Parameters<MemorySources['save']>) => {
        tries++;
        return sources.save(...given);
      },
    });
    const desk = sourceDesk(counting, () => NOW);
    const feeds = Array.from({ length: 300 }, (_, i) => ({ url: `https://a.example/videos.xml?channel=${i}` }));
    expect(await desk.addAll(feeds)).toMatchObject({ known: 0, refused: [] });
    expect(await desk.add({ url: 'https://a.example/videos.xml?channel=300' })).toMatchObject({ state: 'active' });
    expect([tries, (await sources.list()).length]).toEqual([301, 301]);
  });

  it('is not added any more once somebody has stopped that, and those before it stay', async () => {
    const { sources } = world();
    const stop = new AbortController();
    const counting = Object.assign(Object.create(sources) as MemorySources, {
      save: (...given: Parameters<MemorySources['save']>) => {
        stop.abort();
        return sources.save(...given);
      },
    });
    const feeds = Array.from({ length: 300 }, (_, i) => ({ url: `https://a.example/videos.xml?channel=${i}` }));
    const { added, refused } = await sourceDesk(counting, () => NOW).addAll(feeds, stop.signal);
    expect(added.length).toBeLessThan(100);
    expect([added.length, refused]).toEqual([(await sources.list()).length, []]);
  });

  it('is refused where its name or address is taken, by the address it moved from too', async () => {
    const { desk, sources } = world();
    const first = await desk.add({ url: 'https://a.example/feed', id: 'a' });
    await sources.save({ ...first, url: 'https://b.example/feed', movedFrom: first.url, revision: 1 }, 0);
    expect(await codeOf(desk.add({ url: 'https://c.example/', id: 'a' }))).toBe('NAME_TAKEN');
    for (const url of ['http://a.example/feed/', 'https://www.b.example/feed']) {
      expect(await codeOf(desk.add({ url })), url).toBe('WATCHED_ALREADY');
    }
    expect(await codeOf(desk.add({ url: 'https://b.example/feed?rss' }))).toBeNull();
    expect(await codeOf(desk.get('nobody'))).toBe('NO_SOURCE');
  });

  it('is not watched again while another one is read at its address, and is once that is removed', async () => {
    const { desk, sources } = world();
    const url = 'https://a.example/feed';
    await desk.add({ url, id: 'a' });
    await desk.pause('a', 'Too much of it.');
    const other = await desk.add({ url: 'https://b.example/feed', id: 'b' });
    await sources.save({ ...other, url, movedFrom: other.url, revision: 1 }, 0);
    expect(await codeOf(desk.resume('a'))).toBe('WATCHED_ALREADY');
    await desk.remove('b');
    expect(await desk.resume('a')).toMatchObject({ state: 'active', url });
  });
});

describe('declared sources', () => {
  const statesOf = async ({ sources }: ReturnType<typeof world>) =>
    Object.fromEntries((await sources.list()).map(({ id, state, declared }) => [id, [state, declared]]));

  it('are watched, changed and paused as the file says, and what people added is left alone', async () => {
    const here = world();
    const { sources, desk } = here;
    await desk.add({ url: 'https://mine.example/', id: 'mine' });
    const a = { url: 'https://a.example/feed' };
    const b = { url: 'https://b.example/feed', id: 'b', section: 'Culture' };
    expect(await declareSources([a, b], sources, NOW)).toEqual([
      { id: 'a.example', did: 'added' },
      { id: 'b', did: 'added' },
    ]);
    expect(await declareSources([a, b], sources, NOW)).toEqual([
      { id: 'a.example', did: 'unchanged' },
      { id: 'b', did: 'unchanged' },
    ]);
    expect(await declareSources([a, { ...b, section: 'Local' }], sources, NOW)).toMatchObject([{}, { did: 'changed' }]);
    expect((await sources.read('b'))?.section).toBe('Local');

    expect(await declareSources([b], sources, NOW)).toEqual([
      { id: 'b', did: 'changed' },
      { id: 'a.example', did: 'paused' },
    ]);
    expect(await statesOf(here)).toEqual({
      'a.example': ['paused', false],
      b: ['active', true],
      mine: ['active', false],
    });
    expect((await sources.read('a.example'))?.stateReason).toBe(NO_LONGER_DECLARED);
    expect(await declareSources([b], sources, NOW)).toEqual([{ id: 'b', did: 'unchanged' }]);
    expect(await declareSources([a, b], sources, NOW)).toEqual([
      { id: 'a.example', did: 'resumed' },
      { id: 'b', did: 'unchanged' },
    ]);
  });

  it('stay paused where a person paused them, and where their site led them', async () => {
    const { sources, desk } = world();
    const a = { url: 'https://a.example/feed' };
    await declareSources([a], sources, NOW);
    const paused = await desk.pause('a.example', 'relaunch');
    await sources.save({ ...paused, url: 'https://b.example/', movedFrom: a.url, revision: 9 }, paused.revision);
    expect(await declareSources([a], sources, NOW)).toEqual([{ id: 'a.example', did: 'unchanged' }]);
    expect(await sources.read('a.example')).toMatchObject({ state: 'paused', url: 'https://b.example/' });
  });

  it.each([
    'http://127.0.0.1/feed',
    'http://2130706433/',
    'http://localhost:8080/',
    'http://a.localhost/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest',
  ])('are refused at %s, which is never asked', async (url) => {
    const { sources, desk } = world();
    await expect(desk.add({ url })).rejects.toMatchObject({ code: 'NOT_PUBLIC' });
    await desk.add({ id: 'a', url: 'https://a.example/' });
    await expect(desk.change('a', { url })).rejects.toMatchObject({ code: 'NOT_PUBLIC' });
    expect((await sources.list()).map(({ url }) => url)).toEqual(['https://a.example/']);
  });

  it('are taken on this machine, and nowhere else that is not public, where that is allowed', async () => {
    const local = sourceDesk(new MemorySources(), () => NOW, { allowLoopback: true });
    await local.add({ url: 'http://127.0.0.1:8080/feed' });
    await local.add({ url: 'http://localhost:8081/feed' });
    await expect(local.add({ url: 'http://10.0.0.1/' })).rejects.toMatchObject({ code: 'NOT_PUBLIC' });
  });

  it('are watched under the name of the last file, whatever names earlier ones gave them', async () => {
    const { sources } = world();
    const url = 'https://a.example/feed';
    for (const id of ['first', 'second', 'third']) {
      expect((await declareSources([{ id, url }], sources, NOW))[0]).toEqual({ id, did: 'added' });
    }
    const states = (await sources.list()).map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(states)).toEqual({ first: 'paused', second: 'paused', third: 'active' });
  });

  it('go on where what stood for them has left the file, and at a new address after a week of failures', async () => {
    const { sources } = world();
    const a = { id: 'a', url: 'https://old.example/feed' };
    const b = { id: 'b', url: 'https://b.example/feed' };
    await declareSources([a, b], sources, NOW);
    const [one, two] = [await sources.read('a'), await sources.read('b')] as [Source, Source];
    await sources.save({ ...pausedForTwin(one, b.url, two, NOW), revision: 9 }, one.revision);
    expect(await declareSources([a, b], sources, NOW)).toMatchObject([{ did: 'unchanged' }, { did: 'unchanged' }]);
    expect(await declareSources([a], sources, NOW)).toEqual([
      { id: 'a', did: 'resumed' },
      { id: 'b', did: 'paused' },
    ]);
    const elsewhere = { ...b, url: 'https://c.example/feed' };
    const again = (await sources.read('a')) as Source;
    await declareSources([a, b], sources, NOW);
    const twin = (await sources.read('b')) as Source;
    await sources.save({ ...pausedForTwin(again, b.url, twin, NOW), revision: 20 }, again.revision);
    expect(await declareSources([a, elsewhere], sources, NOW)).toEqual([
      { id: 'a', did: 'resumed' },
      { id: 'b', did: 'changed' },
    ]);
    const gone = (await sources.read('a')) as Source;
    await sources.save({ ...gone, state: 'retired', stateReason: '410', revision: 30 }, gone.revision);
    expect(await declareSources([{ ...a, url: 'https://d.example/feed' }, elsewhere], sources, NOW)).toMatchObject([
      { id: 'a', did: 'resumed' },
      { id: 'b', did: 'unchanged' },
    ]);
    await declareSources([a, elsewhere], sources, NOW);
    const row = (await sources.read('a')) as Source;
    const givenUp = { ...paused(row, `${GIVEN_UP} 2026-03-01: gone.`, NOW), failures: 12, revision: row.revision + 1 };
    await sources.save(givenUp, row.revision);
    const moved = { ...a, url: 'https://new.example/feed' };
    expect((await declareSources([moved], sources, NOW))[0]).toEqual({ id: 'a', did: 'resumed' });
    expect(await sources.read('a')).toMatchObject({ state: 'active', url: moved.url, failures: 0 });
  });

  it('go by one of two names for an address that is read, and to what it was taken from in the same file', async () => {
    const { sources, desk } = world();
    const url = 'https://a.example/feed';
    await desk.add({ id: 'a', url });
    await desk.pause('a', 'A relaunch.');
    await declareSources([{ id: 'b', url }], sources, NOW);
    expect(await declareSources([{ url }], sources, NOW)).toEqual([{ id: 'b', did: 'unchanged' }]);

    await desk.add({ id: 'mine', url: 'https://mine.example/feed' });
    const moved = [
      { id: 'x', url: 'https://mine.example/feed' },
      { id: 'mine', url: 'https://new.example/feed' },
    ];
    expect(await declareSources([{ url }, ...moved], sources, NOW)).toEqual([
      { id: 'b', did: 'unchanged' },
      { id: 'x', did: 'added' },
      { id: 'mine', did: 'changed' },
    ]);
  });

  it('read once what one entry names and another was led to', async () => {
    const { sources } = world();
    const home = { url: 'https://a.example/' };
    const feed = { url: 'https://a.example/feed' };
    await declareSources([home], sources, NOW);
    const row = (await sources.read('a.example')) as Source;
    await sources.save({ ...row, url: feed.url, movedFrom: home.url, revision: 9 }, row.revision);
    for (const did of ['paused', 'unchanged']) {
      const done = await declareSources([home, feed], sources, NOW);
      expect(done[0]).toEqual({ id: 'a.example', did });
      expect((await sources.list()).filter(({ state }) => state === 'active').map((one) => one.url)).toEqual([
        feed.url,
      ]);
    }
    expect((await declareSources([home], sources, NOW))[0]).toEqual({ id: 'a.example', did: 'resumed' });
    expect(await sources.read('a.example')).toMatchObject({ state: 'active', url: feed.url, twin: null });
  });

  it('have a name each, however many there are at one address with other queries', async () => {
    const { sources } = world();
    const file = Array.from({ length: 150 }, (_, n) => ({ url: `https://a.example/rss/search?q=${n}` }));
    for (const did of ['added', 'unchanged']) {
      expect(new Set((await declareSources(file, sources, NOW)).map((one) => one.did))).toEqual(new Set([did]));
      expect(new Set((await sources.list()).map(({ url }) => url)).size).toBe(150);
    }
    const other = world();
    expect((await other.desk.addAll(file)).added).toHaveLength(150);
  });

  it('are watched again at another address, where their site had ended the former one', async () => {
    const { sources, desk } = world();
    const row = await desk.add({ id: 'a', url: 'https://a.example/feed' });
    await sources.save({ ...row, state: 'retired', stateReason: '410 Gone', revision: 1 }, row.revision);
    expect(await desk.change('a', { section: 'World' })).toMatchObject({ state: 'retired' });
    expect(await desk.change('a', { url: 'https://new.example/feed' })).toMatchObject({
      state: 'active',
      stateReason: null,
      section: 'World',
    });
    await desk.pause('a', 'A relaunch.');
    expect(await desk.change('a', { url: 'https://newer.example/feed' })).toMatchObject({ state: 'paused' });
  });

  it('added by hand go on once the file leaves out what they were paused for', async () => {
    const { sources, desk } = world();
    const b = { id: 'b', url: 'https://b.example/feed' };
    await declareSources([b], sources, NOW);
    const one = await desk.add({ id: 'a', url: 'https://a.example/feed' });
    await sources.save({ ...pausedForTwin(one, b.url, b, NOW), revision: 1 }, one.revision);
    await declareSources([], sources, NOW);
    await wakeTwins(await sources.list(), sources, NOW);
    expect(await sources.read('a')).toMatchObject({ state: 'active' });
  });

  it('that their site had led to what the file names as well are looked at where they were before, a day later', async () => {
    const { sources, desk } = world();
    const page = { id: 'page', url: 'https://a.example/' };
    const feed = { id: 'feed', url: 'https://a.example/feed' };
    const row = await desk.add(page);
    await sources.save({ ...row, url: feed.url, movedFrom: page.url, revision: 1 }, row.revision);
    await declareSources([page, feed], sources, NOW);
    expect(await sources.read('page')).toMatchObject({ state: 'paused', url: feed.url, twin: { id: 'feed' } });
    const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
    await wakeTwins(await sources.list(), sources, later(23));
    expect(await sources.read('page')).toMatchObject({ state: 'paused' });
    await wakeTwins(await sources.list(), sources, later(25));
    expect(await sources.read('page')).toMatchObject({ state: 'active', url: page.url, movedFrom: null });
  });

  it('that lead to one that leaves the file too are paused with it, and stay so', async () => {
    const { sources } = world();
    const a = { id: 'a', url: 'https://a.example/feed' };
    const b = { id: 'b', url: 'https://b.example/feed' };
    await declareSources([a, b], sources, NOW);
    const row = (await sources.read('a')) as Source;
    await sources.save({ ...pausedForTwin(row, b.url, b, NOW), revision: row.revision + 1 }, row.revision);
    await declareSources([], sources, NOW);
    await wakeTwins(await sources.list(), sources, new Date(NOW.getTime() + 3 * 86_400_000));
    for (const id of ['a', 'b'])
      expect(await sources.read(id)).toMatchObject({ state: 'paused', stateReason: NO_LONGER_DECLARED });
    await declareSources([a, b], sources, NOW);
    expect(await sources.read('a')).toMatchObject({ state: 'active', declared: true });
  });

  it('that are each at rest for the other are looked at a day later', async () => {
    const { sources, desk } = world();
    const one = await desk.add({ id: 'a', url: 'https://a.example/feed' });
    const two = await desk.add({ id: 'b', url: 'https://b.example/feed' });
    await sources.save({ ...pausedForTwin(one, two.url, two, NOW), revision: 1 }, one.revision);
    await sources.save({ ...pausedForTwin(two, one.url, one, NOW), revision: 1 }, two.revision);
    await wakeTwins(await sources.list(), sources, new Date(NOW.getTime() + 25 * 3_600_000));
    expect((await sources.list()).filter(({ state }) => state === 'active').length).toBeGreaterThan(0);
  });

  it('are watched again once their site has ended what they were paused for, and not once a person paused it', async () => {
    const { sources, desk } = world();
    const one = await desk.add({ id: 'a', url: 'https://a.example/feed' });
    const two = await desk.add({ id: 'b', url: 'https://b.example/feed' });
    await sources.save({ ...pausedForTwin(one, two.url, two, NOW), revision: 1 }, one.revision);
    await desk.pause('b', 'Too much of it.');
    for (const days of [0, 2, 40]) {
      await wakeTwins(await sources.list(), sources, new Date(NOW.getTime() + days * 86_400_000));
      expect(await sources.read('a'), `after ${days} days`).toMatchObject({ state: 'paused' });
    }
    const row = (await sources.read('b')) as Source;
    await sources.save({ ...row, state: 'retired', revision: row.revision + 1 }, row.revision);
    await wakeTwins(await sources.list(), sources, NOW);
    expect(await sources.read('a')).toMatchObject({ state: 'active', twin: null });
  });

  it.each<[string, (desk: SourceDesk) => Promise<unknown>]>([
    ['is removed', (desk) => desk.remove('b')],
    ['is given another address', (desk) => desk.change('b', { url: 'https://c.example/feed' })],
  ])('are watched again once what they were paused for %s', async (_, away) => {
    const { sources, desk } = world();
    const one = await desk.add({ id: 'a', url: 'https://a.example/feed' });
    const two = await desk.add({ id: 'b', url: 'https://b.example/feed' });
    await sources.save({ ...pausedForTwin(one, two.url, two, NOW), revision: 1 }, one.revision);
    await desk.change('b', { section: 'World' });
    expect(await sources.read('a')).toMatchObject({ state: 'paused', twin: { id: 'b', url: two.url } });
    await away(desk);
    expect(await sources.read('a')).toMatchObject({ state: 'active', stateReason: null, twin: null });
  });

  it('take over what people added under the same name or address', async () => {
    const { sources, desk } = world();
    await desk.add({ url: 'https://a.example/feed', id: 'mine' });
    expect(await declareSources([{ id: 'other', url: 'http://www.a.example/feed/' }], sources, NOW)).toMatchObject([
      { id: 'other', did: 'refused', reason: expect.stringContaining('is watched already, as ') },
    ]);
    expect(await declareSources([{ url: 'http://www.a.example/feed/' }], sources, NOW)).toEqual([
      { id: 'mine', did: 'changed' },
    ]);
    expect(await sources.read('mine')).toMatchObject({ declared: true });
  });
});
