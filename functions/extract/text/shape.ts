import { CLASS, classOf } from './characters.ts';

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

/** Measures a line in one pass. */
export function measure(text: string): Shape {
  let letters = 0;
  let spacedWords = 0;
  let ideographs = 0;
  let unspaced = 0;
  let capitalWords = 0;
  let upper = 0;
  let digits = 0;
  let sentences = 0;
  let commas = 0;
  let quotes = 0;
  let separators = 0;
  let symbols = 0;
  let opens = 0;
  let closes = 0;
  let longestWord = 0;
  let wordLength = 0;
  let before = CLASS.space as number;
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const found = classOf(text.charCodeAt(i));
    if (opens === 0 && found !== CLASS.quote && found !== CLASS.space) opens = found;
    if (found !== CLASS.quote && found !== CLASS.space) closes = found;
    if (found <= CLASS.digit) {
      if (found === CLASS.ideograph) ideographs++;
      else if (found === CLASS.unspaced) unspaced++;
      else if (before > CLASS.digit || before === CLASS.ideograph || before === CLASS.unspaced) {
        // An apostrophe does not part a word: "don't", "l’eau".
        const apostrophe = before === CLASS.quote && wordLength > 0;
        if (!apostrophe) {
          spacedWords++;
          if (found === CLASS.upper) capitalWords++;
          wordLength = 0;
        }
      }
      wordLength++;
      if (wordLength > longestWord) longestWord = wordLength;
      if (found === CLASS.digit) digits++;
      else letters++;
      if (found === CLASS.upper) upper++;
    } else {
      if (found === CLASS.stop) {
        const next = i + 1 < length ? classOf(text.charCodeAt(i + 1)) : CLASS.space;
        const wide = text.charCodeAt(i) > 0x3000;
        if (before !== CLASS.stop && (wide || next === CLASS.space || next === CLASS.quote)) sentences++;
      } else if (found === CLASS.comma) commas++;
      else if (found === CLASS.quote) quotes++;
      else if (found === CLASS.separator) separators++;
      else if (found === CLASS.symbol || found === CLASS.colon) symbols++;
      if (found !== CLASS.quote) wordLength = 0;
    }
    before = found;
  }
  const words = spacedWords + ideographs / 2 + unspaced / 4;
  return {
    characters: length,
    letters,
    words,
    capitalWords,
    upper,
    digits,
    sentences,
    commas,
    quotes,
    separators,
    symbols,
    opens,
    closes,
    trailsOff: closes === CLASS.stop && /(?:\.\.\.|…)\W{0,3}$/u.test(text.slice(-8)),
    longestWord,
    hasAddress:
      (text.includes('://') || text.includes('www.') || text.includes('@')) &&
      /https?:\/\/|www\.\w|\w@\w{1,100}\.\w/.test(text.length > 2000 ? text.slice(0, 2000) : text),
    unspacedShare: letters === 0 ? 0 : (ideographs + unspaced) / letters,
  };
}

/** Whether the line reads as running text: a sentence, whatever the language. */
export function isProse(shape: Shape): boolean {
  return shape.words >= 10 && shape.sentences > 0 && shape.closes === CLASS.stop && shape.digits < shape.letters / 3;
}
