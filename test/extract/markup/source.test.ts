import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../functions/extract/markup/source.ts';

describe('a page as bytes', () => {
  it('gives every piece of a text as the text has it, wherever windows begin', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc
        .integer({ min: 1, max: 40_000 })
        .map((length) => 'All six branches. '.repeat(length / 18 + 1).slice(0, length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const source = Source.of(pieces.join(''));
        let at = 0;
        for (const text of pieces) {
          const end = at + Buffer.byteLength(text);
          expect(source.slice(at, end)).toBe(text);
          // Again from the front, when other windows have been read.
          expect(source.slice(0, Math.min(5, Buffer.byteLength(pieces[0] as string)))).toBe(
            Buffer.from(pieces[0] as string).toString('utf8', 0, 5),
          );
          at = end;
        }
        expect(String(source)).toBe(pieces.join(''));
      }),
      { numRuns: 60 },
    );
  });

  it('cuts its head at a whole character', () => {
    expect(Source.of('Fähre').head(2)).toBe('F');
    expect(Source.of('Fähre').head(3)).toBe('Fä');
    expect(Source.of('⛴').head(20)).toBe('⛴');
  });
});
