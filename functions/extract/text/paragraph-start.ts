import { Forest } from '../forest.ts';
import type { Line } from './lines.ts';
import model from './paragraph-start.model.json' with { type: 'json' };
import { SEAM_FEATURES, SeamReader } from './seam-features.ts';
import { continues, type Wrap } from './wrap.ts';

const FOREST = new Forest(model, SEAM_FEATURES, 'paragraph-start.model.json');

/** Chance from which a line that could go on the one before opens a paragraph. */
export const START_BAR = 0.35;

/** Lines that are measured, 1.5 MB of them; further down, where no headline stands, width alone decides. */
const MOST_LINES = 20_000;

/**
 * Which lines of wrapped text open a paragraph. Most are told by the width: a wrapper would not have broken before them.
 * One in ten lines is as wide as the text by chance, headlines among them; what follows those is told by its style, by
 * its wording and by how the rest of the text uses its words.
 *
 * @param chanceOf of a seam to be the end of a paragraph, by its row of features
 * @returns a number a line, 1 where it opens a paragraph and 0 where it goes on
 */
export function paragraphStarts(
  lines: readonly Line[],
  wrap: Wrap,
  chanceOf: (row: Float32Array) => number = (row) => FOREST.chance(row),
): Uint8Array {
  const measured = Math.min(lines.length, MOST_LINES);
  const reader = new SeamReader(measured < lines.length ? lines.slice(0, measured) : lines, wrap);
  const starts = new Uint8Array(lines.length).fill(1);
  let start = 0;
  for (let i = 1; i < measured; i++) {
    if (!reader.couldGoOn(i) || reader.standsAlone(i)) start = i;
    else if (reader.isOpen(i) && chanceOf(reader.row(start, i)) >= START_BAR) start = i;
    else starts[i] = 0;
  }
  for (let i = measured; i < lines.length; i++) {
    if (continues(lines[i - 1] as Line, lines[i] as Line, wrap)) starts[i] = 0;
  }
  return starts;
}
