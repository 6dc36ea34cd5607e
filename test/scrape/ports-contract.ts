/**
 * What scrape relies on in its stores, asserted of whatever implements them: of the memory that the tests of the rules
 * run on, and of the stores on the deployed stack. Where both hold it, what the rules' tests show holds of the stores.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_FEED_HINTS } from '../../functions/article/feed-hints.ts';
import { HINTS_KEY, hintsKey } from '../../functions/article/fetched-keys.ts';
import { changeRow } from '../../functions/scrape/change-row.ts';
import { newPage } from '../../functions/scrape/pages/page-states.ts';
import type { Host, Page, Pages, Ports, Sources } from '../../functions/scrape/ports.ts';
import { DEFAULT_SETTINGS, newSource, paused, type Source } from '../../functions/scrape/sources/source.ts';

export interface StorePorts extends Pick<Ports, 'hosts' | 'hints'> {
  sources: Sources;
  pages: Pages;
}

/** An index follows its table with a short delay; reads of it are tried again for this long. Milliseconds. */
const SETTLES = { timeout: 10_000, interval: 50 };

// Far in the past, so that rows of other tests and of a running schedule stay out of what is due by then.
let clock = Date.parse('2001-01-01T00:00:00Z') + Math.floor(Math.random() * 1e9);
/** An instant no other test has. */
function instant(): Date {
  clock += 60_000;
  return new Date(clock);
}
const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);

export function source(fields: Partial<Source> = {}, at = instant()): Source {
  const id = `s-${randomUUID()}`;
  return { ...newSource({ ...DEFAULT_SETTINGS, id, url: `https://${id}.example/feed` }, at), ...fields };
}

export function page(fields: Partial<Page> = {}, at = instant()): Page {
  const id = randomUUID().replaceAll('-', '');
  return { ...newPage(id, `https://a.example/${id}`, 'a', at), ...fields };
}

export function host(fields: Partial<Host> = {}): Host {
  const name = `${randomUUID()}.example:8080`;
  return {
    host: name,
    notBefore: null,
    reason: null,
    plannedUntil: null,
    failures: 0,
    forbidden: 0,
    robots: {},
    tdmrep: {},
    revision: 0,
    ...fields,
  };
}

const robots = {
  verdict: 'rules' as const,
  rules: 'User-agent: *\nDisallow: /private\n',
  crawlDelaySeconds: 2.5,
  sitemaps: ['https://a.example/sitemap.xml'],
  fetchedAt: '2026-03-01T08:00:00.000Z',
  expiresAt: '2026-03-02T08:00:00.000Z',
  unreachableSince: null,
  detail: 'Ünïcode',
};

