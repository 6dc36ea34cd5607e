/** One line of copy as the engine sees it: cleaned, with the place it came from. */
export interface Line {
  /** NFC, white space collapsed, no invisible characters; never empty. */
  text: string;
  /** 1-based number of the source line it begins on. */
  number: number;
  /** Empty source lines before it, at most 3. */
  blanksBefore: number;
}

const LINE_END = /\r\n?|[\n\v\f\u0085\u2028\u2029]/;

/**
 * Characters that steer layout and are no part of the words: zero-width and soft-hyphen characters, byte order marks,
 * direction marks, controls. The joiners U+200C and U+200D stay, Persian and Indic spelling needs them.
 */
const INVISIBLE = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/** Splits copy into its lines that hold something. Linear. */
export function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  let blanks = 0;
  let number = 0;
  for (const raw of source.normalize('NFC').split(LINE_END)) {
    number++;
    const text = cleanLine(raw);
    if (text === '') {
      blanks++;
      continue;
    }
    lines.push({ text, number, blanksBefore: Math.min(blanks, 3) });
    blanks = 0;
  }
  return lines;
}

function cleanLine(raw: string): string {
  return raw.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}
