/** What watching sites asks for and is charged, counted on the real rules and the real stores; sites are made up. */
import { HOUR_MS, MINUTE_MS } from '../../functions/article/durations.ts';
import { hintsKey } from '../../functions/article/fetched-keys.ts';
import { hostStore } from '../../functions/aws/sources/host-store.ts';
import { pageStore } from '../../functions/aws/sources/page-store.ts';
import { sourceStore } from '../../functions/aws/sources/source-store.ts';
import { HOSTS, PAGES, SOURCES } from '../../functions/names.ts';
import { discover } from '../../functions/scrape/discover.ts';
import { fetchMessage } from '../../functions/scrape/fetch.ts';
import type { HttpAnswer, HttpRequest } from '../../functions/scrape/http.ts';
import { idOf } from '../../functions/scrape/pages/page-id.ts';
import type { DiscoverPorts, OutgoingMessage, Ports } from '../../functions/scrape/ports.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../functions/scrape/sources/source.ts';
import { CountedTables } from './counted-tables.ts';
import type { Units } from './units.ts';

const SITE = 'https://saltmere.example';
const FEED = `${SITE}/feed.xml`;
/** Entries that the feed shows. */
const SHOWN = 20;
const SETTINGS = { userAgent: 'Copydesk/0 (+https://copydesk.example)', delaySeconds: 2, maxObjectBytes: 10_000_000 };
const BEGINNING = Date.parse('2026-03-02T06:00:00Z');

export interface ScrapePattern {
  name: string;
  /** To the site. */
  requests: number;
  /** Messages of the fetch queue, each of which is one run of the function. */
  messages: number;
  units: Units;
  /** Objects put into S3. */
  puts: number;
}

export async function countScraping(): Promise<ScrapePattern[]> {
  const tables = new CountedTables({
    sources: { key: SOURCES.key, indexes: { [SOURCES.byDue.index]: { ...SOURCES.byDue, project: null } } },
    pages: { key: PAGES.key, indexes: { [PAGES.byDue.index]: { ...PAGES.byDue, project: [] } } },
    hosts: { key: HOSTS.key },
  });
  const site = new Site();
  const waiting: OutgoingMessage[] = [];
  let clock = BEGINNING;
  let messages = 0;
  let puts = 0;
  const ports: Ports & DiscoverPorts = {
    sources: sourceStore(tables.documents, 'sources'),
    pages: pageStore(tables.documents, 'pages'),
    hosts: hostStore(tables.documents, 'hosts'),
    hints: {
      put: async (page, hints) => {
        puts++;
        return hintsKey(page, JSON.stringify(hints));
      },
      read: async () => null,
    },
    raw: {
      put: async () => {
        puts++;
      },
    },
    queue: {
      send: async (more) => {
        waiting.push(...more);
      },
    },
    http: { get: async (request) => site.answer(request) },
    now: () => new Date(clock),
    sleep: async (ms) => {
      clock += ms;
    },
    random: () => 0,
  };
  const drain = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      messages++;
      await fetchMessage(next.message, SETTINGS, ports);
    }
  };
  const minute = async (wait: number) => {
    clock += wait;
    await discover(ports);
    await drain();
  };
  const count = async (name: string, work: () => Promise<unknown>): Promise<ScrapePattern> => {
    [messages, puts, site.requests] = [0, 0, 0];
    const units = await tables.count(work);
    return { name, requests: site.requests, messages, units, puts };
  };

  const settings = { ...DEFAULT_SETTINGS, id: 'saltmere.example', url: FEED, everySeconds: 3_600, recheckDays: 0 };
  await ports.sources.save(newSource(settings, new Date(clock)), null);
  for (let n = 0; n < 3; n++) await minute(MINUTE_MS);
  // What a site says of mining is asked for once a day, before its first page: not by the page that is counted.
  site.publish();
  await minute(await untilDue());
  const idle = await count('a minute in which nothing is due', () => minute(MINUTE_MS));
  const toPoll = await untilDue();
  const poll = await count('a poll of a feed that has not changed', () => minute(toPoll));
  await change({ recheckDays: 3 });
  // Their days are over: only the new article is fetched again.
  await age(site.listed());
  site.publish();
  const toFind = await untilDue();
  const found = await count('a poll that finds a new article, and its page', () => minute(toFind));
  // The next reading is counted by itself.
  await change({ dueAt: new Date(clock + 24 * 60 * MINUTE_MS).toISOString() });
  const again = await count('that page again, unchanged', () => minute(61 * MINUTE_MS));
  return [idle, poll, found, again];

  async function untilDue(): Promise<number> {
    return Math.max(Date.parse((await source()).dueAt) - clock, 0);
  }

  async function change(fields: Partial<Source>): Promise<void> {
    const row = await source();
    await ports.sources.save({ ...row, ...fields, revision: row.revision + 1 }, row.revision);
  }

  async function age(urls: readonly string[]): Promise<void> {
    const firstSeenAt = new Date(BEGINNING - 30 * 24 * 60 * MINUTE_MS).toISOString();
    for (const url of urls) {
      const row = await ports.pages.read(idOf(url) as string);
      if (row) await ports.pages.save({ ...row, firstSeenAt, revision: row.revision + 1 }, row.revision);
    }
  }

  async function source() {
    const row = await ports.sources.read(settings.id);
    if (!row) throw new Error('The source is gone.');
    return row;
  }
}

/** A feed of the newest articles, each with a page; it answers 304 to who has what is there. */
class Site {
  requests = 0;
  #published = SHOWN;

  publish(): void {
    this.#published++;
  }

  /** Addresses of what the feed names, the newest first. */
  listed(): string[] {
    return Array.from({ length: SHOWN }, (_, i) => `${SITE}/stories/${this.#published - i}`);
  }

  answer({ url, etag }: HttpRequest): HttpAnswer {
    this.requests++;
    const found = (body: string, tag: string): HttpAnswer => {
      const known = etag === tag;
      const headers = { etag: tag, 'content-type': url === FEED ? 'application/rss+xml' : 'text/html' };
      return {
        kind: 'response',
        url,
        status: known ? 304 : 200,
        headers,
        body: Buffer.from(known ? '' : body),
        redirects: [],
      };
    };
    if (url === FEED) return found(this.#feed(), `"${this.#published}"`);
    if (url.includes('/stories/'))
      return found(`<html><body><p>${'A sentence of the story. '.repeat(300)}</p></body></html>`, '"1"');
    return { kind: 'response', url, status: 404, headers: {}, body: Buffer.alloc(0), redirects: [] };
  }

  #feed(): string {
    const items = Array.from({ length: SHOWN }, (_, i) => {
      const n = this.#published - i;
      const date = new Date(BEGINNING - (SHOWN - n) * HOUR_MS).toUTCString();
      return `<item><title>Story ${n}</title><link>${SITE}/stories/${n}</link><pubDate>${date}</pubDate></item>`;
    });
    return `<rss version="2.0"><channel><title>Saltmere Post</title>${items.join('')}</channel></rss>`;
  }
}
