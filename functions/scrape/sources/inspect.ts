/**
 * What an address is, before it is watched: asked with all manners, followed to the feed that a page links, and to an
 * article or ten.
 */
import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { EntrancePorts } from '../hosts/enter.ts';
import { statusWords } from '../hosts/manners.ts';
import { type FetchSettings, politeGet } from '../hosts/polite-get.ts';
import { followHop } from '../hosts/robots-elsewhere.ts';
import type { HttpFailure, Redirect } from '../http.ts';
import { readListing } from '../listing/read-listing.ts';
import type { ListedItem, Listing, ListingKind } from '../listing.ts';
import type { Host, Hosts, Ports, RobotsHop } from '../ports.ts';
import { LISTING_ACCEPT, LISTING_BYTES } from '../readings/read-source.ts';

/** Items that are shown. */
const ITEMS_SHOWN = 10;
const ALTERNATES_SHOWN = 20;
/** Feeds of a page, or site maps of an index, that are tried. */
const MOST_TRIED = 3;
/** Indexes within indexes. */
const DEEPEST = 3;
/** Longer than any Crawl-delay: a host that wants more has asked to be left alone. Milliseconds. */
const LONGEST_WAIT_MS = 125_000;
/** Failures that come of the address itself. */
const NEVER_ASKED = new Set<HttpFailure>(['FORBIDDEN_ADDRESS', 'BAD_URL']);

export interface Inspection {
  /** What to watch: the address itself, where permanent redirects lead, or the feed that a page links; null where nothing is found. */
  chosen: { url: string; kind: ListingKind; title: string | null } | null;
  /** Whether nothing is found because the address could not be read now: its host asks to wait, fails or forbids it. */
  unreadable: boolean;
  /** Whether its own address is one that is never asked: it cannot be watched either. */
  forbidden: boolean;
  /** How it came to that, a sentence each, in order. */
  steps: string[];
  /** What else there is to watch. */
  alternates: { url: string; title: string | null }[];
  /** The first ten that it names. */
  items: ListedItem[];
  /** How many it names; of an index, the site map that was looked into. */
  itemCount: number;
  warnings: string[];
}

/** What was found under an address. */
type Look =
  | { kind: 'listing'; listing: Listing; url: string; redirects: readonly Redirect[] }
  | {
      kind: 'nothing';
      problem: string;
      /** Whether it could not be read, so that nothing is known of what it is. */
      unreadable: boolean;
      forbidden?: boolean;
    };

/**
 * Never throws for anything a site does.
 *
 * @param ports with the `hosts` of a stack it keeps to their turns there, and they to its own; else it knows no others
 */
export async function inspect(
  address: string,
  settings: FetchSettings,
  ports: Pick<Ports, 'http' | 'now' | 'sleep' | 'random'> & Partial<Pick<Ports, 'hosts'>>,
): Promise<Inspection> {
  const hosts = new MetHosts(ports.hosts ?? null);
  const look = (url: string, namedBy: readonly string[] = []) => lookAt(url, namedBy, settings, { ...ports, hosts });
  const steps: string[] = [];
  const first = await look(address);
  if (first.kind === 'nothing') {
    return {
      chosen: null,
      unreadable: first.unreadable,
      forbidden: first.forbidden ?? false,
      steps: [first.problem],
      alternates: hosts.siteMaps(),
      items: [],
      itemCount: 0,
      warnings: [],
    };
  }
  const watched = { ...first, url: addressOf(address, first) };
  if (watched.url !== address) steps.push(`${address} redirects for good to ${watched.url}.`);
  steps.push(describe(watched.url, first.listing));

  const alternates = [...first.listing.alternates, ...hosts.siteMaps()].slice(0, ALTERNATES_SHOWN);
  if (first.listing.kind === 'section') {
    for (const { url } of first.listing.alternates.slice(0, MOST_TRIED)) {
      const feed = await look(url);
      if (feed.kind === 'nothing') {
        steps.push(feed.problem);
        // A new site has nothing yet, neither on the page nor in its feed.
      } else if (
        feed.listing.kind !== 'section' &&
        feed.listing.items.length >= Math.min(1, first.listing.items.length)
      ) {
        steps.push(`It links a feed, which tells more than the page: ${describe(url, feed.listing)}`);
        const page = { url: watched.url, title: first.listing.title };
        const others = [page, ...alternates].filter((other) => other.url !== url);
        return found(url, feed.listing, feed.listing, steps, others);
      }
    }
    if (first.listing.items.length === 0) {
      return { ...found(watched.url, first.listing, first.listing, steps, alternates), chosen: null };
    }
  }
  const inside = await firstSiteMap(first, look, steps);
  return found(watched.url, first.listing, inside, steps, alternates);
}

function found(
  url: string,
  listing: Listing,
  shown: Listing,
  steps: string[],
  alternates: Inspection['alternates'],
): Inspection {
  return {
    chosen: { url, kind: listing.kind, title: listing.title },
    unreadable: false,
    forbidden: false,
    steps,
    alternates,
    items: shown.items.slice(0, ITEMS_SHOWN),
    itemCount: shown.items.length,
    warnings: [...new Set([...listing.warnings, ...shown.warnings])],
  };
}

