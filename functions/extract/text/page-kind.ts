import { Forest } from '../forest.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import { type FieldEvidence, PAGE_FEATURES, pageRow } from './page-features.ts';
import model from './page-kind.model.json' with { type: 'json' };
import { scoreRows } from './rows.ts';

const FOREST = new Forest(model, PAGE_FEATURES, 'page-kind.model.json');

/** The chance, 0 to 1, that copy holds an article and not a list of them, a catalogue or a form. */
export function articleChance(survey: Survey, choice: Choice, fields: FieldEvidence): number {
  return scoreRows(FOREST, pageRow(survey, choice, fields))[0] ?? 0;
}

/** Lines of eight words or more that trail off from which they are teasers, and the part of the kept words they are. No article of four corpora has them. */
const TEASERS = { lines: 2, words: 8, share: 0.5 } as const;

/** Whether what was kept is mostly the beginnings of stories: "A ferry will run from May between…". */
export function holdsTeasers({ shapes }: Survey, { keep }: Choice): boolean {
  let words = 0;
  let teasing = 0;
  let teasers = 0;
  for (const [i, shape] of shapes.entries()) {
    const teases = shape.trailsOff && shape.words >= TEASERS.words;
    if (teases) teasers++;
    if (!keep[i]) continue;
    words += shape.words;
    if (teases) teasing += shape.words;
  }
  return teasers >= TEASERS.lines && teasing >= words * TEASERS.share;
}
