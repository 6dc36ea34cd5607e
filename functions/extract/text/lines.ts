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
  if (isClean(raw)) return raw;
  // Most often only white space at an end is in the way.
  const trimmed = raw.trim();
  if (isClean(trimmed)) return trimmed;
  return raw.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}

/** Whether nothing would change: most lines of most copy, told without building a string. */
function isClean(raw: string): boolean {
  let before = SPACE;
  for (let i = 0; i < raw.length; i++) {
    const unit = raw.charCodeAt(i);
    if (unit < SPACE || (unit >= 0x7f && unit <= 0xad) || (unit === SPACE && before === SPACE)) return false;
    // White space and layout characters beyond Latin-1 lie in few ranges; what else lies there only takes the longer way.
    if (unit >= 0x1680 && (unit === 0x1680 || (unit >= 0x2000 && unit <= 0x206f) || unit === 0x3000 || unit === 0xfeff))
      if (!isPunctuation(unit)) return false;
    before = unit;
  }
  return raw !== '' && before !== SPACE;
}

/** Dashes, quotation marks and the like of U+2010 to U+2027 and U+2030 to U+205E. */
function isPunctuation(unit: number): boolean {
  return (unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x2030 && unit <= 0x205e);
}

const SPACE = 0x20;
