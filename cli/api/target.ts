import path from 'node:path';
import { isLoopback, type Target } from '../../functions/aws/stack/target.ts';
import { STACK_NAME } from '../../functions/names.ts';
import { DEFAULT_DATA_FOLDER, runningStack } from '../../local/announcement.ts';
import { UsageError, WorkError } from '../errors.ts';
import type { Io } from '../io.ts';

/** Which stack the person asked for. */
export interface TargetOptions {
  /** true: the local stack or none; false: AWS; else the local stack while one runs. */
  local?: boolean;
  /** Data folder of the local stack that is meant, and no other. */
  data?: string;
  profile?: string;
  region?: string;
  stack?: string;
}

export interface ChosenTarget extends Target {
  local: boolean;
  stackName: string;
  /** For messages: where the stack is. */
  label: string;
  /** Whether it watches sites on this machine too. */
  allowLoopback?: boolean;
}

/** Where to look for a running local stack: in a folder, in those above it and in the checkout. */
export type Surroundings = Pick<Io, 'cwd' | 'checkout'>;

/**
 * Settles which cloud to work on, without asking it yet.
 *
 * @throws WorkError when a local stack was asked for and it does not run: AWS is never taken in its place
 */
export function chooseTarget(options: TargetOptions, around: Surroundings): ChosenTarget {
  const { local, data, profile, region, stack } = options;
  const forAws = profile !== undefined || region !== undefined;
  if (local && forAws) {
    throw new UsageError('--local goes without --profile and --region: they name an account of AWS.');
  }
  if (data !== undefined && (forAws || local === false)) {
    throw new UsageError('--data names a local stack: it goes without --profile, --region and --no-local.');
  }
  const running = local === false || forAws ? null : findRunning(data, around);
  if (running) {
    const stackName = stack ?? running.stackName;
    const { endpoint } = running;
    return {
      local: true,
      endpoint,
      region: running.region,
      stackName,
      label: `local stack ${stackName} at ${endpoint}`,
      allowLoopback: running.allowLoopback ?? false,
    };
  }
  if (data !== undefined) {
    const folder = path.resolve(around.cwd, data);
    throw new WorkError(
      'NO_LOCAL_STACK',
      `No local stack runs with the data in ${folder}. Start it with \`npm start -- --data ${folder}\` in the checkout.`,
    );
  }
  if (local) {
    throw new WorkError(
      'NO_LOCAL_STACK',
      'No local stack runs here. Start one with `npm start` in the checkout, and run this in the checkout too, or name its folder with --data.',
    );
  }
  const stackName = stack ?? STACK_NAME;
  const where = [region && `in ${region}`, profile && `with profile ${profile}`].filter(Boolean).join(' ');
  return {
    local: false,
    profile,
    region,
    stackName,
    label: `stack ${stackName} in AWS${where && ` ${where}`}`,
    allowLoopback: false,
  };
}

function findRunning(data: string | undefined, { cwd, checkout }: Surroundings) {
  const homes = checkout === null ? foldersUpFrom(cwd) : [...foldersUpFrom(cwd), checkout];
  const folders =
    data === undefined ? homes.map((folder) => path.join(folder, DEFAULT_DATA_FOLDER)) : [path.resolve(cwd, data)];
  for (const folder of folders) {
    const running = runningStack(folder);
    // A file in a folder above may be anybody's: it must not lead uploads off this machine.
    if (running && isLoopback(running.endpoint)) return running;
  }
  return null;
}

function foldersUpFrom(folder: string): string[] {
  const absolute = path.resolve(folder);
  const parent = path.dirname(absolute);
  return parent === absolute ? [absolute] : [absolute, ...foldersUpFrom(parent)];
}
