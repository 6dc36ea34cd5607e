import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The table under "Who may import whom" in docs/architecture.md: `*` is any one name. */
const architecture = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
const section = architecture.split('## Who may import whom')[1]?.split('\n## ')[0] ?? '';
const RULES = [...section.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, from = '', may = '']) => ({
  from,
  may: [...may.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
}));

/** Whether a file is that file or lies in that folder; `*` matches one path segment. */
function within(file: string, pattern: string): boolean {
  const steps = pattern.split('/');
  const path = file.split('/');
  return steps.every((step, i) => step === '*' || step === path[i]);
}

function allowed(file: string, target: string): boolean {
  const rule = RULES.find(({ from }) => within(file, from));
  if (!rule) return false;
  // With a `*` the folder itself is the stage the file belongs to: no stage imports another.
  const itself = rule.from.includes('*') ? file.split('/').slice(0, 2).join('/') : rule.from;
  return [itself, ...rule.may].some((pattern) => within(target, pattern));
}

const ROOTS = ['functions', 'infra', 'client', 'cli', 'local', 'bench', 'examples'];

function* sources(folder: string): Generator<string> {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // The peers of bench/peers are installed there.
    if (entry.name === 'node_modules') continue;
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
    expect(RULES.length).toBeGreaterThan(5);
    expect(files.length).toBeGreaterThan(20);
    expect(ours.length).toBeGreaterThan(20);
  });

  it('go in the direction the architecture says', () => {
    const wrong = ours.filter(({ file, target }) => !allowed(file, target));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('reach the AWS SDK only in functions/aws', () => {
    const wrong = files.filter(
      (file) =>
        !/^(functions\/aws|examples)\//.test(file) &&
        importsOf(file).some((target) => /^@(aws-sdk|smithy)\//.test(target)),
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
