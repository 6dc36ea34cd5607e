import { isAscii, isUtf8 } from 'node:buffer';
import type { Warning } from '../article/record.ts';
import { type DeclaredCharset, declaredCharsets } from './decode/declared.ts';
import { decodeWith, type Plausibility, rankEncodings } from './decode/legacy.ts';
import { tallyUtf8 } from './decode/utf8.ts';
import { utf16ByteOrder } from './decode/utf16.ts';
import { decodeUtf32, utf32ByteOrder } from './decode/utf32.ts';
import { Source } from './markup/source.ts';
import {
  MIN_PLAUSIBILITY,
  ONE_CHARACTER,
  OVERRULING_PLAUSIBILITY,
  UTF8_SEQUENCES_PER_STRAY,
  UTF8_SEQUENCES_PER_STRAY_AGREED,
  UTF8_SEQUENCES_PER_STRAY_DECLARED,
} from './thresholds.ts';

/** Text with the encoding it was in and how that was settled. */
export class Decoded {
  /** WHATWG name of the encoding. */
  readonly charset: string;
  /** What settled it: `bom`, `utf-8 validity`, `ascii`, `utf-16 pattern`, `utf-32 pattern`, `content type`, `meta`, `xml declaration`, `detected`. */
  readonly rule: string;
  readonly warnings: Warning[];
  #text: string | null;
  #source: Source | null;

  constructor(text: string | Source, charset: string, rule: string, warnings: Warning[]) {
    this.#text = typeof text === 'string' ? text : null;
    this.#source = typeof text === 'string' ? null : text;
    this.charset = charset;
    this.rule = rule;
    this.warnings = warnings;
  }

  /** Without a byte order mark. Made when it is asked for: a page is read from its {@link source}. */
  get text(): string {
    this.#text ??= String(this.#source);
    return this.#text;
  }

  /** The same as UTF-8. */
  get source(): Source {
    this.#source ??= Source.of(this.#text ?? '');
    return this.#source;
  }

  /** How the text begins. */
  head(length: number): string {
    return this.#text === null ? this.source.head(length) : this.#text.slice(0, length);
  }
}

/**
 * Bytes → text. What the bytes can prove outranks what anybody says of them: a mark, well-formed UTF-8, the NULs of
 * UTF-16; then the declared encodings, each checked against what it makes of the words; then detection alone.
 *
 * @param bytes the document as stored
 * @param contentType as stored or served, parameters included
 * @returns null where no encoding gives readable text
 */
export function decode(bytes: Uint8Array, contentType: string | null): Decoded | null {
  const declared = declaredCharsets(bytes, contentType);
  const wide = utf32ByteOrder(bytes);
  if (wide) return result(decodeUtf32(bytes, wide), wide, 'utf-32 pattern', declared);
  return decodeMarked(bytes, declared) ?? decodeUnicode(bytes, declared) ?? decodeLegacy(bytes, declared);
}

function decodeMarked(bytes: Uint8Array, declared: DeclaredCharset[]): Decoded | null {
  const charset = markedCharset(bytes);
  if (charset === null) return null;
  const body = bytes.subarray(charset === 'utf-8' ? 3 : 2);
  // A mark glued on by a tool that did not look: what follows must be able to be what it says.
  if (charset === 'utf-8') {
    const { sequences, strays } = tallyUtf8(body);
    if (strays > 0 && sequences < strays * UTF8_SEQUENCES_PER_STRAY_AGREED) return decodeLegacy(body, declared);
  } else if (body.length >= 16 && !body.includes(0) && tallyUtf8(body).strays === 0) {
    return decodeUnicode(body, declared);
  }
  // The decoder leaves out a second mark.
  const text =
    charset === 'utf-8' && isUtf8(body) ? new Source(withoutMark(body)) : new TextDecoder(charset).decode(body);
  return result(text, charset, 'bom', declared);
}

function markedCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function decodeUnicode(bytes: Uint8Array, declared: DeclaredCharset[]): Decoded | null {
  const order = utf16ByteOrder(bytes);
  if (order) return result(new TextDecoder(order).decode(bytes), order, 'utf-16 pattern', declared);

  // Nothing beyond ASCII, which nearly every declared encoding reads alike.
  if (isAscii(bytes)) {
    if (shiftsIntoJapanese(bytes)) {
      return result(new TextDecoder('iso-2022-jp').decode(bytes), 'iso-2022-jp', 'iso-2022 escapes', declared);
    }
    return result(new Source(bytes), 'utf-8', 'ascii', []);
  }
  if (isUtf8(bytes)) return result(new Source(bytes), 'utf-8', 'utf-8 validity', declared);
  const { sequences, strays } = tallyUtf8(bytes);
  if (sequences < strays * sequencesNeeded(declared)) return null;
  return result(new TextDecoder().decode(bytes), 'utf-8', 'utf-8 validity', declared);
}

