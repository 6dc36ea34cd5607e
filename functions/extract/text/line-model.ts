import { Forest, type ForestFile } from '../forest.ts';
import type { Survey } from './features.ts';
import { LINE_FEATURES, writeLineFeatures } from './line-features.ts';
import model from './lines.model.json' with { type: 'json' };
import { PhraseWeights } from './phrase-weights.ts';
import { Rows, scoreRows } from './rows.ts';
import { WORDING_FEATURES, writeWordingFeatures } from './wording-features.ts';

const FEATURES = [...LINE_FEATURES, ...WORDING_FEATURES];

/** Trained by bench/train/text on copy whose article is known. */
export interface LineModelFile extends ForestFile {
  /** Wordings by weight, as {@link PhraseWeights} reads them. */
  phrases: Record<string, string>;
}

/**
 * The chance, 0 to 1, of each line to belong to the article.
 *
 * @param landmark index of the line that rules take for the headline, or −1
 */
export type LineScorer = (survey: Survey, landmark: number) => Float32Array;

/**
 * A scorer that judges by a model.
 *
 * @param name the file's, for the error
 * @throws FeaturesDiffer where the model was trained on other columns than the engine measures
 */
export function lineScorer(file: LineModelFile, name: string): LineScorer {
  const forest = new Forest(file, FEATURES, name);
  const phrases = new PhraseWeights(file.phrases);
  return (survey, landmark) => {
    const { lines, words, starts } = survey;
    const rows = new Rows(lines.length, FEATURES.length);
    writeLineFeatures(survey, landmark, rows);
    const wording = new Float32Array(lines.length);
    for (let i = 0; i < wording.length; i++)
      wording[i] = phrases.sum(words, starts[i] as number, starts[i + 1] as number);
    writeWordingFeatures(wording, rows, LINE_FEATURES.length);
    return scoreRows(forest, rows);
  };
}

export const scoreLines: LineScorer = lineScorer(model, 'lines.model.json');
