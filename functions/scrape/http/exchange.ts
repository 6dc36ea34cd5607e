/** One request on one connection of its own, and its answer: bounded in bytes and time, closed whatever happens. */
import http, { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { HttpHeaders, HttpRequest } from '../http.ts';
import { type AddressRules, checkedLookup, checkLiteralHost } from './checked-lookup.ts';
import { ACCEPT_ENCODING, contentCodings, decoded, firstOf, upTo } from './content-coding.ts';
import { HttpError, httpError, type Stage } from './failure.ts';

export interface ExchangeRules extends AddressRules {
  /** Milliseconds from the start until the header of the answer is there. */
  headersMs: number;
  /** Bytes of an answer's header. */
  maxHeaderBytes: number;
  /** Authorities, in PEM, trusted in place of the usual ones. */
  ca: readonly string[] | null;
}

export interface Exchanged {
  status: number;
  headers: HttpHeaders;
  body: Uint8Array;
}

/** Answers that announce another one (100, 103); honest servers send one or two. */
const MAX_INFORMATIONAL = 10;

/**
 * Sends one GET and reads the answer; redirects are answers. No cookie is sent or kept, no connection used again.
 *
 * @param totalMs milliseconds for all of it
 * @throws HttpError for all that can go wrong
 */
export function exchange(url: URL, request: HttpRequest, totalMs: number, rules: ExchangeRules): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    checkLiteralHost(url.hostname, rules);
    let stage: Stage = 'connecting';
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, optionsOf(request, rules));

    const end = (settle: () => void) => {
      clearTimeout(headersTimer);
      clearTimeout(totalTimer);
      // The socket goes with it, read to its end or not.
      outgoing.destroy();
      settle();
    };
    const fail = (error: unknown) => end(() => reject(httpError(error, stage)));
    const late = (what: string, ms: number) => () => fail(new HttpError('TIMEOUT', `${what} after ${ms / 1000} s`));
    const headersTimer = setTimeout(late('no answer', rules.headersMs), rules.headersMs);
    const totalTimer = setTimeout(late('not whole', totalMs), totalMs);

    let informational = 0;
    outgoing
      .on('socket', (socket) =>
        socket
          .on('connect', () => {
            stage = url.protocol === 'https:' ? 'securing' : 'waiting';
          })
          .on('secureConnect', () => {
            stage = 'waiting';
          }),
      )
      .on('information', () => {
        informational++;
        if (informational > MAX_INFORMATIONAL) fail(new HttpError('BAD_ANSWER', 'interim answers without end'));
      })
      .on('upgrade', () => fail(new HttpError('BAD_ANSWER', 'it changes the protocol unasked')))
      .on('error', fail)
      .on('response', (response) => {
        stage = 'reading';
        clearTimeout(headersTimer);
        response.on('error', fail);
        readBody(response, request).then(
          (body) =>
            end(() =>
              resolve({ status: response.statusCode ?? 0, headers: headersOf(response.headers, response), body }),
            ),
          fail,
        );
      })
      .end();
  });
}

/** A field value that can be sent: printable, Latin-1, tabs too. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

function optionsOf(
  { accept, userAgent, etag, lastModified }: HttpRequest,
  rules: ExchangeRules,
): RequestOptions & { ca?: string[] } {
  const fields: [name: string, value: string | null][] = [
    ['User-Agent', userAgent],
    ['Accept', accept],
    ['Accept-Encoding', ACCEPT_ENCODING],
    ['If-None-Match', etag],
    ['If-Modified-Since', lastModified],
  ];
  return {
    // An agent of its own, without keep-alive: nothing is pooled.
    agent: false,
    lookup: checkedLookup(rules),
    maxHeaderSize: rules.maxHeaderBytes,
    headers: Object.fromEntries(fields.filter(([, value]) => value !== null && SENDABLE.test(value))) as Record<
      string,
      string
    >,
    ...(rules.ca && { ca: [...rules.ca] }),
  };
}

/** Bytes that decoders and their buffers may be ahead of what came out. */
const PREFIX_SLACK = 1024 * 1024;

async function readBody(response: IncomingMessage, { maxBytes, prefix = false }: HttpRequest): Promise<Uint8Array> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299 || status === 204) return new Uint8Array();
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > maxBytes && !prefix) throw new HttpError('TOO_LARGE', `${announced} bytes announced`);
  const codings = contentCodings(response.headers['content-encoding']);
  // Of a prefix every layer may be longer, but not so long that nothing comes out of it.
  const cap = prefix ? maxBytes + PREFIX_SLACK : maxBytes;
  let chunks: AsyncIterable<Uint8Array> = prefix && codings.length === 0 ? response : upTo(cap, response);
  codings.forEach((coding, index) => {
    const isLast = index === codings.length - 1;
    chunks = decoded(chunks, coding, prefix && isLast ? Number.POSITIVE_INFINITY : cap);
  });
  const parts: Uint8Array[] = [];
  for await (const chunk of prefix ? firstOf(maxBytes, chunks) : chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function headersOf(headers: IncomingHttpHeaders, { headersDistinct }: IncomingMessage): HttpHeaders {
  const { 'set-cookie': _, ...kept } = headers;
  const robots = headersDistinct['x-robots-tag'];
  return { ...(kept as Record<string, string>), ...(robots && { 'x-robots-tag': robots.join('\n') }) };
}
