import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unflattened } from '../../../functions/extract/html/flattened-state.ts';
import type { Json } from '../../../functions/extract/metadata/lenient-json.ts';

describe('state in which every value stands once', () => {
  it('is put together as Nuxt writes it', () => {
    const state: Json = [['ShallowReactive', 1], { data: 2 }, ['Ref', 3], [4, 5], { title: 5 }, 'Ferries return'];
    expect(unflattened(state)).toEqual({ data: [{ title: 'Ferries return' }, 'Ferries return'] });
  });

  it('is put together as SvelteKit writes it', () => {
    expect(unflattened([{ story: 1, day: 2 }, { title: 3 }, ['Date', '2026-05-14'], 'Ferries return'])).toEqual({
      story: { title: 'Ferries return' },
      day: '2026-05-14',
    });
  });

  it.each([
    ['a list of texts', ['Ferries return', 'Mayor resigns', 'Eel is dear']],
    ['a list of objects', [{ title: 'Ferries return' }, { title: 'Mayor resigns' }, 3]],
    ['a list of numbers', [1, 2, 0]],
    ['an object', { title: 'Ferries return' }],
  ])('is told from %s', (_, state) => {
    expect(unflattened(state)).toEqual(state);
  });

  it('never holds itself, whatever its places say', () => {
    const place = fc.integer({ min: -9, max: 9 });
    const value = fc.oneof(
      fc.array(place, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'title'), place, { maxKeys: 3 }),
      fc.constantFrom<Json>('x', null, 3, ['Reactive', 1], ['Reactive', 'x'], ['Set']),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 9 }), (rest) => {
        const state = unflattened([{ a: 1 }, ...rest] as Json);
        expect(JSON.stringify(state)).toBeTypeOf('string');
      }),
    );
  });
});
