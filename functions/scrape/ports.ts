/**
 * What scrape needs from the world. The stores of functions/aws/ implement these; tests run on memory.
 *
 *   discover  every minute: claims due sources and pages, and queues one message for each
 *   fetch     one message at a time per host: reads a listing, or fetches an article's page into the uploads bucket
 *
 * The tables are the backlog, the queue holds only what is due: a row that is due under no lease gets its message, and
 * a message whose row is not due any more does nothing. So messages may come twice, late or never.
 */
import type { CopyHints } from '../article/feed-hints.ts';
import type { HttpClient } from './http.ts';
import type { FetchMessage } from './message.ts';
import type { CachedTdmrep } from './opt-outs/tdmrep.ts';
import type { Source } from './sources/source.ts';

export type { FetchMessage, Source };

export interface OutgoingMessage {
  message: FetchMessage;
  /** Message group: the host that is asked, name and port as in a URL. */
  group: string;
  /** The same for a message sent twice by mistake; letters, digits and `:.-_`, 128 at most. */
  deduplicationId: string;
}

export interface FetchQueue {
  /** Sends any number, each group in the given order. */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
}

/** A row that is looked at again at a certain time, unless it is under way. */
export interface Due {
  /** ISO 8601 UTC; null where nothing is to come. */
  dueAt: string | null;
  /** While this lies ahead its message is on the way. */
  leaseUntil: string | null;
}

/**
 * When a row is to get its next message: the later of the two, so that a lease which ran out makes it due again.
 * The by-due indexes sort by this; null stays out of them.
 */
export function readyAt({ dueAt, leaseUntil }: Due): string | null {
  return dueAt !== null && leaseUntil !== null && leaseUntil > dueAt ? leaseUntil : dueAt;
}

/** Rows of which each carries the number of its write, so that a save stands only on the one it was made from. */
export interface RowStore<Row extends { revision: number }> {
  /** Strongly consistent. */
  read(key: string): Promise<Row | null>;
  /**
   * @param was revision that the row was made from; null for a new one
   * @returns false, and nothing written, where another write came first
   */
  save(row: Row, was: number | null): Promise<boolean>;
}

export interface Sources extends RowStore<Source> {
  list(): Promise<Source[]>;
  /** Active ones that are ready ({@link readyAt}) by then, the longest waiting first. May lag behind saves for a moment. */
  due(at: Date, limit: number): Promise<Source[]>;
  remove(id: string): Promise<void>;
}

/** An article's page, known by its canonical URL whichever source named it. A small row that stays for years. */
export interface Page extends Due {
  /** Hash of the canonical URL, the record's id. */
  page: string;
  /** Where to fetch it: as listed, or where redirects that leave it the same page led. */
  url: string;
  /** Source that takes it, the first that named it as a rule; null where that was removed before the page was fetched. */
  sourceId: string | null;
  /** Source that has it fetched again in the place of that one, which does not any more; null as a rule. */
  recheckedBy: string | null;
  /** Key of what is said of it ({@link Hints}). */
  hints: string | null;
  /** Source whose word that is, a hash of the site map of its index if it is one's, how much that knows, and a hash of what it says. */
  saidBy: { source: string; child: string; weight: number; digest: string } | null;
  /** Key of what went with its last upload. */
  storedHints: string | null;
  firstSeenAt: string;
  /** When it changed last, as listed. */
  listedModifiedAt: string | null;
  fetchedAt: string | null;
  changedAt: string | null;
  /** Answers with a page or a 304 so far. */
  fetches: number;
  /** Fetches in a row that found it unchanged. */
  unchanged: number;
  /** Fetches that found it changed. */
  changes: number;
  /** The last answer with a body. */
  wholeAt: string | null;
  /** Failures in a row. */
  failures: number;
  /** Whether its source counts it among its articles: not while it could not be had, nor where it leads to another. */
  counted: boolean;
  /** Times that it was given up without ever having been had; it is still tried then, rarely, for some more times. */
  losses: number;
  etag: string | null;
  lastModified: string | null;
  /** SHA-256 of the copy that was uploaded last. */
  bodyHash: string | null;
  /** What a reader sees of that copy; null where that is too little. */
  fingerprint: string | null;
  /** The page that this address leads to, where it is another. */
  movedTo: string | null;
  /** Whether it was left alone because it asks for that by an opt-out, which its source obeys. */
  leftAlone: boolean;
  /** The last failure or refusal in words: robots.txt, an opt-out, a 404. */
  problem: string | null;
  /** Number of the write: a save stands only on the one it was made from. */
  revision: number;
}

