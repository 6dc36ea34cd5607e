/** `npm run lint:template`: cfn-lint over the synthesized template; any finding fails. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preparePython } from './python.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The package is no module to run, and its script lies elsewhere in an environment without venv. */
const RUN = 'import sys; from cfnlint.runner import main; sys.exit(main())';

/** Dependencies that CDK writes besides the reference that already implies them. */
const IGNORED = 'W3005';

/**
 * @param template path of a CloudFormation template
 * @returns the findings of cfn-lint, a paragraph each; empty where there are none
 * @throws PythonUnavailable
 */
export async function lintTemplate(template: string): Promise<string> {
  const { python, env } = await preparePython({
    purpose: 'cfn-lint',
    folder: `${PROJECT}.copydesk/cfn-lint`,
    requirements: `${PROJECT}local/requirements-lint.txt`,
    progress: (line) => console.error(line),
  });
  return new Promise((resolve, reject) => {
    const args = ['-c', RUN, '--ignore-checks', IGNORED, '--', template];
    execFile(python, args, { env: { ...process.env, ...env } }, (error, findings, problems) => {
      if (findings) resolve(findings);
      else if (error) reject(new Error(`cfn-lint did not run: ${problems}`, { cause: error }));
      else resolve('');
    });
  });
}

if (import.meta.main) {
  const template = `${PROJECT}cdk.out/copydesk.template.json`;
  try {
    if (!existsSync(template)) throw new Error(`There is no ${template} yet: npm run synth writes it.`);
    const findings = await lintTemplate(template);
    if (findings) throw new Error(findings);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
