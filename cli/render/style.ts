import { styleText } from 'node:util';
import type { Io, Out } from '../io.ts';

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colour only on a terminal, and never where NO_COLOR (no-color.org) or a dumb terminal asks for none. */
export function styleFor(out: Out, env: Io['env']): Style {
  const colours = out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return colours ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}
