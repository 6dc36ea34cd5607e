/** Asks for a robots.txt and tells what its answer means: RFC 9309, 2.3 and 2.4. */

import { HTTP_FAILURES, type HttpClient, type HttpFailure } from '../http.ts';
import type { CachedRobots } from '../ports.ts';
import { freshForSeconds, retryAfter } from '../readings/http-time.ts';
import { packRules } from './cached-robots.ts';
import { parseRobotsTxt, productTokenOf, ROBOTS_BYTES } from './robots-txt.ts';

const DAY_S = 24 * 60 * 60;
/** 2.4: no longer than a day. Where the answer wants to be asked for again sooner, ten minutes still spare both sides. */
const LONGEST_S = DAY_S;
const SHORTEST_S = 10 * 60;
/** Until a robots.txt that could not be read is tried again. */
const RETRY_S = 15 * 60;
/** 2.3.1.4: after a month without an answer it may be taken for one that is not there. */
const GIVEN_UP_AFTER_MS = 30 * DAY_S * 1000;
/** Until a redirect to another host is asked for anew, should the message that follows it be lost. */
const HOP_S = 10 * 60;
/** 2.3.1.2: five at least, across hosts. */
const MAX_HOPS = 5;
/** One more than is read, which tells that there is more. */
const MAX_BYTES = ROBOTS_BYTES + 1;

export interface RobotsRequest {
  /** `https://example.com`, with its port where that is not the usual one. */
  origin: string;
  /** Where to ask: `/robots.txt` there, or where redirects led to another host. */
  url: string;
  /** Hosts asked before. */
  hops: number;
  /** What was known until now; null where nothing is. */
  known: CachedRobots | null;
  /** Its first word is the product token that groups are looked up by. */
  userAgent: string;
  http: HttpClient;
  now(): Date;
}

/** The origin itself may not be asked for anything: no matter of its robots.txt. */
export class UnaskableOrigin extends Error {
  readonly code: HttpFailure;

  constructor(code: HttpFailure) {
    super(HTTP_FAILURES[code]);
    this.code = code;
  }
}

const UNASKABLE = new Set<HttpFailure>(['BAD_URL', 'FORBIDDEN_ADDRESS']);

/**
 * Reads an origin's robots.txt, or learns which other host it leads to.
 *
 * | answer | meaning |
 * |---|---|
 * | 200 to 299 | what it says |
 * | a redirect to another host, the fifth at most | `elsewhere`: to be asked for there, in that host's turn |
 * | 400 to 499 but 429; redirects that lead nowhere | there is none: all is allowed |
 * | 429, 500 to 599, no answer | nothing is allowed until there is one, for a month at most |
 *
 * @throws UnaskableOrigin where no request can be made to the origin
 */
export async function readRobots(request: RobotsRequest): Promise<CachedRobots> {
  const answer = await request.http.get({
    url: request.url,
    accept: 'text/plain, */*;q=0.5',
    userAgent: request.userAgent,
    etag: null,
    lastModified: null,
    maxBytes: MAX_BYTES,
    prefix: true,
  });
  const at = request.now();
  const kept = (verdict: CachedRobots['verdict'], detail: string, seconds: number) =>
    keptFor(seconds, verdict, detail, at);

  if (answer.kind === 'redirected-away' && request.hops < MAX_HOPS) {
    const next = { origin: request.origin, url: answer.url, hops: request.hops + 1 };
    const unreachableSince = request.known?.unreachableSince ?? null;
    return { ...kept('elsewhere', `robots.txt redirects to ${answer.url}`, HOP_S), next, unreachableSince };
  }
  if (answer.kind === 'redirected-away' || (answer.kind === 'failed' && answer.code === 'TOO_MANY_REDIRECTS')) {
    return kept('allow-all', 'robots.txt redirects without end, so there is none and all is allowed', LONGEST_S);
  }
  if (answer.kind === 'failed' && UNASKABLE.has(answer.code) && request.hops === 0 && answer.redirects.length === 0) {
    throw new UnaskableOrigin(answer.code);
  }
  if (answer.kind === 'failed') return unreachable(answer.detail, null, request.known, at);

  const { status, headers, body } = answer;
  if (status === 429 || status >= 500 || status < 200) {
    return unreachable(`answers ${status}`, retryAfter(headers, at), request.known, at);
  }
  const seconds = Math.min(Math.max(freshForSeconds(headers, at) ?? LONGEST_S, SHORTEST_S), LONGEST_S);
  if (status >= 300)
    return kept('allow-all', `robots.txt answers ${status}, so there is none and all is allowed`, seconds);

  const { rules, crawlDelaySeconds, sitemaps } = parseRobotsTxt(body, productTokenOf(request.userAgent));
  const packed = packRules(rules);
  if (packed === null) {
    const detail = `robots.txt has ${rules.length} rules for us, more than can be kept, so nothing is fetched`;
    return { ...kept('disallow-all', detail, seconds), crawlDelaySeconds, sitemaps: [...sitemaps] };
  }
  const detail = rules.length === 0 ? 'robots.txt has no rules for us' : `robots.txt has ${rules.length} rules for us`;
  const verdict = rules.length === 0 ? 'allow-all' : 'rules';
  return { ...kept(verdict, detail, seconds), rules: packed, crawlDelaySeconds, sitemaps: [...sitemaps] };
}

/**
 * What follows where a robots.txt could not be read.
 *
 * @param until when its host wants to be asked again; null where it does not say
 */
export function unreachable(why: string, until: Date | null, known: CachedRobots | null, at: Date): CachedRobots {
  const since = known?.unreachableSince ?? at.toISOString();
  if (at.getTime() - new Date(since).getTime() >= GIVEN_UP_AFTER_MS) {
    const detail = `robots.txt could not be read since ${since.slice(0, 10)} (${why}), so there is none and all is allowed`;
    return { ...keptFor(LONGEST_S, 'allow-all', detail, at), unreachableSince: since };
  }
  const wait = until ? (until.getTime() - at.getTime()) / 1000 : 0;
  const detail = `robots.txt cannot be read (${why}), so nothing is fetched until it can`;
  const seconds = Math.min(Math.max(wait, RETRY_S), LONGEST_S);
  return { ...keptFor(seconds, 'disallow-all', detail, at), unreachableSince: since };
}

function keptFor(seconds: number, verdict: CachedRobots['verdict'], detail: string, at: Date): CachedRobots {
  return {
    verdict,
    rules: '',
    crawlDelaySeconds: null,
    sitemaps: [],
    fetchedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + seconds * 1000).toISOString(),
    unreachableSince: null,
    detail,
  };
}
