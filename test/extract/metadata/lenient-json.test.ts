import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLenient } from '../../../functions/extract/metadata/lenient-json.ts';

describe('JSON as pages carry it', () => {
  const whole = { headline: 'Ferries "return"', author: [{ name: 'Ann Lee' }] };

  it.each([
    ['HTML comments around', '<!-- {"a":1} -->', [{ a: 1 }]],
    ['CDATA around', '//<![CDATA[\n{"a":1}\n//]]>', [{ a: 1 }]],
    ['a trailing semicolon', '{"a":1};', [{ a: 1 }]],
    ['a trailing comma', '{"a":[1,2,],}', [{ a: [1, 2] }]],
    ['comments inside', '{/* one */"a":1, // two\n"b":2}', [{ a: 1, b: 2 }]],
    ['raw line breaks in a string', '{"a":"one\ntwo"}', [{ a: 'one\ntwo' }]],
    ['raw quotes in a string', '{"a":"he said "yes" and left","b":1}', [{ a: 'he said "yes" and left', b: 1 }]],
    [
      'a quote before a comma in a string',
      '{"a":"he said "yes", then left","b":1}',
      [{ a: 'he said "yes", then left', b: 1 }],
    ],
    ['entities for quotes', '{&quot;a&quot;:&quot;b&quot;}', [{ a: 'b' }]],
    ['a forgotten comma', '{"a":1\n"b":2}', [{ a: 1, b: 2 }]],
    ['invalid escapes', String.raw`{"a":"it\'s","b":"\x"}`, [{ a: "it's", b: 'x' }]],
    ['two values in a row', '{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['a missing end', '{"a":{"b":"c', [{ a: { b: 'c' } }]],
    ['undefined and NaN', '{"a":undefined,"b":NaN}', [{ a: null, b: null }]],
    ['a prototype as key', '{"__proto__":{"x":1},"a":1,}', [{ a: 1 }]],
  ])('is read with %s', (_name, source, values) => {
    expect(parseLenient(source).values).toEqual(values);
  });

  it('says whether repair was needed', () => {
    expect(parseLenient(JSON.stringify(whole))).toEqual({ values: [whole], valid: true });
    expect(parseLenient('{"a":1,}').valid).toBe(false);
    expect(parseLenient('  ').valid).toBe(true);
  });

  it.each([
    ['opening brackets', '['.repeat(200_000)],
    ['opening braces', '{"a":'.repeat(100_000)],
    ['quotes', `{"a":"${'"'.repeat(100_000)}`],
    ['question marks', '?'.repeat(100_000)],
    ['white space', ' '.repeat(1_000_000)],
    ['backslashes', `{"a":"${'\\'.repeat(100_000)}`],
    ['more than is read', `{"a":"${'x'.repeat(3_000_000)}"}`],
  ])('does not throw on %s', (_name, source) => {
    expect(Array.isArray(parseLenient(source).values)).toBe(true);
  });

  it('reads every valid object as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(parseLenient(JSON.stringify(value)).values).toEqual([JSON.parse(JSON.stringify(value))]);
      }),
    );
  });

  it('reads a valid object that only a trailing comma breaks as the object itself', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/u);
    fc.assert(
      fc.property(
        fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word)), { minKeys: 1 }),
        (value) => {
          const broken = `${JSON.stringify(value).slice(0, -1)},}`;
          expect(parseLenient(broken).values).toEqual([value]);
        },
      ),
    );
  });
});
