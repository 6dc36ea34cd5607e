import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slug } from '../../functions/article/slug.ts';

describe('slugs', () => {
  it.each([
    ['Climate Change', 'climate-change'],
    ['Côte d’Ivoire', 'côte-divoire'],
    ['  Kuchen & Gebäck ', 'kuchen-gebäck'],
    ['C++', 'c++'],
    ['日本 経済', '日本-経済'],
    ['Ｆｕｌｌ　Width', 'full-width'],
    ['#Москва', '#москва'],
    ['İstanbul', 'istanbul'],
    ['ISTANBUL', 'istanbul'],
    ['!!!', ''],
  ])('makes of %j %j', (label, expected) => {
    expect(slug(label)).toBe(expected);
  });

  it('is stable: the slug of a slug is itself, without white space or capitals, and bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (label) => {
        const once = slug(label);
        expect(slug(once)).toBe(once);
        expect(once).not.toMatch(/\s/u);
        expect([...once].length).toBeLessThanOrEqual(120);
      }),
    );
  });
});
