/** The block classifier: gradient-boosted trees and learned word weights, trained by bench/train. */
import model from './block.model.json' with { type: 'json' };
import { FEATURE_COUNT, FEATURES } from './features.ts';

if (model.features.length !== FEATURE_COUNT || model.features.some((name, i) => name !== FEATURES[i])) {
  throw new Error(
    'block.model.json was trained on other features than features.ts measures; train it anew (bench/train)',
  );
}

const feature = Uint8Array.from(model.trees.feature);
// Thresholds are float32 in the file, as the rows are, so that training and this code decide alike to the last bit.
const threshold = Float32Array.from(model.trees.threshold);
/** Next node, or the complement of a leaf's index. */
const left = Int16Array.from(model.trees.left);
const right = Int16Array.from(model.trees.right);
const leaf = Float64Array.from(model.trees.leaf, (value) => value / 1e4);
const roots = Int16Array.from(model.trees.roots);

const weightsOf = (words: Record<string, number>): ReadonlyMap<string, number> =>
  new Map(Object.entries(words).map(([word, weight]) => [word, weight / 100]));

/** What names of elements tell, by word; above 0 speaks for the article. */
export const NAME_WEIGHTS = weightsOf(model.names);
/** What the wording of short blocks tells. */
export const PHRASE_WEIGHTS = weightsOf(model.phrases);

/**
 * The chance of each row to be part of the article.
 *
 * @param values rows of {@link FEATURE_COUNT} numbers, as measureBlocks gives them
 */
export function classify(values: Float32Array): Float32Array {
  const rows = values.length / FEATURE_COUNT;
  const chances = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const base = row * FEATURE_COUNT;
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      while (node >= 0) {
        const value = values[base + (feature[node] as number)] as number;
        node = (value <= (threshold[node] as number) ? left[node] : right[node]) as number;
      }
      sum += leaf[~node] as number;
    }
    chances[row] = 1 / (1 + Math.exp(-sum));
  }
  return chances;
}
