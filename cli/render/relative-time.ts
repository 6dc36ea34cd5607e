const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** A span for people, to the unit that matters: `40 s`, `12 min`, `3 h`, `9 d`. Seconds. */
export function span(seconds: number): string {
  for (const [unit, length] of UNITS) {
    if (seconds >= 2 * length || (seconds >= length && unit !== 'min'))
      return `${Math.round(seconds / length)} ${unit}`;
  }
  return seconds >= 60 ? '1 min' : `${Math.max(0, Math.round(seconds))} s`;
}

/** `3 h ago`, `in 12 min`, `now`. */
export function relativeTime(instant: string, now: Date): string {
  const seconds = (Date.parse(instant) - now.getTime()) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds < 0 ? `${span(-seconds)} ago` : `in ${span(seconds)}`;
}
