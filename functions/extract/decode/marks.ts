/**
 * Marks by their places: an apostrophe stands between letters, a pound before a number, a dash between words. In its place a
 * mark tells an encoding as well as a letter does; amid letters that it cannot stand among, it is a letter misread.
 */

const NO_BREAK_SPACE = 0xa0;
const APOSTROPHE = 0x2019;
const BEFORE_WORDS = new Set([...'¿¡'].map(codeOf));
const AROUND_WORDS = new Set([...'“”‘„‚«»‹›…'].map(codeOf));
const BETWEEN_WORDS = new Set([...'–—―•·'].map(codeOf));
const CURRENCY = new Set([...'£€¥¢'].map(codeOf));
const BEHIND_NUMBERS = new Set([...'°ºª'].map(codeOf));
const BEHIND_NAMES = new Set([...'®™©'].map(codeOf));
const FRACTIONS = new Set([...'½¼¾'].map(codeOf));
/** Marks whose places tell nothing: signs of Chinese and Japanese, and the rest. */
const OTHERS = /[\u2010-\u2027\u2030\u2116×§´\u3000-\u301f\uff01-\uff0f\uff1a-\uff20]/u;

/** In its place. */
const SURE = 0.9;
/** Where it may stand as well. */
const LIKELY = 0.7;
/** Where its place tells nothing. */
const NEUTRAL = 0.2;
/** Where only a misread letter stands. */
const WRONG = -0.8;

function codeOf(mark: string): number {
  return mark.codePointAt(0) as number;
}

export function isMark(code: number): boolean {
  return (
    code === NO_BREAK_SPACE ||
    code === APOSTROPHE ||
    BEFORE_WORDS.has(code) ||
    AROUND_WORDS.has(code) ||
    BETWEEN_WORDS.has(code) ||
    CURRENCY.has(code) ||
    BEHIND_NUMBERS.has(code) ||
    BEHIND_NAMES.has(code) ||
    FRACTIONS.has(code) ||
    OTHERS.test(String.fromCodePoint(code))
  );
}

/** What stands beside a character; nothing of both for white space and signs. */
export interface Neighbour {
  letter: boolean;
  digit: boolean;
}

/** Points of a mark, up to those of a letter that a language uses often. */
export function pointsOfMark(code: number, before: Neighbour, after: Neighbour): number {
  const amid = before.letter && after.letter;
  if (code === APOSTROPHE) return before.letter ? SURE : LIKELY;
  if (BEFORE_WORDS.has(code)) return before.letter ? WRONG : SURE;
  if (AROUND_WORDS.has(code)) return amid ? WRONG : SURE;
  if (BETWEEN_WORDS.has(code) || code === NO_BREAK_SPACE) return SURE;
  if (CURRENCY.has(code)) return amid ? WRONG : before.letter || after.letter ? NEUTRAL : SURE;
  if (BEHIND_NUMBERS.has(code)) return before.digit ? SURE : amid ? WRONG : NEUTRAL;
  if (BEHIND_NAMES.has(code)) return amid ? WRONG : SURE;
  if (FRACTIONS.has(code)) return before.letter || after.letter ? WRONG : SURE;
  return NEUTRAL;
}
