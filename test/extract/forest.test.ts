import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FeaturesDiffer, Forest, type ForestFile } from '../../functions/extract/forest.ts';

/** A tree as one draws it: what training grows and the file holds in preorder. */
type Tree = { leaf: number } | { column: number; threshold: number; left: Tree; right: Tree };

const COLUMNS = ['words', 'links', 'stops'];
const threshold = fc.float({ min: -4, max: 4, noNaN: true });
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.record({ leaf: fc.integer({ min: -20_000, max: 20_000 }) }),
    fc.record({ column: fc.nat({ max: 2 }), threshold, left: tie('tree'), right: tie('tree') }),
  ),
}));

function fileOf(trees: Tree[]): ForestFile {
  const split: number[] = [];
  const value: number[] = [];
  const add = (one: Tree): void => {
    split.push('leaf' in one ? -1 : one.column);
    value.push('leaf' in one ? one.leaf : one.threshold);
    if ('leaf' in one) return;
    add(one.left);
    add(one.right);
  };
  for (const one of trees) add(one);
  return { features: COLUMNS, trees: { split, value } };
}

function leafOf(tree: Tree, row: ArrayLike<number>): number {
  if ('leaf' in tree) return tree.leaf;
  return leafOf((row[tree.column] as number) <= tree.threshold ? tree.left : tree.right, row);
}

describe('forest', () => {
  it('gives each row the chance of the leaves that it falls into, tree by tree', () => {
    const row = fc.array(threshold, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 8 }), fc.array(row, { minLength: 1, maxLength: 5 }), (trees, rows) => {
        const model = new Forest(fileOf(trees), COLUMNS, 'some.model.json');
        for (const own of rows) {
          const odds = trees.reduce((sum, one) => sum + leafOf(one, own) / 1e4, 0);
          expect(model.chance(Float32Array.from(own))).toBeCloseTo(1 / (1 + Math.exp(-odds)), 12);
        }
      }),
    );
  });

  it('judges many rows at once as it judges each', () => {
    const row = fc.array(threshold, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 8 }), fc.array(row, { maxLength: 70 }), (trees, rows) => {
        const model = new Forest(fileOf(trees), COLUMNS, 'some.model.json');
        const table = Float32Array.from(rows.flat());
        const chances = new Float32Array(rows.length + 1).fill(-1);
        model.judge(table, rows.length, chances, 1);
        expect([...chances]).toEqual([-1, ...rows.map((own) => Math.fround(model.chance(Float32Array.from(own))))]);
      }),
    );
  });

  it('takes a value equal to a threshold to the left, in float32 as rows are', () => {
    const file = fileOf([{ column: 0, threshold: 0.1, left: { leaf: 10_000 }, right: { leaf: -10_000 } }]);
    expect(new Forest(file, COLUMNS, 'some.model.json').chance(Float32Array.of(0.1, 0, 0))).toBeGreaterThan(0.5);
  });

  it('takes what is no number to the right, as no comparison with it holds', () => {
    const file = fileOf([{ column: 0, threshold: -1e30, left: { leaf: 10_000 }, right: { leaf: -10_000 } }]);
    const model = new Forest(file, COLUMNS, 'some.model.json');
    // Both signs, for processors write either.
    for (const bits of [0x7fc00000, 0xffc00000]) {
      expect(model.chance(new Float32Array(Uint32Array.of(bits, 0, 0).buffer))).toBeLessThan(0.5);
    }
  });

  it.each([
    ['another name', ['words', 'anchors', 'stops'], 'column 1 is "links" in the file and "anchors" in the code'],
    ['another order', ['links', 'words', 'stops'], 'column 0 is "words" in the file and "links" in the code'],
    ['one more', [...COLUMNS, 'digits'], 'column 3 is absent in the file and "digits" in the code'],
    ['one less', ['words', 'links'], 'column 2 is "stops" in the file and absent in the code'],
  ])('refuses at load a model whose columns the engine measures by %s, and names the first', (_, measured, told) => {
    const load = () => new Forest(fileOf([]), measured, 'some.model.json');
    expect(load).toThrow(FeaturesDiffer);
    expect(load).toThrow(`some.model.json was trained on other features than the engine measures: ${told}.`);
  });
});

describe('the shipped models', () => {
  const engine = join(import.meta.dirname, '../../functions/extract');
  const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.model.json'),
  );

  it('stay under 800 KB together, for every cold start reads them', () => {
    const bytes = files.reduce((sum, path) => sum + readFileSync(join(engine, path)).length, 0);
    expect(files).toHaveLength(6);
    expect(bytes).toBeLessThan(800_000);
  });

  it.each(files)('%s holds whole trees over columns that it names', (path) => {
    const { features, trees } = JSON.parse(readFileSync(join(engine, path), 'utf8')) as ForestFile;
    expect(trees.value).toHaveLength(trees.split.length);
    // A tree is whole where as many subtrees were closed as were opened.
    let open = 0;
    for (const column of trees.split) {
      if (open === 0) open = 1;
      open += column < 0 ? -1 : 1;
    }
    expect(open).toBe(0);
    expect(Math.max(...trees.split)).toBeLessThan(features.length);
    expect(trees.value.every(Number.isFinite)).toBe(true);
  });
});

// What the engines measure is changed under the models that were trained on it.
describe.each([
  ['html/block-model.ts', 'block.model.json'],
  ['html/page-model.ts', 'page.model.json'],
  ['text/line-model.ts', 'lines.model.json'],
  ['text/title.ts', 'title.model.json'],
  ['text/page-kind.ts', 'page-kind.model.json'],
])('%s', (module, file) => {
  it(`does not load where ${file} was trained on other features`, async () => {
    vi.resetModules();
    const path = `../../functions/extract/${module.split('/')[0]}/${file}`;
    vi.doMock(path, async (original) => {
      const model = ((await original()) as { default: ForestFile }).default;
      return { default: { ...model, features: [...model.features.slice(0, -1), 'phase of the moon'] } };
    });
    await expect(import(/* @vite-ignore */ `../../functions/extract/${module}`)).rejects.toThrow(
      new RegExp(`${file} was trained on other features .*"phase of the moon" in the file`),
    );
    vi.doUnmock(path);
  });
});
