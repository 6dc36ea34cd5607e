/** Reading a source: a conditional GET of its listing, its new articles claimed, its next reading set. */

import { createHash } from 'node:crypto';
import { HOUR_MS } from '../../article/durations.ts';
import { hostOf, statusWords } from '../hosts/manners.ts';
import { type FetchSettings, type PoliteAnswer, politeGet } from '../hosts/polite-get.ts';
import type { Redirect } from '../http.ts';
import { readListing } from '../listing/read-listing.ts';
import type { Listing, ListingKind } from '../listing.ts';
import type { FetchMessage } from '../message.ts';
import { done, type FetchOutcome, whither } from '../outcome.ts';
import { onward, writeOf } from '../outgoing.ts';
import type { Ports, Source, Sources } from '../ports.ts';
import { changeSource } from '../sources/change-source.ts';
import { isAskedSince, pausedForTwin } from '../sources/source.ts';
import { watches } from '../sources/watched-address.ts';
import { withTurns } from './child-turns.ts';
import { claimChildren, hasChildrenToRead, isFirstPass, withClaimed } from './children.ts';
import { claimPages } from './claim-pages.ts';
import { freshForSeconds, validators } from './http-time.ts';
import {
  type At,
  failed,
  feedInstead,
  isOtherSort,
  leadsForGood,
  ledTo,
  moved,
  putOff,
  read,
  retired,
  unchanged,
} from './reading.ts';

/** What sitemaps.org allows one file; feeds are far smaller. */
export const LISTING_BYTES = 52_428_800;
export const LISTING_ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5';

/**
 * Milliseconds after which a source is read whole, without validators: servers and caches between were seen to say 304
 * for ever.
 */
const WHOLE_EVERY_MS = 6 * HOUR_MS;

type Response = Extract<PoliteAnswer, { kind: 'response' }>;

export async function readSource(
  message: FetchMessage & { kind: 'listing' },
  settings: FetchSettings,
  ports: Ports,
): Promise<FetchOutcome> {
  const source = await ports.sources.read(message.sourceId);
  if (!source || !isDue(source, ports.now()) || source.url !== (message.redirects[0]?.from ?? message.url)) {
    return done('nothing');
  }
  const conditional = !isToBeReadWhole(source, ports.now());
  const answer = await politeGet(
    {
      url: message.url,
      accept: LISTING_ACCEPT,
      etag: conditional ? source.etag : null,
      lastModified: conditional ? source.lastModified : null,
      maxBytes: LISTING_BYTES,
      redirects: message.redirects,
      forPage: false,
    },
    settings,
    ports,
  );
  const at: At = { now: ports.now(), random: ports.random() };
  const change = (next: (source: Source) => Source) => changeSource(source, ports, next);

  switch (answer.kind) {
    case 'later':
      return answer;
    case 'postponed':
      await change((row) => putOff(row, answer.reason, answer.until));
      return done('postponed', answer.reason);
    case 'disallowed':
      await change((row) =>
        answer.unread
          ? failed(row, answer.reason, answer.until.toISOString(), at)
          : putOff(row, `${answer.reason} It is looked at again every day.`, answer.until),
      );
      return done('refused', answer.reason);
    case 'elsewhere':
      await ports.queue.send([onward(message, answer, writeOf(source))]);
      return done('forwarded', whither(message.url, answer));
    case 'unwanted':
    case 'failed': {
      const problem = answer.kind === 'failed' ? answer.detail : `${message.url} redirects in a circle.`;
      await change((row) => failed(row, problem, null, at));
      return done('failed', problem);
    }
    case 'response':
      return readAnswer(source, answer, conditional, settings, ports, at);
  }
}

function isDue({ state, dueAt }: Source, now: Date): boolean {
  return state === 'active' && dueAt <= now.toISOString();
}

function isToBeReadWhole(source: Source, now: Date): boolean {
  const { fullReadAt } = source;
  if (hasMore(source, now) || fullReadAt === null) return true;
  return now.getTime() - Date.parse(fullReadAt) >= WHOLE_EVERY_MS;
}

/** Whether there is something to take from a listing that did not change. */
function hasMore(source: Source, now: Date): boolean {
  return source.remaining > 0 || hasChildrenToRead(source, now);
}

/**
 * Once a day what a listing names is looked through though it has not changed: another source may have been removed or paused
 * since, whose articles this one names too.
 */
function isFirstOfDay({ fullReadAt }: Source, now: Date): boolean {
  return fullReadAt?.slice(0, 10) !== now.toISOString().slice(0, 10);
}

