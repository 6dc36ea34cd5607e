import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, Simhash, simhash } from '../../functions/article/fingerprints.ts';
import { articleId } from '../../functions/article/identity.ts';
import { normalizeText } from '../../functions/article/normalize-text.ts';
import { readingMinutes, wordsOf } from '../../functions/article/words.ts';

const bits = (a: string, b: string) => {
  let differing = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  differing = differing.replaceAll('0', '');
  return differing.length;
};

/** Distinct words, so that shingles of one text never stand in another by chance. */
const prose = (seed: string, count: number) => Array.from({ length: count }, (_, i) => `${seed}${i * 7919}`);

describe('contentHash', () => {
  it('is equal for copies that differ in quotes, dashes, spacing, case and invisible characters', () => {
    expect(contentHash('“Yes” – she said,  it’s\n\nﬁne')).toBe(contentHash('"yes" - she said, it\'s fi\u00adne'));
  });
  it('differs when a word differs', () => {
    expect(contentHash('The bridge opened on Monday')).not.toBe(contentHash('The bridge opened on Tuesday'));
  });
  it('normalizes to a form that normalizing leaves alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => normalizeText(normalizeText(s)) === normalizeText(s)),
    );
  });
});

describe('normalizeText', () => {
  it('does to every character what patterns for its kind would', () => {
    const byPatterns = (text: string) =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
        .replace(/[‘’‚‛′`´]/g, "'")
        .replace(/[“”„‟″«»]/g, '"')
        .replace(/[‐-―−]/g, '-')
        .replace(/\s+/g, ' ')
        .trim();
    let all = '';
    for (let code = 0; code < 0x10000; code++) all += `a${String.fromCharCode(code)}`;
    expect(normalizeText(all)).toBe(byPatterns(all));
    const signs = fc.string({
      unit: fc.constantFrom(' ', '\n', '\u00a0', '\u200b', '\ufeff', '’', '„', '–', 'É', 'ﬁ', '😀', 'x'),
    });
    fc.assert(fc.property(signs, (text) => normalizeText(text) === byPatterns(text)));
  });
});

describe('simhash', () => {
  it('keeps a lightly edited text close and another text far', () => {
    const text = prose('a', 400);
    const edited = [...text.slice(0, 100), 'inserted', 'words', ...text.slice(105)];
    expect(bits(simhash(text), simhash(edited))).toBeLessThanOrEqual(6);
    expect(bits(simhash(text), simhash(prose('b', 400)))).toBeGreaterThan(16);
  });
  it('is 16 hexadecimal digits for any words, and zero for none', () => {
    expect(simhash([])).toBe('0000000000000000');
    fc.assert(fc.property(fc.array(fc.string()), (words) => /^[0-9a-f]{16}$/.test(simhash(words))));
  });
  it('reads a text as the words of it, one after the other', () => {
    const piece = fc.constantFrom(
      'The',
      'ΟΔΟΣ',
      'İstanbul',
      'é',
      'e\u0301',
      "'",
      '’',
      '.',
      ' ',
      '\n',
      '\n\n',
      '𝒜',
      '3.5',
      '東京',
      '-',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 30 }),
        (pieces) => {
          const text = pieces.join('');
          const hash = new Simhash();
          hash.read(text);
          expect({ count: hash.count, digest: hash.digest() }).toEqual({
            count: wordsOf(text).length,
            digest: simhash(wordsOf(text)),
          });
        },
      ),
    );
  });
});

describe('wordsOf', () => {
  it.each([
    ['It’s 3.5 o’clock, “well-known”.', ['It’s', '3.5', 'o’clock', 'well', 'known']],
    ['东京是日本的首都', ['东京', '是', '日本', '的', '首都']],
    ['', []],
  ])('parts %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
  it('parts Thai, which writes no spaces', () => {
    expect(wordsOf('สวัสดีชาวโลก').length).toBeGreaterThan(1);
  });
  it('rounds reading time up to whole minutes', () => {
    expect([0, 1, 238, 239].map(readingMinutes)).toEqual([0, 1, 1, 2]);
  });
});

describe('articleId', () => {
  it('is one for http, https and www forms of a page', () => {
    const ids = ['http://www.a.example/x', 'https://a.example/x/', 'https://A.example/x?utm_source=q'].map((url) =>
      articleId(url, 'any'),
    );
    expect(new Set(ids).size).toBe(1);
  });
  it('tells every other name of a host apart, also one that only begins like www', () => {
    const hosts = ['a.example', 'm.a.example', 'www2.a.example', 'wwwa.example', 'www.m.a.example', 'blog.a.example'];
    const ids = hosts.map((host) => articleId(`https://${host}/x`, 'any'));
    // www.m.a.example is m.a.example.
    expect(new Set(ids).size).toBe(hosts.length - 1);
    expect(ids[4]).toBe(ids[1]);
  });
  it('comes from the text only where there is no URL', () => {
    expect(articleId(null, 'One text')).toBe(articleId(null, 'one  text'));
    expect(articleId(null, 'One text')).not.toBe(articleId(null, 'Another text'));
    expect(articleId('https://a.example/x', 'One text')).toBe(articleId('https://a.example/x', 'Another text'));
  });
});
