/** Running totals: entry i is the sum over lines before i. */
export function running(n: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = (sums[i] as number) + value(i);
  return sums;
}

/** The sum over lines from `from` to before `end`, both cut to the lines there are. */
export function between(sums: Float64Array, from: number, end: number): number {
  const last = sums.length - 1;
  const low = from < 0 ? 0 : from > last ? last : from;
  const high = end < low ? low : end > last ? last : end;
  return (sums[high] as number) - (sums[low] as number);
}

/** Distances beyond this are all the same: far away. */
export const FAR = 40;

export function bounded(distance: number): number {
  return distance < -FAR ? -FAR : distance > FAR ? FAR : distance;
}

/** Of each line, lines since the last one above that fits, up to {@link FAR}. */
export function sinceLast(n: number, fits: (i: number) => boolean): Uint8Array {
  const distances = new Uint8Array(n);
  let last = -FAR;
  for (let i = 0; i < n; i++) {
    distances[i] = Math.min(FAR, i - last);
    if (fits(i)) last = i;
  }
  return distances;
}

/** Of each line, lines until the next one below that fits, up to {@link FAR}. */
export function untilNext(n: number, fits: (i: number) => boolean): Uint8Array {
  const distances = new Uint8Array(n);
  let next = n + FAR;
  for (let i = n - 1; i >= 0; i--) {
    distances[i] = Math.min(FAR, next - i);
    if (fits(i)) next = i;
  }
  return distances;
}
