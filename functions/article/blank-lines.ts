/**
 * A block of `text` as the record stores it: no blank line before or after, and one inside as a line of one space, so
 * that splitting at blank lines always gives the blocks. To be applied last, because removing what is invisible makes
 * lines blank.
 */
export function closeBlankLines(block: string): string {
  if (!block.includes('\n')) return block;
  const lines = block.split('\n');
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line) => (line.trim() === '' ? ' ' : line)).join('\n');
}
