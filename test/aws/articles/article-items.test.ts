import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleRecord, firstSeen } from '../../../functions/article/assemble.ts';
import { cardOf } from '../../../functions/article/card.ts';
import type { ArticleRecord, ExtractedArticle } from '../../../functions/article/record.ts';
import type { Stored } from '../../../functions/article/tombstone.ts';
import {
  type Body,
  dayShard,
  INLINE_BYTES,
  toArticleItem,
  toStored,
} from '../../../functions/aws/articles/article-items.ts';
import { facetItems } from '../../../functions/aws/articles/facet-items.ts';
import { itemSize } from '../../../functions/aws/articles/item-size.ts';
import { ARTICLES, CARD, FACETS } from '../../../functions/names.ts';
import { emptyArticle } from '../../support/articles.ts';

const at = new Date('2026-03-01T08:00:00Z');

function record(fields: Partial<ExtractedArticle> = {}, stored: Partial<ArticleRecord> = {}): ArticleRecord {
  const raw = { bucket: 'b', key: 'k', versionId: 'v', etag: 'e', bytes: 1, mediaType: 'text/plain', charset: 'utf-8' };
  const article = { ...structuredClone(emptyArticle), text: 'Words.', blocks: ['p' as const], ...fields };
  const origin = { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' };
  return { ...assembleRecord(article, origin, firstSeen(at)), ...stored };
}

function readBack(article: ArticleRecord): Stored {
  const { item, spilled } = toArticleItem(article);
  return toStored(item, spilled ? (JSON.parse(spilled.json) as Body) : null);
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

  it('carries a card with which every row of an index or a facet stays within 1 KB, whatever the record says', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 150 });
    const record_ = fc.record({
      site: fc.option(fc.domain()),
      canonicalUrl: fc.option(fc.nat(1_900).map((length) => `https://a.example/${'x'.repeat(length)}`)),
      title: fc.option(words),
      siteName: fc.option(words),
      language: fc.option(fc.constantFrom('en', 'zh-Hant-TW', 'x'.repeat(300))),
      section: fc.option(fc.record({ label: words, slug: words })),
      authors: fc.array(fc.record({ name: words, url: fc.constant(null) }), { maxLength: 5 }),
      tags: fc.array(fc.record({ label: words, slug: words }), { maxLength: 3 }),
    });
    const longest = {
      site: `${'x'.repeat(90)}.example`,
      canonicalUrl: `https://a.example/${'x'.repeat(300)}`,
      title: '新'.repeat(400),
      siteName: '新'.repeat(400),
      language: 'x'.repeat(300),
      section: { label: '新'.repeat(400), slug: '新'.repeat(400) },
      authors: Array.from({ length: 12 }, (_, i) => ({ name: `${i}${'新'.repeat(400)}`, url: null })),
      tags: Array.from({ length: 30 }, (_, i) => ({ label: `${i}`, slug: `${i}${'新'.repeat(400)}` })),
    };
    fc.assert(
      fc.property(record_, fc.boolean(), (fields, inCluster) => {
        const article = record(fields, {
          publishedAt: '2026-03-01T08:00:00.000Z',
          wordCount: 1_234_567,
          ...(inCluster ? { clusterId: 'f'.repeat(32) } : {}),
        });
        const { item } = toArticleItem(article);
        const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, item[name]]));
        const { bySite, byDay, key } = ARTICLES;
        if (item[bySite.key]) expect(itemSize(pick(bySite.key, bySite.sort, key, CARD))).toBeLessThanOrEqual(1024);
        expect(itemSize(pick(byDay.key, byDay.sort, key, CARD))).toBeLessThanOrEqual(1024);
        for (const row of facetItems(article)) expect(itemSize(row)).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 60, examples: [[longest, false]] },
    );
  });

  it('cuts a card short rather than another way: whole addresses or none, titles at a whole character', () => {
    const card = (fields: Partial<ExtractedArticle>) => cardOf(record(fields));
    const url = (length: number) => `https://a.example/${'x'.repeat(length - 18)}`;
    expect(card({ canonicalUrl: url(400) }).canonicalUrl).toBe(url(400));
    expect(card({ canonicalUrl: url(401) }).canonicalUrl).toBeNull();
    expect(card({ title: '新'.repeat(400) }).title).toMatch(/^新{90,}$/);
    expect(card({ title: '😀'.repeat(400) }).title).toMatch(/^(?:😀){60,}$/u);
    const authors = Array.from({ length: 40 }, (_, i) => ({ name: `Author ${i}`, url: null }));
    expect(card({ authors }).authorNames).toEqual(['Author 0', 'Author 1', 'Author 2', 'Author 3']);
  });
});

describe('the rows of facets', () => {
  const many = {
    tags: Array.from({ length: 30 }, (_, i) => ({ label: `Tag ${i}`, slug: `tag-${i}` })),
    authors: [
      { name: 'Inés O’Hara', url: null },
      { name: 'Inés O’Hara', url: 'https://a.example/ines' },
    ],
    section: { label: 'World', slug: 'world' },
    language: 'pt-BR',
  };

  it('are one for the section, the language, each author and the first twenty tags, in the partition of the article', () => {
    const article = record(many);
    const rows = facetItems(article);
    const names = rows.map((row) => String(row[FACETS.key]).replace(/#\d$/, ''));
    const tags = Array.from({ length: 20 }, (_, i) => `tag:tag-${i}`);
    expect(names).toEqual(['section:world', 'language:pt', 'author:inés-ohara', ...tags]);
    expect(article.facets).toEqual(names);
    expect(article.quality.warnings).toContainEqual(expect.objectContaining({ code: 'FACETS_CUT' }));
    expect(new Set(rows.map((row) => String(row[FACETS.key]).at(-1))).size).toBe(1);
    expect(rows.every((row) => row[FACETS.sort] === `${article.sortAt}#${article.id}`)).toBe(true);
  });

  it('are none for a duplicate, and one more for a copy that others came before', () => {
    expect(facetItems(record(many, { duplicateOf: 'f'.repeat(32) }))).toEqual([]);
    const copy = facetItems(record(many, { clusterId: 'f'.repeat(32) }));
    expect(copy).toHaveLength(24);
    expect(copy.at(-1)?.[FACETS.key]).toMatch(/^cluster:f{32}#\d$/);
  });
});

describe('the shards of a day', () => {
  const day = { firstSeenAt: '2026-03-01T23:59:59.000Z' };

  it('hold what was dated into it before it began in the first', () => {
    for (let i = 0; i < 20; i++) {
      const { id } = record({ text: `Text ${i}.` });
      expect(dayShard({ ...day, sortAt: '2026-03-02T00:00:00.000Z', id })).toBe('2026-03-02#0');
    }
  });

  it('spread articles evenly', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const shard = dayShard({ ...day, sortAt: '2026-03-01T08:00:00.000Z', id: record({ text: `Text ${i}.` }).id });
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['2026-03-01#0', '2026-03-01#1', '2026-03-01#2', '2026-03-01#3']);
    expect(Math.min(...counts.values())).toBeGreaterThan(800);
  });
});
