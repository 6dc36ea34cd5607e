import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';
import { type Body, dayShard, INLINE_BYTES, toArticle, toArticleItem } from '../../functions/aws/article-items.ts';
import { itemSize } from '../../functions/aws/item-size.ts';
import { ARTICLES, CARD_ATTRIBUTES } from '../../functions/names.ts';
import { emptyArticle } from '../support/articles.ts';

const at = new Date('2026-03-01T08:00:00Z');

function record(fields: Partial<ExtractedArticle> = {}, stored: Partial<ArticleRecord> = {}): ArticleRecord {
  const raw = { bucket: 'b', key: 'k', versionId: 'v', etag: 'e', bytes: 1, mediaType: 'text/plain', charset: 'utf-8' };
  const article = { ...structuredClone(emptyArticle), text: 'Words.', blocks: ['p' as const], ...fields };
  const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' };
  return { ...assembleRecord(article, origin, firstSeen(at)), ...stored };
}

function readBack(article: ArticleRecord): ArticleRecord {
  const { item, spilled } = toArticleItem(article);
  return toArticle(item, spilled ? (JSON.parse(spilled.json) as Body) : null);
}

describe('the item of an article', () => {
  it('reads back as the record it was made from, with or without its body', () => {
    fc.assert(
      fc.property(
        fc.option(fc.domain()),
        fc.option(fc.string()),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(0, 20_000),
        fc.option(fc.constant('f'.repeat(32))),
        (site, title, words, repeat, duplicateOf) => {
          const text = words + '新聞の記事。'.repeat(repeat);
          const article = record({ site, title, text, authors: [{ name: 'A B', url: null }] }, { duplicateOf });
          expect(readBack(article)).toEqual(article);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds its text up to a size counted in bytes, and not a byte more', () => {
    const empty = itemSize(toArticleItem(record({ text: '' })).item);
    // Three bytes each: a count of characters would be wrong by a factor of three.
    const room = INLINE_BYTES - empty;
    const fits = record({ text: '' });
    const most = { ...fits, text: '新'.repeat(Math.floor((room - 1) / 3)) + 'x'.repeat((room - 1) % 3) };
    expect(itemSize(toArticleItem(most).item)).toBe(INLINE_BYTES - 1);
    expect(toArticleItem(most).spilled).toBeNull();
    const over = toArticleItem({ ...most, text: `${most.text}x` });
    expect(over.spilled).not.toBeNull();
    expect(itemSize(over.item)).toBeLessThan(10_000);
    expect(over.item).not.toHaveProperty('text');
  });

  it('stays within what DynamoDB takes when every field is as long as the record allows', () => {
    const long = '新'.repeat(10_000);
    const url = `https://a.example/${'x'.repeat(1_980)}`;
    const hostile = record({
      url,
      canonicalUrl: url,
      mainImage: url,
      title: long,
      subtitle: long,
      description: long,
      siteName: long,
      publishedRaw: long,
      section: { label: long, slug: long },
      authors: Array(500).fill({ name: long, url }),
      tags: Array(500).fill({ label: long, slug: long }),
      breadcrumbs: Array(500).fill(long),
      text: long.repeat(100),
      blocks: Array(100_000).fill('p'),
      links: Array(10_000).fill({ url, text: long }),
      quality: { confidence: 1, warnings: Array(500).fill({ code: 'SOME_WARNING', message: long }) },
    });
    expect(itemSize(toArticleItem(hostile).item)).toBeLessThan(400 * 1024);
  });

  it('names its body by the body and not by the text alone, so that no older item ever points to a newer body', () => {
    const text = 'x'.repeat(400_000);
    const image = { url: 'https://a.example/i.png', alt: null, caption: null, credit: null };
    const without = toArticleItem(record({ text }));
    const withImage = toArticleItem(record({ text, images: [{ ...image, width: null, height: null, afterBlock: 0 }] }));
    expect(without.spilled?.key).toMatch(/^articles\/[0-9a-f]{32}\/[0-9a-f]{64}\.json$/);
    expect(without.spilled?.key).not.toBe(withImage.spilled?.key);
    expect(toArticleItem(record({ text })).spilled).toEqual(without.spilled);
  });

  it('stays out of the index by site without a site, and out of the one by day as a duplicate', () => {
    expect(toArticleItem(record({ site: null })).item).not.toHaveProperty(ARTICLES.bySite.key);
    expect(toArticleItem(record({ site: 'a.example' })).item).toHaveProperty(ARTICLES.bySite.key, 'a.example');
    expect(toArticleItem(record()).item).toHaveProperty(
      ARTICLES.byDay.key,
      expect.stringMatching(/^2026-03-01#[0-3]$/),
    );
    const duplicate = record({}, { duplicateOf: 'f'.repeat(32) });
    expect(toArticleItem(duplicate).item).not.toHaveProperty(ARTICLES.byDay.key);
  });

  it('carries every attribute of a card, the lists of them cut short', () => {
    const { item } = toArticleItem(
      record({
        site: 'a.example',
        section: { label: 'S'.repeat(300), slug: 's' },
        authors: Array.from({ length: 40 }, (_, i) => ({ name: `Author ${i} ${'x'.repeat(100)}`, url: null })),
      }),
    );
    expect(CARD_ATTRIBUTES.filter((name) => !(name in item))).toEqual([]);
    expect(item.authorNames).toHaveLength(4);
    const card = Object.fromEntries(CARD_ATTRIBUTES.map((name) => [name, item[name]]));
    expect(itemSize(card)).toBeLessThan(1024);
  });
});

describe('the shards of a day', () => {
  it('spread articles evenly', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const shard = dayShard('2026-03-01T08:00:00.000Z', record({ text: `Text ${i}.` }).id);
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['2026-03-01#0', '2026-03-01#1', '2026-03-01#2', '2026-03-01#3']);
    expect(Math.min(...counts.values())).toBeGreaterThan(800);
  });
});
