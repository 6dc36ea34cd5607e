import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
// As a whole: Node 20, on which the command line runs too, has no zstd to name here.
import zlib from 'node:zlib';
import { HttpError } from './failure.ts';

/** What we ask for and can take off. */
export const ACCEPT_ENCODING = 'createZstdDecompress' in zlib ? 'gzip, br, zstd, deflate' : 'gzip, br, deflate';

/** Codings laid over each other; honest servers use one. */
const MAX_CODINGS = 3;
/** RFC 9659: a window of zstd is at most 8 MiB, so that its reader needs no more memory. */
const ZSTD_WINDOW_LOG = 23;

type Coding = 'gzip' | 'br' | 'zstd' | 'deflate';
const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  br: 'br',
  zstd: 'zstd',
  deflate: 'deflate',
};

/** Registered ones that we cannot take off (IANA, HTTP Content Coding Registry), and others that are in use. */
const FOREIGN = new Set(
  'aes128gcm bzip2 compress dcb dcz exi lz4 lzma pack200-gzip sdch snappy x-bzip2 x-compress xz'.split(' '),
);
const TOKEN = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * The codings that were laid over a body, the last one first: the order in which they come off (RFC 9110, 8.4).
 *
 * Words that name no coding (`utf-8`, `none`) are passed over, as browsers do: the body is as it is.
 *
 * @throws HttpError BAD_ANSWER for one that we did not ask for, or for too many
 */
export function contentCodings(field: string | undefined): Coding[] {
  const names = (field ?? '')
    .split(',', 20)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_CODINGS) throw new HttpError('BAD_ANSWER', `${names.length} content codings`);
  return names
    .flatMap((name) => {
      if (FOREIGN.has(name) || !TOKEN.test(name)) {
        throw new HttpError('BAD_ANSWER', `content coding ${name.slice(0, 40)}`);
      }
      return CODINGS[name] ?? [];
    })
    .reverse();
}

/**
 * Takes one content coding off, chunk by chunk.
 *
 * @throws HttpError TOO_LARGE once more than `maxBytes` have come out; the decoder's own errors where what goes in is broken or
 * ends early
 */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  coding: Coding,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const input = chunks[Symbol.asyncIterator]();
  const first = await input.next();
  // Errors are often sent without a body but with the header of one.
  if (first.done) return;
  const decoder = decoderOf(coding, first.value);
  // What goes wrong with it destroys the decoder, and so is thrown where that is read.
  pipeline(() => startingWith(first.value, input), decoder).catch(() => {});
  yield* upTo(maxBytes, decoder as AsyncIterable<Uint8Array>);
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Passes chunks on until they are more than allowed. */
export async function* upTo(maxBytes: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new HttpError('TOO_LARGE', `more than ${maxBytes} bytes`);
    yield chunk;
  }
}

/** Passes the first bytes on, and ends what they come from. */
export async function* firstOf(bytes: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}

function decoderOf(coding: Coding, first: Uint8Array): Transform {
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      return zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
    case 'deflate':
      // Meant is the zlib format (RFC 9110, 8.4.1.2), whose first byte ends in 8; some servers send bare deflate.
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  }
}