async function readAnswer(
  source: Source,
  answer: Response,
  conditional: boolean,
  settings: FetchSettings,
  ports: Ports,
  at: At,
): Promise<FetchOutcome> {
  const change = (next: (source: Source) => Source) => changeSource(source, ports, next);
  const { status, headers, body, redirects } = answer;
  const freshFor = freshForSeconds(headers, at.now);
  const follow = await following(source, redirects, ports);
  const answered = { ...validators(headers), freshFor };

  if (status === 304 && conditional) {
    await change((row) => unchanged(follow(row), { ...answered, full: false }, at));
    return done('unchanged');
  }
  if (status === 410) {
    const reason = `${answer.url} answered 410 Gone on ${at.now.toISOString().slice(0, 10)}: the site has ended it.`;
    await change((row) => retired(row, reason, at));
    return done('refused', reason);
  }
  if (status !== 200) return failure(source, await refusal(answer, ports), ports, at);

  const bodyHash = createHash('sha256').update(body).digest('hex');
  if (bodyHash === source.bodyHash && !hasMore(source, at.now) && !isFirstOfDay(source, at.now)) {
    await change((row) => unchanged(follow(row), { ...answered, full: true }, at));
    return done('unchanged');
  }
  const listing = readListing(body, {
    url: answer.url,
    contentType: headers['content-type'] ?? null,
    asOf: at.now,
    // Site maps lie at other hosts too, to which the address that is watched leads.
    namedBy: source.movedFrom === null ? [source.url] : [source.url, source.movedFrom],
  });
  if (listing.kind === 'none') return failure(source, { problem: `${answer.url}: ${listing.reason}` }, ports, at);
  if (isOtherSort(source, listing.kind)) {
    const problem = `${answer.url} is of another sort now (${listing.kind}) than what was read there before (${source.kind}). Where that is meant, \`copydesk sources run ${source.id}\` takes it as it is.`;
    return failure(source, { problem, otherKind: listing.kind }, ports, at);
  }
  const feed = feedInstead(source, listing);
  if (feed !== null) {
    const twin = await twinAt(feed, source, ports.sources);
    await change((row) => (twin ? pausedForTwin(row, feed, twin, at.now) : ledTo(row, feed, at)));
    return done('read');
  }
  const found = await claim(listing, source, answer.url, settings, ports);
  await change((row) => {
    const noted = withTurns(withClaimed(row, found.children, at.now), found.children.turns);
    // What is left has to be read again though it may not change.
    const known = found.isUntold ? { etag: null, lastModified: null, bodyHash: null } : { ...answered, bodyHash };
    return follow(read(noted, { freshFor, ...known }, listing, found, at));
  });
  return done('read', null, found.taken);
}

/** What permanent redirects make of the source: another address, unless a source that is read watches that already. */
async function following(
  source: Source,
  redirects: readonly Redirect[],
  { sources, now }: Pick<Ports, 'sources' | 'now'>,
): Promise<(row: Source) => Source> {
  const url = leadsForGood(source, redirects);
  if (url === null) return (row) => moved(row, redirects);
  const twin = await twinAt(url, source, sources);
  return twin ? (row) => pausedForTwin(row, url, twin, now()) : (row) => moved(row, redirects);
}

/** Another source that is read and watches an address. */
async function twinAt(url: string, { id }: Source, sources: Pick<Sources, 'list'>): Promise<Source | null> {
  const all = await sources.list();
  return all.find((each) => each.id !== id && each.state === 'active' && watches(each, url)) ?? null;
}

async function claim(listing: Listing, source: Source, url: string, settings: FetchSettings, ports: Ports) {
  const again = isAskedSince(source, source.fullReadAt);
  const speaker = { kind: listing.kind, feedUrl: url, child: null, again };
  const pages = await claimPages(listing.items, source, speaker, settings.delaySeconds, ports);
  const index = { url: null, depth: 1, children: listing.children, isBacklog: isFirstPass(source) };
  const children = await claimChildren(index, source, ports);
  return {
    taken: pages.taken,
    elsewhere: pages.elsewhere,
    remaining: pages.remaining + children.remaining,
    busySeconds: pages.busySeconds + children.sent * settings.delaySeconds,
    isIndex: listing.children.length > 0,
    claimedAt: pages.claimedAt,
    isUntold: pages.isUntold,
    children,
  };
}

interface Refusal {
  problem: string;
  notBefore?: string | null;
  /** What was found, where that is of another sort than before. */
  otherKind?: ListingKind | null;
}

async function failure(
  source: Source,
  { problem, notBefore = null, otherKind = null }: Refusal,
  ports: Ports,
  at: At,
): Promise<FetchOutcome> {
  await changeSource(source, ports, (row) => ({ ...failed(row, problem, notBefore, at), otherKind }));
  return done('failed', problem);
}

/** What an answer without a listing says, in words, and until when its host is left alone. */
export async function refusal(
  { url, status }: Pick<Response, 'url' | 'status'>,
  { hosts }: Pick<Ports, 'hosts'>,
): Promise<{ problem: string; notBefore: string | null }> {
  const host = await hosts.read(hostOf(url));
  const words = `${url} answered ${statusWords(status)}${MEANINGS[status] ?? ''}.`;
  return host?.reason && host.notBefore
    ? { problem: `${words} ${host.reason}`, notBefore: host.notBefore }
    : { problem: words, notBefore: null };
}

const MEANINGS: Record<number, string> = {
  401: ': it wants a login, which Copydesk does not have',
  403: ': the site refuses Copydesk, or means that it is asked too often',
  404: ': there is nothing under this address',
  429: ': it is asked too often',
  451: ': it may not be read for legal reasons',
};
