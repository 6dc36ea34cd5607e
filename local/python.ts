/**
 * Python environments for tools of this project, the local cloud above all: installed once, and again when
 * the pins or the interpreter change.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** ministack's own lower bound. */
const OLDEST = [3, 10] as const;

/** Newest first; `python` last because it may still be Python 2 where `python3` is missing. */
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

const WITHOUT_CLOUD = 'The engine needs no cloud and no Python: npx copydesk extract FILE';

/** No usable Python, or its packages could not be installed. The message says what to do. */
export class PythonUnavailable extends Error {
  override readonly name = 'PythonUnavailable';
  readonly code = 'PYTHON_UNAVAILABLE';
}

export interface PythonEnvironment {
  /** Path of the interpreter to start. */
  python: string;
  /** Environment variables it needs besides. */
  env: Record<string, string>;
}

interface Interpreter {
  executable: string;
  version: string;
}

export interface Preparation {
  /** What it is for, as messages call it: `the local cloud`. */
  purpose: string;
  /** Where it lives, e.g. `.copydesk/python`. */
  folder: string;
  /** Path of the file with the pins: every package, since pip is told to add none. */
  requirements: string;
  /** Receives one line when something is installed, because that takes seconds. */
  progress: (line: string) => void;
  /** Interpreters to try, in order. */
  candidates?: readonly string[];
}

/**
 * Makes the environment ready, doing nothing where it already is.
 *
 * @throws PythonUnavailable
 */
export async function preparePython(preparation: Preparation): Promise<PythonEnvironment> {
  const { purpose, requirements, progress, candidates = preferred() } = preparation;
  const folder = path.resolve(preparation.folder);
  const pins = await readFile(requirements, 'utf8');
  const interpreter = await findInterpreter(purpose, candidates);
  const wanted = createHash('sha256')
    .update(`${interpreter.executable}\n${interpreter.version}\n${pins}`)
    .digest('hex');

  const installed = await readInstalled(folder);
  if (installed?.pins === wanted) return environment(folder, interpreter, installed.kind);

  progress(`installing ${purpose} for Python ${interpreter.version} into ${folder}`);
  // Built aside and moved into place, so that an interrupted or concurrent install never leaves half of one.
  const building = `${folder}.${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(path.dirname(building), { recursive: true });
  try {
    const kind = await install(purpose, interpreter, building, requirements);
    await writeFile(path.join(building, 'installed.json'), JSON.stringify({ pins: wanted, kind }));
    await rm(folder, { recursive: true, force: true });
    await rename(building, folder);
    return environment(folder, interpreter, kind);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** `COPYDESK_PYTHON` names the interpreter where the one on the PATH is not the one to use. */
function preferred(): string[] {
  const chosen = process.env.COPYDESK_PYTHON;
  return chosen ? [chosen] : CANDIDATES;
}

async function findInterpreter(purpose: string, candidates: readonly string[]): Promise<Interpreter> {
  const tooOld: string[] = [];
  for (const candidate of candidates) {
    const found = await probe(candidate);
    if (!found) continue;
    const [major = 0, minor = 0] = found.version.split('.').map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return found;
    tooOld.push(`${candidate} is ${found.version}`);
  }
  const found = tooOld.length > 0 ? `too old: ${tooOld.join(', ')}` : `none found as ${candidates.join(', ')}`;
  throw new PythonUnavailable(
    `Python ${OLDEST.join('.')} or newer is needed for ${purpose} (${found}). Install one, or name it with COPYDESK_PYTHON. ${WITHOUT_CLOUD}`,
  );
}

async function probe(candidate: string): Promise<Interpreter | null> {
  try {
    // Also runs under Python 2, so that an old one is named and not passed over.
    const script = 'import sys; print(sys.executable); print(".".join(str(part) for part in sys.version_info[:3]))';
    const { stdout } = await run(candidate, ['-c', script], { timeout: 20_000 });
    const [executable, version] = stdout.trim().split(/\r?\n/);
    return executable && version ? { executable, version } : null;
  } catch {
    // Not installed, or a version manager's shim for a version that is not.
    return null;
  }
}

/** A virtual environment needs ensurepip, which some distributions pack apart; pip alone will do. */
type Kind = 'venv' | 'target';

async function install(purpose: string, interpreter: Interpreter, folder: string, requirements: string): Promise<Kind> {
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--no-compile',
  ];
  const pins = ['--requirement', requirements];
  const kind: Kind = await run(interpreter.executable, ['-m', 'venv', folder]).then(
    () => 'venv',
    () => 'target',
  );
  try {
    if (kind === 'venv') {
      await run(environment(folder, interpreter, kind).python, [...pip, ...pins]);
    } else {
      await rm(folder, { recursive: true, force: true });
      await run(interpreter.executable, [...pip, '--target', folder, ...pins]);
    }
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    if (/No module named '?"?pip/.test(output)) {
      throw new PythonUnavailable(
        `${interpreter.executable} (${interpreter.version}) has neither venv nor pip. Install them (python3-venv on Debian and Ubuntu), or name another Python with COPYDESK_PYTHON. ${WITHOUT_CLOUD}`,
      );
    }
    const lastLines = output.split('\n').slice(-5).join('\n');
    throw new PythonUnavailable(
      `Installing ${purpose} with ${interpreter.executable} (${interpreter.version}) failed; check the network and pip's settings, then start again. ${WITHOUT_CLOUD}\n${lastLines}`,
      { cause: error },
    );
  }
  return kind;
}

function environment(folder: string, interpreter: Interpreter, kind: Kind): PythonEnvironment {
  if (kind === 'target') return { python: interpreter.executable, env: { PYTHONPATH: folder } };
  const python = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return { python: path.join(folder, ...python), env: {} };
}

async function readInstalled(folder: string): Promise<{ pins: string; kind: Kind } | null> {
  try {
    const { pins, kind } = JSON.parse(await readFile(path.join(folder, 'installed.json'), 'utf8')) as {
      pins: string;
      kind: Kind;
    };
    return { pins, kind };
  } catch {
    return null;
  }
}
