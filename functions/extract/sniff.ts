import type { RejectCode } from '../article/reject.ts';
import { utf16ByteOrder } from './decode/utf16.ts';
import { utf32ByteOrder } from './decode/utf32.ts';
import { documentKind, signatureOf } from './sniff/signatures.ts';
import { CONTROL_SHARE_OF_BINARY } from './thresholds.ts';

export { looksLikeHtml, opensAsPage } from './sniff/markup.ts';

/** A document that is refused before it is decoded. */
export interface Binary {
  /** What the signature said, such as `application/pdf`; `application/octet-stream` where none is known. */
  mediaType: string;
  code: Extract<RejectCode, 'BINARY' | 'UNSUPPORTED_TYPE'>;
  /** One sentence for the person who uploaded it. */
  detail: string;
}

const CONTROL_SAMPLE_BYTES = 65_536;

/**
 * Whether bytes are a kind of file that holds no readable copy, by content and never by name.
 *
 * @returns null for text of any encoding
 */
export function sniffBinary(bytes: Uint8Array): Binary | null {
  const known = signatureOf(bytes) ?? documentKind(bytes);
  if (known) {
    return {
      mediaType: known.mediaType,
      code: 'UNSUPPORTED_TYPE',
      detail: `The object is ${known.name} (${known.mediaType}); ${known.advice}.`,
    };
  }
  const share = controlShare(bytes);
  if (share <= CONTROL_SHARE_OF_BINARY || utf16Marked(bytes)) return null;
  if (utf16ByteOrder(bytes) !== null || utf32ByteOrder(bytes) !== null) return null;
  return {
    mediaType: 'application/octet-stream',
    code: 'BINARY',
    detail: `The object is binary data of no known kind (${Math.round(share * 100)} % control bytes); upload text or HTML.`,
  };
}

function utf16Marked(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** 1 for bytes that no text holds: C0 controls except tab, line ends, form feed, backspace and escape; and DEL. */
const CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f ? 1 : 0,
);

/** Share of such bytes. */
function controlShare(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, CONTROL_SAMPLE_BYTES);
  return end === 0 ? 0 : controlsUpTo(bytes, end) / end;
}

function controlsUpTo(bytes: Uint8Array, end: number): number {
  // Sixteen bytes at a time, of which most hold neither a control nor a line end: these are not looked at one by one.
  const first = Math.min(end, -bytes.byteOffset & 3);
  const fours = new Int32Array(bytes.buffer, bytes.byteOffset + first, ((end - first) >> 4) << 2);
  const last = first + 4 * fours.length;
  let controls = controlsIn(bytes, 0, first) + controlsIn(bytes, last, end);
  for (let i = 0; i < fours.length; i += 4) {
    const may =
      mayBeControls(fours[i] as number) |
      mayBeControls(fours[i + 1] as number) |
      mayBeControls(fours[i + 2] as number) |
      mayBeControls(fours[i + 3] as number);
    if ((may & 0x80808080) !== 0) controls += controlsIn(bytes, first + 4 * i, first + 4 * i + 16);
  }
  return controls;
}

function controlsIn(bytes: Uint8Array, from: number, to: number): number {
  let controls = 0;
  for (let i = from; i < to; i++) controls += CONTROL[bytes[i] as number] as number;
  return controls;
}

/** Sets the highest bit where one of four bytes is below U+0020, or DEL: a byte borrows into it where it is the smaller one. */
function mayBeControls(four: number): number {
  const rest = four ^ 0x7f7f7f7f;
  return ((four - 0x20202020) & ~four) | ((rest - 0x01010101) & ~rest);
}
