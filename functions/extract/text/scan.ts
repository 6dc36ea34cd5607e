import { CodeUnits } from '../../article/code-units.ts';
import { CLASS, classOf, foldedUnit } from './characters.ts';
import type { Shape } from './shape.ts';
import { HASH_SEED, hashUnit, WORD_KIND, WordList } from './words.ts';

/** Units from whose end a line is told to trail off. */
const TRAIL_UNITS = 8;
/** Units of a line in which an address is looked for. */
const ADDRESS_UNITS = 2000;

/** Most lines are shorter. */
const LINE = new CodeUnits(1 << 14);

/**
 * Measures a line and adds its words to a list, in one pass: a page is read once, and its characters are most of what
 * there is to read.
 *
 * @param list receives the words; null where only the shape is wanted
 */
export function scan(text: string, list: WordList | null): Shape {
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
  let stops = 0;
  let opens = 0;
  let closes = 0;
  let longestWord = 0;
  let wordLength = 0;
  let before = CLASS.space as number;
  // Of a run in a script without spaces: its last character, and the pairs given so far.
  let last = 0;
  let pairs = 0;
  const length = text.length;
  const units = LINE.of(text);
  for (let i = 0; i < length; ) {
    let unit = units[i] as number;
    let found = classOf(unit);
    if (found === CLASS.space) {
      if (last !== 0) {
        if (pairs === 0 && list !== null) list.push(hashUnit(HASH_SEED, last), WORD_KIND.lower, 1);
        last = pairs = 0;
      }
      wordLength = 0;
      before = found;
      i++;
      continue;
    }
    if (found !== CLASS.quote) {
      closes = found;
      if (opens === 0) opens = found;
    }
    if (found > CLASS.digit || found === CLASS.ideograph || found === CLASS.unspaced) {
      if (found <= CLASS.digit) {
        if (found === CLASS.ideograph) ideographs++;
        else unspaced++;
        letters++;
        wordLength++;
        if (wordLength > longestWord) longestWord = wordLength;
        if (last !== 0) {
          if (list !== null) list.push(hashUnit(hashUnit(HASH_SEED, last), unit), WORD_KIND.lower, 2);
          pairs++;
        }
        last = unit;
      } else {
        if (last !== 0) {
          if (pairs === 0 && list !== null) list.push(hashUnit(HASH_SEED, last), WORD_KIND.lower, 1);
          last = pairs = 0;
        }
        if (found === CLASS.quote) quotes++;
        else {
          wordLength = 0;
          if (found === CLASS.stop) {
            stops++;
            const next = i + 1 < length ? classOf(units[i + 1] as number) : CLASS.space;
            const wide = unit > 0x3000;
            if (before !== CLASS.stop && (wide || next === CLASS.space || next === CLASS.quote)) sentences++;
          } else if (found === CLASS.comma) commas++;
          else if (found === CLASS.separator) separators++;
          else symbols++;
        }
      }
      before = found;
      i++;
      continue;
    }
    // A character alone has no pair and stands for itself.
    if (last !== 0) {
      if (pairs === 0 && list !== null) list.push(hashUnit(HASH_SEED, last), WORD_KIND.lower, 1);
      last = pairs = 0;
    }
    // An apostrophe does not part a word: "don't", "l’eau".
    if (before !== CLASS.quote || wordLength === 0) {
      spacedWords++;
      if (found === CLASS.upper) capitalWords++;
      wordLength = 0;
    }
    const kind = found === CLASS.digit ? WORD_KIND.number : found === CLASS.upper ? WORD_KIND.capital : WORD_KIND.lower;
    const start = i;
    const digitsBefore = digits;
    let hash = HASH_SEED;
    do {
      if (found === CLASS.upper) upper++;
      else if (found === CLASS.digit) digits++;
      hash = Math.imul(hash ^ foldedUnit(unit), 0x01000193);
      before = found;
      if (++i === length) break;
      unit = units[i] as number;
      found = classOf(unit);
    } while (found <= CLASS.letter || found === CLASS.digit);
    closes = before;
    letters += i - start - (digits - digitsBefore);
    wordLength += i - start;
    if (wordLength > longestWord) longestWord = wordLength;
    if (list !== null) list.push(hash, kind, i - start);
  }
  if (last !== 0 && pairs === 0 && list !== null) list.push(hashUnit(HASH_SEED, last), WORD_KIND.lower, 1);
  return {
    characters: length,
    letters,
    words: spacedWords + ideographs / 2 + unspaced / 4,
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
    trailsOff: closes === CLASS.stop && /(?:\.\.\.|…)\W{0,3}$/u.test(text.slice(-TRAIL_UNITS)),
    longestWord,
    hasAddress: (symbols > 0 || stops > 0) && holdsAddress(text),
    unspacedShare: letters === 0 ? 0 : (ideographs + unspaced) / letters,
  };
}

function holdsAddress(text: string): boolean {
  return (
    (text.includes('://') || text.includes('www.') || text.includes('@')) &&
    /https?:\/\/|www\.\w|\w@\w{1,100}\.\w/.test(text.length > ADDRESS_UNITS ? text.slice(0, ADDRESS_UNITS) : text)
  );
}

/** The words of a phrase, for tables that are written as text. */
export function hashesOf(text: string): number[] {
  const list = new WordList();
  scan(text, list);
  return [...list.hashes.subarray(0, list.size)];
}
