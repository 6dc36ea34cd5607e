import { fromBytes, quotedBytes } from './mail-part.ts';

/** A letter beyond ASCII as quoted-printable spells it, in UTF-8: `=C3=A9`, `=E2=80=99`. */
const LETTER = /=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]=[89AB][0-9A-F])=[89AB][0-9A-F]/g;
const ESCAPE = /=[0-9A-F]{2}/g;
/** Letters, or line ends with other escapes, from which a text is one whose encoding was left in. */
const FEWEST_LETTERS = 3;
const FEWEST_SOFT_ENDS = 3;
const FEWEST_ESCAPES = 2;
const SAMPLE_CHARACTERS = 100_000;

/**
 * Undoes a mail's transfer encoding (RFC 2045) that copying left in, where no header tells of it. Text that was not encoded
 * comes back as it is.
 */
export function mendQuotedPrintable(source: string): string {
  if (!/=(?:[CDE][0-9A-F]=|\r?\n)/.test(source)) return source;
  const sample = source.slice(0, SAMPLE_CHARACTERS);
  const letters = sample.match(LETTER)?.length ?? 0;
  const soft = sample.match(/[^=\s]=\r?\n/g)?.length ?? 0;
  const escapes = sample.match(ESCAPE)?.length ?? 0;
  if (letters < FEWEST_LETTERS && (soft < FEWEST_SOFT_ENDS || escapes < FEWEST_ESCAPES)) return source;
  // A mail with its headers says how it is encoded, part by part.
  if (/^content-transfer-encoding:/im.test(sample)) return source;
  const joined = source.replace(/=[ \t]{0,20}\r?\n/g, '');
  const bytes = quotedBytes(joined);
  const text = fromBytes(bytes, 'utf-8');
  return text.includes('\ufffd') && !source.includes('\ufffd') ? fromBytes(bytes, 'windows-1252') : text;
}
