/** What a character is to the engine; one table for the whole Basic Multilingual Plane, filled as characters turn up. */
export const CLASS = {
  lower: 1,
  upper: 2,
  /** Letters of alphabets without case, and combining marks. */
  letter: 3,
  /** Chinese characters and kana: half a word each. */
  ideograph: 4,
  /** Thai, Lao, Khmer, Burmese: written without spaces, some four characters a word. */
  unspaced: 5,
  digit: 6,
  space: 7,
  /** Ends a sentence. */
  stop: 8,
  comma: 9,
  colon: 10,
  /** Quotation marks and brackets. */
  quote: 11,
  /** Parts the items of a row: bars, bullets, arrows, slashes. */
  separator: 12,
  symbol: 13,
} as const;

const classes = new Uint8Array(65_536);

/** The {@link CLASS} of a UTF-16 code unit. Surrogates count as symbols: emoji are what they mostly are. */
export function classOf(unit: number): number {
  const known = classes[unit];
  if (known) return known;
  const found = classify(String.fromCharCode(unit));
  classes[unit] = found;
  return found;
}

const folded = new Uint16Array(65_536);

/** A letter in lower case, a digit as `0`, anything else as it is: words that differ in no more are one word. */
export function foldedUnit(unit: number): number {
  const known = folded[unit];
  if (known) return known;
  const own = String.fromCharCode(unit);
  const lower = own.toLowerCase().charCodeAt(0);
  const found = classOf(unit) === CLASS.digit ? 0x30 : lower === 0x3c2 ? 0x3c3 : lower;
  folded[unit] = found;
  return found;
}

function classify(character: string): number {
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u.test(character)) return CLASS.ideograph;
  if (/[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(character) && /[\p{L}\p{M}]/u.test(character))
    return CLASS.unspaced;
  if (/\p{Ll}/u.test(character)) return CLASS.lower;
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return CLASS.upper;
  if (/[\p{L}\p{M}]/u.test(character)) return CLASS.letter;
  if (/\p{Nd}/u.test(character)) return CLASS.digit;
  if (/\s/u.test(character)) return CLASS.space;
  if (/[.!?…。！？।॥؟։۔｡።፧။។៕]/u.test(character)) return CLASS.stop;
  if (/[,;、，；،؛፣፤၊]/u.test(character)) return CLASS.comma;
  if (/[:：፦៖]/u.test(character)) return CLASS.colon;
  if (/[\p{Pi}\p{Pf}\p{Ps}\p{Pe}"'`´]/u.test(character)) return CLASS.quote;
  if (/[|·•‣◦▪●■►▶>›»→/\\~*+=_#]/u.test(character)) return CLASS.separator;
  return CLASS.symbol;
}

/** Whether a code unit belongs to a script written without spaces. */
export function isUnspaced(unit: number): boolean {
  const found = classOf(unit);
  return found === CLASS.ideograph || found === CLASS.unspaced;
}
