/**
 * A robots.txt that is at another host, as `example.com/robots.txt` leads to `www.example.com` on many a site: asked for in
 * the turn of that host, in a message of its group, which carries the work that waits for it. So nobody waits in place, and
 * no two groups can wait for each other.
 */

import type { RobotsMessage } from '../message.ts';
import { done, type FetchOutcome } from '../outcome.ts';
import { outgoing, resumed } from '../outgoing.ts';
import type { CachedRobots, Ports, RobotsHop } from '../ports.ts';
import { readRobots, unreachable } from '../robots/read-robots.ts';
import { type EntrancePorts, isOver, keepAsked, knownAt, paced } from './enter.ts';
import { hostOf, keepManners, rested, type Turn, takeTurn, withRobots } from './manners.ts';
import type { FetchSettings } from './polite-get.ts';

export async function readRobotsElsewhere(
  message: RobotsMessage,
  settings: FetchSettings,
  ports: Pick<Ports, 'queue'> & EntrancePorts,
): Promise<FetchOutcome> {
  const { origin, url, hops } = message;
  const step = await followHop({ origin, url, hops }, settings, ports);
  switch (step.kind) {
    case 'later':
      return step;
    case 'robots':
      await ports.queue.send([outgoing({ ...message, ...step.hop }, 0)]);
      return done('forwarded', `The robots.txt of ${origin} redirects to ${step.hop.url}.`);
    case 'known':
      await ports.queue.send([resumed(message)]);
      return done('read', `The robots.txt of ${origin} is known.`);
  }
}

/**
 * Follows a redirect of a robots.txt to another host, where that is still wanted, and keeps what it says for the origin it
 * is of. A host that is left alone for long counts as one that does not answer.
 */
export async function followHop(
  { origin, url, hops }: RobotsHop,
  settings: FetchSettings,
  ports: EntrancePorts,
): Promise<{ kind: 'known' } | { kind: 'robots'; hop: RobotsHop } | (Turn & { kind: 'later' })> {
  const known = (await ports.hosts.read(hostOf(origin)))?.robots[origin] ?? null;
  if (known && !isOver(known, ports)) {
    if (!known.next) return { kind: 'known' };
    // Another message of the origin's was here already.
    if (known.next.hops > hops) return { kind: 'robots', hop: known.next };
  }
  const keep = async (robots: CachedRobots) => {
    await keepManners(ports, hostOf(origin), (row) => {
      const after = withRobots(row, origin, robots);
      // The host was asked for its robots.txt a moment ago, when nobody knew of its Crawl-delay.
      return robots.crawlDelaySeconds ? rested(after, `${origin}/`, settings.delaySeconds, ports.now()) : after;
    });
    return robots.next ? { kind: 'robots' as const, hop: robots.next } : { kind: 'known' as const };
  };

  const theirs = await knownAt(url, ports);
  if (theirs) return keep(theirs);
  const host = await ports.hosts.read(hostOf(url));
  const turn = await takeTurn(host, ports);
  if (turn.kind === 'later') return turn;
  if (turn.kind === 'postponed') return keep(unreachable(turn.reason, turn.until, known, ports.now()));

  const { userAgent } = settings;
  const read = await readRobots({ origin, url, hops, known, userAgent, http: paced(settings, ports), now: ports.now });
  const there = new URL(url).origin;
  // It is that host's own too, and need not be asked for again; but how long that was not to be read is another story.
  const isTheirs = url === `${there}/robots.txt` && !read.next && read.unreachableSince === null;
  await keepAsked(url, settings, ports, (row) => (isTheirs ? withRobots(row, there, read) : row));
  return keep((read.next && (await knownAt(read.next.url, ports))) ?? read);
}
