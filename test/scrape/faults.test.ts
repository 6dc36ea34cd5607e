/** What goes wrong between the parts: crashes, messages that come twice, rows that others write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discover } from '../../functions/scrape/discover.ts';
import { fetchMessage } from '../../functions/scrape/fetch.ts';
import { newPage } from '../../functions/scrape/pages/page-states.ts';
import type { FetchMessage, Ports, Source } from '../../functions/scrape/ports.ts';
import { article, Crash, DAY, HOUR, MINUTE, rss, settings, World } from './world.ts';

const FEED = 'https://a.example/feed';
const story = (n: number) => `https://a.example/2026/03/story-${n}`;

async function site(world: World, count: number): Promise<void> {
  for (let n = 0; n < count; n++) world.answer(story(n), article(`Story ${n}`));
  world.answer(FEED, { body: rss(Array.from({ length: count }, (_, n) => ({ url: story(n) }))) });
  await world.add('a', FEED);
}

/** Ports that end the process at the n-th use of any of them. */
function crashing(ports: World['ports'], at: number): World['ports'] {
  let uses = 0;
  const guard = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          if (++uses >= at) throw new Crash();
          return (member as (...all: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  const { http, queue, sources, pages, hosts, hints, raw, ...rest } = ports;
  return {
    ...rest,
    http: guard(http),
    queue: guard(queue),
    sources: guard(sources),
    pages: guard(pages),
    hosts: guard(hosts),
    hints: guard(hints),
    raw: guard(raw),
  };
}

describe('a crash', () => {
  it('wherever it happens loses no article and stores none under two keys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }), async (crashes) => {
        const world = new World();
        await site(world, 4);
        for (const at of crashes) {
          const ports = crashing(world.ports, at);
          await discover(ports).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
          await world.drain(ports);
          world.clock += 10 * MINUTE;
        }
        await world.run(3 * HOUR);
        const keys = new Set(world.copies.map(({ key }) => key));
        expect([...new Set(world.copies.map(({ url }) => url))].sort()).toEqual([0, 1, 2, 3].map(story));
        expect(keys.size).toBe(4);
        const { articles, newByDay } = world.source('a');
        expect(articles).toBeLessThanOrEqual(4);
        expect(Object.values(newByDay).reduce((sum, count) => sum + count, 0)).toBe(articles);
        expect(world.queue.length).toBe(0);
        expect(world.queue.deadLetters).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a message that comes twice', () => {
  it('does nothing the second time, not even ask the host', async () => {
    const world = new World();
    await site(world, 3);
    const sent: Parameters<Ports['queue']['send']>[0][number][] = [];
    const send = world.queue.send.bind(world.queue);
    world.queue.send = async (messages) => {
      sent.push(...messages);
      await send(messages);
    };
    await world.run(MINUTE);
    const asked = world.requests.length;
    expect(sent.length).toBe(4);
    for (const { message } of sent) {
      expect(await fetchMessage(message, settings, world.ports)).toMatchObject({ kind: 'done', did: 'nothing' });
    }
    expect(world.requests.length).toBe(asked);
    expect(world.copies).toHaveLength(3);
  });

  it('is not sent by two runs of discover side by side', async () => {
    const world = new World();
    await site(world, 1);
    const found = await Promise.all([1, 2, 3].map(() => discover(world.ports)));
    expect(found.map(({ sources }) => sources).sort()).toEqual([0, 0, 1]);
    expect(world.queue.length).toBe(1);
  });
});

describe('a lost message', () => {
  it('is sent again when the lease of its row is over', async () => {
    const world = new World();
    await site(world, 2);
    await discover(world.ports);
    world.queue.receive()?.delete();
    await world.run(20 * MINUTE);
    expect(world.copies).toEqual([]);
    await world.run(20 * MINUTE);
    expect(world.copies).toHaveLength(2);
  });

  it('of a page likewise', async () => {
    const world = new World();
    await site(world, 1);
    await discover(world.ports);
    const listing = world.queue.receive();
    await fetchMessage(listing?.message as FetchMessage, settings, world.ports);
    listing?.delete();
    world.queue.receive()?.delete();
    await world.run(50 * MINUTE);
    expect(world.copies).toEqual([]);
    await world.run(20 * MINUTE);
    expect(world.copies).toHaveLength(1);
  });

  it('that the queue refused is sent as soon as it takes messages again', async () => {
    const world = new World();
    await site(world, 1);
    const send = world.queue.send.bind(world.queue);
    world.queue.send = async () => {
      throw new Error('The queue is not there.');
    };
    await expect(discover(world.ports)).rejects.toThrow('The queue is not there.');
    world.queue.send = send;
    await world.run(MINUTE);
    expect(world.copies).toHaveLength(1);
  });
});

describe('the row of a host', () => {
  it('keeps the longest wait, whoever writes it at the same time', async () => {
    const world = new World();
    await site(world, 1);
    const save = world.hosts.save.bind(world.hosts);
    let interfered = false;
    world.hosts.save = async (host, was) => {
      if (!interfered && was !== null) {
        interfered = true;
        const row = world.hosts.rows.get(host.host);
        const until = new Date(world.clock + DAY).toISOString();
        if (row) await save({ ...row, notBefore: until, reason: 'Someone waits.', revision: row.revision + 1 }, was);
      }
      return save(host, was);
    };
    await world.run(HOUR);
    expect(interfered).toBe(true);
    expect(world.hosts.rows.get('a.example')?.notBefore?.slice(0, 10)).toBe('2026-03-03');
    await world.run(DAY);
    expect(world.copies).toHaveLength(1);
  });
});

describe('many pages of one host', () => {
  it('wait in the table and not in the queue', async () => {
    const world = new World();
    await site(world, 400);
    await discover(world.ports);
    const first = world.queue.receive();
    await fetchMessage((first as NonNullable<typeof first>).message, settings, world.ports);
    first?.delete();
    expect(world.queue.length).toBeLessThan(40);
    await world.run(20 * MINUTE);
    expect(world.copies).toHaveLength(400);
    const times = world.requests.map(({ at }) => at);
    expect(Math.min(...times.slice(1).map((at, i) => at - (times[i] as number)))).toBeGreaterThanOrEqual(2_000);
  });

  it('are asked for at the pace of a long Crawl-delay, one after the other', async () => {
    const world = new World();
    await site(world, 10);
    world.answer('https://a.example/robots.txt', { body: 'User-agent: *\nCrawl-delay: 45' });
    await world.run(HOUR);
    expect(world.copies).toHaveLength(10);
    const times = world.requests.map(({ at }) => at);
    expect(Math.min(...times.slice(1).map((at, i) => at - (times[i] as number)))).toBeGreaterThanOrEqual(45_000);
  });
});

describe('one write that fails', () => {
  /** Lets a store's method fail once, at its n-th use. */
  function failingOnce<Name extends string>(
    store: Record<Name, (...given: never[]) => Promise<unknown>>,
    method: Name,
    isIt: (use: number, ...given: unknown[]) => boolean,
  ): void {
    const real = store[method].bind(store) as (...given: unknown[]) => Promise<unknown>;
    let uses = 0;
    let failed = false;
    store[method] = async (...given: unknown[]) => {
      if (!failed && isIt(++uses, ...given)) {
        failed = true;
        throw new Error('Throttled.');
      }
      return real(...given);
    };
  }

  it('keeps no other source or page from its turn', async () => {
    const world = new World();
    for (let n = 0; n < 60; n++) {
      world.answer(`https://s${n}.example/feed`, { body: rss([{ url: `https://s${n}.example/2026/a` }]) });
      world.answer(`https://s${n}.example/2026/a`, article('A'));
      await world.add(`s${n}`, `https://s${n}.example/feed`);
    }
    await world.add('page-owner', 'https://p.example/feed', { dueAt: new Date(world.clock + DAY).toISOString() });
    world.answer('https://p.example/waiting', article('It waits'));
    await world.pages.save(newPage('p', 'https://p.example/waiting', 'page-owner', new Date(world.clock - HOUR)), null);
    failingOnce(world.sources, 'save', (_, row) => (row as Source).id === 's20');
    await expect(discover(world.ports)).rejects.toThrow('Throttled.');
    await world.drain();
    expect(world.copies).toHaveLength(60);
    await world.minute();
    expect(world.copies).toHaveLength(61);
  });

  it('in a reading keeps none of its other articles waiting', async () => {
    const world = new World();
    await site(world, 20);
    failingOnce(world.hints, 'put', (use) => use === 10);
    await discover(world.ports);
    const listing = world.queue.receive() as NonNullable<ReturnType<typeof world.queue.receive>>;
    await expect(fetchMessage(listing.message, settings, world.ports)).rejects.toThrow('Throttled.');
    listing.hide(30_000);
    await world.run(2 * MINUTE);
    expect(world.copies).toHaveLength(20);
    expect(new Set(world.copies.map(({ url }) => url)).size).toBe(20);
  });
});

describe('a source that is removed and added again under its name', () => {
  it('is read within a minute, however soon that is', async () => {
    const world = new World();
    await site(world, 2);
    await world.run(2 * MINUTE);
    await world.sources.remove('a');
    await world.add('a', FEED);
    await world.run(MINUTE);
    expect(world.asked(FEED)).toBe(2);
  });
});
