import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeUnits } from '../../functions/article/code-units.ts';

describe('code units', () => {
  it('are those of the text, whatever was read before and however long it is', () => {
    const units = new CodeUnits(8);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = units.of(text);
        return Array.from(text, (_, i) => i).every((i) => read[i] === text.charCodeAt(i));
      }),
    );
    expect([...units.of('ab').subarray(0, 2)]).toEqual([97, 98]);
  });
});
