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

/** Rows in a set: the bits of a number. */
const SET = 32;

/** Marks a leaf where inner nodes have their right child. */
const LEAF = -1;

/**
 * Gradient-boosted trees as a function from rows of numbers to chances. Thresholds are float32, as rows are, so that
 * training and this code decide alike to the last bit.
 *
 * A tree walked row by row costs a mispredicted branch at nearly every node. Here rows are judged in sets of 32: each value
 * is looked up once among its column's thresholds, which settles every node that asks for the column for the whole set, and
 * a tree then parts sets of rows. It is QuickScorer (Lucchese et al., SIGIR 2015) with bits for rows instead of leaves.
 */
export class Forest {
  readonly #width: number;
  /** By used column: the column, and where its thresholds begin, smallest first; one entry more than columns. */
  readonly #columns: Int32Array;
  readonly #starts: Int32Array;
  /** As {@link ordered} makes them. */
  readonly #thresholds: Int32Array;
  /** By threshold, the rows of the set whose value is no larger; the last of each column takes what is larger than all. */
  readonly #below: Int32Array;
  /** By node: its right child, the place of its threshold, what a leaf gives. */
  readonly #right: Int32Array;
  readonly #asks: Int32Array;
  readonly #gives: Int32Array;
  /** Subtrees that wait to be walked, and the rows of the set that reach them; of rows there are more than can be parted. */
  readonly #waiting = new Int32Array(SET);
  readonly #waitingRows = new Int32Array(SET);
  readonly #roots: Int32Array;
  /** By row of the set ten-thousandths of log odds: whole numbers, so that their sum is exact. */
  readonly #sums = new Int32Array(SET);

  /**
   * @param measured what the engine measures, in the order of its rows
   * @param name the file's, for the error
   * @throws FeaturesDiffer where the model was trained on other columns than those
   */
  constructor({ features, trees }: ForestFile, measured: readonly string[], name: string) {
    if (features.length !== measured.length || features.some((feature, i) => feature !== measured[i])) {
      throw new FeaturesDiffer(name, features, measured);
    }
    const { split, value } = trees;
    const n = split.length;
    this.#width = measured.length;
    this.#right = new Int32Array(n).fill(LEAF);
    this.#asks = new Int32Array(n);
    this.#gives = new Int32Array(n);
    const open: number[] = [];
    const asking = new Map<number, number[]>();
    // From the last node back, both subtrees of a node are closed when it is met, the left one last.
    for (let node = n - 1; node >= 0; node--) {
      const column = split[node] as number;
      if (column < 0) this.#gives[node] = value[node] as number;
      else {
        open.pop();
        const right = open.pop() as number;
        this.#right[node] = right;
        const nodes = asking.get(column);
        if (nodes === undefined) asking.set(column, [node]);
        else nodes.push(node);
      }
      open.push(node);
    }
    this.#roots = Int32Array.from(open.reverse());
    const thresholds: number[] = [];
    const starts: number[] = [];
    for (const nodes of asking.values()) {
      starts.push(thresholds.length);
      const known = new Set(nodes.map((node) => Math.fround(value[node] as number)));
      const own = [...known].sort((a, b) => a - b);
      for (const node of nodes) {
        this.#asks[node] = thresholds.length + own.indexOf(Math.fround(value[node] as number));
      }
      thresholds.push(...own, Number.NaN);
    }
    starts.push(thresholds.length);
    this.#columns = Int32Array.from(asking.keys());
    this.#starts = Int32Array.from(starts);
    this.#thresholds = ordered(thresholds).map((key, i) => (Number.isNaN(thresholds[i]) ? HIGHEST : key));
    this.#below = new Int32Array(thresholds.length);
  }

  /** The chance, 0 to 1, of a single row. */
  chance(row: Float32Array): number {
    this.#addUp(new Int32Array(row.buffer, row.byteOffset, row.length), 0, 1);
    return this.#chanceOf(0);
  }

  /** Writes the chances of the first `count` rows to `into` from `at` on. */
  judge(rows: Float32Array, count: number, into: Float32Array, at: number): void {
    const bits = new Int32Array(rows.buffer, rows.byteOffset, rows.length);
    for (let from = 0; from < count; from += SET) {
      const size = Math.min(SET, count - from);
      this.#addUp(bits, from * this.#width, size);
      for (let row = 0; row < size; row++) into[at + from + row] = this.#chanceOf(row);
    }
  }

