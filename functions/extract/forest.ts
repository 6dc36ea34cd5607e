/** Trees as bench/train/forest.py writes them: their nodes in preorder, so that no child needs an address. */
export interface ForestFile {
  /** What the columns of a row measure, in the order `split` counts them. */
  features: string[];
  trees: {
    /** The column a node looks at; −1 is a leaf. */
    split: number[];
    /** Up to which value a node's left child is taken; of a leaf, ten-thousandths of log odds. */
    value: number[];
  };
}

/** The chance, 0 to 1, of the row that begins at `base`. */
export type ChanceOf = (rows: Float32Array, base: number) => number;

/**
 * Gradient-boosted trees as a function from a row of numbers to a chance.
 *
 * Thresholds are float32, as rows are, so that training and this code decide alike to the last bit. A left child is the
 * next node: one address less to fetch a step than with both children stored.
 *
 * @param measured what the engine measures, in the order of its rows
 * @param name the file's, for the error
 * @throws FeaturesDiffer where the model was trained on other columns than those
 */
export function forest({ features, trees }: ForestFile, measured: readonly string[], name: string): ChanceOf {
  if (features.length !== measured.length || features.some((feature, i) => feature !== measured[i])) {
    throw new FeaturesDiffer(name, features, measured);
  }
  const split = Int16Array.from(trees.split);
  const value = Float64Array.from(trees.value, (one, node) =>
    (split[node] as number) < 0 ? one / 1e4 : Math.fround(one),
  );
  const right = new Int32Array(split.length);
  const open: number[] = [];
  // From the last node back, both subtrees of a node are closed when it is met, the left one last.
  for (let node = split.length - 1; node >= 0; node--) {
    if ((split[node] as number) >= 0) {
      open.pop();
      right[node] = open.pop() as number;
    }
    open.push(node);
  }
  const roots = Int32Array.from(open.reverse());
  return (rows, base) => {
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      let column = split[node] as number;
      while (column >= 0) {
        node = (rows[base + column] as number) <= (value[node] as number) ? node + 1 : (right[node] as number);
        column = split[node] as number;
      }
      sum += value[node] as number;
    }
    return 1 / (1 + Math.exp(-sum));
  };
}

/** A model file and the code that feeds it are of different versions. */
export class FeaturesDiffer extends Error {
  readonly code = 'FEATURES_DIFFER';
  override readonly name = 'FeaturesDiffer';
  constructor(file: string, trained: readonly string[], measured: readonly string[]) {
    let column = 0;
    while (column < trained.length && trained[column] === measured[column]) column++;
    const told = (names: readonly string[]) => (column < names.length ? `"${names[column]}"` : 'absent');
    super(
      `${file} was trained on other features than the engine measures: column ${column} is ${told(trained)} in the ` +
        `file and ${told(measured)} in the code. Train the model anew (bench/train).`,
    );
  }
}
