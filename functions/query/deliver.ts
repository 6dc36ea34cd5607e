/**
 * What every answer passes on its way out: its entity tag and conditional requests, compression, parts of a large
 * one, and the size that a function may answer with.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { problemResponse } from './problem.ts';

/**
 * Bytes of an answer's body. Lambda ends at 6 MB of the whole answer as JSON: compressed bodies travel in base64,
 * which takes a third more, and texts with their quotation marks and line feeds escaped.
 */
export const ANSWER_BYTES = 4_000_000;
/** Shorter ones gain nothing. Bytes. */
const WORTH_COMPRESSING = 1_024;

export interface DeliveryOptions {
  /** {@link ANSWER_BYTES} unless given. */
  answerBytes?: number;
}

/** Applies to complete answers of GET and HEAD. */
export function delivery({ answerBytes = ANSWER_BYTES }: DeliveryOptions = {}): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { res } = c;
    if (res.status !== 200 || !res.body) return;
    const body = Buffer.from(await res.arrayBuffer());
    const headers = new Headers(res.headers);
    const readOnly = c.req.method === 'GET' || c.req.method === 'HEAD';
    const compressible = body.length >= WORTH_COMPRESSING && acceptsGzip(c.req.header('Accept-Encoding'));
    headers.append('Vary', 'Accept-Encoding');
    if (readOnly) {
      // One tag for every encoding of the same bytes: it says the same, not that it is the same octets.
      const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
      headers.set('ETag', `W/${tag}`);
      headers.set('Accept-Ranges', 'bytes');
      if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-cache');
      if (matches(c.req.header('If-None-Match'), tag)) {
        const kept = ['ETag', 'Cache-Control', 'Vary', 'Content-Location'].flatMap((name) => {
          const value = headers.get(name);
          return value === null ? [] : [[name, value] as const];
        });
        c.res = undefined;
        c.res = new Response(null, { status: 304, headers: Object.fromEntries(kept) });
        return;
      }
      const range = c.req.header('Range');
      // HEAD has no body to take a part of, and a Range that is malformed or none of ours is to be passed over
      // (RFC 9110, 14.2).
      // If-Range wants the strong comparison, which a weak tag never passes: then the whole is given (13.1.5).
      const partial = c.req.method === 'GET' && c.req.header('If-Range') === undefined;
      if (range !== undefined && partial && isOnePart(range)) {
        const part = partOf(range, body.length, answerBytes);
        c.res = undefined;
        if (part === null) {
          c.res = problemResponse(c, 'BAD_RANGE', `The answer has ${body.length} bytes; ask for one part inside it.`, {
            headers: { 'Content-Range': `bytes */${body.length}` },
          });
          return;
        }
        headers.set('Content-Range', `bytes ${part.first}-${part.last}/${body.length}`);
        headers.delete('Content-Length');
        c.res = new Response(body.subarray(part.first, part.last + 1), { status: 206, headers });
        return;
      }
    }
    const packed = compressible ? gzipSync(body, { level: 6 }) : null;
    const sent = packed ?? body;
    c.res = undefined;
    if (sent.length > answerBytes) {
      c.res = problemResponse(
        c,
        'ANSWER_TOO_LARGE',
        readOnly
          ? `The answer has ${body.length} bytes, more than fit into one. ${packed ? 'Ask' : 'Accept gzip, or ask'} for it in parts: Range: bytes=0-${answerBytes - 1}, and so on.`
          : `The answer has ${body.length} bytes, more than fit into one; ${packed ? 'send a smaller document' : 'accept gzip'}.`,
        { headers: { 'Accept-Ranges': 'bytes' } },
      );
      return;
    }
    if (packed) headers.set('Content-Encoding', 'gzip');
    headers.delete('Content-Length');
    c.res = new Response(sent, { status: 200, headers });
  };
}

function acceptsGzip(header: string | undefined): boolean {
  let any = false;
  for (const entry of header?.split(',') ?? []) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter));
    if (name === 'gzip') return !refused;
    if (name === '*') any = !refused;
  }
  return any;
}

/** Weak comparison (RFC 9110, 8.8.3.2). */
function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}

/** Whether it names one part of bytes; one that ends before it begins is malformed (RFC 9110, 14.1.1). */
function isOnePart(range: string): boolean {
  const [whole, from = '', to = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range.trim()) ?? [];
  if (whole === undefined || (from === '' && to === '')) return false;
  return from === '' || to === '' || Number(from) <= Number(to);
}

/** One part, cut to what fits; null where it lies outside. Several parts at once are not given. */
function partOf(range: string, length: number, most: number): { first: number; last: number } | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range.trim()) ?? [];
  if (from === '' && to === '') return null;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const wanted = from === '' || to === '' ? length - 1 : Number(to);
  const last = Math.min(wanted, length - 1, first + most - 1);
  return first < length && first <= last ? { first, last } : null;
}
