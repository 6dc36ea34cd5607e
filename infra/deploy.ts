/**
 * `npm run deploy | diff | destroy`: the CDK command line, after a look at whether there are credentials at all;
 * its own message for their absence ("Unable to resolve AWS account") does not say what to do. A deployment is followed by
 * a sync of the declared sources, whose file is checked before anything is deployed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { missingCredentials } from '../functions/aws/stack/credentials.ts';
import { SOURCE_FILES } from '../functions/names.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The value of `--profile NAME` or `--profile=NAME`, as the CDK command line reads it. */
export function profileOf(args: readonly string[]): string | undefined {
  return valuesOf(args, ['--profile']).at(-1);
}

/** The value of an option given as `-c name=value`; else that in cdk.json. */
export function contextOf(args: readonly string[], name: string, context: Readonly<Record<string, unknown>> = {}) {
  const given = valuesOf(args, ['-c', '--context']).findLast((value) => value.startsWith(`${name}=`));
  const value = given?.slice(name.length + 1) ?? context[name];
  return value === undefined ? undefined : String(value);
}

function valuesOf(args: readonly string[], names: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const name = names.find((each) => arg === each || arg.startsWith(`${each}=`));
    if (name === undefined) return [];
    const value = arg === name ? args[index + 1] : arg.slice(name.length + 1);
    return value === undefined ? [] : [value];
  });
}

/** What syncs the declared sources of a deployment with these arguments; null where there are none. */
export function syncArguments(
  args: readonly string[],
  context: Readonly<Record<string, unknown>>,
  exists: (file: string) => boolean,
): string[] | null {
  const file = contextOf(args, 'sources', context) ?? SOURCE_FILES.find(exists);
  if (args[0] !== 'deploy' || file === undefined) return null;
  const stack = contextOf(args, 'stackName', context);
  const profile = profileOf(args);
  return [
    ...['sources', 'sync', file, '--no-local'],
    ...(stack === undefined ? [] : ['--stack', stack]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
}

/** @returns the exit code */
function run(script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    spawn(process.execPath, [`${ROOT}${script}`, ...args], { stdio: 'inherit' }).on('exit', (code) =>
      resolve(code ?? 1),
    );
  });
}

async function main(args: readonly string[]): Promise<number> {
  const profile = profileOf(args);
  const cause = await missingCredentials(profile);
  if (cause !== null) {
    console.error(
      `No credentials for ${profile === undefined ? 'AWS' : `the AWS profile ${profile}`} (${cause}).\n` +
        'Sign in (aws sso login, or aws configure) or set AWS_PROFILE, then run the command again; or add -- --profile NAME to it.\n' +
        'To try Copydesk without an account: npm start.',
    );
    return 1;
  }
  // Ctrl-C reaches the child as well, which says how far it came; it decides when this ends.
  process.on('SIGINT', () => {});
  const { context } = JSON.parse(readFileSync(`${ROOT}cdk.json`, 'utf8')) as { context: Record<string, unknown> };
  const sync = syncArguments(args, context, (file) => existsSync(`${ROOT}${file}`));
  if (sync) {
    const code = await run('bin/copydesk.js', [...sync, '--check']);
    if (code !== 0) return code;
  }
  const code = await run('node_modules/aws-cdk/bin/cdk', args);
  return code === 0 && sync ? run('bin/copydesk.js', sync) : code;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
