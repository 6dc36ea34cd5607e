import { decodeKorean } from './korean.ts';
import { type AlphabetLanguage, type CharacterLanguage, COMMON_CHARACTERS, LETTERS } from './letter-profiles.ts';
import { isMark, type Neighbour, pointsOfMark } from './marks.ts';

/** Bytes of words with characters beyond ASCII that are judged: some 4,000 words, a few milliseconds per encoding. */
const SAMPLE_BYTES = 24_576;
const SEARCHED_BYTES = 4 * 1024 * 1024;

/** Legacy encodings found on the web and the languages written in them. Ties go to the earlier entry. */
const ENCODINGS = {
  'windows-1252': ['french', 'german', 'spanish', 'portuguese', 'italian', 'nordic', 'icelandic', 'estonian'],
  'windows-1251': ['russian', 'ukrainian', 'bulgarian', 'serbian'],
  gbk: ['simplified'],
  shift_jis: ['japanese'],
  'euc-kr': ['korean'],
  big5: ['traditional'],
  'euc-jp': ['japanese'],
  'windows-1250': ['polish', 'czech', 'slovak', 'hungarian', 'croatian', 'romanian'],
  'iso-8859-2': ['polish', 'czech', 'slovak', 'hungarian', 'croatian', 'romanian'],
  'koi8-r': ['russian', 'bulgarian'],
  'koi8-u': ['ukrainian'],
  'windows-1254': ['turkish'],
  'windows-1253': ['greek'],
  'iso-8859-7': ['greek'],
  'windows-1256': ['arabic', 'persian'],
  'iso-8859-6': ['arabic'],
  'windows-1255': ['hebrew'],
  'windows-1257': ['lithuanian', 'latvian', 'estonian'],
  'windows-874': ['thai'],
  'iso-8859-15': ['french', 'german', 'spanish', 'portuguese', 'italian', 'nordic', 'estonian'],
  'iso-8859-5': ['russian', 'bulgarian', 'serbian'],
  ibm866: ['russian'],
  'x-mac-cyrillic': ['russian', 'ukrainian'],
  macintosh: ['french', 'german', 'spanish', 'italian', 'nordic'],
} as const satisfies Record<string, readonly (AlphabetLanguage | CharacterLanguage)[]>;

/** Points lost where a Latin letter touches a letter of another alphabet: a misread é amid French. */
const MIXED_SCRIPTS = 1.2;
/** Points of a letter of an alphabet that touches a digit: £5 misread. */
const BESIDE_DIGIT = -0.3;
/** Share of its points that a Latin letter or a capital gets as a word of its own: à is one, a misread dash another. */
const LONE = 0.5;

/**
 * Points by which encodings that hardly anybody uses any more have to be better, where nobody declares them: an apostrophe,
 * a dash and an ellipsis of windows-1252 are í, ó and É of old Macintoshes.
 */
const RARE: ReadonlyMap<string, number> = new Map([
  ['macintosh', 0.2],
  ['ibm866', 0.1],
]);

type Language = AlphabetLanguage | CharacterLanguage;

/** Character → points between 0.5 and 1, by how often the language uses it. */
const POINTS = new Map<Language, Map<number, number>>();

/** How well one encoding explains the bytes. */
export interface Plausibility {
  charset: string;
  /** Mean points per character beyond ASCII: about 0.8 for the right encoding, below 0.3 for a wrong one. */
  score: number;
  /** Characters beyond ASCII that were judged. */
  characters: number;
}

/** Decodes with the platform's decoder, mended where it is known to differ from what browsers do. */
export function decodeWith(charset: string, bytes: Uint8Array): string {
  return charset === 'euc-kr' ? decodeKorean(bytes) : new TextDecoder(charset).decode(bytes);
}

/**
 * Judges encodings by the characters they give: letters some language uses, in lower case, inside words.
 *
 * @param bytes a document that is not UTF-8
 * @param declared WHATWG names to judge besides the usual ones
 * @returns best first
 */
