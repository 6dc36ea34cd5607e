/**
 * `npm run deploy | diff | destroy`: the CDK command line, after a look at whether there are credentials at all;
 * its own message for their absence ("Unable to resolve AWS account") does not say what to do.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** The value of `--profile NAME` or `--profile=NAME`, as the CDK command line reads it. */
export function profileOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='));
  if (at === -1) return undefined;
  return args[at]?.startsWith('--profile=') ? args[at].slice('--profile='.length) : args[at + 1];
}

/** A sentence for the person who deploys, or null when credentials were found. */
export async function missingCredentials(profile: string | undefined): Promise<string | null> {
  // Off EC2 the instance's metadata address does not answer; one second is enough to know.
  const provider = fromNodeProviderChain({ ...(profile && { profile }), timeout: 1000, maxRetries: 0 });
  try {
    await provider();
    return null;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const where = profile ? `for the AWS profile ${profile}` : 'for AWS';
    return (
      `No credentials ${where} (${cause}).\n` +
      'Sign in (aws sso login, or aws configure) or set AWS_PROFILE, then run the command again; or add -- --profile NAME to it.\n' +
      'To try Copydesk without an account: npm start.'
    );
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const problem = await missingCredentials(profileOf(args));
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
  } else {
    const cdk = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
    // Ctrl-C reaches the child as well, which says how far it came; it decides when this ends.
    process.on('SIGINT', () => {});
    spawn(process.execPath, [cdk, ...args], { stdio: 'inherit' }).on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 0 : 1);
    });
  }
}
