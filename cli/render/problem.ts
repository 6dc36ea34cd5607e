import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { styleFor } from './style.ts';

/** One line on what kept a file from its record: its name, the code if there is one, and a sentence. */
export function renderProblem(
  problem: { name: string; code?: string; detail: string },
  out: Out,
  env: Io['env'],
): string {
  const style = styleFor(out, env);
  const code = problem.code === undefined ? '' : `${style('red', problem.code)} `;
  return `${printableLine(problem.name)}: ${code}${printableLine(problem.detail)}\n`;
}
