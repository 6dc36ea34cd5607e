import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../functions/extract/text/read-text.ts';
import type { Decision } from '../../../functions/extract/trace.ts';

const AS_OF = new Date('2026-11-22T00:00:00Z');
const PAGES = join(import.meta.dirname, '../../pages');
const SAMPLE = join(import.meta.dirname, '../../../../shared/samples/press-tv-shamkhani.txt');

function articleOf(source: string) {
  const reading = readText(source, { url: null, asOf: AS_OF });
  if ('reject' in reading) throw new Error(`rejected as ${reading.reject}: ${reading.detail}`);
  return reading.article;
}

describe('readText', () => {
  it('takes the name that the copyright line gives the site off the headline', () => {
    const sentence = 'The ferry came back to the harbour on Monday, and people had waited for it in the rain.';
    const copy = (line: string) =>
      [
        line,
        'By Ann Lee',
        '3 March 2026',
        ...Array<string>(5).fill(`${sentence} ${sentence}`),
        '© 2026 Saltmere Post',
      ].join('\n\n');
    expect(articleOf(copy('Ferry to stay through the winter - Saltmere Post')).title).toBe(
      'Ferry to stay through the winter',
    );
    expect(articleOf(copy('Ferry to stay through the winter - at last')).title).toBe(
      'Ferry to stay through the winter - at last',
    );
  });

  it('finds no article where the lines that stay have neither letters nor digits', () => {
    const reading = readText(`# T\n\n${'![['.repeat(100_000)}`, { url: null, asOf: AS_OF });
    expect(reading).toMatchObject({ reject: 'NO_CONTENT' });
  });

  it.runIf(existsSync(SAMPLE))(
    'finds the ten paragraphs, headline, caption and section of real copy, and nothing of its tail',
    () => {
      const source = readFileSync(SAMPLE, 'utf8');
      const paragraphs = source.replaceAll('\u00a0', ' ').split(/\n+/).slice(3, 13);
      const article = articleOf(source);
      expect(paragraphs[0]).toMatch(/^A senior Iranian official/);
      expect(paragraphs[9]).toMatch(/^The fifth round of the Astana discussions/);
      expect(article).toMatchObject({
        title: 'Closer Iran-Russia contact prevents US intervention in Syria: Shamkhani',
        section: { label: 'Politics', slug: 'politics' },
        siteName: 'Press TV',
        authors: [],
        publishedAt: null,
        modifiedAt: null,
        blocks: paragraphs.map(() => 'p'),
      });
      expect(article.text).toBe(paragraphs.join('\n\n'));
      expect(article.images.map(({ url, caption }) => ({ url, caption }))).toEqual([
        { url: null, caption: 'Secretary of Iran’s Supreme National Security Council Ali Shamkhani' },
      ]);
    },
  );

  it.each([
    ['(Reporting by Ann Lee in Saltmere and Bo Chen in New Harbour; Editing by Tom Hale)', ['Ann Lee', 'Bo Chen']],
    ['Writing by Ann Lee; editing by Tom Hale', ['Ann Lee']],
    ['(Editing by Tom Hale)', []],
  ])('takes the authors from the signature %s, and no editor', (signature, names) => {
    const folder = join(PAGES, 'text-agency-dateline-and-signature');
    const source = readFileSync(join(folder, 'source.txt'), 'utf8').replace(/\(Reporting.+/u, signature);
    expect(articleOf(source).authors.map(({ name }) => name)).toEqual(names);
  });

  it('names the line each field came from', () => {
    const source = readFileSync(join(PAGES, 'text-breadcrumb-caption-and-site-tail/source.txt'), 'utf8');
    expect(articleOf(source).provenance).toMatchObject({
      title: 'line 3 headline',
      section: 'line 1 breadcrumb',
      siteName: 'line 20 tail',
    });
  });

  it.each([
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['without blank lines', (text: string) => text.replace(/\n{2,}/g, '\n')],
    [
      'with form feeds, tabs and no-break spaces',
      (text: string) => text.replaceAll('\n\n', '\n\f\t\n').replaceAll(' the ', '\u00a0the '),
    ],
    [
      'with zero-width spaces and soft hyphens',
      (text: string) => text.replaceAll('ferr', 'fer\u00adr').replaceAll(' said', '\u200b said'),
    ],
  ])('reads the same article from copy %s', (_, change) => {
    const source = readFileSync(join(PAGES, 'text-breadcrumb-caption-and-site-tail/source.txt'), 'utf8');
    const plain = articleOf(source);
    expect(articleOf(change(source))).toMatchObject({
      title: plain.title,
      text: plain.text,
      blocks: plain.blocks,
      siteName: plain.siteName,
    });
  });

  it('puts every line with its verdict and score into the trace', () => {
    const decisions: Decision[] = [];
    const source = readFileSync(join(PAGES, 'text-breadcrumb-caption-and-site-tail/source.txt'), 'utf8');
    readText(source, { url: null, asOf: AS_OF, trace: (decision) => decisions.push(decision) });
    const lines = decisions.filter(({ step }) => step === 'text-body');
    expect(lines.map(({ at }) => at)).toEqual(
      source.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [`line ${i + 1}`])),
    );
    expect(lines.find(({ at }) => at === 'line 3')).toMatchObject({
      verdict: 'choose',
      rule: expect.stringMatching(/^headline, score 0\.\d\d$/),
    });
    expect(lines.find(({ at }) => at === 'line 7')).toMatchObject({
      verdict: 'keep',
      rule: expect.stringMatching(/^score 0\.\d\d$/),
    });
    expect(lines.find(({ at }) => at === 'line 24')).toMatchObject({ verdict: 'drop', text: 'SHARE THIS ARTICLE' });
  });

  it('keeps as many blocks as paragraphs, in NFC, and gives the same answer twice, whatever the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom(
        'The bridge opened on Monday, the council of the town said after a long debate.',
        'Read more',
        '• one',
        '1. first',
        '',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const source = lines.join('\n');
        const reading = readText(source, { url: null, asOf: AS_OF });
        expect(readText(source, { url: null, asOf: AS_OF })).toEqual(reading);
        if ('reject' in reading) return;
        const { text, blocks } = reading.article;
        expect(text.split('\n\n')).toHaveLength(blocks.length);
        expect(text.normalize('NFC')).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('warns that a text holds a second article and takes the longer one', () => {
    const story = (subject: string, sentences: number) =>
      Array.from(
        { length: sentences },
        (_, i) =>
          `The ${subject} was opened by the council on day ${i + 1} of the month, and the people of the town said that they had waited for it for years.`,
      ).join('\n\n');
    const source = `Bridge opens\n\n${story('bridge', 14)}\n\nRelated\nComments\nShare\n${'Home\nNews\nSport\nTravel\n'.repeat(12)}\n\nLibrary opens\n\n${story('library', 9)}`;
    const article = articleOf(source);
    expect(article.text).toContain('The bridge was opened');
    expect(article.text).not.toContain('library');
    expect(article.quality.warnings.map(({ code }) => code)).toContain('SECOND_ARTICLE');
  });
});
