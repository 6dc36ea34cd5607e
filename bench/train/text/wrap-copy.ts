/** Wraps copy at a width as mailers do, for training what undoes it. */
import { isUnspaced } from '../../../functions/extract/text/characters.ts';

/**
 * @param width columns a line has at most; a longer word stands over the edge
 * @returns the wrapped copy, and of each of its lines the index of the source line it is of
 */
export function wrapCopy(source: string, width: number): { text: string; origin: number[] } {
  const out: string[] = [];
  const origin: number[] = [];
  for (const [i, line] of source.split('\n').entries()) {
    const parts = line.length <= width ? [line] : wrapLine(line, width);
    for (const part of parts) {
      out.push(part);
      origin.push(i);
    }
  }
  return { text: out.join('\n'), origin };
}

function wrapLine(line: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const word of line.split(' ')) {
    let rest = word;
    if (part !== '' && part.length + 1 + rest.length > width) {
      parts.push(part);
      part = '';
    } else if (part !== '') {
      rest = `${part} ${rest}`;
    }
    // Scripts without spaces break anywhere.
    while (rest.length > width && isUnspaced(rest.charCodeAt(width)) && isUnspaced(rest.charCodeAt(width - 1))) {
      parts.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    part = rest;
  }
  return [...parts, part];
}
