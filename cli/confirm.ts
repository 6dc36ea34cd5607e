import type { Io } from './io.ts';

/** Longest answer that is read; characters. */
const LONGEST = 1_000;

/**
 * Asks a question that is answered by yes or no; an empty line is yes.
 *
 * @returns null where there is no terminal to ask on
 */
export async function confirm(question: string, io: Pick<Io, 'stdin' | 'stderr'>): Promise<boolean | null> {
  if (io.stderr.isTTY !== true) return null;
  io.stderr.write(`${question} [Y/n] `);
  let answer = '';
  for await (const chunk of io.stdin) {
    answer += Buffer.from(chunk).toString('utf8');
    if (answer.includes('\n') || answer.length > LONGEST)
      return /^(?:y|yes)?$/i.test(answer.split('\n', 1)[0]?.trim() ?? '');
  }
  return false;
}
