import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../functions/extract/text/read-text.ts';

const AS_OF = new Date('2026-11-22T00:00:00Z');
const PAGES = join(import.meta.dirname, '../../pages');
const SAMPLE = join(import.meta.dirname, '../../../../shared/samples/press-tv-shamkhani.txt');

function articleOf(source: string) {
  const reading = readText(source, { url: null, asOf: AS_OF });
  if ('reject' in reading) throw new Error(`rejected as ${reading.reject}: ${reading.detail}`);
  return reading.article;
}

describe('readText', () => {
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

  it('names the line each field came from', () => {
    const source = readFileSync(join(PAGES, 'text-breadcrumb-caption-and-site-tail/source.txt'), 'utf8');
    expect(articleOf(source).provenance).toMatchObject({
      title: 'line 3 headline',
      section: 'line 1 breadcrumb',
      siteName: 'line 20 tail',
    });
  });
});
