/** Reading one of the site maps that a source's index names. */
import { type FetchSettings, politeGet } from '../hosts/polite-get.ts';
import type { HttpAnswer } from '../http.ts';
import { readListing } from '../listing/read-listing.ts';
import type { Listing } from '../listing.ts';
import type { FetchMessage } from '../message.ts';
import { done, type FetchOutcome, whither } from '../outcome.ts';
import { onward, writeOf } from '../outgoing.ts';
import type { Ports, Source } from '../ports.ts';
import { changeSource, isSameWatch } from '../sources/change-source.ts';
import { withChildWarnings } from '../sources/warnings.ts';
import { noteOf, validatorsFor, withChild, withFailedChild, withoutChild } from './child-notes.ts';
import { withTurns } from './child-turns.ts';
import { claimChildren, withClaimed } from './children.ts';
import { claimPages } from './claim-pages.ts';
import { freshForSeconds, validators } from './http-time.ts';
import { LISTING_ACCEPT, LISTING_BYTES, refusal } from './read-source.ts';
import { dueSoonIfMore, isDated, withFindings } from './reading.ts';

type ChildMessage = FetchMessage & { kind: 'child' };

export async function readChild(message: ChildMessage, settings: FetchSettings, ports: Ports): Promise<FetchOutcome> {
  const source = await ports.sources.read(message.sourceId);
  if (!source || !isSameWatch(source, message)) return done('nothing');
  if (source.state !== 'active') {
    await changeSource(source, ports, (row) => withoutChild(row, addressOf(message), ports.now()));
    return done('nothing');
  }
  const address = addressOf(message);
  const note = noteOf(source, address);
  const validator = validatorsFor(message.again ? null : note, ports.now());
  const answer = await politeGet(
    {
      url: message.url,
      accept: LISTING_ACCEPT,
      etag: validator.etag,
      lastModified: validator.lastModified,
      maxBytes: LISTING_BYTES,
      redirects: message.redirects,
      forPage: false,
    },
    settings,
    ports,
  );
  const fail = async (problem: string, wait: Parameters<typeof withFailedChild>[3] = { notBefore: null }) => {
    const at = { now: ports.now(), random: ports.random() };
    const child = { url: address, modifiedAt: message.modifiedAt };
    await changeSource(source, ports, (row) => withFailedChild(row, child, problem, wait, at));
    return done('failed', problem);
  };

  switch (answer.kind) {
    case 'later':
      return answer;
    case 'elsewhere':
      await ports.queue.send([onward(message, answer, writeOf(source))]);
      return done('forwarded', whither(message.url, answer));
    case 'postponed':
      return fail(answer.reason, { until: answer.until.toISOString() });
    case 'disallowed': {
      const until = answer.until.toISOString();
      return fail(answer.reason, answer.unread ? { notBefore: until } : { until });
    }
    case 'failed':
      return fail(answer.detail);
    case 'unwanted':
      return fail(`${message.url} redirects in a circle.`);
    case 'response':
      break;
  }
  if (answer.status === 304 && note && (note.etag !== null || note.lastModified !== null)) return done('unchanged');
  if (answer.status !== 200) {
    const { problem, notBefore } = await refusal(answer, ports);
    return fail(problem, { notBefore });
  }
  const listing = readListing(answer.body, {
    url: answer.url,
    contentType: answer.headers['content-type'] ?? null,
    asOf: ports.now(),
    // What its site's own address leads to, or its robots.txt names, may speak for that site from another host.
    namedBy: source.kind === 'robots' ? [source.url, address] : [address],
  });
  if (listing.kind === 'none') return fail(`${answer.url}: ${listing.reason}`);
  // A front page or a soft 404 in its place, whose links nobody asked for.
  if (listing.kind === 'section') return fail(`${answer.url} is a web page, and no site map.`);
  return take(listing, message, source, answer, settings, ports);
}

/** As the index names it. */
function addressOf({ redirects, url }: ChildMessage): string {
  return redirects[0]?.from ?? url;
}

async function take(
  listing: Listing,
  message: ChildMessage,
  source: Source,
  { url, headers }: Pick<HttpAnswer & { kind: 'response' }, 'url' | 'headers'>,
  settings: FetchSettings,
  ports: Ports,
): Promise<FetchOutcome> {
  const { again } = message;
  const address = addressOf(message);
  const isBacklog = noteOf(source, address)?.isBacklog ?? false;
  const speaker = { kind: listing.kind, feedUrl: url, child: address, again };
  const pages = await claimPages(listing.items, source, speaker, settings.delaySeconds, ports);
  const index = { url: address, depth: message.depth + 1, children: listing.children, isBacklog };
  const nested = await claimChildren(index, source, ports);
  const found = {
    taken: pages.taken,
    elsewhere: pages.elsewhere,
    remaining: pages.remaining + nested.remaining,
    isIndex: listing.children.length > 0,
    claimedAt: pages.claimedAt,
    busySeconds: pages.busySeconds + nested.sent * settings.delaySeconds,
  };
  await changeSource(source, ports, (row) => {
    const at = { now: ports.now(), random: ports.random() };
    const noted = withChildWarnings(
      withTurns(withClaimed(row, nested, at.now), nested.turns),
      address,
      listing.warnings,
      at.now,
    );
    const counted = withFindings(
      noted,
      { ...found, isLeftover: isBacklog, arePublished: isDated(listing) },
      pages.dates,
      at,
    );
    if (found.remaining === 0) {
      // What it names may be due though it did not change itself.
      const tags = found.isIndex || pages.isUntold ? { etag: null, lastModified: null } : validators(headers);
      const { modifiedAt } = message;
      const isNews = found.taken + found.elsewhere > 0;
      return withChild(counted, address, { modifiedAt, ...tags, isIndex: found.isIndex, isNews }, at.now);
    }
    // The rest is there for the next reading of the index, which is soon.
    const rest = { ...withoutChild(counted, address, at.now), remaining: counted.remaining + found.remaining };
    return dueSoonIfMore(rest, found, freshForSeconds(headers, at.now), at);
  });
  return done('read', null, found.taken);
}
