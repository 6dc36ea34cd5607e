/** Cuts a short text into the numbers, words and signs that dates are read from. */

/** Tokens of the longest date line seen, several times over. */
const MAX_TOKENS = 120;

export interface Token {
  kind: 'number' | 'word' | 'sign';
  /** Digits in ASCII, a folded word, or one character. */
  text: string;
  value: number;
  start: number;
  end: number;
}

/** Folds a word as month names are folded: lower case, no accents, no dots, no apostrophes. */
export function foldWord(word: string): string {
  if (LATIN_WORD.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u0653-\u0655.\u200c-\u200f\u02bc'’׳॰]/gu, '')
    .normalize('NFC')
    .replaceAll('ı', 'i');
}

const LATIN_WORD = /^[A-Za-z]+$/;

/** Code points of the zero of each set of decimal digits that news pages use. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10,
];

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code < 0x660) return -1;
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

/** Whether a text may hold digits of any script, told without reading it: each script but ours stands high in the table. */
export function mayHoldDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 48 && code <= 57) || code >= 0x660) return true;
  }
  return false;
}

const isLatinLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Letters that Latin words are written with stand below this. */
const BEYOND_LATIN = 0x590;
const WORD_PART = /[\p{L}\p{M}\u200c\u200d]/u;
const SINGLE = /[\p{sc=Han}]/u;

/** Digits of every script become ASCII; an ideograph is a word by itself; white space only parts. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length && tokens.length < MAX_TOKENS) {
    const start = i;
    const code = text.codePointAt(i) ?? 0;
    if (code < 0x80 && !isLatinLetter(code) && digitOf(code) < 0) {
      i++;
      if (code === 32 || (code >= 9 && code <= 13)) continue;
      tokens.push({ kind: 'sign', text: text.charAt(start), value: Number.NaN, start, end: i });
      continue;
    }
    const char = String.fromCodePoint(code);
    if (digitOf(code) >= 0) {
      let digits = '';
      while (i < text.length && digitOf(text.charCodeAt(i)) >= 0) digits += digitOf(text.charCodeAt(i++));
      tokens.push({
        kind: 'number',
        text: digits,
        value: digits.length <= 9 ? Number(digits) : Number.NaN,
        start,
        end: i,
      });
    } else if (!isLatinLetter(code) && SINGLE.test(char)) {
      i += char.length;
      tokens.push({ kind: 'word', text: char, value: Number.NaN, start, end: i });
    } else if (isLatinLetter(code) || WORD_PART.test(char)) {
      i += char.length;
      while (i < text.length) {
        while (isLatinLetter(text.charCodeAt(i))) i++;
        if (i >= text.length) break;
        // "5:45 PMਹਰਪ੍ਰੀਤ": elements that stand side by side are read as one.
        if (isLatinLetter(text.charCodeAt(i - 1)) && text.charCodeAt(i) >= BEYOND_LATIN) break;
        const next = String.fromCodePoint(text.codePointAt(i) ?? 0);
        if (!WORD_PART.test(next) || SINGLE.test(next)) break;
        i += next.length;
      }
      tokens.push({ kind: 'word', text: foldWord(text.slice(start, i)), value: Number.NaN, start, end: i });
    } else {
      i += char.length;
      // Direction marks and spaces part tokens; nothing else is dropped.
      if (!/[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(char)) {
        tokens.push({ kind: 'sign', text: char, value: Number.NaN, start, end: i });
      }
    }
  }
  return tokens;
}
