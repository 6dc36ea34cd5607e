import type { DayRange } from './page.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The days of a range, last one first. */
export function* daysNewestFirst({ from, to }: DayRange): Generator<string> {
  const first = Date.parse(`${from}T00:00:00Z`);
  for (let day = Date.parse(`${to}T00:00:00Z`); day >= first; day -= DAY_MS) {
    yield new Date(day).toISOString().slice(0, 10);
  }
}

/** Whether it is a day, and one of the range. */
export function isDayOf({ from, to }: DayRange, day: unknown): day is string {
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day) || day < from || day > to) return false;
  const instant = Date.parse(`${day}T00:00:00Z`);
  // The 31st of February is taken for a day of March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}
