/**
 * A week of scheduled scraping in minutes: the real rules, client and readers of listings, against a real server, by a
 * clock that leaps and stores and a queue in memory.
 */
import { articleId } from '../../../functions/article/identity.ts';
import { discover } from '../../../functions/scrape/discover.ts';
import { fetchMessage } from '../../../functions/scrape/fetch.ts';
import { httpClient } from '../../../functions/scrape/http/http-client.ts';
import type { PageSettings } from '../../../functions/scrape/pages/fetch-page.ts';
import type { DiscoverPorts, Page, Ports, RawPage } from '../../../functions/scrape/ports.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../../functions/scrape/sources/source.ts';
import { type Delivery, FifoQueue } from '../fifo-queue.ts';
import { MemoryHints, MemoryHosts, MemoryPages, MemoryRawPages, MemorySources } from '../memory.ts';
import { randomFrom, VirtualClock } from './clock.ts';
import { Server, type Visit } from './server.ts';
import { DAY, MINUTE, START } from './site.ts';
import type { Cast } from './tempers.ts';

export interface WeekOptions {
  casts: readonly Cast[];
  days: number;
  /** Share of messages whose function ends before it began, or before it could delete the message. */
  faults: number;
  seed: number;
}

export interface Week {
  end: number;
  visits: readonly Visit[];
  /** Hosts that were asked while they still answered, and by how many at once. */
  pressed: ReadonlyMap<string, number>;
  sources: Source[];
  pages: ReadonlyMap<string, Page>;
  /** Copies by key, the oldest first. */
  copies: ReadonlyMap<string, RawPage[]>;
  /** Readings that brought new articles, by source. */
  productive: ReadonlyMap<string, number>;
  /** All that was said of a source in the time, by source. */
  said: ReadonlyMap<string, ReadonlySet<string>>;
  deadLetters: number;
  /** Messages that came again because their function ended. */
  redelivered: number;
}

export const settings: PageSettings = {
  userAgent: 'Copydesk/0 (+https://copydesk.example)',
  delaySeconds: 2,
  maxObjectBytes: 10 * 1024 * 1024,
};

/** What a source of a site is called. */
export function sourceId(host: string, path: string): string {
  return `${host.replace(/\.test$/, '')}${path.replace('/', '.').toLowerCase()}`;
}

export async function simulate({ casts, days, faults, seed }: WeekOptions): Promise<Week> {
  const clock = new VirtualClock(START);
  const server = new Server(
    casts.map(({ site }) => site),
    clock,
  );
  const port = await server.start();
  const random = randomFrom(seed);
  const now = () => new Date(clock.now);
  const end = START + days * DAY;

  const sources = new MemorySources();
  const said = new Map<string, Set<string>>();
  const save = sources.save.bind(sources);
  sources.save = async (source, was) => {
    const words = source.stateReason ?? source.problem;
    if (words !== null) said.set(source.id, (said.get(source.id) ?? new Set()).add(words));
    return save(source, was);
  };
  const pages = new MemoryPages();
  const raw = new MemoryRawPages();
  // A crash holds its host up for a minute: with one in a hundred, ten would leave no time for anything else.
  const queue = new FifoQueue(now, { visibilityMs: MINUTE });
  const ports: Ports & DiscoverPorts = {
    sources,
    pages,
    raw,
    queue,
    hosts: new MemoryHosts(),
    hints: new MemoryHints(),
    http: testClient(),
    now,
    sleep: (ms) => clock.sleep(ms),
    random,
  };
  for (const { site } of casts) {
    for (const { path, settings } of site.sources) {
      const url = `http://${site.host}:${port}${path}`;
      const id = sourceId(site.host, path);
      await sources.save(newSource({ ...DEFAULT_SETTINGS, recheckDays: 0, ...settings, id, url }, now()), null);
    }
  }

  const productive = new Map<string, number>();
  const running = new Set<Promise<void>>();
  let redelivered = 0;
  let failure: unknown = null;

  async function invoke(delivery: Delivery): Promise<void> {
    const { message } = delivery;
    const fault = random() < faults ? random() : null;
    if (fault !== null) redelivered++;
    if (fault !== null && fault < 0.5) return;
    const outcome = await fetchMessage(message, settings, ports);
    if (outcome.kind === 'later') {
      const wait = outcome.at.getTime() - clock.now;
      delivery.hide(wait);
      begin(async () => {
        await clock.sleep(wait);
        pump();
      });
      return;
    }
    if (outcome.articles > 0 && (message.kind === 'listing' || message.kind === 'child')) {
      productive.set(message.sourceId, (productive.get(message.sourceId) ?? 0) + 1);
    }
    if (fault === null) delivery.delete();
  }

  function begin(work: () => Promise<void>): void {
    const run: Promise<void> = clock
      .during(work)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => running.delete(run));
    running.add(run);
  }

  function pump(): void {
    for (let next = queue.receive(); next; next = queue.receive()) {
      const delivery = next;
      begin(async () => {
        await invoke(delivery);
        if (clock.now < end) pump();
      });
    }
  }

  begin(async () => {
    for (let minute = START; minute < end && failure === null; minute += MINUTE) {
      // The schedule runs at least once.
      await Promise.all(random() < faults ? [discover(ports), discover(ports)] : [discover(ports)]);
      pump();
      await clock.sleep(minute + MINUTE - clock.now);
    }
  });
  while (running.size > 0) await Promise.all(running);
  await server.stop();
  if (failure !== null) throw failure;

  return {
    end: clock.now,
    visits: server.visits,
    pressed: server.pressed,
    sources: await sources.list(),
    pages: pages.rows,
    copies: raw.versions,
    productive,
    said,
    deadLetters: queue.deadLetters.length,
    redelivered,
  };
}

/** The real client; the name of one host is unknown, and the one that never answers is given up early. */
function testClient(): Ports['http'] {
  const resolver = async (name: string) => {
    if (name === 'nowhere.test') throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    return ['127.0.0.1'];
  };
  const patient = httpClient({ resolver, allowLoopback: true });
  const hasty = httpClient({ resolver, allowLoopback: true, headersMs: 50, totalMs: 100 });
  return { get: (request) => (new URL(request.url).hostname === 'hangs.test' ? hasty : patient).get(request) };
}

/** The row of an article's page by its own address. */
export function pageId(host: string, path: string, port: number): string {
  return articleId(`http://${host}:${port}${path}`, '');
}
