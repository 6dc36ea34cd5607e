import type { ChanceOf } from '../forest.ts';
import type { FeatureColumns } from './line-features.ts';

/** The chance, 0 to 1, of each row, given as the columns that the model was loaded for. */
export function scoreColumns(chanceOf: ChanceOf, columns: FeatureColumns, rows: number): Float32Array {
  const width = columns.size;
  const table = new Float32Array(rows * width);
  let f = 0;
  for (const column of columns.values()) {
    for (let i = 0; i < rows; i++) table[i * width + f] = column[i] as number;
    f++;
  }
  const chances = new Float32Array(rows);
  for (let i = 0; i < rows; i++) chances[i] = chanceOf(table, i * width);
  return chances;
}
