/** `npm run lint:template`: cfn-lint over the synthesized template; any finding fails. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PythonUnavailable, preparePython } from './python.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const TEMPLATE = `${PROJECT}cdk.out/copydesk.template.json`;

/** Dependencies that CDK writes besides the reference that already implies them. */
const IGNORED = 'W3005';

/** The package is no module to run, and its script lies elsewhere in an environment without venv. */
const RUN = 'import sys; from cfnlint.runner import main; sys.exit(main())';

async function lint(): Promise<number> {
  if (!existsSync(TEMPLATE)) {
    console.error('There is no cdk.out/copydesk.template.json yet: npm run synth writes it.');
    return 1;
  }
  const { python, env } = await preparePython({
    purpose: 'cfn-lint',
    folder: `${PROJECT}.copydesk/cfn-lint`,
    requirements: `${PROJECT}local/requirements-lint.txt`,
    progress: (line) => console.error(line),
  });
  const checker = spawn(python, ['-c', RUN, '--ignore-checks', IGNORED, '--', TEMPLATE], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    checker.on('error', reject).on('exit', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await lint();
} catch (error) {
  if (!(error instanceof PythonUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
