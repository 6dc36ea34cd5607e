/** Tries an API against its own OpenAPI document from outside, with schemathesis: what it promises, with made-up requests. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparePython } from './python.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The package is a script and no module to run. */
const RUN = 'import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())';

/** Fixed, so that a run that fails fails again. */
const SEED = 1;
/** Requests of an operation in the random phase; the one before covers every parameter's edges. */
const EXAMPLES = 4;
/** Milliseconds. */
const TIMEOUT = 600_000;
/** What the document cannot say: that a cursor must be one that a list gave out, that some parameters exclude others. */
const NOT_SAID = 'positive_data_acceptance';

/**
 * @param base address of a running API; its document is at /openapi.json
 * @returns the report of what it did against its own word; empty where it kept it
 * @throws PythonUnavailable
 */
export async function tryContract(base: string): Promise<string> {
  const { python, env } = await preparePython({
    purpose: 'schemathesis',
    folder: `${PROJECT}.copydesk/schemathesis`,
    requirements: `${PROJECT}local/requirements-contract.txt`,
    progress: (line) => console.error(line),
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-contract-'));
  try {
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as Record<string, unknown>;
    // Signatures are for API Gateway, which does not stand in front of this one.
    delete document.security;
    const file = path.join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const args = ['-c', RUN, 'run', file, '--url', base, '--no-color', '--exclude-checks', NOT_SAID];
    args.push('--phases', 'examples,coverage,fuzzing', '--max-examples', String(EXAMPLES), '--seed', String(SEED));
    args.push('--generation-database', 'none', '--continue-on-failure');
    return await report(python, args, folder, { ...process.env, ...env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param cwd where it leaves what nobody needs */
function report(python: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env, timeout: TIMEOUT, maxBuffer: 64 * 1024 * 1024 };
    execFile(python, args, options, (error, findings, problems) => {
      if (!error) resolve('');
      // 1 is its word for broken promises; any other failure is its own.
      else if (error.code === 1 && findings.includes('FAILURES')) resolve(findings);
      else reject(new Error(`schemathesis did not run: ${findings}\n${problems}`, { cause: error }));
    });
  });
}
