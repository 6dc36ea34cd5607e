import { CLASS } from './characters.ts';

/** What a line looks like, language aside. Counts, unless said otherwise. */
export interface Shape {
  characters: number;
  letters: number;
  /** Words by spaces; in scripts without them two ideographs or four letters count as one. */
  words: number;
  capitalWords: number;
  upper: number;
  digits: number;
  /** Sentence ends inside or at the end of the line. */
  sentences: number;
  commas: number;
  quotes: number;
  separators: number;
  symbols: number;
  /** {@link CLASS} of the first character that is not a quote or bracket. */
  opens: number;
  /** {@link CLASS} of the last character that is not a closing quote or bracket. */
  closes: number;
  /** Ends with an ellipsis: a teaser. */
  trailsOff: boolean;
  longestWord: number;
  hasAddress: boolean;
  /** Part of the letters that belong to a script without spaces. */
  unspacedShare: number;
}

/** Whether the line reads as running text: a sentence, whatever the language. */
export function isProse(shape: Shape): boolean {
  return shape.words >= 10 && shape.sentences > 0 && shape.closes === CLASS.stop && shape.digits < shape.letters / 3;
}
