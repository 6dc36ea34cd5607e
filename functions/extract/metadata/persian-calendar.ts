import { DAY_MS } from '../../article/durations.ts';
import { foldWord } from './date-tokens.ts';

/** Names in Iran, and those of the zodiac in Afghanistan. */
const MONTHS = new Map(
  [
    'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند',
    'حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت',
  ].flatMap((names) => names.split(' ').map((name, index): [string, number] => [foldWord(name), index + 1])),
);

/** 1 Farvardin 1300. */
const EPOCH = Date.UTC(1921, 2, 21);
const FIRST_YEAR = 1300;
const LAST_YEAR = 1500;

/** Number of a month of the solar Hijri calendar by its folded name, 1 to 12. */
export function persianMonth(folded: string): number | null {
  return MONTHS.get(folded) ?? null;
}

/** Leap years by the cycle of 33 years, which agrees with the equinox for all years read here. */
function isLeap(year: number): boolean {
  return (25 * year + 11) % 33 < 8;
}

/**
 * A day of the solar Hijri calendar of Iran as a Gregorian one.
 *
 * @param year 1300 to 1500, which is 1921 to 2122
 * @returns null where there is no such day
 */
export function fromPersian(
  year: number,
  month: number,
  day: number,
): { year: number; month: number; day: number } | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  const length = month <= 6 ? 31 : month <= 11 || isLeap(year) ? 30 : 29;
  if (day > length) return null;
  let days = (month - 1) * 30 + Math.min(month - 1, 6) + day - 1;
  for (let before = FIRST_YEAR; before < year; before++) days += isLeap(before) ? 366 : 365;
  const date = new Date(EPOCH + days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
