import { printable } from './printable.ts';

/** A failure for a person: what happened and what to do; a stack trace only where we are to blame. */
export function renderError(error: unknown): string {
  if (!(error instanceof Error)) return `copydesk: ${printable(String(error))}\n`;
  const ours = 'code' in error && typeof error.code === 'string';
  return `copydesk: ${printable(ours || !error.stack ? error.message : error.stack)}\n`;
}
