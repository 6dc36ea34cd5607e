/** The world of scrape in memory: stores, queue, a clock that tests set, and a web of addresses that answer. */

import { discover } from '../../functions/scrape/discover.ts';
import { fetchMessage } from '../../functions/scrape/fetch.ts';
import type { HttpAnswer, HttpFailure, HttpRequest } from '../../functions/scrape/http.ts';
import type { FetchOutcome } from '../../functions/scrape/outcome.ts';
import type { PageSettings } from '../../functions/scrape/pages/fetch-page.ts';
import type { DiscoverPorts, Page, Ports, RawPage } from '../../functions/scrape/ports.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../functions/scrape/sources/source.ts';
import { FifoQueue } from './fifo-queue.ts';
import { MemoryHints, MemoryHosts, MemoryPages, MemoryRawPages, MemorySources } from './memory.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-03-02T08:00:00Z');

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  fails?: HttpFailure;
}

/** A process that ends here: nothing of the attempt runs any more. */
export class Crash extends Error {}

export const settings: PageSettings = {
  userAgent: 'Copydesk/0 (+https://copydesk.example)',
  delaySeconds: 2,
  maxObjectBytes: 10 * 1024 * 1024,
};

export class World {
  clock = START;
  /** What answers; an address that is not here is a 404, and so is its robots.txt. */
  readonly web = new Map<string, (request: HttpRequest) => Answer>();
  readonly requests: { url: string; at: number; conditional: boolean }[] = [];
  readonly outcomes: FetchOutcome[] = [];
  readonly sources = new MemorySources();
  readonly pages = new MemoryPages();
  readonly hosts = new MemoryHosts();
  readonly hints = new MemoryHints();
  readonly raw = new MemoryRawPages();
  readonly queue = new FifoQueue(() => new Date(this.clock));

  readonly ports: Ports & DiscoverPorts = {
    sources: this.sources,
    pages: this.pages,
    hosts: this.hosts,
    hints: this.hints,
    raw: this.raw,
    queue: this.queue,
    http: { get: async (request) => this.#answer(request) },
    now: () => new Date(this.clock),
    sleep: async (ms) => {
      this.clock += ms;
    },
    random: () => 0,
  };

  answer(url: string, answer: Answer | ((request: HttpRequest) => Answer)): void {
    this.web.set(url, typeof answer === 'function' ? answer : () => answer);
  }

  async add(id: string, url: string, fields: Partial<Source> = {}): Promise<void> {
    const made = newSource({ ...DEFAULT_SETTINGS, id, url, recheckDays: 0 }, new Date(this.clock));
    await this.sources.save({ ...made, ...fields }, null);
  }

  source(id: string): Source {
    const source = this.sources.rows.get(id);
    if (!source) throw new Error(`There is no source ${id}`);
    return source;
  }

  /** Discovers, and does what is in the queue and not held back. */
  async minute(): Promise<void> {
    await discover(this.ports);
    await this.drain();
  }

  async drain(ports: Ports = this.ports): Promise<void> {
    for (let delivery = this.queue.receive(); delivery; delivery = this.queue.receive()) {
      let outcome: FetchOutcome;
      try {
        outcome = await fetchMessage(delivery.message, settings, ports);
      } catch (error) {
        if (error instanceof Crash) continue;
        throw error;
      }
      this.outcomes.push(outcome);
      if (outcome.kind === 'later') delivery.hide(outcome.at.getTime() - this.clock);
      else delivery.delete();
    }
  }

  /** Lets time pass, a minute at a time. */
  async run(ms: number): Promise<void> {
    for (const end = this.clock + ms; this.clock <= end; ) {
      const next = this.clock + MINUTE;
      await this.minute();
      this.clock = Math.max(this.clock, next);
    }
  }

  /** Requests to that address. */
  asked(url: string): number {
    return this.requests.filter((request) => request.url === url).length;
  }

  /** Copies in the uploads bucket, the oldest of each object first. */
  get copies(): RawPage[] {
    return [...this.raw.versions.values()].flat();
  }

  page(url: string): Page {
    const page = [...this.pages.rows.values()].find((row) => row.url === url);
    if (!page) throw new Error(`There is no page ${url}`);
    return page;
  }

  #answer(request: HttpRequest): HttpAnswer {
    const { url, etag, lastModified } = request;
    this.requests.push({ url, at: this.clock, conditional: etag !== null || lastModified !== null });
    const { status = 200, headers = {}, body = '', fails } = this.web.get(url)?.(request) ?? { status: 404 };
    if (fails) return { kind: 'failed', code: fails, detail: `${url}: ${fails}.`, redirects: [] };
    if (status >= 300 && status < 400 && status !== 304 && headers.location) {
      const to = new URL(headers.location, url).href;
      return { kind: 'redirected-away', url: to, redirects: [{ status, from: url, to }] };
    }
    return { kind: 'response', url, status, headers, body: Buffer.from(body), redirects: [] };
  }
}

export interface Item {
  url: string;
  guid?: string;
  title?: string;
  date?: number;
}

export function rss(items: readonly Item[], head = ''): string {
  const entries = items.map(
    ({ url, guid, title, date }) =>
      `<item><title>${title ?? 'A title'}</title><link>${url}</link>${guid ? `<guid>${guid}</guid>` : ''}${
        date === undefined ? '' : `<pubDate>${new Date(date).toUTCString()}</pubDate>`
      }</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>${head}${entries.join('')}</channel></rss>`;
}

export const article = (title: string): Answer => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<html><title>${title}</title><p>${title}</p></html>`,
});
