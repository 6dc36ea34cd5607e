import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopback, type Target } from '../../functions/aws/target.ts';
import { STACK_NAME } from '../../functions/names.ts';
import { DEFAULT_DATA_FOLDER, runningStack } from '../../local/announcement.ts';
import { UsageError, WorkError } from '../errors.ts';

/** Which stack the person asked for. */
export interface TargetOptions {
  /** true: the local stack or none; false: AWS; else the local stack while one runs. */
  local?: boolean;
  profile?: string;
  region?: string;
  stack?: string;
}

export interface ChosenTarget extends Target {
  local: boolean;
  stackName: string;
  /** For messages: where the stack is. */
  label: string;
}

/**
 * Settles which cloud to work on, without asking it yet.
 *
 * @param cwd where to look for a running local stack: here, in the folders above and in this checkout
 * @throws WorkError when the local stack was asked for and none runs: AWS is never taken in its place
 */
export function chooseTarget(options: TargetOptions, cwd: string): ChosenTarget {
  const { local, profile, region, stack } = options;
  const forAws = profile !== undefined || region !== undefined;
  if (local && forAws) {
    throw new UsageError('--local goes without --profile and --region: they name an account of AWS.');
  }
  const running = local === false || forAws ? null : findRunning(cwd);
  if (running) {
    const stackName = stack ?? running.stackName;
    const { endpoint } = running;
    return {
      local: true,
      endpoint,
      region: running.region,
      stackName,
      label: `local stack ${stackName} at ${endpoint}`,
    };
  }
  if (local) {
    throw new WorkError(
      'NO_LOCAL_STACK',
      'No local stack runs here. Start one with `npm start` in the checkout, and run this in the checkout too.',
    );
  }
  const stackName = stack ?? STACK_NAME;
  const where = [region && `in ${region}`, profile && `with profile ${profile}`].filter(Boolean).join(' ');
  return { local: false, profile, region, stackName, label: `stack ${stackName} in AWS${where && ` ${where}`}` };
}

function findRunning(cwd: string) {
  for (const folder of [...foldersUpFrom(path.resolve(cwd)), CHECKOUT]) {
    const running = runningStack(path.join(folder, DEFAULT_DATA_FOLDER));
    // A file in a folder above may be anybody's: it must not lead uploads off this machine.
    if (running && isLoopback(running.endpoint)) return running;
  }
  return null;
}

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

function foldersUpFrom(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}
