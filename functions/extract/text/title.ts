import { forest } from '../forest.ts';
import { type Choice, chooseLines } from './choose-lines.ts';
import { type Survey, survey as surveyLines } from './features.ts';
import { scoreColumns } from './score-columns.ts';
import model from './title.model.json' with { type: 'json' };
import { titleCandidates } from './title-features.ts';

// The names of the columns are those that measuring nothing gives: a list of them could drift from the code.
const NO_LINES = surveyLines([]);
const chanceOf = forest(
  model,
  [...titleCandidates(NO_LINES, chooseLines(NO_LINES, NO_LINES.rule)).columns.keys()],
  'title.model.json',
);

/** What the best candidate must score: out of fold, of thirty pages whose best stayed below it seven were right. */
const TITLE_BAR = 0.4;

/** Out of fold, odds of 1.6 to 2.7 cost no headline of 1,500 and win two captions back; more loses headlines. */
const VERBATIM_ODDS = 2.1;
const VERBATIM_WORDS = 5;

/** The headline found: the index of its line, −1 where no line reads like one, and how much the best line does. */
export interface Headline {
  line: number;
  /** 0 to 1. */
  score: number;
}

export function findTitle(survey: Survey, choice: Choice): Headline {
  if (choice.first < 0) return { line: -1, score: 0 };
  const candidates = titleCandidates(survey, choice);
  const scores = scoreColumns(chanceOf, candidates.columns, candidates.lines.length);
  const verbatim = candidates.columns.get('verbatim');
  let line = -1;
  let score = 0;
  for (const [k, at] of candidates.lines.entries()) {
    const own = scores[k] ?? 0;
    // The model has seen few captions above a body; a line that stands in it word for word has the odds against it.
    const fair = (verbatim?.[k] ?? 0) >= VERBATIM_WORDS ? own / (own + (1 - own) * VERBATIM_ODDS) : own;
    if (fair <= score) continue;
    line = at;
    score = fair;
  }
  return score > TITLE_BAR ? { line, score } : { line: -1, score };
}
