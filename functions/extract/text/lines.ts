import { MAX_TEXT_LINES } from '../thresholds.ts';

/** One line of copy as the engine sees it: cleaned, with the place it came from. */
export interface Line {
  /** NFC, white space collapsed, no invisible characters; never empty. */
  text: string;
  /** 1-based number of the source line it begins on. */
  number: number;
  /** Empty source lines before it, at most 3. */
  blanksBefore: number;
  /** Columns of white space it begins with in the source, at most 40. */
  indent: number;
  /** What wide gaps part on it: names, a name and a paper. */
  parts?: readonly string[];
}

/**
 * Characters that steer layout and are no part of the words: zero-width and soft-hyphen characters, byte order marks,
 * direction marks, controls. The joiners U+200C and U+200D stay, Persian and Indic spelling needs them.
 */
const INVISIBLE = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/** Lines of some copy, and whether there were more than are read. */
export interface SplitCopy {
  lines: Line[];
  cut: boolean;
}

/** Line ends other than the line feed, which nearly all copy has alone. */
const OTHER_END = /\r|[\v\f\u0085\u2028\u2029]/;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits copy into its lines that hold something, at most {@link MAX_TEXT_LINES}. Linear.
 *
 * @param skipped source lines before the copy, so that numbers are those of the source
 */
export function splitLines(source: string, skipped = 0): SplitCopy {
  const text = source.normalize('NFC');
  const lines: Line[] = [];
  let blanks = 0;
  let number = skipped;
  /** @returns false once there are as many as are read */
  const add = (own: string, indent: number, raw = ''): boolean => {
    number++;
    if (own === '') {
      blanks++;
      return true;
    }
    if (lines.length === MAX_TEXT_LINES) return false;
    const line: Line = { text: own, number, blanksBefore: blanks < 3 ? blanks : 3, indent };
    const parts = own.length < raw.length ? partsOf(raw, own) : null;
    if (parts !== null) line.parts = parts;
    lines.push(line);
    blanks = 0;
    return true;
  };
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found;
    const end = next > start && text.charCodeAt(next - 1) === CARRIAGE_RETURN ? next - 1 : next;
    const raw = text.slice(start, end);
    start = next + 1;
    const goesOn =
      raw === '' || isClean(raw)
        ? add(raw, 0)
        : OTHER_END.test(raw)
          ? raw.split(OTHER_END).every((part) => add(cleanLine(part), indentOf(part)))
          : add(cleanLine(raw), indentOf(raw), raw);
    if (!goesOn) return { lines, cut: true };
  }
  return { lines, cut: false };
}

const LONGEST_PARTED = 200;
const WIDE_GAP = /\S\s{2,}\S/u;

/** What gaps of two spaces or more part on a short line, cleaned; null where there is none. */
function partsOf(raw: string, own: string): string[] | null {
  if (raw.length > LONGEST_PARTED) return null;
  const trimmed = raw.trim();
  // What white space alone was cut from has no gap.
  if (trimmed.length === own.length) return null;
  return WIDE_GAP.test(trimmed) ? trimmed.split(/\s{2,}/u).map(cleanLine) : null;
}

const MOST_INDENT = 40;
const TAB_COLUMNS = 4;

function indentOf(raw: string): number {
  let columns = 0;
  for (let i = 0; i < raw.length && columns < MOST_INDENT; i++) {
    if (raw[i] === '\t') columns += TAB_COLUMNS;
    else if (raw[i] === ' ' || raw[i] === '\u3000') columns++;
    else break;
  }
  return columns;
}

function cleanLine(raw: string): string {
  // Most often only white space at an end is in the way.
  const trimmed = raw.trim();
  if (isClean(trimmed)) return trimmed;
  return raw.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}

/** White space other than the space, layout characters, two spaces; what else lies in the ranges only takes the longer way. */
const TO_CLEAN = /[\p{Cc}\xa0-\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]| {2}/u;

/** Whether nothing would change: most lines of most copy, told without building a string. */
function isClean(raw: string): boolean {
  return raw !== '' && !raw.startsWith(' ') && !raw.endsWith(' ') && !TO_CLEAN.test(raw);
}
