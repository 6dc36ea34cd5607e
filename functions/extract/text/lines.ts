import { MAX_TEXT_LINES } from '../thresholds.ts';

/** One line of copy as the engine sees it: cleaned, with the place it came from. */
export interface Line {
  /** NFC, white space collapsed, no invisible characters; never empty. */
  text: string;
  /** 1-based number of the source line it begins on. */
  number: number;
  /** Empty source lines before it, at most 3. */
  blanksBefore: number;
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

const LINE_END = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;

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
  let start = 0;
  LINE_END.lastIndex = 0;
  while (start <= text.length) {
    const found = LINE_END.exec(text);
    const end = found ? found.index : text.length;
    number++;
    const own = end > start ? cleanLine(text.slice(start, end)) : '';
    start = found ? LINE_END.lastIndex : text.length + 1;
    if (own === '') {
      blanks++;
      continue;
    }
    if (lines.length === MAX_TEXT_LINES) return { lines, cut: true };
    lines.push({ text: own, number, blanksBefore: Math.min(blanks, 3) });
    blanks = 0;
  }
  return { lines, cut: false };
}

function cleanLine(raw: string): string {
  return raw.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}