export interface Pages extends RowStore<Page> {
  /** Those of these that are known, in any order; up to 50,000 at once. */
  known(pages: readonly string[]): Promise<Page[]>;
  /** As {@link Sources.due}. */
  due(at: Date, limit: number): Promise<Page[]>;
}

/** A host's manners: when it may be asked again and what its robots.txt says. */
export interface Host {
  /** Name and port, as in a URL. */
  host: string;
  /** No request before this. */
  notBefore: string | null;
  /** Why, where it is more than the usual delay: a 429, a 503. */
  reason: string | null;
  /** Refusals and failures of the host itself in a row. */
  failures: number;
  /** Until when its pages are planned that waited too long behind each other; null where none had to. */
  plannedUntil: string | null;
  /** Pages in a row that it forbade (403) or failed at (500), and nothing else it answered meanwhile. */
  forbidden: number;
  /** By origin (`https://example.com`). */
  robots: Record<string, CachedRobots>;
  /** By origin too: its tdmrep.json. */
  tdmrep: Record<string, CachedTdmrep>;
  revision: number;
}

export interface CachedRobots {
  /** What RFC 9309 makes of the answer. */
  verdict: 'rules' | 'allow-all' | 'disallow-all' | 'elsewhere';
  /** Where its redirects lead, another host that has yet to be asked; with `elsewhere` alone. */
  next?: RobotsHop;
  /** The rules for us, packed; empty unless `rules`. functions/scrape/robots/cached-robots.ts reads and writes them. */
  rules: string;
  crawlDelaySeconds: number | null;
  sitemaps: string[];
  fetchedAt: string;
  expiresAt: string;
  /** Since when it could not be read (RFC 9309, 2.3.1.4); null where the last try gave an answer. */
  unreachableSince: string | null;
  /** One sentence for a person: what was answered and what follows from it. */
  detail: string;
}

/** A redirect of a robots.txt to another host, to be followed in the turn of that host. */
export interface RobotsHop {
  /** Whose robots.txt it is. */
  origin: string;
  url: string;
  /** Hosts asked before. */
  hops: number;
}

export type Hosts = RowStore<Host>;

/** What stands beside raw copies, each a JSON object under its page and the hash of its content. */
export interface Hints {
  /** @param page id of the page they are about @returns their key, for the upload's metadata */
  put(page: string, hints: CopyHints): Promise<string>;
  read(key: string): Promise<CopyHints | null>;
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
  /** Key that {@link Hints.put} gave. */
  hints: string | null;
}

export interface RawPages {
  put(page: RawPage): Promise<void>;
}

/** What discover asks of the world: its rights in infra/scrape.ts are these, which test/infra/grants.test.ts holds. */
export interface DiscoverPorts {
  queue: FetchQueue;
  sources: Pick<Sources, 'due' | 'save' | 'list'>;
  pages: Pick<Pages, 'due' | 'save'>;
  now(): Date;
}

/** What fetch asks of the world, likewise. */
export interface Ports {
  http: HttpClient;
  queue: FetchQueue;
  sources: Pick<Sources, 'read' | 'save' | 'list'>;
  pages: Pick<Pages, 'read' | 'save' | 'known'>;
  hosts: Hosts;
  hints: Hints;
  raw: RawPages;
  now(): Date;
  /** @param ms a wait for a host's turn; 20,000 at most but for inspections */
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1: jitter. */
  random(): number;
}
