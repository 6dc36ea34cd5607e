/**
 * The language of an article: what the page declares, checked against the text. Scripts tell most languages apart
 * for nothing; only Latin, Cyrillic and Arabic text needs the detector.
 */
import { eld } from 'eld/extrasmall';
import { hasGrammarOf, languageByGrammar } from './function-words.ts';
import { canonicalTag } from './language-tag.ts';
import { languageByLetters, unlistedKin } from './unlisted-languages.ts';

export interface SettledLanguage {
  /** BCP 47 in canonical case; null where nothing tells. */
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
  /** What decided: `declared`, `declared and detected`, `detected`, `script` or `none`. */
  rule: string;
}

/** Characters looked at to count scripts, and given to the detector; a thousand tell as much as a book. */
const SCRIPT_SAMPLE = 3000;
const DETECT_SAMPLE = 600;
/** Characters in which words of grammar are counted. */
const GRAMMAR_SAMPLE = 350;
/** Letters below which the detector guesses: names and numbers outweigh the grammar. */
const MIN_LETTERS = 60;
/** Letters from which the text outranks what the page declares: templates keep the language they were made in. */
const SURE_LETTERS = 250;

const RTL = new Set(['ar', 'he', 'iw', 'fa', 'ur', 'yi', 'ps', 'sd', 'ug', 'ckb', 'dv', 'syr', 'arc', 'ks']);

/**
 * Languages the detector cannot hold apart, mostly because it knows one of them only: its word is then no evidence
 * against the declared one.
 */
const KIN: readonly (readonly string[])[] = [
  ['no', 'nb', 'nn', 'da'],
  ['hr', 'sr', 'bs', 'sh', 'cnr'],
  ['bg', 'mk'],
  ['ms', 'id', 'jv', 'su'],
  ['tl', 'fil', 'ceb'],
  ['pt', 'gl'],
  ['es', 'gl', 'ast', 'an'],
  ['ca', 'oc', 'val'],
  ['de', 'lb', 'gsw', 'nds', 'bar'],
  ['nl', 'af', 'fy', 'li', 'nds'],
  ['it', 'co', 'rm', 'scn', 'fur', 'lmo'],
  ['fr', 'oc', 'br', 'ht', 'wa'],
  ['ru', 'kk', 'ky', 'tt', 'mn', 'tg', 'ba', 'rue'],
  ['az', 'tr', 'tk', 'uz', 'crh'],
  ['hi', 'mr', 'ne', 'sa', 'bho', 'mai'],
  ['bn', 'as'],
  ['fa', 'prs', 'ps', 'ku', 'ckb'],
  ['ur', 'pa', 'ps', 'sd'],
  ['ar', 'ug', 'ku', 'ckb', 'ps', 'sd'],
  ['zh', 'yue', 'wuu', 'ja'],
  ['he', 'yi'],
  ['is', 'fo'],
  ['ro', 'mo'],
  ['en', 'cy', 'ga', 'gd', 'sco', 'mt', 'sw', 'so', 'ig', 'ha', 'zu', 'xh', 'st', 'mi'],
  ['fi', 'se', 'et'],
  ['lv', 'ltg'],
];

/** Ranges of code points, each with a language where the script is written in one above all. */
const SCRIPTS: readonly (readonly [from: number, to: number, script: string, language: string | null])[] = [
  [0x41, 0x24f, 'latin', null],
  [0x370, 0x3ff, 'greek', 'el'],
  [0x400, 0x52f, 'cyrillic', null],
  [0x531, 0x58f, 'armenian', 'hy'],
  [0x5d0, 0x5f4, 'hebrew', 'he'],
  [0x600, 0x6ff, 'arabic', null],
  [0x750, 0x77f, 'arabic', null],
  [0x900, 0x97f, 'devanagari', null],
  [0x980, 0x9ff, 'bengali', 'bn'],
  [0xa00, 0xa7f, 'gurmukhi', 'pa'],
  [0xa80, 0xaff, 'gujarati', 'gu'],
  [0xb00, 0xb7f, 'odia', 'or'],
  [0xb80, 0xbff, 'tamil', 'ta'],
  [0xc00, 0xc7f, 'telugu', 'te'],
  [0xc80, 0xcff, 'kannada', 'kn'],
  [0xd00, 0xd7f, 'malayalam', 'ml'],
  [0xd80, 0xdff, 'sinhala', 'si'],
  [0xe00, 0xe7f, 'thai', 'th'],
  [0xe80, 0xeff, 'lao', 'lo'],
  [0xf00, 0xfff, 'tibetan', 'bo'],
  [0x1000, 0x109f, 'myanmar', 'my'],
  [0x10a0, 0x10ff, 'georgian', 'ka'],
  [0x1100, 0x11ff, 'hangul', 'ko'],
  [0x1200, 0x137f, 'ethiopic', 'am'],
  [0x1780, 0x17ff, 'khmer', 'km'],
  [0x1e00, 0x1eff, 'latin', null],
  [0x1f00, 0x1fff, 'greek', 'el'],
  [0x3041, 0x30ff, 'kana', 'ja'],
  [0x3400, 0x9fff, 'han', null],
  [0xac00, 0xd7a3, 'hangul', 'ko'],
  [0xfb50, 0xfdff, 'arabic', null],
  [0xfe70, 0xfeff, 'arabic', null],
];

