/** One `npm start` per data folder: two clouds writing the same files would destroy them. */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

const FILE = 'start.lock';

export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  readonly code = 'ALREADY_RUNNING';
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(
      `Another npm start (process ${pid}) already works with ${folder}. Stop it first, or give this one a folder and a port of its own: --data DIR --port NUMBER.`,
    );
    this.pid = pid;
  }
}

/**
 * Takes the lock of a data folder; one left behind by a process that is gone is taken over.
 *
 * @returns the function that gives it back
 * @throws AlreadyRunning
 */
export async function lock(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, FILE);
  await mkdir(folder, { recursive: true });
  // Linked into place whole: a lock that could be read half-written would pass for a stale one.
  const whole = `${file}.${process.pid}`;
  await writeFile(whole, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      try {
        await link(whole, file);
        return () => rm(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await readHolder(file);
      if (holder && isAlive(holder)) throw new AlreadyRunning(folder, holder.pid);
      await rm(file, { force: true });
    }
  } finally {
    await rm(whole, { force: true });
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity;
  } catch {
    // Gone meanwhile, or cut off by a full disk: nobody can be told from it.
    return null;
  }
}
