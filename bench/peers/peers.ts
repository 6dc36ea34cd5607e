/** The extractors people use today: how each is installed and run over a corpus. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prediction } from '../quality/score.ts';

const here = import.meta.dirname;
const python = join(here, '../../.copydesk/peers/bin/python');
/** Written once all are in place: an installation that was broken off starts anew. */
const installed = join(here, '../../.copydesk/peers/installed');
export const PEERS = {
  trafilatura: { command: python, args: [join(here, 'python_peers.py'), 'trafilatura'] },
  'rs-trafilatura': { command: python, args: [join(here, 'python_peers.py'), 'rs-trafilatura'] },
  readability: { command: process.execPath, args: [join(here, 'node-peers.mjs'), 'readability'] },
  defuddle: { command: process.execPath, args: [join(here, 'node-peers.mjs'), 'defuddle'] },
} as const;
export type Peer = keyof typeof PEERS;

/** Whether the Python peers are installed, so that they can be timed without asking for them. */
export const hasPythonPeers = (): boolean => existsSync(installed);

/** Installs what is not there yet, into folders that are not kept. */
export function install(): void {
  if (!existsSync(installed)) {
    process.stderr.write('Installing the Python peers; rs-trafilatura is built from source, which takes minutes\n');
    execFileSync('python3', ['-m', 'venv', join(here, '../../.copydesk/peers')], { stdio: ['ignore', 2, 2] });
    execFileSync(python, ['-m', 'pip', 'install', '-q', '-r', join(here, 'requirements.txt')], {
      stdio: ['ignore', 2, 2],
    });
    writeFileSync(installed, '');
  }
  if (!existsSync(join(here, 'node_modules'))) {
    process.stderr.write('Installing the JavaScript peers\n');
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: here, stdio: ['ignore', 2, 2] });
  }
}

/** Runs a peer over a corpus in a process of its own; each prediction carries its milliseconds. */
export async function runPeer(peer: Peer, folder: string): Promise<Prediction[]> {
  const { command, args } = PEERS[peer];
  const child = spawn(command, [...args, folder], { stdio: ['ignore', 'pipe', 'ignore'], cwd: here });
  const ended = once(child, 'close');
  // Awaited below; a failure meanwhile must not count as unhandled.
  ended.catch(() => {});
  const predictions: Prediction[] = [];
  let begun = '';
  // Not by readline, for which U+2028 ends a line too: texts hold it, and JSON leaves it as it is.
  for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) {
      // Some extractors print to stdout on their own.
      if (line.startsWith('{"id"')) predictions.push(JSON.parse(line) as Prediction);
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${peer} ${predictions.length} `);
  }
  const [code] = await ended;
  // A page that breaks a peer is its answer; a peer that does not run at all must not pass for one that finds nothing.
  if (code !== 0)
    throw new Error(`${peer} ended with code ${code}; see why with: ${[command, ...args, folder].join(' ')}`);
  return predictions;
}
