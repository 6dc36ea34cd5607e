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
