/**
 * Whether and when an address may be asked: the turn of its host, and what robots.txt there says. The files that say it are
 * requests with turns of their own.
 */
import { DAY_MS } from '../../article/durations.ts';
import type { HttpClient, HttpFailure } from '../http.ts';
import { readTdmrep, type TdmRule, unknownUntil } from '../opt-outs/tdmrep.ts';
import type { CachedRobots, Host, Ports, RobotsHop } from '../ports.ts';
import { mayFetch } from '../robots/cached-robots.ts';
import { readRobots, UnaskableOrigin } from '../robots/read-robots.ts';
import { hostOf, keepManners, rested, restedBeside, type Turn, takeTurn, withRobots, withTdmrep } from './manners.ts';
import type { FetchSettings } from './polite-get.ts';

export type Entrance =
  | { kind: 'go'; tdmRules: readonly TdmRule[] }
  | Exclude<Turn, { kind: 'go' }>
  /** Its robots.txt is at another host, which has to be asked first, in its turn. */
  | { kind: 'robots'; hop: RobotsHop }
  /** Nothing can be asked of this origin, for what its address is. */
  | { kind: 'unaskable'; code: HttpFailure; detail: string }
  /** `unread`: robots.txt could not be read, which is a failure and no rule. */
  | { kind: 'disallowed'; unread: boolean; reason: string; until: Date };

/** Rules that disallow are read again after this; milliseconds. */
const ASK_AGAIN_MS = DAY_MS;
/** No further request is begun in one delivery after this: a function has minutes. Milliseconds. */
export const LONGEST_MS = 40_000;

export type EntrancePorts = Pick<Ports, 'http' | 'hosts' | 'now' | 'sleep'>;

/** Waits for the host's turn, where that is soon and the address is allowed. */
export async function enter(
  url: string,
  tdmRules: 'unasked' | 'recorded' | 'obeyed',
  settings: FetchSettings,
  ports: EntrancePorts,
): Promise<Entrance> {
  const { origin } = new URL(url);
  const startedAt = ports.now();
  let host: Host | null = await ports.hosts.read(hostOf(url));
  const known = host?.robots[origin] ?? null;
  if (!known || isOver(known, ports)) {
    const turn = await takeTurn(host, ports);
    if (turn.kind !== 'go') return turn;
    const { userAgent } = settings;
    const asked = { origin, url: `${origin}/robots.txt`, hops: 0, known, userAgent };
    const read = await readRobots({ ...asked, http: paced(settings, ports), now: ports.now }).catch(unaskable);
    if (read instanceof UnaskableOrigin) {
      return { kind: 'unaskable', code: read.code, detail: `${url}: ${read.message}.` };
    }
    const robots = (read.next && (await knownAt(read.next.url, ports))) ?? read;
    host = await keepAsked(url, settings, ports, (row) => withRobots(row, origin, robots));
  }
  const robots = host?.robots[origin] as CachedRobots;
  if (robots.next) return { kind: 'robots', hop: robots.next };
  const verdict = mayFetch(robots, url);
  if (!verdict.allowed) return disallowed(url, verdict.why, robots, ports.now());

  const tdmrep = host?.tdmrep[origin];
  if (
    tdmRules !== 'unasked' &&
    (!tdmrep || isOver(tdmrep, ports)) &&
    mayFetch(robots, `${origin}/.well-known/tdmrep.json`).allowed
  ) {
    const turn = await nextTurn(host, startedAt, ports);
    if (turn.kind !== 'go') return turn;
    const { userAgent } = settings;
    const asked = { http: paced(settings, ports), userAgent, now: ports.now };
    const { tdmrep: fresh, answer } = await readTdmrep(origin, tdmrep ?? null, asked);
    host = await keepManners(ports, hostOf(url), (row) =>
      restedBeside(withTdmrep(row, origin, fresh), url, answer, settings.delaySeconds, ports.now()),
    );
  }
  const stated = host?.tdmrep[origin];
  const until = tdmRules === 'obeyed' && stated ? unknownUntil(stated, ports.now()) : null;
  if (until !== null) {
    const reason = `${url} waits for its site's tdmrep.json, which may ask machines to stay away and cannot be read now.`;
    return { kind: 'postponed', until, reason };
  }
  const turn = await nextTurn(host, startedAt, ports);
  return turn.kind === 'go' ? { kind: 'go', tdmRules: stated?.rules ?? [] } : turn;
}

function unaskable(error: unknown): UnaskableOrigin {
  if (error instanceof UnaskableOrigin) return error;
  throw error;
}

/** The next turn; where what was asked so far took long, in a delivery of its own, which finds what was learned. */
async function nextTurn(host: Host | null, startedAt: Date, ports: Pick<Ports, 'now' | 'sleep'>): Promise<Turn> {
  const now = ports.now();
  if (now.getTime() - startedAt.getTime() <= LONGEST_MS) return takeTurn(host, ports);
  const at = new Date(Math.max(now.getTime(), Date.parse(host?.notBefore ?? now.toISOString())));
  return { kind: 'later', at, reason: `${host?.host} answers slowly and is asked further in a moment.` };
}

export function isOver({ expiresAt }: { expiresAt: string }, { now }: Pick<Ports, 'now'>): boolean {
  return expiresAt <= now().toISOString();
}

/** The robots.txt that another one leads to, where it is some host's own and known already; asks nobody. */
export async function knownAt(url: string, ports: Pick<Ports, 'hosts' | 'now'>): Promise<CachedRobots | null> {
  const { origin } = new URL(url);
  if (url !== `${origin}/robots.txt`) return null;
  const theirs = (await ports.hosts.read(hostOf(url)))?.robots[origin];
  return theirs && !theirs.next && !isOver(theirs, ports) ? theirs : null;
}

/** A redirect within the host is another request to it. */
export function paced({ delaySeconds }: FetchSettings, { http, sleep }: Pick<Ports, 'http' | 'sleep'>): HttpClient {
  const mayFollow = async () => {
    await sleep(delaySeconds * 1000);
    return true;
  };
  return { get: (request) => http.get({ ...request, mayFollow }) };
}

export function keepAsked(
  url: string,
  { delaySeconds }: FetchSettings,
  ports: Pick<Ports, 'hosts' | 'now'>,
  change: (host: Host) => Host,
): Promise<Host> {
  return keepManners(ports, hostOf(url), (row) => rested(change(row), url, delaySeconds, ports.now()));
}

function disallowed(url: string, why: string, robots: CachedRobots, now: Date): Entrance & { kind: 'disallowed' } {
  const reason = `${url}: ${why}.`;
  if (robots.unreachableSince !== null && robots.verdict === 'disallow-all') {
    return { kind: 'disallowed', unread: true, reason, until: new Date(robots.expiresAt) };
  }
  return { kind: 'disallowed', unread: false, reason, until: new Date(now.getTime() + ASK_AGAIN_MS) };
}