export function rankEncodings(bytes: Uint8Array, declared: readonly string[]): Plausibility[] {
  const sample = wordsBeyondAscii(bytes);
  const usual: readonly string[] = Object.keys(ENCODINGS);
  const others = declared.filter((charset) => !usual.includes(charset) && !charset.startsWith('utf-'));
  return [...usual, ...new Set(others)]
    .map((charset) => judge(charset, decodeWith(charset, sample)))
    .map((one) => (declared.includes(one.charset) ? one : { ...one, score: one.score - (RARE.get(one.charset) ?? 0) }))
    .sort((a, b) => b.score - a.score);
}

function languagesOf(charset: string): readonly Language[] {
  const known: Record<string, readonly Language[]> = ENCODINGS;
  // A declared encoding of which no languages are known may hold any: iso-8859-10, gb18030, windows-1258.
  return known[charset] ?? (charset === 'gb18030' ? ['simplified'] : (Object.keys(LETTERS) as AlphabetLanguage[]));
}

/** Words with bytes of 0x80 and above, joined by spaces. Cut only at bytes that no encoding uses as a trail byte. */
function wordsBeyondAscii(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  const end = Math.min(bytes.length, SEARCHED_BYTES);
  let filled = 0;
  let start = 0;
  let beyond = false;
  for (let i = 0; i <= end; i++) {
    const byte = i < end ? (bytes[i] ?? 0x20) : 0x20;
    if (byte >= 0x80) beyond = true;
    if (byte >= 0x30 && byte !== 0x3c && byte !== 0x3e && byte !== 0x3d) continue;
    if (beyond) {
      const word = bytes.subarray(start, i);
      if (filled + word.length + 1 > SAMPLE_BYTES) {
        if (filled === 0) return word.subarray(0, SAMPLE_BYTES);
        break;
      }
      sample.set(word, filled);
      filled += word.length;
      sample[filled++] = 0x20;
    }
    start = i + 1;
    beyond = false;
  }
  return sample.subarray(0, filled);
}

function judge(charset: string, text: string): Plausibility {
  const judged = new JudgedCharacters(text);
  let best = -2;
  for (const language of languagesOf(charset)) best = Math.max(best, judged.scoreAs(language));
  return { charset, score: best, characters: judged.count };
}

/** What does not depend on the language, read once for all languages of an encoding. */
class JudgedCharacters {
  readonly #codes: Int32Array;
  readonly #facts: Uint16Array;
  readonly #before: Uint16Array;
  readonly #after: Uint16Array;
  /** Entries of the columns. */
  #length = 0;
  /** Characters beyond ASCII. */
  count = 0;

