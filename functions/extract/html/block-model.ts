/** The block classifier: gradient-boosted trees and learned word weights, trained by bench/train. */
import { forest } from '../forest.ts';
import model from './block.model.json' with { type: 'json' };
import { FEATURE_COUNT, FEATURES, type Measures } from './features.ts';
import { PhraseWeights } from './phrases.ts';

const chanceOf = forest(model, FEATURES, 'block.model.json');

const scaled = (weights: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(weights).map(([word, weight]) => [word, weight / 100]));

/** What names of elements tell, by word; above 0 speaks for the article. */
export const NAME_WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(scaled(model.names)));
/** What the wording of short blocks tells. */
export const PHRASE_WEIGHTS = new PhraseWeights(scaled(model.phrases), scaled(model.pagePhrases));

/** The chance of each measured block to be part of the article; none for blocks of a consent notice. */
export function classifyBlocks({ values, consent }: Measures): Float32Array {
  const chances = new Float32Array(values.length / FEATURE_COUNT);
  for (let row = 0; row < chances.length; row++) {
    if (consent?.[row] !== 1) chances[row] = chanceOf(values, row * FEATURE_COUNT);
  }
  return chances;
}
