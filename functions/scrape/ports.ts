/**
 * What scrape needs from the world. The stores of functions/aws/ implement these; tests run on memory.
 *
 *   discover  every minute: claims due sources and pages, and queues one message for each
 *   fetch     one message at a time per host: reads a listing, or fetches an article's page into the uploads bucket
 */
import type { CopyHints, FeedHints } from '../article/feed-hints.ts';
import type { HttpClient } from './http.ts';
import type { Source } from './source.ts';

/** Work for one host, in the order of its queue. */
export type FetchMessage =
  | {
      kind: 'listing';
      sourceId: string;
      url: string;
      /** Hops between hosts taken so far. */
      hops: number;
    }
  | { kind: 'page'; page: string; url: string; hops: number };

export interface FetchQueue {
  /**
   * Sends in order, to the message group of each message's host.
   *
   * @param messages `deduplicationId` is the same for a message sent twice by mistake
   */
  send(messages: readonly { message: FetchMessage; deduplicationId: string }[]): Promise<void>;
}

export interface Sources {
  read(id: string): Promise<Source | null>;
  list(): Promise<Source[]>;
  /** Active ones whose `dueAt` is not after that instant, the longest due first; those under lease left out. */
  due(at: Date, limit: number): Promise<Source[]>;
  /** @param was revision it was made from; null for a new one. @returns false, and nothing written, where another write came first */
  save(source: Source, was: number | null): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** An article's page, known by its canonical URL whichever source named it. */
export interface Page {
  /** Hash of the canonical URL, the record's id. */
  page: string;
  url: string;
  /** Source that named it first. */
  sourceId: string;
  feedUrl: string | null;
  hints: FeedHints | null;
  section: string | null;
  firstSeenAt: string;
  /** Next fetch; null where none is to come. */
  dueAt: string | null;
  leaseUntil: string | null;
  fetchedAt: string | null;
  changedAt: string | null;
  fetches: number;
  failures: number;
  etag: string | null;
  lastModified: string | null;
  bodyHash: string | null;
  /** The last failure or refusal in words: robots.txt, an opt-out, a 404. */
  problem: string | null;
  revision: number;
}

export interface Pages {
  read(page: string): Promise<Page | null>;
  /** Those of these that are known. */
  known(pages: readonly string[]): Promise<Set<string>>;
  due(at: Date, limit: number): Promise<Page[]>;
  /** As {@link Sources.save}. */
  save(page: Page, was: number | null): Promise<boolean>;
}

/** A host's manners: when it may be asked again and what its robots.txt says. */
export interface Host {
  /** Name and port, as in a URL. */
  host: string;
  /** No request before this. */
  notBefore: string | null;
  /** Why, where it is more than the usual delay: a 429, a 503. */
  reason: string | null;
  /** By origin (`https://example.com`). */
  robots: Record<string, CachedRobots>;
  revision: number;
}

export interface CachedRobots {
  /** What RFC 9309 makes of the answer. */
  verdict: 'rules' | 'allow-all' | 'disallow-all';
  /** The groups that apply to us, as text; empty unless `rules`. */
  rules: string;
  crawlDelaySeconds: number | null;
  sitemaps: string[];
  fetchedAt: string;
  expiresAt: string;
  detail: string;
}

export interface Hosts {
  read(host: string): Promise<Host | null>;
  save(host: Host, was: number | null): Promise<boolean>;
}

/** A page as it came, on its way into the uploads bucket. */
export interface RawPage {
  /** The same for every copy of one page: a changed page is a new version of its object. */
  key: string;
  body: Uint8Array;
  /** As served, charset included. */
  contentType: string | null;
  url: string;
  sourceId: string;
  fetchedAt: Date;
  hints: CopyHints;
}

export interface RawPages {
  put(page: RawPage): Promise<void>;
}

export interface Ports {
  http: HttpClient;
  queue: FetchQueue;
  sources: Sources;
  pages: Pages;
  hosts: Hosts;
  raw: RawPages;
  now(): Date;
  /** @param ms a wait for a host's turn */
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1: jitter. */
  random(): number;
}