/** Of an index, the site map in it that changed last and can be read. */
async function firstSiteMap(
  { listing, url }: Look & { kind: 'listing' },
  look: (url: string, namedBy?: readonly string[]) => Promise<Look>,
  steps: string[],
): Promise<Listing> {
  let at = listing;
  const namedBy = listing.kind === 'robots' ? [url] : [];
  // Some name themselves, or each other.
  const asked = new Set([url]);
  for (let depth = 0; depth < DEEPEST && at.items.length === 0 && at.children.length > 0; depth++) {
    const others = at.children.filter((child) => !asked.has(child.url));
    const newest = others.sort((a, b) => ((a.modifiedAt ?? '') > (b.modifiedAt ?? '') ? -1 : 1));
    let inside: Listing | null = null;
    for (const child of newest.slice(0, MOST_TRIED)) {
      asked.add(child.url);
      const seen = await look(child.url, namedBy);
      steps.push(seen.kind === 'nothing' ? seen.problem : describe(child.url, seen.listing));
      if (seen.kind === 'nothing') continue;
      inside = seen.listing;
      break;
    }
    if (!inside) break;
    at = inside;
  }
  return at;
}

/** Where it is to be watched: the end of its redirects where all of them are permanent. */
function addressOf(address: string, { redirects, url }: { redirects: readonly Redirect[]; url: string }): string {
  const permanent = redirects.length > 0 && redirects.every(({ status }) => status === 301 || status === 308);
  return permanent ? url : address;
}

const KIND_WORDS: Record<ListingKind, string> = {
  rss: 'an RSS feed',
  atom: 'an Atom feed',
  rdf: 'an RSS 1.0 (RDF) feed',
  'json-feed': 'a JSON Feed',
  sitemap: 'a site map',
  'news-sitemap': 'a news site map',
  'sitemap-index': 'a site map index',
  robots: 'a robots.txt that names site maps',
  section: 'a web page',
};

function describe(url: string, { kind, title, items, children }: Listing): string {
  const named = title === null ? '' : ` “${title}”`;
  const what =
    children.length > 0
      ? counted(children.length, 'site map', 'site maps')
      : kind === 'section'
        ? counted(items.length, 'link to an article', 'links to articles')
        : counted(items.length, 'article', 'articles');
  return `${url} is ${KIND_WORDS[kind]}${named} with ${what}.`;
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

async function lookAt(
  address: string,
  namedBy: readonly string[],
  settings: FetchSettings,
  ports: Pick<Ports, 'http' | 'hosts' | 'now' | 'sleep' | 'random'>,
): Promise<Look> {
  const request = {
    accept: LISTING_ACCEPT,
    etag: null,
    lastModified: null,
    maxBytes: LISTING_BYTES,
    forPage: false,
  };
  let url = address;
  let redirects: readonly Redirect[] = [];
  for (;;) {
    const answer = await politeGet({ ...request, url, redirects }, settings, ports);
    switch (answer.kind) {
      // Hosts have no queue here; politeGet counts the redirects over all of them.
      case 'elsewhere':
        ({ url, redirects } = answer);
        if (answer.robots) await followHops(answer.robots, settings, ports);
        continue;
      case 'failed':
        if (answer.redirects.length === 0 && NEVER_ASKED.has(answer.code)) {
          return { kind: 'nothing', problem: answer.detail, unreadable: false, forbidden: true };
        }
        return { kind: 'nothing', problem: answer.detail, unreadable: true };
      case 'disallowed':
      case 'postponed':
        return { kind: 'nothing', problem: answer.reason, unreadable: true };
      case 'later':
        if (answer.at.getTime() - ports.now().getTime() > LONGEST_WAIT_MS) {
          return { kind: 'nothing', problem: answer.reason, unreadable: true };
        }
        // A long Crawl-delay: who asks is willing to wait.
        await ports.sleep(answer.at.getTime() - ports.now().getTime());
        continue;
      case 'unwanted':
        return { kind: 'nothing', problem: `${url} redirects in a circle.`, unreadable: false };
      case 'response': {
        if (answer.status !== 200) {
          const { status, url } = answer;
          const unreadable = status === 403 || status === 429 || status >= 500;
          return { kind: 'nothing', problem: `${url} answered ${statusWords(status)}.`, unreadable };
        }
        const listing = readListing(answer.body, {
          url: answer.url,
          contentType: answer.headers['content-type'] ?? null,
          asOf: ports.now(),
          namedBy: [url, ...namedBy],
        });
        return listing.kind === 'none'
          ? { kind: 'nothing', problem: `${answer.url}: ${listing.reason}`, unreadable: false }
          : { kind: 'listing', listing, url: answer.url, redirects: answer.redirects };
      }
    }
  }
}

/** To the host that a robots.txt is at, and on to others. */
async function followHops(first: RobotsHop, settings: FetchSettings, ports: EntrancePorts): Promise<void> {
  for (let hop: RobotsHop | null = first; hop; ) {
    const step = await followHop(hop, settings, ports);
    if (step.kind === 'later') await ports.sleep(step.at.getTime() - ports.now().getTime());
    else hop = step.kind === 'robots' ? step.hop : null;
  }
}

/** Hosts as one inspection meets them, in a stack or by itself. */
class MetHosts implements Hosts {
  readonly #met = new Map<string, Host>();
  readonly #store: Hosts | null;

  constructor(store: Hosts | null) {
    this.#store = store;
  }

  async read(name: string): Promise<Host | null> {
    const host = this.#store ? await this.#store.read(name) : (this.#met.get(name) ?? null);
    if (host) this.#met.set(name, host);
    return host;
  }

  async save(host: Host, was: number | null): Promise<boolean> {
    if (this.#store && !(await this.#store.save(host, was))) return false;
    this.#met.set(host.host, host);
    return true;
  }

  /** Site maps that the robots.txt files name. */
  siteMaps(): Inspection['alternates'] {
    const named = [...this.#met.values()].flatMap(({ robots }) =>
      Object.entries(robots).flatMap(([origin, { sitemaps }]) =>
        sitemaps.flatMap((url) => parseHttpUrl(url, `${origin}/robots.txt`)?.href ?? []),
      ),
    );
    return [...new Set(named)].map((url) => ({ url, title: null }));
  }
}
