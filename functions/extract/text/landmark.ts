import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';

/** Lines above the body in which a headline is looked for. */
const REACH = 40;
/** What the best line must reach: some words in common with the running text. */
const BAR = 0.25;

/** Index of the line that rules alone take for the headline, or −1: a landmark for the line model. */
export function headlineByRule(survey: Survey, choice: Choice): number {
  const { lines, shapes, wordings, core } = survey;
  if (choice.first < 0) return -1;
  let best = -1;
  let bestScore = BAR;
  for (let i = Math.max(0, choice.first - REACH); i <= choice.first + 1 && i < lines.length; i++) {
    const shape = shapes[i];
    if (!shape || shape.words < 2 || shape.words > 35 || shape.characters > 300) continue;
    if (i >= choice.first && (survey.prose[i] === 1 || shape.closes === CLASS.colon)) continue;
    let score = (core[i] ?? 0) * (1 - 1 / (1 + shape.words / 2));
    score *= 1 - 0.012 * Math.max(0, choice.first - i);
    if (shape.words < 4) score *= 0.6;
    if (wordings[i]?.whole) score *= 0.1;
    if (shape.closes === CLASS.stop && !/[?!]\W?$/u.test(lines[i]?.text ?? '')) score *= 0.5;
    if (survey.dated[i] && shape.words < 8) score *= 0.3;
    if (shape.separators > 1) score *= 0.5;
    if (shape.words > 20) score *= 0.7;
    if (survey.repeats[i] === 2) score *= 1.15;
    if (score <= bestScore) continue;
    best = i;
    bestScore = score;
  }
  return best;
}
