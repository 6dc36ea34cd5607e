import type { Command } from 'commander';
import type { Io } from '../io.ts';

/**
 * Adds a command to the program. The action says through `finish` whether all of the work was done;
 * what it throws is reported by cli/run.ts.
 */
export type AddCommand = (program: Command, io: Io, finish: (done: boolean) => void) => void;

/** The lines under a command's help. */
export const examples = (...lines: string[]) => `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
