import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { TextLook } from '../../../functions/extract/metadata/plain-text.ts';
import { hasYear } from '../../../functions/extract/metadata/year-mark.ts';
import { namesZone, ZONE } from '../../../functions/extract/metadata/zones.ts';

const holdsYear = (text: string): boolean => {
  const tree = parseMarkup(text);
  const look = new TextLook();
  if (tree) look.read(tree, 1);
  return tree !== null && look.holdsYear(tree, 1);
};

describe('a text read by its bytes', () => {
  it('is as long, as blank, and begins as the string that it is', () => {
    const texts = fc.string({
      unit: fc.constantFrom(' ', '\n', '\u00a0', '\u3000', 'a', '7', 'é', 'Я', '年', '😀'),
      minLength: 1,
    });
    fc.assert(
      fc.property(texts, (text) => {
        const tree = parseMarkup(text);
        const look = new TextLook();
        if (tree) look.read(tree, 1);
        expect(look).toMatchObject({ isPlain: true, length: text.length, isBlank: text.trim() === '' });
        const start = text.replace(/^[ \n]+/, '');
        const isTold = /^[a7éЯ年]/u.test(start);
        if (isTold) expect(look.first).toBe(start.charCodeAt(0));
        if (isTold && !/^.😀/u.test(start)) expect(look.second).toBe(start.length > 1 ? start.charCodeAt(1) : -1);
      }),
    );
  });

  it('with a character reference is left to be read as a string', () => {
    const tree = parseMarkup('Fish &amp; chips');
    const look = new TextLook();
    if (tree) look.read(tree, 1);
    expect(look.isPlain).toBe(false);
  });

  it('may hold a date where a string of the same letters may', () => {
    const letters = fc.array(fc.constantFrom(...'01259./- aé٢๒ก年'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(letters, (signs) => {
        const text = `a${signs.join('')}`;
        expect(holdsYear(text)).toBe(hasYear(text));
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
    expect(holdsYear(text)).toBe(holds);
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
