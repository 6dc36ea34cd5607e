import { SingleBar } from 'cli-progress';
import type { Io } from '../io.ts';

export interface Progress {
  advance(by: number): void;
  reach(value: number): void;
  end(): void;
}

const SILENT: Progress = { advance: () => {}, reach: () => {}, end: () => {} };

/** A bar on the terminal that goes away at the end; nothing where the messages go to a file. */
export function showProgress(what: string, total: number, unit: string, { stderr, env }: Io): Progress {
  if (!isTerminal(stderr) || env.TERM === 'dumb' || total === 0) return SILENT;
  const bar = new SingleBar({
    stream: stderr,
    format: `${what} [{bar}] {percentage} % of {total} ${unit}`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
  });
  bar.start(total, 0);
  return { advance: (by) => bar.increment(by), reach: (value) => bar.update(value), end: () => bar.stop() };
}

function isTerminal(out: Io['stderr']): out is NodeJS.WriteStream {
  return out.isTTY === true && 'cursorTo' in out;
}
