/**
 * `npm run deploy | diff | destroy`: the CDK command line, after a look at whether there are credentials at all;
 * its own message for their absence ("Unable to resolve AWS account") does not say what to do.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { missingCredentials } from '../functions/aws/credentials.ts';

/** The value of `--profile NAME` or `--profile=NAME`, as the CDK command line reads it. */
export function profileOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='));
  if (at === -1) return undefined;
  return args[at]?.startsWith('--profile=') ? args[at].slice('--profile='.length) : args[at + 1];
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const profile = profileOf(args);
  const cause = await missingCredentials(profile);
  if (cause !== null) {
    console.error(
      `No credentials for ${profile === undefined ? 'AWS' : `the AWS profile ${profile}`} (${cause}).\n` +
        'Sign in (aws sso login, or aws configure) or set AWS_PROFILE, then run the command again; or add -- --profile NAME to it.\n' +
        'To try Copydesk without an account: npm start.',
    );
    process.exitCode = 1;
  } else {
    const cdk = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
    // Ctrl-C reaches the child as well, which says how far it came; it decides when this ends.
    process.on('SIGINT', () => {});
    spawn(process.execPath, [cdk, ...args], { stdio: 'inherit' }).on('exit', (code) => {
      process.exitCode = code ?? 1;
    });
  }
}
