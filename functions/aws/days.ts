import type { DayRange } from './page.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The days of a range, last one first. */
export function* daysNewestFirst({ from, to }: DayRange): Generator<string> {
  const first = Date.parse(`${from}T00:00:00Z`);
  for (let day = Date.parse(`${to}T00:00:00Z`); day >= first; day -= DAY_MS) {
    yield new Date(day).toISOString().slice(0, 10);
  }
}
