/** Seconds in what people write as a duration: `90s`, `15m`, `2h`, `1d`. */
const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** @returns seconds; null where the text is no duration */
export function parseDuration(text: string): number | null {
  const [, number, unit] = /^(\d{1,7})\s?([smhd])$/.exec(text.trim()) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** The shortest text that {@link parseDuration} reads back. */
export function formatDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds % UNITS[unit] === 0 && seconds > 0) return `${seconds / UNITS[unit]}${unit}`;
  }
  return `${seconds}s`;
}
