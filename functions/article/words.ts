/**
 * Words by Unicode segmentation (UAX #29): runs of letters and digits where scripts part words by
 * spaces, the platform's dictionary where they do not.
 */

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const SPACED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.·][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

let segmenter: Intl.Segmenter | undefined;

/**
 * The words of a text, as written, line by line, so that the words of a long text never stand in memory together. The
 * dictionary is some ten times slower, so only scripts that need it pay.
 */
export function* wordsByLine(text: string): Generator<readonly string[]> {
  const spaced = !UNSPACED.test(text);
  if (!spaced) segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (line === '') continue;
    if (spaced) yield line.match(SPACED_WORD) ?? [];
    else
      yield [...(segmenter as Intl.Segmenter).segment(line)].flatMap((part) => (part.isWordLike ? part.segment : []));
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
