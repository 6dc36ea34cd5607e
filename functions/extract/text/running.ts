/** Running totals: entry i is the sum over lines before i. */
export function running(values: Float32Array | Uint8Array): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number);
  return sums;
}

/** The sum over lines from `from` to before `end`, both cut to the lines there are. */
export function between(sums: Float64Array, from: number, end: number): number {
  const last = sums.length - 1;
  const low = from < 0 ? 0 : from > last ? last : from;
  const high = end < low ? low : end > last ? last : end;
  return (sums[high] as number) - (sums[low] as number);
}

/** The same where the caller has cut `from` and `end` to the lines there are, once for many sums. */
export function over(sums: Float64Array, from: number, end: number): number {
  return (sums[end] as number) - (sums[from] as number);
}

/** Distances beyond this are all the same: far away. */
export const FAR = 40;

export function bounded(distance: number): number {
  return distance < -FAR ? -FAR : distance > FAR ? FAR : distance;
}

/**
 * Of each line, lines since the last one above that fits, up to {@link FAR}.
 *
 * @param fits by line, other than 0 where it does
 */
export function sinceLast(fits: Uint8Array): Uint8Array {
  const n = fits.length;
  const distances = new Uint8Array(n);
  let distance = FAR;
  for (let i = 0; i < n; i++) {
    distances[i] = distance;
    if (fits[i] !== 0) distance = 1;
    else if (distance < FAR) distance++;
  }
  return distances;
}

/** Of each line, lines until the next one below that fits, up to {@link FAR}. */
export function untilNext(fits: Uint8Array): Uint8Array {
  const n = fits.length;
  const distances = new Uint8Array(n);
  let distance = FAR;
  for (let i = n - 1; i >= 0; i--) {
    distances[i] = distance;
    if (fits[i] !== 0) distance = 1;
    else if (distance < FAR) distance++;
  }
  return distances;
}
