const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One character for each count, as high as it is beside the highest; a dot for none. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? '·' : STEPS[Math.min(STEPS.length - 1, Math.floor((count / most) * STEPS.length))]))
    .join('');
}
