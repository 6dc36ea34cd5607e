/** Trees in a row, as bench/train writes them: node after node, leaves by the complement of their index. */
export interface ForestFile {
  feature: number[];
  threshold: number[];
  left: number[];
  right: number[];
  /** Ten-thousandths of log odds. */
  leaf: number[];
  roots: number[];
}

/**
 * Gradient-boosted trees as a function from a row of numbers to a chance.
 *
 * Thresholds are float32 in the file, as rows are, so that training and this code decide alike to the last bit.
 */
export function forest(file: ForestFile): (values: Float32Array, base: number) => number {
  const feature = Uint8Array.from(file.feature);
  const threshold = Float32Array.from(file.threshold);
  const left = Int16Array.from(file.left);
  const right = Int16Array.from(file.right);
  const leaf = Float64Array.from(file.leaf, (value) => value / 1e4);
  const roots = Int16Array.from(file.roots);
  return (values, base) => {
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      while (node >= 0) {
        const value = values[base + (feature[node] as number)] as number;
        node = (value <= (threshold[node] as number) ? left[node] : right[node]) as number;
      }
      sum += leaf[~node] as number;
    }
    return 1 / (1 + Math.exp(-sum));
  };
}
