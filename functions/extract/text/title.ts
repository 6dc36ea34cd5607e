import { Forest } from '../forest.ts';
import type { Choice } from './choose-lines.ts';
import { chooseTitle, type Headline } from './choose-title.ts';
import type { Survey } from './features.ts';
import { scoreRows } from './rows.ts';
import model from './title.model.json' with { type: 'json' };
import { TITLE_FEATURES, titleCandidates } from './title-features.ts';

const FOREST = new Forest(model, TITLE_FEATURES, 'title.model.json');

/** Finds the headline above, or in the first lines of, the lines chosen for the body. */
export function findTitle(survey: Survey, choice: Choice): Headline {
  if (choice.first < 0) return { line: -1, score: 0 };
  const candidates = titleCandidates(survey, choice);
  return chooseTitle(survey, candidates, scoreRows(FOREST, candidates.rows));
}
