import { decodeKorean } from './korean.ts';
import { type AlphabetLanguage, type CharacterLanguage, COMMON_CHARACTERS, LETTERS } from './letter-profiles.ts';

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

type Language = AlphabetLanguage | CharacterLanguage;

/** Character → points between 0.5 and 1, by how often the language uses it. */
const POINTS = new Map<Language, Map<string, number>>();

/** How well one encoding explains the bytes. */
export interface Plausibility {
  charset: string;
  /** Mean points per character beyond ASCII: about 0.8 for the right encoding, below 0.3 for a wrong one. */
  score: number;
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
    .map((charset) => ({ charset, score: score(decodeWith(charset, sample), languagesOf(charset)) }))
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

function score(text: string, languages: readonly Language[]): number {
  let best = -2;
  for (const language of languages) best = Math.max(best, scoreAs(text, language));
  return best;
}

function scoreAs(text: string, language: Language): number {
  const points = pointsOf(language);
  const alphabet = language in LETTERS;
  const foreign = alphabet && !/\p{sc=Latin}/u.test(LETTERS[language as AlphabetLanguage]);
  let sum = 0;
  let count = 0;
  let before = ' ';
  for (const character of text) {
    const previous = before;
    before = character;
    if (character < '\u0080') {
      if (foreign && /[a-z]/i.test(character) && /\p{L}/u.test(previous) && previous > '\u0080') sum -= MIXED_SCRIPTS;
      continue;
    }
    count++;
    const small = character.toLowerCase();
    const known = points.get(character) ?? points.get(small);
    if (known !== undefined) {
      sum += known;
      if (foreign && /[a-z]/i.test(previous)) sum -= MIXED_SCRIPTS;
      // Capitals inside a word are how KOI8-R looks read as windows-1251, and the other way round.
      if (alphabet && small !== character && /\p{L}/u.test(previous)) sum -= /\p{Ll}/u.test(previous) ? 1.2 : 0.25;
    } else if (character === '\ufffd' || /\p{C}/u.test(character)) sum -= 3;
    else if (
      /[\u00a0\u2010-\u2027\u2030\u2039\u203a\u20ac\u2116\u2122«»„°©®§·×–—½¼¾£¡¿ºª´\u3000-\u301f\uff01-\uff0f\uff1a-\uff20]/u.test(
        character,
      )
    ) {
      sum += 0.2;
    } else if (/\p{sc=Han}|\p{sc=Hangul}/u.test(character)) sum -= 0.25;
    else if (/\p{L}|\p{M}/u.test(character)) sum -= 0.8;
    else sum -= /\p{L}/u.test(previous) ? 1.2 : 0.5;
  }
  return count === 0 ? 0 : sum / count;
}

function pointsOf(language: Language): Map<string, number> {
  const known = POINTS.get(language);
  if (known) return known;
  const ranked: string = { ...LETTERS, ...COMMON_CHARACTERS }[language];
  const floor = language in LETTERS ? 0.5 : 0.7;
  const points = new Map<string, number>();
  for (const [rank, character] of [...ranked].entries()) {
    if (!points.has(character)) points.set(character, 1 - ((1 - floor) * rank) / ranked.length);
  }
  POINTS.set(language, points);
  return points;
}
