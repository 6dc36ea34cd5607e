/**
 * The local cloud: one ministack process on loopback, its data in one folder, stopped by the one who started it.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS } from '../functions/article/durations.ts';
import { LOCAL_REGION } from '../functions/aws/stack/target.ts';
import { ALLOW_LOOPBACK } from '../functions/names.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import type { PythonEnvironment } from './python.ts';

const HOST = '127.0.0.1';
const START_MS = MINUTE_MS;
/**
 * Saving tables takes time: those of 20,000 articles took longer than a minute on a busy machine. Giving up loses what
 * they gained since the last checkpoint, of which raw copies bring back the records, but no withdrawal.
 */
const STOP_MS = 600_000;
/** Names the process, so that a start can find one that outlived a killed `npm start`. */
const PROCESS_FILE = 'process.json';
/** Characters shown of a log line; functions log JSON of several hundred. */
const LOG_LINE = 200;
const STATE = 'state';
const HEALTH_PATH = '/_ministack/health';

export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  readonly code = 'PORT_IN_USE';
}

export class CloudFailed extends Error {
  override readonly name = 'CloudFailed';
  readonly code = 'CLOUD_FAILED';
}

export interface CloudOptions {
  python: PythonEnvironment;
  /** Folder for everything the cloud keeps; made where missing. */
  folder: string;
  /** Free port on loopback; see {@link claimPort}. */
  port: number;
  /** Folder whose `node` runs the functions: the Lambda runtime's version, whatever the host has. */
  nodeFolder: string;
  /** Whether fetches may reach sites on this machine, which everywhere else are refused. */
  allowLoopback: boolean;
}

export interface Cloud {
  endpoint: string;
  logFile: string;
  /** Settles when the process has ended, wanted or not. */
  exited: Promise<void>;
  /** Saves everything and ends the process; does nothing when it has ended. */
  stop(): Promise<void>;
  /** The end of its log, for telling why it died. */
  lastLogLines(count?: number): Promise<string>;
}

/**
 * Starts the local cloud and waits until it answers.
 *
 * @throws CloudFailed with the last log lines when it ends or does not answer within a minute
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { port } = options;
  const folder = path.resolve(options.folder);
  const temporary = path.join(folder, 'tmp');
  const logFile = path.join(folder, 'cloud.log');
  // Unpacked function code of an earlier process; a killed one leaves it behind.
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  // The cloud's CommonJS runtime is unpacked here, inside a project whose own package.json says "module".
  await writeFile(path.join(temporary, 'package.json'), '{"type":"commonjs"}\n');
  await moveQueues(path.join(folder, STATE), port);

  const log = openSync(logFile, 'w');
  const child = spawn(options.python.python, ['-m', 'ministack'], {
    cwd: folder,
    env: { ...environment(folder, temporary, options), ...options.python.env },
    stdio: ['ignore', log, log],
    // A group of its own: Ctrl-C in the terminal must reach only us, who stop it in order.
    detached: true,
  });
  closeSync(log);

  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const lastLogLines = async (count = 15) => {
    const text = await readFile(logFile, 'utf8').catch(() => '');
    const lines = text.trimEnd().split('\n').slice(-count);
    return lines.map((line) => (line.length > LOG_LINE ? `${line.slice(0, LOG_LINE)}…` : line)).join('\n');
  };
  const endpoint = `http://${HOST}:${port}`;
  await writeFile(
    path.join(folder, PROCESS_FILE),
    JSON.stringify({ ...(child.pid !== undefined && identify(child.pid)), endpoint }),
  );

  if (!(await answers(endpoint, exited))) {
    await stopProcess(child, exited);
    throw new CloudFailed(`The local cloud did not start. The end of ${logFile}:\n${await lastLogLines()}`);
  }
  return {
    endpoint,
    logFile,
    exited,
    stop: () => stopProcess(child, exited),
    lastLogLines,
  };
}

/**
 * Stops a cloud whose `npm start` was killed. It still holds the port, and the data that it saves only when it stops.
 *
 * @param folder the folder it was started with
 */
export async function stopOrphan(folder: string): Promise<void> {
  let orphan: ProcessIdentity & { endpoint: string };
  try {
    orphan = JSON.parse(await readFile(path.join(folder, PROCESS_FILE), 'utf8')) as typeof orphan;
  } catch {
    return;
  }
  // Where there is no /proc the id alone may be another program's.
  if (!isAlive(orphan) || !(await isCloudAt(orphan.endpoint))) return;
  process.kill(orphan.pid, 'SIGTERM');
  const until = Date.now() + STOP_MS;
  while (isAlive(orphan) && Date.now() < until) await delay(50);
  killGroup(orphan.pid);
}

/** Whether a local cloud answers at this endpoint. */
async function isCloudAt(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint + HEALTH_PATH, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Only what the functions may see: settings and credentials of the user's real account (AWS_PROFILE,
 * AWS_ENDPOINT_URL, ~/.aws) would otherwise reach the handlers, which inherit this environment.
 */
function environment(
  folder: string,
  temporary: string,
  { port, nodeFolder, allowLoopback }: CloudOptions,
): Record<string, string> {
  const inherited = Object.fromEntries(
    ['HOME', 'LANG', 'LC_ALL', 'TZ', 'SYSTEMROOT'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    ...inherited,
    PATH: [nodeFolder, process.env.PATH].filter(Boolean).join(path.delimiter),
    TMPDIR: temporary,
    BIND_HOST: HOST,
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: LOCAL_REGION,
    PERSIST_STATE: '1',
    STATE_DIR: path.join(folder, STATE),
    S3_PERSIST: '1',
    S3_DATA_DIR: path.join(folder, 's3'),
    // Listeners on fixed ports that nothing here uses.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    AWS_CONFIG_FILE: path.join(temporary, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(temporary, 'no-credentials'),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // Of the process and not of the template, so that no deployment to an account can have it.
    ...(allowLoopback && { [ALLOW_LOOPBACK]: '1' }),
  };
}

/**
 * ministack knows a queue by its whole URL, port included: started on another port than it was saved with, it finds
 * none, and nothing would be ingested.
 */
async function moveQueues(state: string, port: number): Promise<void> {
  for (const service of ['sqs', 'cloudformation']) {
    const file = path.join(state, `${service}.json`);
    const saved = await readFile(file, 'utf8').catch(() => null);
    const moved = saved?.replace(/(http:\/\/localhost:)\d+(?=\/\d{12}\/)/g, `$1${port}`);
    if (moved !== undefined && moved !== saved) await writeFile(file, moved);
  }
}

/**
 * @param wanted a port on loopback; 0 for any that is free
 * @throws PortInUse
 */
export async function claimPort(wanted: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is in use by another program';
      const other = wanted >= 1024 && wanted < 65_535 ? wanted + 1 : 4567;
      reject(new PortInUse(`Port ${wanted} ${why}. Choose another: npm start -- --port ${other} (or COPYDESK_PORT).`));
    });
    server.listen(wanted, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

async function answers(endpoint: string, exited: Promise<void>): Promise<boolean> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const until = Date.now() + START_MS;
  while (!ended && Date.now() < until) {
    if (await isCloudAt(endpoint)) return true;
    await delay(50);
  }
  return false;
}

async function stopProcess(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const ended = await Promise.race([exited.then(() => true), delay(STOP_MS, false, { ref: false })]);
  if (!ended) child.kill('SIGKILL');
  await exited;
  // The functions' processes are in its group; they end with their standard input, but not while busy.
  if (child.pid !== undefined) killGroup(child.pid);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left, which is the usual case.
  }
}
