import { Forest } from '../forest.ts';
import type { Survey } from './features.ts';
import { LINE_FEATURES, writeLineFeatures } from './line-features.ts';
import model from './lines.model.json' with { type: 'json' };
import { PhraseWeights } from './phrase-weights.ts';
import { Rows, scoreRows } from './rows.ts';
import { WORDING_FEATURES, writeWordingFeatures } from './wording-features.ts';

const WIDTH = LINE_FEATURES.length + WORDING_FEATURES.length;
// Trained by bench/train/text on copy whose article is known.
const FOREST = new Forest(model, [...LINE_FEATURES, ...WORDING_FEATURES], 'lines.model.json');
const phrases = new PhraseWeights(model.phrases);

/**
 * The chance, 0 to 1, of each line to belong to the article.
 *
 * @param landmark index of the line that rules take for the headline, or −1
 */
export function scoreLines(survey: Survey, landmark: number): Float32Array {
  const { lines, words, starts } = survey;
  const rows = new Rows(lines.length, WIDTH);
  writeLineFeatures(survey, landmark, rows);
  const wording = new Float32Array(lines.length);
  for (let i = 0; i < wording.length; i++)
    wording[i] = phrases.sum(words, starts[i] as number, starts[i + 1] as number);
  writeWordingFeatures(wording, rows, LINE_FEATURES.length);
  return scoreRows(FOREST, rows);
}
