import { DAY_MS } from '../article/durations.ts';
import type { DayRange } from './ports.ts';

/** So many days of UTC up to and with the one of `now`. */
export function lastDays(count: number, now: Date): DayRange {
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return { from: dayOf(now.getTime() - (count - 1) * DAY_MS), to: dayOf(now.getTime()) };
}