/** Place of a code unit's script in {@link SCRIPTS}, counted from 1; 0 for what is no letter of any. */
const SCRIPT_OF: Uint8Array = (() => {
  const places = new Uint8Array(0x10000);
  for (const [place, [from, to]] of SCRIPTS.entries()) places.fill(place + 1, from, to + 1);
  for (const [from, to] of [
    [0x5b, 0x61],
    [0x7b, 0xc0],
  ] as const)
    places.fill(0, from, to);
  return places;
})();

/** Letters by script, in the order in which scripts come in the text. */
function countScripts(text: string): {
  counts: Map<string, { letters: number; language: string | null }>;
  letters: number;
} {
  const lettersOf = new Int32Array(SCRIPTS.length + 1);
  const met: number[] = [];
  const limit = Math.min(text.length, SCRIPT_SAMPLE);
  for (let i = 0; i < limit; i++) {
    const place = SCRIPT_OF[text.charCodeAt(i)] as number;
    const before = lettersOf[place] as number;
    if (before === 0 && place !== 0) met.push(place);
    lettersOf[place] = before + 1;
  }
  const counts = new Map<string, { letters: number; language: string | null }>();
  for (const place of met) {
    const [, , script, language] = SCRIPTS[place - 1] as (typeof SCRIPTS)[number];
    const count = counts.get(script);
    if (count) count.letters += lettersOf[place] as number;
    else counts.set(script, { letters: lettersOf[place] as number, language });
  }
  return { counts, letters: limit - (lettersOf[0] as number) };
}

function primary(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

function kin(a: string, b: string): boolean {
  return a === b || KIN.some((family) => family.includes(a) && family.includes(b));
}

/**
 * Settles the language of an article from what the page declares and from its text.
 *
 * @param declared as the page states it, in any case or form; null where it states none
 * @param text the article's text; only its first characters are read
 */
export function settleLanguage(declared: string | null, text: string): SettledLanguage {
  const stated = canonicalTag(declared);
  const { counts, letters } = countScripts(text);
  let script: string | null = null;
  let most = 0;
  for (const [name, { letters: count }] of counts) {
    // Each ideograph is a word: one weighs as much as several letters.
    const weight = name === 'han' || name === 'kana' || name === 'hangul' ? 2.5 * count : count;
    if (weight > most) [script, most] = [name, weight];
  }
  const settle = (language: string | null, rule: string): SettledLanguage => ({
    language,
    rule,
    direction: directionOf(language, script),
  });
  if (script === null || letters < 10) return stated ? settle(stated, 'declared') : settle(null, 'none');

  const certain = languageOfScript(script, counts, text);
  if (certain !== null) {
    if (stated && kin(primary(stated), certain))
      return settle(stated, primary(stated) === certain ? 'declared and detected' : 'declared');
    return settle(certain, 'script');
  }
  if (letters < MIN_LETTERS) return stated ? settle(stated, 'declared') : settle(null, 'none');
  if (stated && hasGrammarOf(primary(stated), text.slice(0, GRAMMAR_SAMPLE)))
    return settle(stated, 'declared and detected');
  const sample = text.slice(0, DETECT_SAMPLE);
  const byGrammar = stated ? null : languageByGrammar(sample);
  if (byGrammar !== null) return settle(unlistedKin(sample, byGrammar, true) ?? byGrammar, 'detected');
  const result = eld.detect(sample);
  const detected = unlistedKin(sample, result.language, result.isReliable()) ?? result.language;
  if (detected === '') return stated ? settle(stated, 'declared') : settle(null, 'none');
  if (!stated) return settle(detected, 'detected');
  if (primary(stated) === detected) return settle(stated, 'declared and detected');
  const believed = letters >= SURE_LETTERS && result.isReliable() && !kin(primary(stated), detected);
  return believed ? settle(detected, 'detected') : settle(stated, 'declared');
}

function languageOfScript(
  script: string,
  counts: ReadonlyMap<string, { letters: number; language: string | null }>,
  text: string,
): string | null {
  const han = counts.get('han')?.letters ?? 0;
  const kana = counts.get('kana')?.letters ?? 0;
  if (script === 'han') return kana * 12 > han ? 'ja' : 'zh';
  const sample = text.slice(0, SCRIPT_SAMPLE);
  if (script === 'cyrillic') return languageByLetters(sample);
  if (script === 'arabic') {
    const own = languageByLetters(sample);
    if (own !== null) return own;
    // Letters that Arabic lacks: those of Urdu first, for it has the Persian ones too.
    if (/[ٹڈڑےں]/u.test(sample)) return 'ur';
    const persian = sample.match(/[پچژگکی]/gu)?.length ?? 0;
    if (20 * persian > (counts.get('arabic')?.letters ?? 0)) return 'fa';
    return 'ar';
  }
  return counts.get(script)?.language ?? null;
}

function directionOf(language: string | null, script: string | null): 'ltr' | 'rtl' | null {
  if (script === 'arabic' || script === 'hebrew') return 'rtl';
  if (script !== null) return 'ltr';
  if (language === null) return null;
  return RTL.has(primary(language)) ? 'rtl' : 'ltr';
}
