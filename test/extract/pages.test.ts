import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExtractedArticleSchema } from '../../functions/article/record.ts';
import { extract } from '../../functions/extract/extract.ts';

interface Expectation {
  why: string;
  hints?: { url?: string; contentType?: string; asOf?: string };
  rejected?: string;
  article?: Record<string, unknown>;
  paragraphs?: string[];
  includes?: string[];
  excludes?: string[];
  /** What a site rule alone finds; test/extract/rules holds it to that. */
  rule?: object;
}

const KEYS = ['why', 'hints', 'rejected', 'article', 'paragraphs', 'includes', 'excludes', 'rule'];
const root = join(import.meta.dirname, '../pages');
const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('the engine on pages by behaviour', () => {
  it.each(folders.map((folder) => folder.name))('%s', (name) => {
    const folder = join(root, name);
    const source = readdirSync(folder).find((file) => file.startsWith('source.'));
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expectation;
    // A misspelt key would assert nothing.
    expect(Object.keys(expected).filter((key) => !KEYS.includes(key))).toEqual([]);
    expect(expected.rejected ?? expected.article ?? expected.paragraphs ?? expected.includes).toBeDefined();

    const bytes = readFileSync(join(folder, source ?? 'source.html'));
    const asOf = new Date(expected.hints?.asOf ?? '2026-06-01T00:00:00Z');
    const outcome = extract(bytes, { ...expected.hints, asOf });

    if (expected.rejected) {
      expect(outcome).toMatchObject({ kind: 'rejected', code: expected.rejected });
      return;
    }
    if (outcome.kind === 'rejected') throw new Error(`rejected as ${outcome.code}: ${outcome.detail}`);
    const { article } = outcome;
    expect(ExtractedArticleSchema.parse(article)).toEqual(article);
    expect(article.blocks).toHaveLength(article.text.split('\n\n').length);
    expect(article).toMatchObject(expected.article ?? {});
    if (expected.paragraphs) expect(article.text.split('\n\n')).toEqual(expected.paragraphs);
    for (const text of expected.includes ?? []) expect(article.text).toContain(text);
    for (const text of expected.excludes ?? []) expect(article.text).not.toContain(text);
  });
});
