import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemSize } from '../../../functions/aws/articles/item-size.ts';

/** Worked out by hand from "DynamoDB item sizes and formats" in the developer guide. */
describe('the size of an item', () => {
  it.each([
    ['names and text in bytes of UTF-8', { id: 'abc' }, 2 + 3],
    ['two bytes for ü, three for 新, four for 😀', { t: 'ü新😀' }, 1 + 2 + 3 + 4],
    ['the bytes of a name beyond ASCII', { 新: '' }, 3],
    ['one byte for null and for a boolean', { a: null, b: true }, 1 + 1 + 1 + 1],
    ['three bytes for a list and one more for each entry', { l: ['a', 'bc'] }, 1 + 3 + 2 * 1 + 1 + 2],
    ['three bytes for a map and one more for each entry', { m: { k: 'v' } }, 1 + 3 + 1 + 1 + 1],
    ['the bytes of binary data', { b: new Uint8Array(5) }, 1 + 5],
    ['nothing for what is not written', { a: 'x', b: undefined }, 2],
  ])('counts %s', (_, item, bytes) => expect(itemSize(item)).toBe(bytes));

  it('never takes a number for smaller than two digits to a byte', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
        const digits = String(value)
          .replace(/e.*$/, '')
          .replace(/\D/g, '')
          .replace(/^0+|0+$/g, '').length;
        expect(itemSize({ n: value })).toBeGreaterThanOrEqual(1 + Math.ceil(digits / 2) + 1);
        expect(itemSize({ n: value })).toBeLessThanOrEqual(1 + 21);
      }),
    );
  });

  it('is found for values nested deeper than any stack', () => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(itemSize({ v: value })).toBe(1 + 4 * 100_000 + 1);
  });
});
