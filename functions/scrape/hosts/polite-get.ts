/** One GET with all manners: the host's turn, its robots.txt, its delay, at every redirect anew. */

import type { HttpAnswer, HttpFailure, Redirect } from '../http.ts';
import type { TdmRule } from '../opt-outs/tdmrep.ts';
import type { Ports, RobotsHop } from '../ports.ts';
import { type Entrance, enter, LONGEST_MS } from './enter.ts';
import { afterRequest, hostOf, keepManners } from './manners.ts';

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
  /** Whether it is an article's page: its site's tdmrep.json is wanted beside it, and a 403 is its own matter. */
  forPage: boolean;
  /** Whether a page is left alone while its site's opt-outs cannot be read. */
  obeyOptOuts?: boolean;
  /** Whether the target of a redirect is wanted. */
  mayFollow?(url: string): Promise<boolean>;
}

export type PoliteAnswer =
  | (Extract<HttpAnswer, { kind: 'response' }> & { tdmRules: readonly TdmRule[] })
  | { kind: 'failed'; code: HttpFailure; detail: string; redirects: readonly Redirect[] }
  /** To go on at another host, whose turn is another, or at this one in a message of its own. */
  | {
      kind: 'elsewhere';
      url: string;
      redirects: readonly Redirect[];
      /** Where the robots.txt of `url` leads, to be followed before; null where that is known. */
      robots: RobotsHop | null;
    }
  /** The target of the last redirect is not wanted. */
  | { kind: 'unwanted'; url: string; redirects: readonly Redirect[] }
  | Exclude<Entrance, { kind: 'go' | 'robots' | 'unaskable' }>;

/** Over all hosts: RFC 9309 and browsers differ between five and twenty. */
const MAX_REDIRECTS = 10;

export async function politeGet(
  request: PoliteRequest,
  settings: FetchSettings,
  ports: Pick<Ports, 'http' | 'hosts' | 'now' | 'sleep' | 'random'>,
): Promise<PoliteAnswer> {
  const redirects = [...request.redirects];
  const startedAt = ports.now().getTime();
  const tdmRules = !request.forPage ? 'unasked' : request.obeyOptOuts ? 'obeyed' : 'recorded';
  let { url } = request;
  for (;;) {
    const entrance = await enter(url, tdmRules, settings, ports);
    // What was asked so far is not to be asked again when the message comes back.
    if (entrance.kind === 'later' && url !== request.url) return { kind: 'elsewhere', url, redirects, robots: null };
    if (entrance.kind === 'robots') return { kind: 'elsewhere', url, redirects, robots: entrance.hop };
    if (entrance.kind === 'unaskable') return { ...entrance, kind: 'failed', redirects };
    if (entrance.kind !== 'go') return entrance;
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
        forPage: request.forPage,
        delaySeconds: settings.delaySeconds,
        now: ports.now(),
        random: ports.random(),
      }),
    );
    redirects.push(...answer.redirects);
    if (answer.kind === 'response') return { ...answer, redirects, tdmRules: entrance.tdmRules };
    if (answer.kind === 'failed') return { ...answer, redirects };
    const to = answer.url;
    if (redirects.length > MAX_REDIRECTS || redirects.some(({ from }) => from === to)) {
      const detail = `${request.redirects[0]?.from ?? request.url} redirects on and on, at last to ${to}.`;
      return { kind: 'failed', code: 'TOO_MANY_REDIRECTS', detail, redirects };
    }
    if (request.mayFollow && !(await request.mayFollow(to))) return { kind: 'unwanted', url: to, redirects };
    // Redirects that take long, with their waits, go on in another message.
    const isLong = ports.now().getTime() - startedAt > LONGEST_MS;
    if (hostOf(to) !== hostOf(url) || isLong) return { kind: 'elsewhere', url: to, redirects, robots: null };
    url = to;
  }
}
