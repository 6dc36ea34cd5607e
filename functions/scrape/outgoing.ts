/** Messages on their way into the fetch queue. */
import { createHash } from 'node:crypto';
import { hostOf } from './manners.ts';
import type { FetchMessage, OutgoingMessage, Page, Source } from './ports.ts';

/** Milliseconds for which a row counts as under way: after that its message is taken for lost, and sent again. */
const LEASE_MS = 30 * 60_000;

export function leaseFrom(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}

/**
 * A message for the host it asks.
 *
 * @param revision of the row it is sent for: the same message is wanted again once the row was written again
 */
export function outgoing(message: FetchMessage, revision: number): OutgoingMessage {
  const deduplicationId = createHash('sha256')
    .update(JSON.stringify([message, revision]))
    .digest('hex');
  return { message, group: hostOf(message.url), deduplicationId };
}

export function listingMessage(source: Source): OutgoingMessage {
  return outgoing({ kind: 'listing', sourceId: source.id, url: source.url, redirects: [] }, source.revision);
}

export function pageMessage({ page, url, revision }: Page): OutgoingMessage {
  return outgoing({ kind: 'page', page, url, redirects: [] }, revision);
}
