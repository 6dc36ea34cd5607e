import { forest } from '../forest.ts';
import { type Survey, survey as surveyLines } from './features.ts';
import { lineFeatures, wordingFeatures } from './line-features.ts';
import model from './lines.model.json' with { type: 'json' };
import { phrasesOf } from './phrases.ts';
import { scoreColumns } from './score-columns.ts';

// Trained by bench/train/text on copy whose article is known. The names of the columns are those that measuring nothing
// gives: a list of them could drift from the code.
const chanceOf = forest(
  model,
  [...lineFeatures(surveyLines([]), -1).keys(), ...wordingFeatures(new Float32Array(0)).keys()],
  'lines.model.json',
);

const PHRASES = new Map<string, number>();
for (const [weight, phrases] of Object.entries(model.phrases)) {
  for (const phrase of phrases.split('|')) PHRASES.set(phrase, Number(weight));
}

/**
 * The chance, 0 to 1, of each line to belong to the article.
 *
 * @param landmark index of the line that rules take for the headline, or −1
 */
export function scoreLines(survey: Survey, landmark: number): Float32Array {
  const { lines, shapes } = survey;
  const wording = Float32Array.from(lines, (line, i) => phraseWeight(line.text, shapes[i]?.words ?? 0));
  const columns = new Map([...lineFeatures(survey, landmark), ...wordingFeatures(wording)]);
  return scoreColumns(chanceOf, columns, lines.length);
}

function phraseWeight(text: string, words: number): number {
  let sum = 0;
  for (const phrase of phrasesOf(text, words)) sum += PHRASES.get(phrase) ?? 0;
  return sum;
}
