import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashTable } from '../../../functions/extract/markup/hashes.ts';

describe('a table of words by their hashes', () => {
  it('numbers words in the order they come, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (words) => {
        const table = new HashTable();
        const numbers = new Map<string, number>();
        for (const word of words) {
          if (!numbers.has(word)) expect(table.findWord(word)).toBe(-1);
          const number = numbers.get(word) ?? numbers.size;
          numbers.set(word, number);
          expect(table.addWord(word)).toBe(number);
        }
        expect(table.size).toBe(numbers.size);
      }),
    );
  });

  it('keeps words apart that were chosen to fall into one place', () => {
    const table = new HashTable();
    const count = 20_000;
    for (let high = 0; high < count; high++) expect(table.add(7, high)).toBe(high);
    for (let high = 0; high < count; high++) expect(table.find(7, high)).toBe(high);
    expect(table.find(7, count)).toBe(-1);
    expect(table.find(8, 0)).toBe(-1);
  });
});
