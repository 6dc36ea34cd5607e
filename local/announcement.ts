/**
 * `.copydesk/local.json`: how the running local stack tells the command line where it is.
 * Written when it is ready, removed when it stops; one whose process is gone counts as absent.
 */
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** The data folder of `npm start` in a checkout. */
export const DEFAULT_DATA_FOLDER = '.copydesk';

const FILE = 'local.json';

export interface Announcement {
  endpoint: string;
  region: string;
  stackName: string;
  /** Process id of the `npm start` that runs it. */
  pid: number;
  /** Whether it fetches from sites on this machine too. */
  allowLoopback?: boolean;
}

/** @returns what runs with this data folder, null when nothing does */
export function runningStack(dataFolder: string = DEFAULT_DATA_FOLDER): Announcement | null {
  try {
    const announced = JSON.parse(readFileSync(path.join(dataFolder, FILE), 'utf8')) as Announcement & ProcessIdentity;
    return isAlive(announced) ? announced : null;
  } catch {
    return null;
  }
}

export async function announce(dataFolder: string, announcement: Announcement): Promise<void> {
  const announced = { ...announcement, ...identify(announcement.pid) };
  await writeFile(path.join(dataFolder, FILE), `${JSON.stringify(announced, null, 2)}\n`);
}

export async function withdraw(dataFolder: string): Promise<void> {
  await rm(path.join(dataFolder, FILE), { force: true });
}
