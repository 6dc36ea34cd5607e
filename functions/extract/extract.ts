/**
 * The engine: bytes and hints in, a reasoned outcome out. Pure and deterministic; read this file first.
 *
 *   1. size      refuse what is empty or larger than the cap
 *   2. sniff     refuse what is binary, by signature and never by name
 *   3. decode    bytes → text, settling what BOM, header, markup and the bytes themselves say
 *   4. form      HTML or plain text, told by content
 *   5. read      html/ or text/: the article with its fields, or the reason why there is none
 *   6. fill      what its feed and the answer that carried it say, where the page is silent
 */
import { publishersUrl } from '../article/canonical-url.ts';
import { REJECT_CODES, type RejectCode } from '../article/reject.ts';
import { withCopyHints } from './copy-hints/with-hints.ts';
import { type Decoded, decode } from './decode.ts';
import { readHtml } from './html/read-html.ts';
import type { Context, Hints, Outcome } from './outcome.ts';
import { looksLikeHtml, opensAsPage, sniffBinary } from './sniff.ts';
import { readText } from './text/read-text.ts';
import { MAX_DOCUMENT_BYTES } from './thresholds.ts';
import type { Trace } from './trace.ts';

/** Characters in which nearly every page says that it is one. */
const OPENING = 2048;

/**
 * Finds the article in a document.
 *
 * @param bytes the document as stored, at most {@link MAX_DOCUMENT_BYTES}
 * @param hints what is known besides the bytes; content outranks it
 * @param trace receives every decision; leave out for speed
 * @returns an article, or a reject code with a sentence that says what to do; it does not throw on any input
 */
export function extract(bytes: Uint8Array, hints: Hints, trace?: Trace): Outcome {
  const reject = (
    code: RejectCode,
    mediaType: string,
    charset: string | null,
    detail: string = REJECT_CODES[code],
  ): Outcome => ({
    kind: 'rejected',
    code,
    detail,
    form: { mediaType, charset },
  });

  const context: Context = { url: publishersUrl(hints.url ?? null), asOf: hints.asOf, ruleOf: hints.ruleOf, trace };
  const withCopy = (outcome: Outcome, decoded: Decoded | null) =>
    hints.copy ? withCopyHints(outcome, decoded?.text ?? '', hints.copy, context) : outcome;

  if (bytes.length === 0) return withCopy(reject('EMPTY', 'application/octet-stream', null), null);
  if (bytes.length > MAX_DOCUMENT_BYTES) return reject('TOO_LARGE', 'application/octet-stream', null);

  const binary = sniffBinary(bytes);
  if (binary) return reject(binary.code, binary.mediaType, null, binary.detail);

  const decoded = decode(bytes, hints.contentType ?? null);
  if (!decoded) return reject('UNDECODABLE', 'application/octet-stream', null);
  const { charset, rule, warnings } = decoded;
  trace?.({ step: 'decode', rule, verdict: 'choose', text: charset });

  const html = opensAsPage(decoded.head(OPENING)) || looksLikeHtml(decoded.text, hints.contentType ?? null);
  const mediaType = html ? 'text/html' : 'text/plain';
  trace?.({ step: 'form', rule: 'content', verdict: 'choose', text: mediaType });
  if (!html && decoded.text.trim() === '') return withCopy(reject('EMPTY', mediaType, charset), decoded);

  const outcome = read(decoded, { mediaType, charset }, context);
  if (outcome.kind === 'article') outcome.article.quality.warnings.push(...warnings);
  return withCopy(outcome, decoded);
}

function read(decoded: Decoded, form: { mediaType: string; charset: string }, context: Context): Outcome {
  const reading = form.mediaType === 'text/html' ? readHtml(decoded.source, context) : readText(decoded.text, context);
  if ('reject' in reading) return { kind: 'rejected', code: reading.reject, detail: reading.detail, form };
  return { kind: 'article', article: reading.article, form };
}
