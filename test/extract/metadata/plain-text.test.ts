import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { holdsYear } from '../../../functions/extract/metadata/plain-text.ts';
import { hasYear } from '../../../functions/extract/metadata/year-mark.ts';
import { namesZone, ZONE } from '../../../functions/extract/metadata/zones.ts';

describe('a text in ASCII', () => {
  it('may hold a date where a string of the same letters may', () => {
    const letters = fc.array(fc.constantFrom('0', '1', '2', '5', '9', '.', '/', '-', ' ', 'a'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(letters, (signs) => {
        const text = `a${signs.join('')}`;
        const tree = parseMarkup(text);
        expect(tree && holdsYear(tree, 1)).toBe(hasYear(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['3.5.24', true],
    ['published 2024', true],
    ['12 comments, 20 shares', false],
    ['1.2.3', false],
  ])('holds a year or a numeric date: %s, %s', (text, holds) => {
    const tree = parseMarkup(text);
    expect(tree && holdsYear(tree, 1)).toBe(holds);
  });
});

describe('the zone of class names', () => {
  it.each([
    ['articleAuthor__name', ZONE.author],
    ['post-meta DATE', ZONE.date],
    ['entry-footer', 0],
    ['site-footer', ZONE.footer],
    ['RelatedPosts list', ZONE.related],
    ['dateline2 ad', ZONE.date],
    ['UPDATED', ZONE.date],
    ['metadata authority', 0],
  ])('of %s', (names, zone) => {
    expect(namesZone(names)).toBe(zone);
  });
});
