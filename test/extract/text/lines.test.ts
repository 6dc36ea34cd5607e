import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../functions/extract/text/lines.ts';

describe('splitLines', () => {
  it('numbers lines as the source does, whatever ends them', () => {
    const { lines } = splitLines('one\r\n\r\ntwo\rthree\n\u2028four\ffive');
    expect(lines.map(({ text, number }) => [number, text])).toEqual([
      [1, 'one'],
      [3, 'two'],
      [4, 'three'],
      [6, 'four'],
      [7, 'five'],
    ]);
  });

  it('takes out what cannot be seen and keeps the joiners that spelling needs', () => {
    const { lines } = splitLines('\ufeffa\u00a0\t b\u200b c\u00ad\u202e d \u0645\u06cc\u200c\u062e');
    expect(lines.map(({ text }) => text)).toEqual(['a b c d \u0645\u06cc\u200c\u062e']);
  });

  it('says when there were more lines than are read', () => {
    expect(splitLines('x\n'.repeat(80_000)).cut).toBe(false);
    expect(splitLines('x\n'.repeat(80_001)).cut).toBe(true);
  });
});
