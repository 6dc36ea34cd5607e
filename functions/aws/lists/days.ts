import { DAY_MS } from '../../article/durations.ts';
import type { DayRange } from './page.ts';

/** The days of a range, last one first. */
export function* daysNewestFirst({ from, to }: DayRange): Generator<string> {
  const first = Date.parse(`${from}T00:00:00Z`);
  for (let day = Date.parse(`${to}T00:00:00Z`); day >= first; day -= DAY_MS) {
    yield new Date(day).toISOString().slice(0, 10);
  }
}

/**
 * The days of a range, last one first, to be asked together: so many at first, then more and more of them, since after
 * a day that held too little the next may be empty.
 *
 * @param suggested how many, by what those before held; null where they do not tell
 */
export function* daysTogether(
  days: DayRange,
  first: number,
  most: number,
  suggested: () => number | null = () => null,
): Generator<string[]> {
  let together: string[] = [];
  let count = first;
  for (const day of daysNewestFirst(days)) {
    together.push(day);
    if (together.length < count) continue;
    yield together;
    together = [];
    count = Math.min(suggested() ?? count * 2, most);
  }
  if (together.length > 0) yield together;
}

/** Articles come at an uneven pace. */
const SLACK = 1.5;

/**
 * Days that are likely to hold so many more, at the pace of those at hand: soon after midnight the day before is enough.
 *
 * @param instants of those at hand, the newest first
 * @returns null where the pace is not known
 */
export function daysLikely(missing: number, instants: readonly string[]): number | null {
  const [newest, oldest] = [instants[0], instants.at(-1)];
  if (!newest || !oldest || instants.length < 2) return null;
  const each = (Date.parse(newest) - Date.parse(oldest)) / (instants.length - 1);
  return Math.max(Math.ceil((each * missing * SLACK) / DAY_MS), 1);
}

/** The day so many days before one. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10);
}

/** The day so many days after one. */
export function daysAfter(day: string, count: number): string {
  return daysBefore(day, -count);
}

/** As many days as a range has, up to another one. */
export function rangeUpTo(day: string, { from, to }: DayRange): DayRange {
  return { from: daysBefore(day, (Date.parse(to) - Date.parse(from)) / DAY_MS), to: day };
}

/** Whether it is a day, and one of the range. */
export function isDayOf({ from, to }: DayRange, day: unknown): day is string {
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day) || day < from || day > to) return false;
  const instant = Date.parse(`${day}T00:00:00Z`);
  // The 31st of February is taken for a day of March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}
