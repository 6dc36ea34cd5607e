import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnMemory, inSharedColumns, NEW_COLUMNS } from '../../../functions/extract/markup/column-memory.ts';

const kinds = ['ints', 'bytes', 'signedBytes', 'floats', 'doubles'] as const;

describe('memory for columns', () => {
  it('gives columns of zeros that do not overlap, whatever stood there before and however much is asked for', () => {
    const asked = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(200)), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 4 }), (pages) => {
        const memory = new ColumnMemory(1024);
        for (const page of pages) {
          const columns = page.map(([kind, length]) => memory[kind](length));
          for (const [i, column] of columns.entries()) {
            expect(column).toHaveLength(page[i]?.[1] ?? -1);
            expect(column.every((value) => value === 0)).toBe(true);
            column.fill(i + 1);
          }
          for (const [i, column] of columns.entries()) expect(column.every((value) => value === i + 1)).toBe(true);
          memory.clear();
        }
      }),
    );
  });

  it('lends what is shared to one page at a time, and again after a page that could not be read', () => {
    const shared = inSharedColumns((memory) => {
      inSharedColumns((inner) => expect(inner).toBe(NEW_COLUMNS));
      return memory;
    });
    expect(() =>
      inSharedColumns(() => {
        throw new Error('unreadable');
      }),
    ).toThrow('unreadable');
    inSharedColumns((memory) => expect(memory).toBe(shared));
    expect(shared).not.toBe(NEW_COLUMNS);
  });
});
