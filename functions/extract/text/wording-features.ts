import { namesOf, type Rows } from './rows.ts';
import { over, running } from './running.ts';

const STEPS = [-3, -2, -1, 1, 2, 3];
const REACHES = [4, 12, 30];
const BESIDE = STEPS.map((step) => `phrase ${step > 0 ? '+' : ''}${step}`);
const BEFORE = REACHES.map((reach) => `phrases before ${reach}`);
const AFTER = REACHES.map((reach) => `phrases after ${reach}`);
const OUTSIDE_BEFORE = REACHES.map((reach) => `outside before ${reach}`);
const OUTSIDE_AFTER = REACHES.map((reach) => `outside after ${reach}`);
/** Weight under which a line's wording is that of what stands around articles. */
const OUTSIDE = -3;

/**
 * What the line model knows of the wording of a line and of the lines around it.
 *
 * @param phrases learned weight of each line's wording
 * @param column of the row where these features begin
 */
export function writeWordingFeatures(phrases: Float32Array, rows: Rows, column: number): void {
  const n = phrases.length;
  const isOutside = new Uint8Array(n);
  for (let i = 0; i < n; i++) isOutside[i] = (phrases[i] as number) < OUTSIDE ? 1 : 0;
  const sum = running(phrases);
  const outside = running(isOutside);
  for (let i = 0; i < n; i++) {
    rows.seek(i, column);
    rows.put('phrase', phrases[i] as number);
    for (let k = 0; k < STEPS.length; k++) {
      const j = i + (STEPS[k] as number);
      rows.put(BESIDE[k] as string, j >= 0 && j < n ? (phrases[j] as number) : 0);
    }
    for (let k = 0; k < REACHES.length; k++) {
      const reach = REACHES[k] as number;
      const from = i < reach ? 0 : i - reach;
      const end = i + 1 + reach > n ? n : i + 1 + reach;
      rows.put(BEFORE[k] as string, over(sum, from, i));
      rows.put(AFTER[k] as string, over(sum, i + 1, end));
      rows.put(OUTSIDE_BEFORE[k] as string, over(outside, from, i));
      rows.put(OUTSIDE_AFTER[k] as string, over(outside, i + 1, end));
    }
  }
}

export const WORDING_FEATURES = namesOf((rows) => writeWordingFeatures(new Float32Array(1), rows, 0));
