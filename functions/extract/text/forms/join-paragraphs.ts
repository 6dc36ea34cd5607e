import type { BlockKind } from '../../../article/record.ts';

/** Characters of a line that may have been broken; shorter ones are lines of their own, as in an address. */
const SHORTEST_BROKEN = 40;

/**
 * A line break inside a paragraph, an item or a quotation is no break; the lines taken up leave empty ones behind, so that
 * numbers hold.
 *
 * @param kindOf what the marks make of a line
 */
export function joinParagraphs(lines: string[], kindOf: (i: number) => BlockKind | undefined): string {
  const joined: string[] = [];
  let open = -1;
  for (const [i, line] of lines.entries()) {
    const kind = kindOf(i);
    const begun = kindOf(open);
    const goesOn = kind === undefined ? !/^(?:h\d|pre)$/.test(begun ?? '') : kind === 'quote' && begun === 'quote';
    if (open >= 0 && line.trim() !== '' && goesOn && (joined[open]?.length ?? 0) > SHORTEST_BROKEN) {
      joined[open] = `${joined[open]} ${line.trim()}`;
      joined.push('');
      continue;
    }
    joined.push(line);
    open = line.trim() === '' ? -1 : i;
  }
  return joined.join('\n');
}
