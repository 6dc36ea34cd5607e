import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableLine } from '../../cli/render/printable.ts';
import { replaceSection } from '../../cli/render/section.ts';
import { renderTable } from '../../cli/render/table.ts';
import { renderJson } from '../../functions/article/render/json.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u001b', '\u009b', '\u0007', '\r', '\0', '\u007f', '\u202e', '\u2066', '\u2028', '\n', '\t'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

describe('text from outside', () => {
  it('drives no terminal, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(printable(text)).not.toMatch(HARMFUL);
        expect(printableLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });

  it('stays as it is where it is harmless, in any script', () => {
    for (const text of ['plain', '漢字かな', 'שלום \u200fעולם', 'می\u200cخواهم', '👩\u200d🚀 e\u0301', 'a\n\tb']) {
      expect(printable(text)).toBe(text);
    }
  });

  it('is the same value in JSON, which drives no terminal either', () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, (value, text) => {
        const json = renderJson({ value, text });
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(json).not.toMatch(HARMFUL);
        expect(json).not.toMatch(/[\n\u2028\u2029]/);
      }),
    );
  });
});

describe('a table', () => {
  const columns = [{ heading: 'key', flexible: true }, { heading: 'title', flexible: true }, { heading: 'words' }];
  const out = (width: number) => ({ write: () => {}, columns: width });

  it('keeps to the width of the terminal by cutting the widest flexible columns', () => {
    const rows = [
      ['k'.repeat(30), 'short', '1234567'],
      ['key', '漢字'.repeat(40), '7'],
    ];
    for (const line of renderTable(columns, rows, out(60), {}).trimEnd().split('\n')) {
      const wide = line.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
      expect(line.length + wide).toBeLessThanOrEqual(60);
    }
    expect(renderTable(columns, rows, out(60), {})).toContain('1234567');
  });

  it('keeps an id whole where the line is too short', () => {
    const id = 'f9e621ef38e62d74c0d5980dd3d3c5eb';
    const withId = [
      { heading: 'key', flexible: true },
      { heading: 'article', flexible: true, least: id.length },
    ];
    expect(renderTable(withId, [['k'.repeat(80), id]], out(60), {})).toContain(id);
  });

  it('shows every row of a long list, under one heading', () => {
    const rows = Array.from({ length: 2_500 }, () => ['k', 't', '1']);
    expect(renderTable(columns, rows, out(80), {}).trimEnd().split('\n')).toHaveLength(2_501);
  });

  it('has one line a row, whatever stands in the cells', () => {
    const text = renderTable(columns, [['a\nb', '\u001b[2J\u001b[1;1Hgone', '1']], out(80), {});
    expect(text.trimEnd().split('\n')).toHaveLength(2);
    expect(text).not.toMatch(HARMFUL);
  });

  it('is its heading alone where there is nothing to show', () => {
    expect(renderTable(columns, [], out(80), {})).toBe('key  title  words\n');
  });
});

describe('a generated section of a page', () => {
  it('is replaced between its marks, and missed aloud', () => {
    const page = 'a\n<!-- x -->\nold\n<!-- /x -->\nb\n';
    expect(replaceSection(page, 'x', 'new')).toBe('a\n<!-- x -->\nnew\n<!-- /x -->\nb\n');
    expect(() => replaceSection(page, 'y', 'new')).toThrow('<!-- y -->');
  });
});
