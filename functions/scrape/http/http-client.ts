import type { HttpAnswer, HttpClient, HttpRequest, Redirect } from '../http.ts';
import { type AddressRules, systemResolver } from './checked-lookup.ts';
import { exchange } from './exchange.ts';
import { HttpError } from './failure.ts';

export interface HttpClientOptions extends Partial<AddressRules> {
  /** Milliseconds that one `get` may take for all its requests together; what `mayFollow` takes does not count. */
  totalMs?: number;
  /** Milliseconds until the header of each answer is there. */
  headersMs?: number;
  maxRedirects?: number;
  maxHeaderBytes?: number;
  /** Authorities, in PEM, trusted in place of the usual ones: for hosts within an organization. */
  ca?: readonly string[] | null;
}

const DEFAULTS = {
  resolver: systemResolver,
  allowLoopback: false,
  totalMs: 30_000,
  headersMs: 15_000,
  // RFC 9309 asks for five at least; browsers follow twenty.
  maxRedirects: 10,
  maxHeaderBytes: 32 * 1024,
  ca: null,
} satisfies Required<HttpClientOptions>;

type Rules = Required<HttpClientOptions>;

/** The web, as scrape may use it: see functions/scrape/http.ts for what it promises. */
export function httpClient(options: HttpClientOptions = {}): HttpClient {
  const rules: Rules = { ...DEFAULTS, ...options };
  return {
    async get(request) {
      const redirects: Redirect[] = [];
      try {
        return await follow(request, redirects, rules);
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        const at = withoutCredentials(redirects.at(-1)?.to ?? request.url).slice(0, 200);
        return { kind: 'failed', code: error.code, detail: `${at}: ${error.message}.`, redirects };
      }
    },
  };
}

async function follow(request: HttpRequest, redirects: Redirect[], rules: Rules): Promise<HttpAnswer> {
  let url = httpUrl(request.url);
  const seen = new Set<string>();
  let leftMs = rules.totalMs;
  for (;;) {
    seen.add(url.href);
    const startedAt = performance.now();
    const { status, headers, body } = await exchange(url, request, Math.max(leftMs, 1), rules);
    leftMs -= performance.now() - startedAt;

    const location = REDIRECTS.has(status) ? headers.location : undefined;
    if (location === undefined) return { kind: 'response', url: url.href, status, headers, body, redirects };
    const to = httpUrl(utf8(location), url);
    redirects.push({ status, from: url.href, to: to.href });
    if (to.host !== url.host) return { kind: 'redirected-away', url: to.href, redirects };
    if (seen.has(to.href)) throw new HttpError('TOO_MANY_REDIRECTS', 'a circle');
    if (redirects.length > rules.maxRedirects)
      throw new HttpError('TOO_MANY_REDIRECTS', `${rules.maxRedirects} followed`);
    if (request.mayFollow && !(await request.mayFollow(to.href))) {
      return { kind: 'redirected-away', url: to.href, redirects };
    }
    url = to;
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Characters. */
const LONGEST_URL = 8_000;

/**
 * The URL without its fragment, which is never sent.
 *
 * @throws HttpError BAD_URL where it is none of http or https, carries credentials or is longer than servers take
 */
function httpUrl(text: string, base?: URL): URL {
  const url = text.length <= LONGEST_URL ? URL.parse(text, base?.href) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '') {
    throw new HttpError(
      'BAD_URL',
      base ? `a redirect to ${withoutCredentials(text).slice(0, 200)}` : 'no request was made',
    );
  }
  url.hash = '';
  return url;
}

/** What may be shown and logged of a URL. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]{1,20}:\/\/)[^/@]*@/i, '$1');
}

/** Header fields come as Latin-1; servers that write a path beyond ASCII unescaped mean UTF-8. */
function utf8(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}