  #chanceOf(row: number): number {
    return 1 / (1 + Math.exp(-(this.#sums[row] as number) / 1e4));
  }

  /** The chances of all rows. */
  chances(rows: Float32Array): Float32Array {
    const chances = new Float32Array(Math.floor(rows.length / this.#width));
    this.judge(rows, chances.length, chances, 0);
    return chances;
  }

  /** Adds up what all trees give each of `count` rows from `base` on, at most {@link SET} of them. */
  #addUp(rows: Int32Array, base: number, count: number): void {
    this.#compare(rows, base, count);
    const sums = this.#sums.fill(0);
    const all = count === SET ? -1 : (1 << count) - 1;
    const right = this.#right;
    const asks = this.#asks;
    const below = this.#below;
    const gives = this.#gives;
    const waiting = this.#waiting;
    const waitingRows = this.#waitingRows;
    // What a leaf gives that all rows reach.
    let common = 0;
    const roots = this.#roots;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      let rest = all;
      for (let depth = 0; ; ) {
        const other = right[node] as number;
        if (other !== LEAF) {
          const left = rest & (below[asks[node] as number] as number);
          if (left === 0) {
            node = other;
            continue;
          }
          node++;
          if (left === rest) continue;
          waiting[depth] = other;
          waitingRows[depth++] = rest ^ left;
          rest = left;
          continue;
        }
        const given = gives[node] as number;
        if (rest === all) common += given;
        else
          for (; rest !== 0; rest &= rest - 1) {
            const row = 31 - Math.clz32(rest & -rest);
            sums[row] = (sums[row] as number) + given;
          }
        if (depth === 0) break;
        node = waiting[--depth] as number;
        rest = waitingRows[depth] as number;
      }
    }
    if (common !== 0) for (let row = 0; row < count; row++) sums[row] = (sums[row] as number) + common;
  }

  /** Fills `below`. */
  #compare(rows: Int32Array, base: number, count: number): void {
    const below = this.#below.fill(0);
    const thresholds = this.#thresholds;
    const starts = this.#starts;
    const columns = this.#columns;
    const width = this.#width;
    for (let c = 0; c < columns.length; c++) {
      const start = starts[c] as number;
      const last = (starts[c + 1] as number) - 1;
      // Rows of a page are alike in much: a set of them in a row falls between the same two thresholds.
      let place = start;
      let above = LOWEST;
      let upTo = thresholds[start] as number;
      let from = 0;
      for (let row = 0, at = base + (columns[c] as number); row < count; row++, at += width) {
        const bits = rows[at] as number;
        const value = bits ^ ((bits >> 31) & 0x7fffffff);
        if (value <= upTo && value > above) continue;
        below[place] = (below[place] as number) | ((1 << row) - (1 << from));
        from = row;
        let low = start;
        let high = last;
        if (value <= LOWEST) low = last;
        else if (value > upTo) low = place + 1;
        else high = place - 1;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (value <= (thresholds[middle] as number)) high = middle;
          else low = middle + 1;
        }
        place = low;
        upTo = thresholds[low] as number;
        above = low === start ? LOWEST : (thresholds[low - 1] as number);
      }
      below[place] = (below[place] as number) | ((count === SET ? 0 : 1 << count) - (1 << from));
      for (let place = start + 1; place < last; place++) {
        below[place] = (below[place] as number) | (below[place - 1] as number);
      }
    }
  }
}

/** Below every number, where only what is no number comes out, which is no smaller than any; and above every number. */
const LOWEST = (0xff800000 ^ 0x7fffffff) - 1;
const HIGHEST = 0x7fffffff;

/** Numbers in float32 as whole numbers of the same order: their bits, of negative ones turned over. */
function ordered(values: readonly number[]): Int32Array {
  const keys = new Int32Array(Float32Array.from(values, (value) => value + 0).buffer);
  for (const [i, bits] of keys.entries()) keys[i] = bits ^ ((bits >> 31) & 0x7fffffff);
  return keys;
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
