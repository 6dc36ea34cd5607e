import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom, from the folder of a file to the folders it may reach. First match wins, so
 * single files with a right of their own stand above their folder. docs/architecture.md shows the same.
 */
const RULES: [from: RegExp, may: RegExp][] = [
  [/^functions\/names\.ts$/, /^$/],
  [/^functions\/article\//, /^functions\/article\//],
  [/^functions\/extract\//, /^functions\/(extract|article)\//],
  [/^functions\/aws\//, /^functions\/(aws|article)\/|^functions\/names\.ts$|^functions\/\w+\/ports\.ts$/],
  [/^functions\/(\w+)\/handler\.ts$/, /^functions\/($1|aws|article|extract)\/|^functions\/names\.ts$/],
  [/^functions\/(\w+)\//, /^functions\/($1|article|extract)\//],
  [/^infra\//, /^infra\/|^functions\/names\.ts$/],
  [/^client\//, /^client\/|^functions\/(article|aws)\//],
  [/^cli\//, /^(cli|client)\/|^functions\/(article|extract|aws)\/|^functions\/names\.ts$|^local\/announcement\.ts$/],
  [/^local\//, /^local\/|^functions\/(article|aws)\/|^functions\/names\.ts$|^cli\/(render|api)\//],
  [/^bench\//, /^(bench|local|cli\/api)\/|^functions\//],
];

const ROOTS = ['functions', 'infra', 'client', 'cli', 'local', 'bench'];

function* sources(folder: string): Generator<string> {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

function importsOf(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  return [
    ...source.matchAll(
      /^\s*(?:import|export)\b[^'"`;]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm,
    ),
  ].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

const files = ROOTS.flatMap((root) => [...sources(root)]);
const ours = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ file, target: normalize(join(dirname(file), target)) })),
);

describe('imports', () => {
  it('are found, so that the rules below hold something', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(ours.length).toBeGreaterThan(20);
  });

  it('go in the direction the architecture says', () => {
    const wrong = ours.filter(({ file, target }) => {
      const rule = RULES.find(([from]) => from.test(file));
      if (!rule) return true;
      const stage = rule[0].exec(file)?.[1] ?? '';
      return !new RegExp(rule[1].source.replaceAll('$1', stage)).test(target);
    });
    expect(wrong.map(({ file, target }) => `${file} → ${relative('.', target)}`)).toEqual([]);
  });

  it('reach the AWS SDK only in functions/aws', () => {
    const wrong = files.filter(
      (file) =>
        !file.startsWith('functions/aws/') && importsOf(file).some((target) => /^@(aws-sdk|smithy)\//.test(target)),
    );
    expect(wrong).toEqual([]);
  });

  it('keep the engine and the domain free of clocks, files and networks', () => {
    const pure = files.filter((file) => /^functions\/(article|extract)\//.test(file));
    const impure = pure.filter((file) => {
      const source = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
      const modules = importsOf(file).some((target) =>
        /^(node:)?(fs|http|https|net|child_process|os|process|worker_threads)(\/|$)/.test(target),
      );
      return modules || /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bprocess\.(env|argv)/.test(source);
    });
    expect(impure).toEqual([]);
  });

  it('never leave a folder called utils, helpers or common', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file))).toEqual([]);
  });
});
