import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlockChange, diffTexts } from '../../functions/article/text-diff.ts';

/** What the changes say one side was. */
function side(changes: readonly BlockChange[], gone: 'removed' | 'added'): string {
  return changes
    .filter(({ kind }) => kind !== gone)
    .map((change) =>
      change.kind === 'changed'
        ? change.stretches
            .filter(({ kind }) => kind !== gone)
            .map(({ text }) => text)
            .join('')
        : change.text,
    )
    .join('\n\n');
}

describe('the diff of two texts', () => {
  it('shows the words that changed inside a paragraph, and whole paragraphs that came or went', () => {
    const before = 'The ferry leaves at ten.\n\nTickets cost 38 crowns.\n\nDogs travel free of charge.';
    const after = 'The ferry leaves at eleven.\n\nTickets cost 38 crowns.\n\nA second boat was ordered from a yard.';
    expect(diffTexts(before, after)).toEqual([
      {
        kind: 'changed',
        stretches: [
          { kind: 'same', text: 'The ferry leaves at ' },
          { kind: 'removed', text: 'ten' },
          { kind: 'added', text: 'eleven' },
          { kind: 'same', text: '.' },
        ],
      },
      { kind: 'same', text: 'Tickets cost 38 crowns.' },
      { kind: 'removed', text: 'Dogs travel free of charge.' },
      { kind: 'added', text: 'A second boat was ordered from a yard.' },
    ]);
  });

  it('shows single characters in scripts that part no words', () => {
    expect(diffTexts('市長は月曜日に会見した。', '市長は火曜日に会見した。')).toEqual([
      {
        kind: 'changed',
        stretches: [
          { kind: 'same', text: '市長は' },
          { kind: 'removed', text: '月' },
          { kind: 'added', text: '火' },
          { kind: 'same', text: '曜日に会見した。' },
        ],
      },
    ]);
  });

  it('says nothing of nothing, and all of a text that was empty', () => {
    expect(diffTexts('', '')).toEqual([]);
    expect(diffTexts('', 'One.\n\nTwo.')).toEqual([
      { kind: 'added', text: 'One.' },
      { kind: 'added', text: 'Two.' },
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    const block = fc.array(fc.constantFrom('a', 'b', 'ü', '新', '。', ' ', '😀', '\n'), { minLength: 1, maxLength: 8 });
    const text = fc.array(
      block.map((tokens) => tokens.join('').replaceAll('\n\n', '\n').trim() || 'x'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = diffTexts(before.join('\n\n'), after.join('\n\n'));
        expect(side(changes, 'added')).toBe(before.join('\n\n'));
        expect(side(changes, 'removed')).toBe(after.join('\n\n'));
      }),
    );
  });

  it('stays within bounds on two long texts that have nothing in common', () => {
    const words = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`);
    const one = words('a').join(' ');
    const other = words('b').join(' ');
    expect(diffTexts(one, other).map(({ kind }) => kind)).toEqual(['removed', 'added']);
    const manyBlocks = diffTexts(words('a').join('\n\n'), words('b').join('\n\n'));
    expect(manyBlocks).toHaveLength(40_000);
  });
});
