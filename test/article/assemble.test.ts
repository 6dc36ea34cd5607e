import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen, type Origin, sortInstant } from '../../functions/article/assemble.ts';
import { ArticleRecordSchema, type ExtractedArticle } from '../../functions/article/record.ts';
import { emptyArticle } from '../support/articles.ts';

const seen = new Date('2026-05-02T10:00:00.000Z');
const origin: Origin = {
  raw: {
    bucket: 'uploads',
    key: 'a.txt',
    versionId: 'v1',
    etag: 'e',
    bytes: 3,
    mediaType: 'text/plain',
    charset: 'utf-8',
  },
  sourceId: null,
  fetchedAt: seen,
  engineVersion: '1.2.3',
};
const assemble = (article: Partial<ExtractedArticle>) =>
  assembleRecord({ ...emptyArticle, ...article }, origin, firstSeen(seen));

describe('assembleRecord', () => {
  it('gives a record that fits the schema, with every field there', () => {
    const record = assemble({ title: 'Rain', text: 'It rained.\n\nThen it stopped.', blocks: ['p', 'p'] });
    expect(ArticleRecordSchema.parse(record)).toEqual(record);
    expect(Object.keys(record).sort()).toEqual(Object.keys(ArticleRecordSchema.shape).sort());
    expect(record.wordCount).toBe(5);
  });

  it('bounds what a hostile page can put into a record, and says that it did', () => {
    const record = assemble({
      title: '😀'.repeat(5000),
      tags: Array.from({ length: 5000 }, (_, i) => ({ label: `tag ${i}`, slug: `tag-${i}` })),
    });
    expect(record.title?.isWellFormed()).toBe(true);
    expect(record.title?.length).toBeLessThanOrEqual(1000);
    expect(record.tags).toHaveLength(100);
    expect(record.quality.warnings.map((warning) => warning.code)).toContain('LIST_CUT');
  });

  it('keeps three digits of confidence, of which a store of decimals keeps every one', () => {
    const confidence = (value: number) => assemble({ quality: { confidence: value, warnings: [] } }).quality.confidence;
    expect([confidence(1e-200), confidence(1 / 3), confidence(1)]).toEqual([0, 0.333, 1]);
  });

  it('replaces halves of surrogate pairs everywhere, because no store of UTF-8 gives them back', () => {
    const record = assemble({
      title: 'Rain \ud83d today',
      text: 'It \udc00 rained.',
      blocks: ['p'],
      tags: [{ label: '\ud800', slug: 'x' }],
      provenance: { title: 'json-ld \ud800' },
    });
    expect(record).toMatchObject({
      title: 'Rain \ufffd today',
      text: 'It \ufffd rained.',
      tags: [{ label: '\ufffd' }],
    });
    expect(JSON.stringify(record)).not.toMatch(/\\u[dD][89a-fA-F]/);
  });
});

describe('strings of a record', () => {
  it('carry nothing that a terminal obeys or that turns a line around', () => {
    const record = assemble({
      title: 'Rain \u001b[31mstops\u0007 play\u009b \u202eyalp',
      text: 'It\u0000 rained.\n\n\u001b\u202e\n\nThen\tit stopped.',
      blocks: ['p', 'p', 'pre'],
    });
    expect(record.title).toBe('Rain [31mstops play yalp');
    expect(record.text).toBe('It rained.\n\n\ufffd\n\nThen\tit stopped.');
    expect(record.text.split('\n\n')).toHaveLength(record.blocks.length);
  });

  it('stay as many blocks as they were where a line held nothing else', () => {
    const record = assemble({ text: 'one\n\u0001\ntwo\n\u202c\n\nafter', blocks: ['pre', 'p'] });
    expect(record.text.split('\n\n')).toEqual(['one\n \ntwo', 'after']);
  });

  it('keep the marks that right-to-left writing needs', () => {
    expect(assemble({ title: 'محمد\u200f (2)' }).title).toBe('محمد\u200f (2)');
  });
});

describe('sortInstant', () => {
  it.each([
    ['is the publication where there is one', '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'],
    ['is the first sight where there is none', null, '2026-05-02T10:00:00.000Z'],
    ['holds a date in the future to a day after first sight', '2031-01-01T00:00:00.000Z', '2026-05-03T10:00:00.000Z'],
  ])('%s', (_, publishedAt, expected) => {
    expect(sortInstant(publishedAt, seen)).toBe(expected);
  });
});
