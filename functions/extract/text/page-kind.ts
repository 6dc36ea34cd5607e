import { forest } from '../forest.ts';
import { type Choice, chooseLines } from './choose-lines.ts';
import { type Survey, survey as surveyLines } from './features.ts';
import { type FieldEvidence, pageFeatures } from './page-features.ts';
import model from './page-kind.model.json' with { type: 'json' };
import { scoreColumns } from './score-columns.ts';

// The names of the columns are those that measuring nothing gives: a list of them could drift from the code.
const NO_LINES = surveyLines([]);
const chanceOf = forest(
  model,
  [...pageFeatures(NO_LINES, chooseLines(NO_LINES, NO_LINES.rule), { title: 0, dated: false, signed: false }).keys()],
  'page-kind.model.json',
);

/** The chance, 0 to 1, that copy holds an article and not a list of them, a catalogue or a form. */
export function articleChance(survey: Survey, choice: Choice, fields: FieldEvidence): number {
  return scoreColumns(chanceOf, pageFeatures(survey, choice, fields), 1)[0] ?? 0;
}
