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

/** Marks a leaf where inner nodes have their column. */
const LEAF = 0xff;

/**
 * Gradient-boosted trees as a function from rows of numbers to chances.
 *
 * Thresholds are float32, as rows are, so that training and this code decide alike to the last bit. A node takes eight
 * bytes: its column and its right child in one number, then its threshold. Its left child is the next node.
 */
export class Forest {
  readonly #width: number;
  readonly #roots: Int32Array;
  readonly #links: Int32Array;
  readonly #values: Float32Array;

  /**
   * @param measured what the engine measures, in the order of its rows, at most 255
   * @param name the file's, for the error
   * @throws FeaturesDiffer where the model was trained on other columns than those
   */
  constructor({ features, trees }: ForestFile, measured: readonly string[], name: string) {
    if (features.length !== measured.length || features.some((feature, i) => feature !== measured[i])) {
      throw new FeaturesDiffer(name, features, measured);
    }
    const { split, value } = trees;
    this.#width = measured.length;
    const nodes = new ArrayBuffer(8 * split.length);
    this.#links = new Int32Array(nodes);
    this.#values = new Float32Array(nodes);
    const open: number[] = [];
    // From the last node back, both subtrees of a node are closed when it is met, the left one last.
    for (let node = split.length - 1; node >= 0; node--) {
      const column = split[node] as number;
      this.#values[2 * node + 1] = value[node] as number;
      if (column < 0) this.#links[2 * node] = LEAF;
      else {
        open.pop();
        this.#links[2 * node] = ((open.pop() as number) << 8) | column;
      }
      open.push(node);
    }
    this.#roots = Int32Array.from(open.reverse());
  }

  /** The chance of the row that begins at `base`. */
  chance(rows: Float32Array, base: number): number {
    let sum = 0;
    for (let tree = 0; tree < this.#roots.length; tree++) sum += this.#leaf(this.#roots[tree] as number, rows, base);
    return chanceOf(sum);
  }

  /** Writes the chances of the first `count` rows to `into` from `at` on: tree by tree, for each tree is small and all are not. */
  judge(rows: Float32Array, count: number, into: Float32Array, at: number): void {
    const sums = new Int32Array(count);
    for (let tree = 0; tree < this.#roots.length; tree++) {
      const root = this.#roots[tree] as number;
      for (let row = 0, base = 0; row < count; row++, base += this.#width) {
        sums[row] = (sums[row] as number) + this.#leaf(root, rows, base);
      }
    }
    for (let row = 0; row < count; row++) into[at + row] = chanceOf(sums[row] as number);
  }

  /** Ten-thousandths of log odds that one tree gives a row. Whole numbers, so that their sum is exact. */
  #leaf(root: number, rows: Float32Array, base: number): number {
    const links = this.#links;
    const values = this.#values;
    let node = root;
    let link = links[2 * node] as number;
    let column = link & 0xff;
    while (column !== LEAF) {
      node = (rows[base + column] as number) <= (values[2 * node + 1] as number) ? node + 1 : link >> 8;
      link = links[2 * node] as number;
      column = link & 0xff;
    }
    return values[2 * node + 1] as number;
  }
}

const chanceOf = (tenThousandths: number): number => 1 / (1 + Math.exp(-tenThousandths / 1e4));

/** A forest asked row by row. */
export function forest(file: ForestFile, measured: readonly string[], name: string): ChanceOf {
  const trees = new Forest(file, measured, name);
  return (rows, base) => trees.chance(rows, base);
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
