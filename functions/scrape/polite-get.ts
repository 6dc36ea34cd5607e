/** One GET with all manners: the host's turn, its robots.txt, its delay, at every redirect anew. */
import type { HttpAnswer, HttpFailure, Redirect } from './http.ts';
import { afterRequest, hostOf, keepManners, rested, takeTurn, withRobots } from './manners.ts';
import type { CachedRobots, Host, Ports } from './ports.ts';
import { mayFetch } from './robots/cached-robots.ts';
import { readRobots } from './robots/read-robots.ts';

export interface FetchSettings {
  /** How requests name themselves, with an address to complain to. */
  userAgent: string;
  /** Least pause between two requests to a host. */
  delaySeconds: number;
}

export interface PoliteRequest {
  url: string;
  accept: string;
  etag: string | null;
  lastModified: string | null;
  maxBytes: number;
  /** Taken before, as answers of other hosts. */
  redirects: readonly Redirect[];
  /** Whether the target of a redirect is wanted. */
  mayFollow?(url: string): Promise<boolean>;
}

export type PoliteAnswer =
  | Extract<HttpAnswer, { kind: 'response' }>
  | { kind: 'failed'; code: HttpFailure; detail: string; redirects: readonly Redirect[] }
  /** To go on at another host, whose turn is another. */
  | { kind: 'elsewhere'; url: string; redirects: readonly Redirect[] }
  /** The target of the last redirect is not wanted. */
  | { kind: 'unwanted'; url: string; redirects: readonly Redirect[] }
  /** `unread`: robots.txt could not be read, which is a failure and no rule. */
  | { kind: 'disallowed'; unread: boolean; reason: string; until: Date }
  | { kind: 'later'; at: Date; reason: string }
  | { kind: 'postponed'; until: Date; reason: string };

/** Over all hosts: RFC 9309 and browsers differ between five and twenty. */
const MAX_REDIRECTS = 10;
/** Rules that disallow are read again after this; milliseconds. */
const ASK_AGAIN_MS = 24 * 3_600_000;

export async function politeGet(
  request: PoliteRequest,
  settings: FetchSettings,
  ports: Pick<Ports, 'http' | 'hosts' | 'now' | 'sleep' | 'random'>,
): Promise<PoliteAnswer> {
  const redirects = [...request.redirects];
  let { url } = request;
  for (;;) {
    const host = await allowedHost(url, settings, ports);
    if (host.kind !== 'go') return host;
    const answer = await ports.http.get({
      url,
      accept: request.accept,
      userAgent: settings.userAgent,
      etag: request.etag,
      lastModified: request.lastModified,
      maxBytes: request.maxBytes,
      // Each target is asked as an address of its own, below.
      mayFollow: () => false,
    });
    await keepManners(ports, hostOf(url), (row) =>
      afterRequest(row, url, answer, {
        delaySeconds: settings.delaySeconds,
        now: ports.now(),
        random: ports.random(),
      }),
    );
    redirects.push(...answer.redirects);
    if (answer.kind !== 'redirected-away') return { ...answer, redirects };
    const to = answer.url;
    if (redirects.length > MAX_REDIRECTS || redirects.some(({ from }) => from === to)) {
      const detail = `${request.redirects[0]?.from ?? request.url} redirects on and on, at last to ${to}.`;
      return { kind: 'failed', code: 'TOO_MANY_REDIRECTS', detail, redirects };
    }
    if (request.mayFollow && !(await request.mayFollow(to))) return { kind: 'unwanted', url: to, redirects };
    if (hostOf(to) !== hostOf(url)) return { kind: 'elsewhere', url: to, redirects };
    url = to;
  }
}

/** Waits for the host's turn and asks its robots.txt, which is a request with a turn of its own. */
async function allowedHost(
  url: string,
  settings: FetchSettings,
  ports: Pick<Ports, 'http' | 'hosts' | 'now' | 'sleep' | 'random'>,
): Promise<Exclude<PoliteAnswer, { kind: 'response' | 'failed' | 'elsewhere' | 'unwanted' }> | { kind: 'go' }> {
  const name = hostOf(url);
  const { origin } = new URL(url);
  let host: Host | null = await ports.hosts.read(name);
  let robots = host?.robots[origin] ?? null;
  if (!robots || robots.expiresAt <= ports.now().toISOString()) {
    const turn = await takeTurn(host, ports);
    if (turn.kind !== 'go') return turn;
    const fresh = await robotsOf(origin, robots, settings, ports);
    robots = fresh;
    host = await keepManners(ports, name, (row) =>
      rested(withRobots(row, origin, fresh), url, settings.delaySeconds, ports.now()),
    );
  }
  const verdict = mayFetch(robots, url);
  return verdict.allowed ? takeTurn(host, ports) : disallowed(url, verdict.why, robots, ports.now());
}

function robotsOf(
  origin: string,
  known: CachedRobots | null,
  { userAgent, delaySeconds }: FetchSettings,
  { http, now, sleep }: Pick<Ports, 'http' | 'now' | 'sleep'>,
): Promise<CachedRobots> {
  // A redirect within the host is another request to it.
  const mayFollow = async () => {
    await sleep(delaySeconds * 1000);
    return true;
  };
  return readRobots({ origin, known, userAgent, http: { get: (request) => http.get({ ...request, mayFollow }) }, now });
}

function disallowed(url: string, why: string, robots: CachedRobots, now: Date): PoliteAnswer & { kind: 'disallowed' } {
  const reason = `${url}: ${why}.`;
  if (robots.unreachableSince !== null && robots.verdict === 'disallow-all') {
    return { kind: 'disallowed', unread: true, reason, until: new Date(robots.expiresAt) };
  }
  return { kind: 'disallowed', unread: false, reason, until: new Date(now.getTime() + ASK_AGAIN_MS) };
}
