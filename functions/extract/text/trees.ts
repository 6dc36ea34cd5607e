/** Gradient-boosted trees as bench/train writes them: flat arrays per tree. */
export interface TreeModel {
  /** Names of the columns, in the order `split` counts them. */
  features: string[];
  trees: { split: number[]; threshold: number[]; left: number[]; right: number[]; leaf: number[] }[];
}

interface Tree {
  /** Per node: the column looked at, and the value up to which the left child is taken. */
  split: Uint16Array;
  threshold: Float32Array;
  /** Children; below zero stands leaf `~child`. */
  left: Int16Array;
  right: Int16Array;
  leaf: Float32Array;
}

/** Scores rows, given as columns by name: the chance, 0 to 1, that each row is what the model looks for. */
export class Forest {
  readonly #features: readonly string[];
  readonly #trees: readonly Tree[];

  constructor(model: TreeModel) {
    this.#features = model.features;
    this.#trees = model.trees.map((tree) => ({
      split: Uint16Array.from(tree.split),
      threshold: Float32Array.from(tree.threshold),
      left: Int16Array.from(tree.left),
      right: Int16Array.from(tree.right),
      leaf: Float32Array.from(tree.leaf),
    }));
  }

  score(columns: ReadonlyMap<string, Float32Array>, rows: number): Float32Array {
    const inputs = this.#features.map((name) => {
      const column = columns.get(name);
      if (column === undefined) throw new FeatureMissing(name);
      return column;
    });
    const scores = new Float32Array(rows);
    for (const tree of this.#trees) addTree(tree, inputs, scores);
    for (let i = 0; i < rows; i++) scores[i] = 1 / (1 + Math.exp(-(scores[i] ?? 0)));
    return scores;
  }
}

/** The model file and the code that feeds it are of different versions. */
export class FeatureMissing extends Error {
  readonly code = 'FEATURE_MISSING';
  constructor(name: string) {
    super(`The model reads the feature "${name}", which the engine does not compute; train the model again.`);
  }
}

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
