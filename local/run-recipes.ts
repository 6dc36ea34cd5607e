/**
 * Runs the code blocks of a document as a reader would who pastes them one after the other: those in `sh` in one shell
 * with the AWS CLI, those in `python` in one interpreter with boto3.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preparePython } from './python.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** Milliseconds. */
const TIMEOUT = 500_000;
const MOST_OUTPUT = 64 * 1024 * 1024;
/** Parts what one block prints from the next: the record separator, which none of them prints. */
const MARK = '\x1e';

export interface RecipeOptions {
  /** Address and region of the cloud they run against. */
  endpoint: string;
  region: string;
  /** What the document leaves to the reader, as variables of both languages. */
  given: Readonly<Record<string, string>>;
}

export interface RecipeRun {
  /** What each block printed, by the heading it stands under. */
  sh: ReadonlyMap<string, string>;
  python: ReadonlyMap<string, string>;
  /** What the recipes left in the folder they ran in. */
  files: ReadonlyMap<string, Buffer>;
}

interface Block {
  heading: string;
  language: 'sh' | 'python';
  code: string;
}

/**
 * @param document Markdown, from the heading of its recipes on
 * @throws PythonUnavailable, and an Error with what it printed where a block fails
 */
export async function runRecipes(document: string, options: RecipeOptions): Promise<RecipeRun> {
  const { python, env } = await preparePython({
    purpose: 'the AWS CLI and boto3',
    folder: `${PROJECT}.copydesk/recipes`,
    requirements: `${PROJECT}local/requirements-recipes.txt`,
    progress: (line) => console.error(line),
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-recipes-'));
  try {
    const [bin, work] = [path.join(folder, 'bin'), path.join(folder, 'work')];
    await Promise.all([mkdir(bin), mkdir(work)]);
    // Packages that were installed without a virtual environment bring no commands.
    await writeFile(path.join(bin, 'aws'), `#!/bin/sh\nexec '${python}' -m awscli "$@"\n`, { mode: 0o755 });
    const environment = {
      ...env,
      // Nothing of the user's own: settings of theirs would lead elsewhere.
      HOME: work,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_DEFAULT_REGION: options.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      PYTHONUTF8: '1',
      LC_ALL: 'C.UTF-8',
    };
    const execution = { cwd: work, env: environment, timeout: TIMEOUT, maxBuffer: MOST_OUTPUT };
    const blocks = blocksOf(document);
    const shell = scriptOf(
      blocks,
      'sh',
      ([name, value]) => `${name}='${value}'`,
      (text) => `printf '%s\\n' '${text}'`,
    );
    const script = scriptOf(
      blocks,
      'python',
      ([name, value]) => `${name} = '${value}'`,
      (text) => `print('${text}')`,
    );
    const sh = await run('sh', ['-eu', '-c', shell(options.given)], execution);
    const py = await run(python, ['-c', script(options.given)], execution);
    const files = await readdir(work, { withFileTypes: true });
    const left = files
      .filter((entry) => entry.isFile())
      .map(async ({ name }) => [name, await readFile(path.join(work, name))] as const);
    return { sh: outputs(sh.stdout), python: outputs(py.stdout), files: new Map(await Promise.all(left)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function blocksOf(document: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: Block | null = null;
  for (const line of document.split('\n')) {
    const [, fence] = /^```(\w*)$/.exec(line) ?? [];
    if (open !== null && fence === '') open = null;
    else if (open !== null) open.code += `${line}\n`;
    else if (fence === 'sh' || fence === 'python') {
      open = { heading, language: fence, code: '' };
      blocks.push(open);
    } else if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '');
  }
  return blocks;
}

function scriptOf(
  blocks: readonly Block[],
  language: Block['language'],
  assign: (given: [name: string, value: string]) => string,
  print: (text: string) => string,
) {
  return (given: Readonly<Record<string, string>>) => {
    const parts = blocks
      .filter((block) => block.language === language)
      .map(({ heading, code }) => `${print(`${MARK}${heading.replaceAll("'", '’')}`)}\n${code}`);
    return [...Object.entries(given).map(assign), ...parts].join('\n');
  };
}

function outputs(printed: string): ReadonlyMap<string, string> {
  const parts = printed.split(MARK).slice(1);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)];
    }),
  );
}
