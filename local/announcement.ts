/**
 * `.copydesk/local.json`: how the running local stack tells the command line where it is.
 * Written when it is ready, removed when it stops; one whose process is gone counts as absent.
 */
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The data folder of `npm start` in a checkout. */
export const DEFAULT_DATA_FOLDER = '.copydesk';
export const LOCAL_REGION = 'us-east-1';

const FILE = 'local.json';

export interface Announcement {
  endpoint: string;
  region: string;
  stackName: string;
  /** Process id of the `npm start` that runs it. */
  pid: number;
}

/** @returns what runs with this data folder, null when nothing does */
export function runningStack(dataFolder: string = DEFAULT_DATA_FOLDER): Announcement | null {
  try {
    const announced = JSON.parse(readFileSync(path.join(dataFolder, FILE), 'utf8')) as Announcement;
    return isAlive(announced.pid) ? announced : null;
  } catch {
    return null;
  }
}

export async function announce(dataFolder: string, announcement: Announcement): Promise<void> {
  await writeFile(path.join(dataFolder, FILE), `${JSON.stringify(announcement, null, 2)}\n`);
}

export async function withdraw(dataFolder: string): Promise<void> {
  await rm(path.join(dataFolder, FILE), { force: true });
}

/** Whether a process with this id runs, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** A process that has ended and whose parent has not asked how; in containers without an init it stays so for good. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The state follows the command, which stands in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // No /proc here, or the process is gone meanwhile: then it is no zombie.
    return false;
  }
}