export function describePorts(ports: () => StorePorts): void {
  describe('a row', () => {
    const kinds = [
      {
        name: 'source',
        make: () =>
          source({
            etag: 'W/"ä"',
            stated: { intervalSeconds: 3600, skipHours: [0, 23], skipDays: [] },
            rhythmSeconds: 12.75,
            newByDay: { '2026-03-01': 3 },
            children: {
              abc: {
                index: '',
                goneAt: null,
                modifiedAt: null,
                readAt: '2026-03-01T08:00:00.000Z',
                failure: { count: 1, problem: 'It answered 500.', retryAt: '2026-03-02T09:00:00.000Z' },
                etag: '"1"',
                lastModified: null,
                fullReadAt: null,
                isIndex: false,
                vain: 3,
                isBacklog: true,
              },
            },
          }),
        store: () => ports().sources,
        key: (row: { id?: string }) => row.id as string,
      },
      {
        name: 'page',
        make: () => page({ problem: 'It answered 404.', hints: 'hints/abc.json' }),
        store: () => ports().pages,
        key: (row: { page?: string }) => row.page as string,
      },
      {
        name: 'host',
        make: () => host({ robots: { 'https://a.example': robots } }),
        store: () => ports().hosts,
        key: (row: { host?: string }) => row.host as string,
      },
    ] as const;

    for (const { name, make, store, key } of kinds) {
      // The stores differ in their rows alone.
      const rows = () => store() as unknown as { read(k: string): Promise<Row | null>; save: Save };
      type Row = { revision: number };
      type Save = (row: Row, was: number | null) => Promise<boolean>;

      it(`of a ${name} is read as it was saved, and null where there is none`, async () => {
        const row = make();
        expect(await rows().read(key(row))).toBeNull();
        expect(await rows().save(row, null)).toBe(true);
        expect(await rows().read(key(row))).toEqual(row);
      });

      it(`of a ${name} is made once, whoever else makes it`, async () => {
        const row = make();
        const won = await Promise.all([1, 2, 3, 4].map(() => rows().save(row, null)));
        expect(won.filter(Boolean)).toHaveLength(1);
      });

      it(`of a ${name} is changed by one of those who change it, and the others write nothing`, async () => {
        const row = make();
        await rows().save(row, null);
        const won = await Promise.all([1, 2, 3].map((n) => rows().save({ ...row, revision: n }, 0)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect((await rows().read(key(row)))?.revision).toBe(won.indexOf(true) + 1);
        expect(await rows().save({ ...row, revision: 9 }, 7)).toBe(false);
      });
    }

    it('keeps every change of several writers who read it again', async () => {
      const { hosts } = ports();
      const row = host();
      await Promise.all(
        [1, 2, 3, 4, 5].map(() =>
          changeRow(hosts, row.host, (was) => ({ ...(was ?? row), failures: (was?.failures ?? 0) + 1 })),
        ),
      );
      expect(await hosts.read(row.host)).toMatchObject({ failures: 5, revision: 4 });
    });
  });

  describe('sources', () => {
    it('are due from the later of their due time and the end of their lease, the longest waiting first', async () => {
      const { sources } = ports();
      const at = instant();
      const second = source({ dueAt: later(at, -10).toISOString() });
      const first = source({ dueAt: later(at, -20).toISOString() });
      const leased = source({ dueAt: later(at, -30).toISOString(), leaseUntil: later(at, 5).toISOString() });
      const ahead = source({ dueAt: later(at, 1).toISOString() });
      const rested = paused(source({ dueAt: later(at, -40).toISOString() }), 'Someone paused it.', new Date());
      const all = [second, first, leased, ahead, rested];
      for (const one of all) expect(await sources.save(one, null)).toBe(true);
      const mine = async (when: Date) => {
        const ids = new Set(all.map(({ id }) => id));
        return (await sources.due(when, 100)).map(({ id }) => id).filter((id) => ids.has(id));
      };
      await expect.poll(() => mine(at), SETTLES).toEqual([first.id, second.id]);
      expect((await sources.due(at, 1)).length).toBe(1);
      await expect.poll(() => mine(later(at, 5)), SETTLES).toEqual([first.id, second.id, ahead.id, leased.id]);
      await sources.save({ ...first, dueAt: later(at, 3600).toISOString(), revision: 1 }, 0);
      await expect.poll(() => mine(at), SETTLES).toEqual([second.id]);
      for (const { id } of all) await sources.remove(id);
      await expect.poll(() => mine(later(at, 7200)), SETTLES).toEqual([]);
    });

    it('are listed whatever their state, until they are removed', async () => {
      const { sources } = ports();
      const made = [source(), paused(source(), 'Someone paused it.', new Date())];
      for (const one of made) await sources.save(one, null);
      const listed = async () => (await sources.list()).filter(({ id }) => made.some((one) => one.id === id));
      await expect.poll(async () => (await listed()).length, SETTLES).toBe(2);
      expect(await listed()).toEqual(expect.arrayContaining(made));
      for (const { id } of made) await sources.remove(id);
      await expect.poll(listed, SETTLES).toEqual([]);
      expect(await sources.read(made[0]?.id as string)).toBeNull();
    });
  });

  describe('pages', () => {
    it('are due from the later of their due time and the end of their lease, and never where nothing is to come', async () => {
      const { pages } = ports();
      const at = instant();
      const due = page({ dueAt: later(at, -20).toISOString() });
      const leased = page({ dueAt: later(at, -30).toISOString(), leaseUntil: later(at, 5).toISOString() });
      const done = page({ dueAt: null, leaseUntil: later(at, -60).toISOString() });
      for (const one of [leased, due, done]) expect(await pages.save(one, null)).toBe(true);
      const mine = async (when: Date) => {
        const ids = new Set([due, leased, done].map((one) => one.page));
        return (await pages.due(when, 100)).map((one) => one.page).filter((id) => ids.has(id));
      };
      await expect.poll(() => mine(at), SETTLES).toEqual([due.page]);
      await expect.poll(() => mine(later(at, 5)), SETTLES).toEqual([due.page, leased.page]);
      for (const one of [due, leased]) await pages.save({ ...one, dueAt: null, revision: 1 }, 0);
      await expect.poll(() => mine(later(at, 7200)), SETTLES).toEqual([]);
    });

    it('are found among many, each once, and none that is unknown', async () => {
      const { pages } = ports();
      const made = Array.from({ length: 120 }, () => page());
      await Promise.all(made.map((one) => pages.save(one, null)));
      const asked = [...made.map((one) => one.page), ...Array.from({ length: 130 }, () => page().page)];
      const found = await pages.known([...asked, ...asked.slice(0, 10)]);
      expect(found.map((one) => one.page).sort()).toEqual(made.map((one) => one.page).sort());
      expect(found.find((one) => one.page === made[7]?.page)).toEqual(made[7]);
      expect(await pages.known([])).toEqual([]);
    });
  });

  describe('hints', () => {
    const PAGE = '0123456789abcdef'.repeat(2);

    it('are read as they were put, under one key for the same content', async () => {
      const { hints } = ports();
      const feed = { ...NO_FEED_HINTS, title: `Schöne Überschrift ${randomUUID()}`, authors: ['A', 'B'] };
      const one = { feed, feedUrl: 'https://a.example/feed', section: null, answer: null };
      const key = await hints.put(PAGE, one);
      expect(key).toMatch(HINTS_KEY);
      expect(await hints.put(PAGE, structuredClone(one))).toBe(key);
      expect(await hints.put(PAGE, { ...one, section: 'Culture' })).not.toBe(key);
      expect(await hints.put('f'.repeat(32), one)).not.toBe(key);
      expect(await hints.read(key)).toEqual(one);
      expect(await hints.read(hintsKey(PAGE, 'never put'))).toBeNull();
    });
  });
}
