/** The block classifier: gradient-boosted trees and learned word weights, trained by bench/train. */
import { Forest } from '../forest.ts';
import model from './block.model.json' with { type: 'json' };
import { FEATURES } from './feature-names.ts';
import { FEATURE_COUNT, type Measures } from './features.ts';
import { PhraseWeights } from './phrases.ts';

const FOREST = new Forest(model, FEATURES, 'block.model.json');

const scaled = (weights: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(weights).map(([word, weight]) => [word, weight / 100]));

/** What names of elements tell, by word; above 0 speaks for the article. */
export const NAME_WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(scaled(model.names)));
/** What the wording of blocks tells. */
export const PHRASE_WEIGHTS = new PhraseWeights({
  phrases: scaled(model.phrases),
  prosePhrases: scaled(model.prosePhrases),
  pagePhrases: scaled(model.pagePhrases),
});

/** Rows measured and judged at a time: few enough to stay in the processor's nearest cache. */
const BATCH = 32;

/** The chance of each measured block to be part of the article; none for blocks of a consent notice. */
export function classifyBlocks(measures: Measures): Float32Array {
  const { count, consent, memory } = measures;
  const chances = memory.floats(count);
  const rows = memory.floats(Math.min(count, BATCH) * FEATURE_COUNT);
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    for (let i = 0; i < size; i++) measures.write(from + i, rows, i * FEATURE_COUNT);
    FOREST.judge(rows, size, chances, from);
  }
  if (consent !== null) for (let i = 0; i < count; i++) if (consent[i] === 1) chances[i] = 0;
  return chances;
}
