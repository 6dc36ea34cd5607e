/**
 * What scrape asks of the web: one polite, safe GET. functions/scrape/http/ implements it on Node's own client.
 *
 * A redirect within the same host is followed; one that leads to another host is answered, not followed, because that
 * host has a turn, a delay and a robots.txt of its own.
 */

/**
 * Names in lower case. A list sent in several fields is joined by commas (RFC 9110, 5.3), `x-robots-tag` by line feeds, for a
 * user agent named in front is meant for its field alone; of other fields sent twice the first counts. Cookies are left out.
 */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpRequest {
  /** http or https, without credentials. */
  url: string;
  accept: string;
  userAgent: string;
  /** Validators of the copy we have, exactly as the site sent them; null where there is none. */
  etag: string | null;
  lastModified: string | null;
  /** Bytes of the body, both as sent and after its content coding is taken off. */
  maxBytes: number;
  /** Whether the first `maxBytes` of a longer body are enough. Else it fails as `TOO_LARGE`. */
  prefix?: boolean;
  /**
   * Asked before each redirect within the host, and waited for: the place to wait for the host's turn and to look into its
   * robots.txt. Where it says no, the redirect is answered as `redirected-away`. Without it every one is followed at once.
   */
  mayFollow?(url: string): Promise<boolean> | boolean;
}

export interface Redirect {
  /** 301, 302, 303, 307 or 308; 301 and 308 are permanent. */
  status: number;
  from: string;
  to: string;
}

export const HTTP_FAILURES = {
  BAD_URL: 'the address is no http or https URL, or carries credentials',
  FORBIDDEN_ADDRESS: 'the host resolves to an address that is not public',
  DNS: 'the host name does not resolve',
  CONNECT: 'the connection was refused, reset or could not be made',
  TLS: 'the certificate or the handshake is not acceptable',
  TIMEOUT: 'the answer did not come, or not whole, within the time',
  TOO_LARGE: 'the answer is larger than allowed, as sent or after decompression',
  TOO_MANY_REDIRECTS: 'the redirects go on too long or in a circle',
  BAD_ANSWER: 'the answer breaks HTTP or its own content coding',
} as const;
export type HttpFailure = keyof typeof HTTP_FAILURES;

export type HttpAnswer =
  | {
      kind: 'response';
      /** The address that answered, after redirects within the host. */
      url: string;
      status: number;
      headers: HttpHeaders;
      /** Content codings taken off; empty, and not waited for, where the status is not of the 200s. */
      body: Uint8Array;
      redirects: readonly Redirect[];
    }
  /** The last of `redirects` leads to another host, or to where `mayFollow` said no. */
  | { kind: 'redirected-away'; url: string; redirects: readonly Redirect[] }
  | {
      kind: 'failed';
      code: HttpFailure;
      /** One sentence for a person, naming the address. */
      detail: string;
      redirects: readonly Redirect[];
    };

export interface HttpClient {
  /** Never throws for anything the other side does. */
  get(request: HttpRequest): Promise<HttpAnswer>;
}
