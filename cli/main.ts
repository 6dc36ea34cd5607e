/** The process around a command: signals, closed pipes and the exit code. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

/** Exit code of a process that Ctrl-C ended, as shells report it. */
const INTERRUPTED = 130;
/** Milliseconds a command has to put things in order after Ctrl-C, unless it has asked for more. */
let grace = 500;
let asked = false;

/** Of the sources, and of the bundle as well: a package brings no local stack. */
const project = fileURLToPath(new URL('../', import.meta.url));

const interruption = new AbortController();
/** Of an interrupted command. */
let exitCode = INTERRUPTED;
function interrupt(): void {
  // Started by bin/copydesk.js on a terminal, this gets Ctrl-C twice: from the terminal and passed on.
  if (interruption.signal.aborted) return;
  interruption.abort();
  // What waits for input waits no more.
  process.stdin.destroy();
  setTimeout(() => process.exit(exitCode), grace).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
// bin/copydesk.js was killed, and could not pass that on. The channel to it is no reason to go on.
process.on('disconnect', interrupt);
process.channel?.unref();

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // The reader has all it wanted (`| head`): that is no failure of ours. What asked for time gets it here too.
    if (!asked) process.exit(0);
    if (!interruption.signal.aborted) exitCode = 0;
    interrupt();
  });
}

const code = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  checkout: existsSync(`${project}local/start.ts`) ? project : null,
  signal: interruption.signal,
  takeTime: (milliseconds) => {
    grace = milliseconds;
    asked = true;
  },
  now: () => new Date(),
});
process.exitCode = interruption.signal.aborted ? exitCode : code;
