import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../functions/article/words.ts';

describe('the words of a text', () => {
  it('are runs of letters and digits with their marks, joined by an apostrophe or a dot inside', () => {
    expect(wordsOf("It's 3.14 – l’été, e.g. 𝒳y.")).toEqual(["It's", '3.14', 'l’été', 'e.g', '𝒳y']);
  });

  it('follow the Unicode classes of letters, numbers and marks for whatever a spaced script writes', () => {
    const reference = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.·][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
    const unit = fc.oneof(
      fc.constantFrom('a', 'Z', '7', "'", '’', '.', '·', ' ', '\u0301', '²', '_', '😀', '𝒳', '\ud800', 'ß', 'ж', 'ع'),
      fc.integer({ min: 0x20, max: 0xdff }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const text = units.join('');
        expect(wordsOf(text)).toEqual(text.match(reference) ?? []);
      }),
      { numRuns: 500 },
    );
  });
});

describe('words by dictionary', () => {
  const sentence = '市政府周三宣布，关闭了三年的老城图书馆将在明年春天重新向公众开放。';

  it('are the same on a line of any length as sentence by sentence', () => {
    expect(wordsOf(sentence.repeat(300))).toEqual(Array(300).fill(wordsOf(sentence)).flat());
  });

  it('lose no character where nothing on a long line ends a word', () => {
    const line = '𠀀'.repeat(3000) + '図書館'.repeat(3000);
    expect(wordsOf(line).join('')).toBe(line);
  });
});
