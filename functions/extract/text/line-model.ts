import type { Survey } from './features.ts';
import { lineFeatures, wordingFeatures } from './line-features.ts';
import model from './lines.model.json' with { type: 'json' };
import { phrasesOf } from './phrases.ts';

/**
 * The line model: gradient-boosted trees over {@link lineFeatures} and {@link wordingFeatures}, trained by
 * bench/train/text on copy whose article is known.
 */
interface Tree {
  /** Per node: the feature looked at, and the value up to which the left child is taken. */
  split: Uint16Array;
  threshold: Float32Array;
  /** Children; below zero stands leaf `~child`. */
  left: Int16Array;
  right: Int16Array;
  leaf: Float32Array;
}

const TREES: readonly Tree[] = model.trees.map((tree) => ({
  split: Uint16Array.from(tree.split),
  threshold: Float32Array.from(tree.threshold),
  left: Int16Array.from(tree.left),
  right: Int16Array.from(tree.right),
  leaf: Float32Array.from(tree.leaf),
}));

const PHRASES = new Map<string, number>();
for (const [weight, phrases] of Object.entries(model.phrases)) {
  for (const phrase of phrases.split('|')) PHRASES.set(phrase, Number(weight));
}

/** The chance, 0 to 1, of each line to belong to the article. */
export function scoreLines(survey: Survey, title: number): Float32Array {
  const n = survey.lines.length;
  const wording = new Float32Array(n);
  for (let i = 0; i < n; i++) wording[i] = phraseWeight(survey.lines[i]?.text ?? '', survey.shapes[i]?.words ?? 0);
  const columns = new Map([...lineFeatures(survey, title), ...wordingFeatures(wording)]);
  const inputs = model.features.map((name) => columns.get(name) ?? new Float32Array(n));
  const scores = new Float32Array(n);
  for (const tree of TREES) addTree(tree, inputs, scores);
  for (let i = 0; i < n; i++) scores[i] = 1 / (1 + Math.exp(-(scores[i] ?? 0)));
  return scores;
}

/** Names of the features the model was trained on, in its order. */
export const MODEL_FEATURES: readonly string[] = model.features;

function addTree(tree: Tree, inputs: readonly Float32Array[], scores: Float32Array): void {
  const { split, threshold, left, right, leaf } = tree;
  for (let i = 0; i < scores.length; i++) {
    let node = 0;
    while (node >= 0) {
      const value = (inputs[split[node] as number] as Float32Array)[i] as number;
      node = (value <= (threshold[node] as number) ? left[node] : right[node]) as number;
    }
    scores[i] = (scores[i] as number) + (leaf[~node] as number);
  }
}

function phraseWeight(text: string, words: number): number {
  let sum = 0;
  for (const phrase of phrasesOf(text, words)) sum += PHRASES.get(phrase) ?? 0;
  return sum;
}
