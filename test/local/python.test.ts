import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PythonUnavailable, preparePython } from '../../local/python.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-python-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/**
 * A stand-in for an interpreter: says its version when asked, and does what `install` says, as shell, when it is to
 * make an environment (`$2` is venv) or to run pip (`$2` is pip). Every call is logged.
 */
async function interpreter(version: string, install = 'exit 0'): Promise<string> {
  const file = path.join(folder, `python-${version}`);
  await writeFile(
    file,
    `#!/bin/sh\necho "$@" >> ${folder}/calls\nif [ "$1" = -c ]; then echo ${file}; echo ${version}; exit 0; fi\n${install}\n`,
  );
  await chmod(file, 0o755);
  return file;
}

/** Makes an environment whose interpreter is the stand-in itself. */
const MAKE_VENV = 'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi';

const NO_VENV = 'if [ "$2" = venv ]; then exit 1; fi';
const INSTALL_INTO_TARGET = 'while [ $# -gt 0 ]; do if [ "$1" = --target ]; then mkdir -p "$2"; fi; shift; done';

async function prepare(candidates: string[], pins = 'ministack==1.0.0\n') {
  const requirements = path.join(folder, 'requirements.txt');
  await writeFile(requirements, pins);
  const lines: string[] = [];
  const environment = await preparePython({
    purpose: 'the local cloud',
    folder: path.join(folder, 'env'),
    requirements,
    progress: (line) => lines.push(line),
    candidates,
  });
  return { environment, lines };
}

const failure = (candidates: string[]) =>
  prepare(candidates).then(
    () => expect.unreachable(),
    (error: unknown) => {
      expect(error).toBeInstanceOf(PythonUnavailable);
      return (error as PythonUnavailable).message;
    },
  );

const calls = async () => (await readFile(path.join(folder, 'calls'), 'utf8')).split('\n');

describe('a Python environment', () => {
  it('is installed once', async () => {
    const python = await interpreter('3.12.1', MAKE_VENV);
    const first = await prepare([python]);
    expect(first.lines).toHaveLength(1);
    expect(first.environment.python).toBe(path.join(folder, 'env/bin/python'));
    expect((await prepare([python])).lines).toEqual([]);
    expect((await calls()).filter((call) => call.includes('pip install'))).toHaveLength(1);
  });

  it('is installed again when the pins change', async () => {
    const python = await interpreter('3.12.1', MAKE_VENV);
    await prepare([python], 'ministack==1.0.0\n');
    expect((await prepare([python], 'ministack==1.0.1\n')).lines).toHaveLength(1);
  });

  it('is made with pip alone where there is no venv', async () => {
    const python = await interpreter('3.12.1', `${NO_VENV}; ${INSTALL_INTO_TARGET}`);
    const { environment } = await prepare([python]);
    expect(environment).toEqual({ python, env: { PYTHONPATH: path.join(folder, 'env') } });
    expect((await calls()).some((call) => call.includes('--target'))).toBe(true);
  });

  it('needs venv or pip, and says so where there is neither', async () => {
    const python = await interpreter('3.12.1', `${NO_VENV}; echo "$0: No module named pip" >&2; exit 1`);
    expect(await failure([python])).toContain('has neither venv nor pip');
  });

  it('leaves nothing behind when it cannot be installed', async () => {
    const python = await interpreter('3.12.1', `${MAKE_VENV}; if [ "$2" = pip ]; then echo no network >&2; exit 1; fi`);
    const message = await failure([python]);
    expect(message).toContain('no network');
    expect(message).toContain('npx copydesk extract FILE');
    expect((await readdir(folder)).filter((name) => name.startsWith('env'))).toEqual([]);
  });

  it('is made with the first interpreter that is new enough', async () => {
    const [old, current] = [await interpreter('3.9.18'), await interpreter('3.10.0', MAKE_VENV)];
    const { lines } = await prepare([old, '/nowhere/python3', current]);
    expect(lines[0]).toContain('3.10.0');
    expect((await stat(path.join(folder, 'env/bin/python'))).isFile()).toBe(true);
  });

  it('that cannot be made says what was found, what to do, and how to go on without', async () => {
    const old = await interpreter('3.9.18');
    const message = await failure([old]);
    expect(message).toContain(`${old} is 3.9.18`);
    expect(message).toContain('3.10');
    expect(message).toContain('COPYDESK_PYTHON');
    expect(message).toContain('npx copydesk extract FILE');
    expect(await failure(['/nowhere/python3'])).toContain('none found as /nowhere/python3');
  });
});
