/** A pipeline of its own for one bench: on a free port, in a folder that goes when the bench ends, also by Ctrl-C. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalStack, openLocalStack } from '../local/local-stack.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Exit code of a process that Ctrl-C ended, as shells report it. */
const INTERRUPTED = 130;

/** Does the work with a freshly deployed pipeline; an interruption ends the process once the pipeline is gone. */
export async function withTemporaryStack(work: (local: LocalStack) => Promise<void>): Promise<void> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'copydesk-bench-'));
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = () => interruption.abort();
  // The cloud is a process group of its own, which Ctrl-C does not reach: without this it would run on for ever.
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    const progress = (line: string) => console.error(line);
    const local = await openLocalStack({ project: PROJECT, dataFolder, port: 0, progress, signal });
    try {
      await Promise.race([work(local), aborted(signal)]);
    } finally {
      await local.close();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
    for (const name of SIGNALS) process.off(name, interrupt);
  }
  // What the work still waits for is gone.
  if (signal.aborted) process.exit(INTERRUPTED);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
