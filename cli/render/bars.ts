import type { Count } from '../api/stats.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { styleFor } from './style.ts';
import { displayWidth } from './table.ts';

const DEFAULT_WIDTH = 80;
const LONGEST_NAME = 30;
/** Eighths of a cell. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Counts as horizontal bars under a heading, the longest as wide as the terminal leaves. */
export function renderBars(heading: string, counts: readonly Count[], out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const names = counts.map(({ name }) => printableLine(name).slice(0, LONGEST_NAME));
  const widest = Math.max(0, ...names.map(displayWidth));
  const digits = String(most).length;
  const room = Math.max(10, (out.columns ?? DEFAULT_WIDTH) - widest - digits - 4);
  const lines = counts.map(({ count }, index) => {
    const name = names[index] ?? '';
    const eighths = Math.round((count / most) * room * 8);
    const bar = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
    const padding = ' '.repeat(widest - displayWidth(name));
    return `${name}${padding}  ${String(count).padStart(digits)}  ${style('cyan', bar)}`.trimEnd();
  });
  return `${style('bold', heading)}\n${lines.map((line) => `${line}\n`).join('')}`;
}
