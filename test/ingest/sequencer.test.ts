import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeSequencer } from '../../functions/ingest/sequencer.ts';

describe('a sequencer', () => {
  it('compares as if the shorter one were padded on the right with zeros', () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 1, maxLength: 32 });
    fc.assert(
      fc.property(hex, hex, (a, b) => {
        const width = Math.max(a.length, b.length);
        const [paddedA, paddedB] = [a.padEnd(width, '0'), b.padEnd(width, '0')];
        const [first, second] = [normalizeSequencer(a) as string, normalizeSequencer(b) as string];
        expect(first < second).toBe(paddedA < paddedB);
        expect(first === second).toBe(paddedA === paddedB);
      }),
    );
  });

  it('is the same in lower and upper case', () => {
    expect(normalizeSequencer('0055aed6dcd90281e5')).toBe(normalizeSequencer('0055AED6DCD90281E5'));
  });

  it.each([
    ['an empty one', ''],
    ['words', 'not hex'],
    ['a number', 17],
    ['none', undefined],
    ['65 digits', 'A'.repeat(65)],
  ])('is unknown where it is %s', (_, value) => expect(normalizeSequencer(value)).toBeNull());
});
