/**
 * What the rule of polling costs at least: its readings with nothing in their way.
 *
 * Each listing of a site is read at the very instant the rule gives, by one who never crashes, is never late, and knows at
 * once what is new. Readings in vain that this one makes as well are the rule's price for not knowing the future; those
 * beyond it are waste.
 */
import { createHash } from 'node:crypto';
import { canonicalizeUrl } from '../../../functions/article/canonical-url.ts';
import { readListing } from '../../../functions/scrape/listing/read-listing.ts';
import type { Listing } from '../../../functions/scrape/listing.ts';
import { freshForSeconds } from '../../../functions/scrape/readings/http-time.ts';
import { read, unchanged } from '../../../functions/scrape/readings/reading.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../../functions/scrape/sources/source.ts';
import { sourceId } from './simulate.ts';
import { type Site, START } from './site.ts';

export interface Readings {
  all: number;
  vain: number;
}

interface Watched {
  path: string;
  source: Source;
  hash: string | null;
  listing: Listing | null;
  /** What it names, in normal form. */
  urls: readonly string[];
}

/** @param site as it is at the beginning: nobody has asked it yet. @returns readings by source */
export function idealReadings(site: Site, end: number): Map<string, Readings> {
  const watched: Watched[] = site.sources.map(({ path, settings }) => {
    const id = sourceId(site.host, path);
    const url = `http://${site.host}${path}`;
    const source = newSource({ ...DEFAULT_SETTINGS, recheckDays: 0, ...settings, id, url }, new Date(START));
    return { path, source, hash: null, listing: null, urls: [] };
  });
  const counts = new Map(watched.map(({ source }) => [source.id, { all: 0, vain: 0 }]));
  const seen = new Set<string>();
  for (;;) {
    const next = watched.reduce((a, b) => (b.source.dueAt < a.source.dueAt ? b : a));
    const now = Date.parse(next.source.dueAt);
    if (now >= end) return counts;
    const count = counts.get(next.source.id) as Readings;
    count.all++;
    if (!readOnce(next, site, now, seen)) count.vain++;
  }
}

/** @returns whether it brought something new */
function readOnce(watched: Watched, site: Site, time: number, seen: Set<string>): boolean {
  const at = { now: new Date(time), random: 0 };
  const reply = follow(site, watched.path, time);
  const body = Buffer.from((reply.body ?? '').replaceAll(':PORT', ''));
  const hash = createHash('sha256').update(body).digest('hex');
  const freshFor = freshForSeconds(reply.headers ?? {}, at.now);
  const first = watched.hash === null;
  if (hash !== watched.hash) {
    const listing = readListing(body, { url: watched.source.url, contentType: null, asOf: at.now });
    if (listing.kind === 'none') throw new Error(`${watched.source.url}: ${listing.reason}`);
    watched.listing = listing;
    watched.urls = listing.items.flatMap(({ url }) => canonicalizeUrl(url) ?? []);
    watched.hash = hash;
  }
  const listing = watched.listing as Listing;
  const unseen = new Set(
    listing.items.flatMap(({ url }) => canonicalizeUrl(url) ?? []).filter((url) => !seen.has(url)),
  );
  const taken = [...unseen].slice(0, watched.source.maxPerRun);
  for (const url of taken) seen.add(url);
  const answer = { etag: null, lastModified: null, freshFor };
  const findings = {
    taken: taken.length,
    elsewhere: 0,
    remaining: unseen.size - taken.length,
    busySeconds: 2 * taken.length,
    isIndex: false,
    claimedAt: null,
  };
  watched.source =
    first || unseen.size > 0
      ? read(watched.source, { ...answer, bodyHash: hash }, listing, findings, at)
      : unchanged(watched.source, { ...answer, full: true }, at);
  return first || taken.length > 0;
}

function follow(site: Site, path: string, now: number) {
  let reply = site.answer({ path, headers: {}, now });
  for (let hops = 0; hops < 5 && reply.headers?.location; hops++) {
    reply = site.answer({ path: new URL(reply.headers.location.replace(':PORT', '')).pathname, headers: {}, now });
  }
  return reply;
}
