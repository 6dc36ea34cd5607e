/**
 * Words by Unicode segmentation (UAX #29): runs of letters and digits where scripts part words by
 * spaces, the platform's dictionary where they do not.
 */

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const SPACED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.·][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

/** Wider than {@link UNSPACED} and told much faster; most texts hold none of these. */
const MAY_BE_UNSPACED = /[\u0e00-\u1fff\u2e80-\uffff]/;

/** What {@link SPACED_WORD} takes a code unit for. */
export const OPENS = 1;
export const GOES_ON = 2;
export const JOINS = 3;
export const HALF = 4;

/** By code unit, made when the first text is read. */
let classes: Uint8Array | undefined;

/** Whether the words of a text are parted by what stands between them, and no dictionary is needed. */
export const isSpaced = (text: string): boolean => !MAY_BE_UNSPACED.test(text) || !UNSPACED.test(text);

/** The class of each code unit. */
export function wordClasses(): Uint8Array {
  classes ??= codeUnitClasses();
  return classes;
}

function codeUnitClasses(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let code = 0; code < table.length; code++) {
    const character = String.fromCharCode(code);
    if (code >= 0xd800 && code < 0xe000) table[code] = HALF;
    else if (/[\p{L}\p{N}]/u.test(character)) table[code] = OPENS;
    else if (/\p{M}/u.test(character)) table[code] = GOES_ON;
    else if (/['’.·]/.test(character)) table[code] = JOINS;
  }
  return table;
}

/** The same words as by {@link SPACED_WORD}, by one look-up a character. */
function spacedWords(line: string): readonly string[] {
  const classes = wordClasses();
  const words: string[] = [];
  for (let i = 0; i < line.length; ) {
    let type = classes[line.charCodeAt(i)] as number;
    if (type === HALF) return line.match(SPACED_WORD) ?? [];
    if (type !== OPENS) {
      i++;
      continue;
    }
    const start = i++;
    while (i < line.length) {
      type = classes[line.charCodeAt(i)] as number;
      if (type === HALF) return line.match(SPACED_WORD) ?? [];
      if (type === OPENS || type === GOES_ON) i++;
      else if (type === JOINS && i + 1 < line.length && classes[line.charCodeAt(i + 1)] === OPENS) i += 2;
      else break;
    }
    words.push(line.slice(start, i));
  }
  return words;
}

let segmenter: Intl.Segmenter | undefined;

/** Characters after which a line that needs the dictionary is cut at the next that is no letter, and those after which it is cut anyhow. */
const PIECE = 2048;
const LONGEST_PIECE = 2 * PIECE;
const NO_WORD = /[^\p{L}\p{N}\p{M}\p{Cf}'’.·:_,;]/gu;

/**
 * The words of a line by the dictionary. It is asked for a piece at a time, which takes half of what the whole of a long
 * line does, and the pieces end where words do.
 */
function* wordsByDictionary(line: string): Generator<readonly string[]> {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  for (let start = 0; start < line.length; ) {
    const piece = line.slice(start, start + LONGEST_PIECE);
    // Never between the halves of a character.
    let end = piece.length - (/[\ud800-\udbff]$/.test(piece) ? 1 : 0) || piece.length;
    if (start + end < line.length) {
      NO_WORD.lastIndex = PIECE;
      end = NO_WORD.exec(piece)?.index ?? end;
    }
    const words: string[] = [];
    for (const { segment, isWordLike } of segmenter.segment(piece.slice(0, end))) if (isWordLike) words.push(segment);
    yield words;
    start += end;
  }
}

/**
 * The words of a text, as written, a line or less at a time, so that the words of a long text never stand in memory
 * together. The dictionary is some ten times slower, so only scripts that need it pay.
 */
export function* wordsByLine(text: string): Generator<readonly string[]> {
  const spaced = isSpaced(text);
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (line === '') continue;
    if (spaced) yield spacedWords(line);
    else yield* wordsByDictionary(line);
  }
}

/** The words of a text, as written. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const line of wordsByLine(text)) for (const word of line) words.push(word);
  return words;
}

/** Words a minute of silent reading: 238, the mean over 190 studies in Brysbaert, "How many words do we read per minute?", 2019. */
const READING_RATE = 238;

/** Whole minutes to read that many words, rounded up; 0 for none. */
export function readingMinutes(wordCount: number): number {
  return Math.ceil(wordCount / READING_RATE);
}