/** Well-formed sequences for each stray byte, by what is declared. */
function sequencesNeeded(declared: DeclaredCharset[]): number {
  if (declared.length === 0 || declared.some(({ charset }) => charset !== 'utf-8')) return UTF8_SEQUENCES_PER_STRAY;
  return agreedCharset(declared) ? UTF8_SEQUENCES_PER_STRAY_AGREED : UTF8_SEQUENCES_PER_STRAY_DECLARED;
}

/** What the header and the document both declare. */
function agreedCharset(declared: DeclaredCharset[]): DeclaredCharset | undefined {
  const [first, ...others] = declared;
  return first?.source === 'content type' && others.some(({ charset }) => charset === first.charset)
    ? first
    : undefined;
}

/** ISO-2022-JP is ASCII bytes with `ESC $ B` or `ESC $ @` before each run of Japanese. */
function shiftsIntoJapanese(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(0x1b); i >= 0; i = bytes.indexOf(0x1b, i + 1)) {
    if (bytes[i + 1] === 0x24 && (bytes[i + 2] === 0x42 || bytes[i + 2] === 0x40)) return true;
  }
  return false;
}

/** Encodings of several bytes for a character, in which text of another encoding is hardly ever without an error. */
const MULTI_BYTE = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'shift_jis', 'euc-kr']);

/** What header and document agree on, in whatever language, where the bytes can be that. */
function decodeAgreed(bytes: Uint8Array, declared: DeclaredCharset[]): Decoded | null {
  const agreed = agreedCharset(declared);
  if (!agreed || !MULTI_BYTE.has(agreed.charset)) return null;
  const text = decodeWith(agreed.charset, bytes);
  return /[\u0080-\u009f\ufffd]/.test(text) ? null : result(text, agreed.charset, agreed.source, declared);
}

function decodeLegacy(bytes: Uint8Array, declared: DeclaredCharset[]): Decoded | null {
  const agreed = decodeAgreed(bytes, declared);
  if (agreed) return agreed;
  const claims = declared.filter(({ charset }) => !charset.startsWith('utf-'));
  const ranked = rankEncodings(
    bytes,
    claims.map(({ charset }) => charset),
  );
  const best = ranked[0];
  // A recipe with three ½ has nothing to judge by; a document full of strange characters is not text.
  if (best === undefined || (best.score < MIN_PLAUSIBILITY && shareBeyondAscii(bytes) > 0.1)) return null;

  const scoreOf = (charset: string) => ranked.find((one) => one.charset === charset)?.score ?? -Infinity;
  // The first of the best claims: header before markup where both fit as well.
  const claim = claims.reduce<DeclaredCharset | undefined>(
    (kept, next) => (kept && scoreOf(kept.charset) >= scoreOf(next.charset) - 0.05 ? kept : next),
    undefined,
  );
  const holds = claim && scoreOf(claim.charset) > best.score - proofNeeded(best);
  const charset = holds ? claim.charset : best.charset;
  const rule = claim && charset === claim.charset ? claim.source : 'detected';
  return result(decodeWith(charset, bytes), charset, rule, declared);
}

/** Points by which an encoding that was found must beat a declared one: few characters are no proof against a statement. */
function proofNeeded(found: Plausibility): number {
  return OVERRULING_PLAUSIBILITY + (found.characters > 0 ? ONE_CHARACTER / found.characters : 0);
}

function shareBeyondAscii(bytes: Uint8Array): number {
  let beyond = 0;
  for (const byte of bytes) if (byte >= 0x80) beyond++;
  return beyond / bytes.length;
}

function result(decoded: string | Source, charset: string, rule: string, declared: DeclaredCharset[]): Decoded {
  const text =
    typeof decoded !== 'string'
      ? new Source(withoutMark(decoded.bytes))
      : decoded.startsWith('\ufeff')
        ? decoded.slice(1)
        : decoded;
  const warnings: Warning[] = [];
  const wrong = declared.filter((claim) => claim.charset !== charset);
  if (wrong.length > 0) {
    const claims = wrong.map((claim) => `${claim.charset} (${claim.source})`).join(' and ');
    warnings.push({
      code: 'CHARSET_MISMATCH',
      message: `The document declares ${claims} but was read as ${charset}, which its bytes fit.`,
    });
  }
  const replaced = countReplaced(text);
  if (replaced > 0) {
    warnings.push({
      code: 'CHARACTERS_REPLACED',
      message: `The document holds ${replaced} character${replaced === 1 ? '' : 's'} that could not be read in ${charset}.`,
    });
  }
  return new Decoded(text, charset, rule, warnings);
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return markedCharset(bytes) === 'utf-8' ? bytes.subarray(3) : bytes;
}

function countReplaced(text: string | Source): number {
  const searched = typeof text === 'string' ? text : Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.length);
  let replaced = 0;
  for (let i = searched.indexOf('\ufffd'); i >= 0; i = searched.indexOf('\ufffd', i + 1)) replaced++;
  return replaced;
}
