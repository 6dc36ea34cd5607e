/** One `npm start` per data folder: two clouds writing the same files would destroy them. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
  const whole = `${file}.${randomUUID()}`;
  await writeFile(whole, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      try {
        await link(whole, file);
        return () => rm(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await holderOf(file);
      if (isRunning(holder)) throw new AlreadyRunning(folder, holder.pid);
      if (holder !== 'gone') await removeStale(file, whole);
    }
  } finally {
    await rm(whole, { force: true });
  }
}

/**
 * Removes a lock whose holder is gone, one process at a time: of two that have found it, the second would remove the
 * lock that the first has taken meanwhile.
 */
async function removeStale(file: string, own: string): Promise<void> {
  const turn = `${file}.stale`;
  try {
    await link(own, turn);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = await holderOf(turn);
    if (isRunning(other)) await delay(5);
    else if (other !== 'gone') await rm(turn, { force: true });
    return;
  }
  try {
    const holder = await holderOf(file);
    if (holder !== 'gone' && !isRunning(holder)) await rm(file, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

type Holder = ProcessIdentity | 'gone' | 'unreadable';

function isRunning(holder: Holder): holder is ProcessIdentity {
  return typeof holder === 'object' && isAlive(holder);
}

async function holderOf(file: string): Promise<Holder> {
  try {
    // What is cut off by a full disk tells of nobody.
    return (JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity | null) ?? 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}
