import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import { type FieldEvidence, pageFeatures } from './page-features.ts';
import model from './page-kind.model.json' with { type: 'json' };
import { Forest } from './trees.ts';

const FOREST = new Forest(model);

/** The chance, 0 to 1, that copy holds an article and not a list of them, a catalogue or a form. */
export function articleChance(survey: Survey, choice: Choice, fields: FieldEvidence): number {
  return FOREST.score(pageFeatures(survey, choice, fields), 1)[0] ?? 0;
}
