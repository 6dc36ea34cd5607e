/** Asks for a robots.txt and tells what its answer means: RFC 9309, 2.3 and 2.4. */

import type { HttpAnswer, HttpClient, HttpHeaders } from '../http.ts';
import { freshForSeconds, retryAfter } from '../http-time.ts';
import type { CachedRobots } from '../ports.ts';
import { packRules } from './cached-robots.ts';
import { parseRobotsTxt, ROBOTS_BYTES, tokenOf } from './robots-txt.ts';

const DAY_S = 24 * 60 * 60;
/** 2.4: no longer than a day. Where the answer wants to be asked for again sooner, ten minutes still spare both sides. */
const LONGEST_S = DAY_S;
const SHORTEST_S = 10 * 60;
/** Until a robots.txt that could not be read is tried again. */
const RETRY_S = 15 * 60;
/** 2.3.1.4: after a month without an answer it may be taken for one that is not there. */
const GIVEN_UP_AFTER_MS = 30 * DAY_S * 1000;
/** 2.3.1.2: five at least, across hosts. */
const MAX_HOPS = 5;
/** One more than is read, which tells that there is more. */
const MAX_BYTES = ROBOTS_BYTES + 1;

export interface RobotsRequest {
  /** `https://example.com`, with its port where that is not the usual one. */
  origin: string;
  /** What was known until now; null where nothing is. */
  known: CachedRobots | null;
  /** Its first word is the product token that groups are looked up by. */
  userAgent: string;
  /** Redirects lead to other hosts too, and are followed at once. */
  http: HttpClient;
  now(): Date;
}

/**
 * Reads an origin's robots.txt.
 *
 * | answer | meaning |
 * |---|---|
 * | 200 to 299 | what it says |
 * | 400 to 499 but 429; redirects that lead nowhere | there is none: all is allowed |
 * | 429, 500 to 599, no answer | nothing is allowed until there is one, for a month at most |
 */
export async function readRobots(request: RobotsRequest): Promise<CachedRobots> {
  const answer = await askFor(`${request.origin}/robots.txt`, request);
  const at = request.now();
  const kept = (verdict: CachedRobots['verdict'], detail: string, seconds: number): CachedRobots => ({
    verdict,
    rules: '',
    crawlDelaySeconds: null,
    sitemaps: [],
    fetchedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + seconds * 1000).toISOString(),
    unreachableSince: null,
    detail,
  });

  if (answer.kind === 'redirected-away' || (answer.kind === 'failed' && answer.code === 'TOO_MANY_REDIRECTS')) {
    return kept('allow-all', 'robots.txt redirects without end, so there is none and all is allowed', LONGEST_S);
  }
  if (answer.kind === 'failed') return unreachable(answer.detail, {});

  const { status, headers, body } = answer;
  if (status === 429 || status >= 500 || status < 200) return unreachable(`answers ${status}`, headers);
  const seconds = Math.min(Math.max(freshForSeconds(headers, at) ?? LONGEST_S, SHORTEST_S), LONGEST_S);
  if (status >= 300)
    return kept('allow-all', `robots.txt answers ${status}, so there is none and all is allowed`, seconds);

  const { rules, crawlDelaySeconds, sitemaps } = parseRobotsTxt(body, tokenOf(request.userAgent));
  const packed = packRules(rules);
  if (packed === null) {
    const detail = `robots.txt has ${rules.length} rules for us, more than can be kept, so nothing is fetched`;
    return { ...kept('disallow-all', detail, seconds), crawlDelaySeconds, sitemaps: [...sitemaps] };
  }
  const detail = rules.length === 0 ? 'robots.txt has no rules for us' : `robots.txt has ${rules.length} rules for us`;
  const verdict = rules.length === 0 ? 'allow-all' : 'rules';
  return { ...kept(verdict, detail, seconds), rules: packed, crawlDelaySeconds, sitemaps: [...sitemaps] };

  function unreachable(why: string, headers: HttpHeaders): CachedRobots {
    const since = request.known?.unreachableSince ?? at.toISOString();
    if (at.getTime() - new Date(since).getTime() >= GIVEN_UP_AFTER_MS) {
      const detail = `robots.txt could not be read since ${since.slice(0, 10)} (${why}), so there is none and all is allowed`;
      return { ...kept('allow-all', detail, LONGEST_S), unreachableSince: since };
    }
    const asked = retryAfter(headers, at);
    const wait = asked ? (asked.getTime() - at.getTime()) / 1000 : 0;
    const detail = `robots.txt cannot be read (${why}), so nothing is fetched until it can`;
    return { ...kept('disallow-all', detail, Math.min(Math.max(wait, RETRY_S), LONGEST_S)), unreachableSince: since };
  }
}

async function askFor(url: string, { http, userAgent }: RobotsRequest): Promise<HttpAnswer> {
  const request = {
    accept: 'text/plain, */*;q=0.5',
    userAgent,
    etag: null,
    lastModified: null,
    maxBytes: MAX_BYTES,
    prefix: true,
  };
  let answer = await http.get({ ...request, url });
  for (let hops = 1; answer.kind === 'redirected-away' && hops <= MAX_HOPS; hops++) {
    answer = await http.get({ ...request, url: answer.url });
  }
  return answer;
}