  constructor(text: string) {
    this.#codes = new Int32Array(text.length);
    this.#facts = new Uint16Array(text.length);
    this.#before = new Uint16Array(text.length);
    this.#after = new Uint16Array(text.length);
    let before = 0;
    let last = -1;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) as number;
      if (code > 0xffff) i++;
      const facts = factsOf(code);
      if (last >= 0) this.#after[last] = facts;
      last = -1;
      // Of ASCII, a letter that touches one of another alphabet is all that counts.
      if (code >= 0x80 || (facts & ASCII_LETTER && before & LETTER && !(before & ASCII_LETTER))) {
        const at = this.#length++;
        this.#codes[at] = code;
        this.#facts[at] = facts;
        this.#before[at] = before;
        last = at;
        if (code >= 0x80) this.count++;
      }
      before = facts;
    }
  }

  scoreAs(language: Language): number {
    const points = pointsOf(language);
    const alphabet = language in LETTERS;
    const foreign = alphabet && !/\p{sc=Latin}/u.test(LETTERS[language as AlphabetLanguage]);
    let sum = 0;
    for (let i = 0; i < this.#length; i++) {
      const code = this.#codes[i] as number;
      const facts = this.#facts[i] as number;
      const before = this.#before[i] as number;
      const after = this.#after[i] as number;
      if (code < 0x80) {
        if (foreign) sum -= MIXED_SCRIPTS;
        continue;
      }
      const known = points.get(code) ?? (facts & CAPITAL ? points.get(smallOf(code)) : undefined);
      if (known !== undefined) {
        if (alphabet && (before | after) & DIGIT) sum += BESIDE_DIGIT;
        else if (alphabet && (!foreign || facts & CAPITAL) && !((before | after) & LETTER)) sum += known * LONE;
        // One Chinese character within a Latin word is a dash misread with the letter after it.
        else if (alphabet || !(before & after & ASCII_LETTER)) sum += known;
        if (foreign && before & ASCII_LETTER) sum -= MIXED_SCRIPTS;
        // Capitals inside a word are how KOI8-R looks read as windows-1251, and the other way round.
        if (alphabet && facts & CAPITAL && before & LETTER) sum -= before & SMALL ? 1.2 : 0.25;
      } else if (facts & NO_CHARACTER) sum -= 3;
      else if (facts & MARK) sum += pointsOfMark(code, neighbour(before), neighbour(after));
      else if (facts & HAN_OR_HANGUL) sum -= 0.25;
      else if (facts & IN_WORDS) sum -= 0.8;
      else sum -= before & LETTER ? 1.2 : 0.5;
    }
    return this.count === 0 ? 0 : sum / this.count;
  }
}

function neighbour(facts: number): Neighbour {
  return { letter: (facts & LETTER) !== 0, digit: (facts & DIGIT) !== 0 };
}

const LETTER = 1;
const SMALL = 2;
/** Its small letter is another character. */
const CAPITAL = 4;
const NO_CHARACTER = 8;
const MARK = 16;
const HAN_OR_HANGUL = 32;
const IN_WORDS = 64;
const ASCII_LETTER = 128;
const DIGIT = 256;

/** Facts of characters that were asked for, plus one; 0 for those that were not. */
const KNOWN_FACTS = new Uint16Array(0x10000);

function factsOf(code: number): number {
  const known = KNOWN_FACTS[code] ?? 0;
  if (known !== 0) return known - 1;
  const character = String.fromCodePoint(code);
  let facts = 0;
  if (/\p{L}/u.test(character)) facts |= LETTER;
  if (/\p{Ll}/u.test(character)) facts |= SMALL;
  if (character.toLowerCase() !== character) facts |= CAPITAL;
  if (code === 0xfffd || /\p{C}/u.test(character)) facts |= NO_CHARACTER;
  if (isMark(code)) facts |= MARK;
  if (code >= 0x30 && code <= 0x39) facts |= DIGIT;
  if (/\p{sc=Han}|\p{sc=Hangul}/u.test(character)) facts |= HAN_OR_HANGUL;
  if (/\p{L}|\p{M}/u.test(character)) facts |= IN_WORDS;
  if (code < 0x80 && facts & LETTER) facts |= ASCII_LETTER;
  if (code < KNOWN_FACTS.length) KNOWN_FACTS[code] = facts + 1;
  return facts;
}

/** −1, which is no character, where the small letter takes several. */
function smallOf(code: number): number {
  const small = String.fromCodePoint(code).toLowerCase();
  const first = small.codePointAt(0) as number;
  return String.fromCodePoint(first) === small ? first : -1;
}

function pointsOf(language: Language): Map<number, number> {
  const known = POINTS.get(language);
  if (known) return known;
  const ranked: string = { ...LETTERS, ...COMMON_CHARACTERS }[language];
  const floor = language in LETTERS ? 0.5 : 0.7;
  const points = new Map<number, number>();
  for (const [rank, character] of [...ranked].entries()) {
    const code = character.codePointAt(0) as number;
    if (!points.has(code)) points.set(code, 1 - ((1 - floor) * rank) / ranked.length);
  }
  POINTS.set(language, points);
  return points;
}
