import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import model from './title.model.json' with { type: 'json' };
import { titleCandidates } from './title-features.ts';
import { Forest } from './trees.ts';

const FOREST = new Forest(model);

/** What the best candidate must score: out of fold, of thirty pages whose best stayed below it seven were right. */
const TITLE_BAR = 0.4;

/** Index of the headline's line, or −1 where no line reads like one. */
export function findTitle(survey: Survey, choice: Choice): number {
  if (choice.first < 0) return -1;
  const candidates = titleCandidates(survey, choice);
  const scores = FOREST.score(candidates.columns, candidates.lines.length);
  let best = -1;
  let bestScore = TITLE_BAR;
  for (const [k, line] of candidates.lines.entries()) {
    if ((scores[k] ?? 0) <= bestScore) continue;
    best = line;
    bestScore = scores[k] ?? 0;
  }
  return best;
}
