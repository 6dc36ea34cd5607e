/**
 * Words by Unicode segmentation (UAX #29): runs of letters and digits where scripts part words by
 * spaces, the platform's dictionary where they do not.
 */

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const SPACED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.·][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

let segmenter: Intl.Segmenter | undefined;

/** The words of a text, as written. The dictionary is some ten times slower, so only scripts that need it pay. */
export function wordsOf(text: string): string[] {
  if (!UNSPACED.test(text)) return text.match(SPACED_WORD) ?? [];
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const words: string[] = [];
  // By block, so that one long text never becomes one long segmentation.
  for (const block of text.split('\n')) {
    for (const { segment, isWordLike } of segmenter.segment(block)) if (isWordLike) words.push(segment);
  }
  return words;
}

/** Words a minute of silent reading: 238, the mean over 190 studies in Brysbaert, "How many words do we read per minute?", 2019. */
const READING_RATE = 238;

/** Whole minutes to read that many words, rounded up; 0 for none. */
export function readingMinutes(wordCount: number): number {
  return Math.ceil(wordCount / READING_RATE);
}
