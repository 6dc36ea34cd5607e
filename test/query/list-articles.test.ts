import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../functions/article/card.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { type ArticleQuery, allArticles, impliedFrom, listArticles } from '../../functions/query/list-articles.ts';
import { memoryPorts, NOW, story } from './memory.ts';

const SITES = ['harbour.example', 'atlas.example'];
const LANGUAGES = ['en-GB', 'en', 'de', null];
const TAGS = ['ferry', 'flood'];

const records = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 24 * 28 }),
      site: fc.constantFrom(...SITES),
      language: fc.constantFrom(...LANGUAGES),
      tag: fc.constantFrom(...TAGS),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ hours, site, language, tag }, number) =>
      story(hours, {
        site,
        language,
        tags: [{ label: tag, slug: tag }],
        canonicalUrl: `https://${site}/${number}`,
        text: `Words of ${number}.`,
      }),
    ),
  );
const days = fc.integer({ min: 0, max: 28 }).map((back) => new Date(NOW.getTime() - back * 86_400_000).toISOString());
const queries = fc.record(
  {
    site: fc.constantFrom(...SITES),
    tag: fc.constantFrom(...TAGS),
    language: fc.constantFrom('en', 'DE', 'en-US'),
    bounds: fc.tuple(days, days, fc.boolean()).map(([a, b, whole]) => {
      const [from, to] = [a, b].sort() as [string, string];
      return whole ? { from: from.slice(0, 10), to: to.slice(0, 10) } : { from, to };
    }),
  },
  { requiredKeys: [] },
);

function holds({ site, tag, language, from, to }: ArticleQuery, record: ArticleRecord): boolean {
  // Bounds count to the second.
  const second = (instant: string) => instant.slice(0, 19);
  return (
    (site === undefined || record.site === site) &&
    (tag === undefined || record.tags.some(({ slug }) => slug === tag)) &&
    (language === undefined || record.language?.slice(0, 2) === language.slice(0, 2).toLowerCase()) &&
    (from === undefined || record.sortAt >= second(from)) &&
    (to === undefined || record.sortAt.slice(0, second(to).length) <= second(to))
  );
}

describe('a list of articles', () => {
  it('holds what every filter keeps, each once and newest first, whatever the size of its pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        queries,
        fc.integer({ min: 1, max: 30 }),
        async (stored, { bounds, ...rest }, pageSize) => {
          const query = { ...rest, ...bounds };
          const { articles } = memoryPorts({ stored, revisions: [], uploads: [] });
          const found: { id: string; sortAt: string }[] = [];
          for await (const page of allArticles(articles, query, { now: NOW, pageSize })) {
            expect(page.items.length).toBeLessThanOrEqual(pageSize);
            found.push(...page.items);
          }
          const expected = stored.filter((record) => holds(query, record)).map(cardOf);
          expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          expect(found.map(({ sortAt }) => sortAt)).toEqual(
            found
              .map(({ sortAt }) => sortAt)
              .sort()
              .reverse(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that a filter lets little of through is looked for in few steps, however small its pages', async () => {
    const tags = [{ label: 'ferry', slug: 'ferry' }];
    const stored = Array.from({ length: 700 }, (_, n) =>
      story(n / 2, { site: n === 600 ? 'atlas.example' : 'harbour.example', tags, text: `Words of ${n}.` }),
    );
    const { articles } = memoryPorts({ stored, revisions: [], uploads: [] });
    let steps = 0;
    const listByFacet: typeof articles.listByFacet = (...asked) => {
      steps++;
      return articles.listByFacet(...asked);
    };
    const query = { tag: 'ferry', site: 'atlas.example' };
    const page = await listArticles({ ...articles, listByFacet }, query, { limit: 1, cursor: null, now: NOW });
    expect(page.items).toHaveLength(1);
    expect(steps).toBeLessThan(20);
  });

  it.each<[ArticleQuery, string | null]>([
    [{}, '2026-03-02'],
    [{ to: '2026-01-31T12:00:00Z' }, '2026-01-01'],
    [{ to: '9999-12-31' }, '2026-03-02'],
    [{ from: '2020-01-01' }, null],
    [{ site: 'harbour.example', to: '2026-01-31' }, null],
    [{ language: 'en' }, null],
  ])('%j says by itself from which day on it looks: %s', (query, from) => {
    expect(impliedFrom(query, NOW)).toBe(from);
  });

  it('across all sites reaches a month back unless told', async () => {
    const stored = [story(24 * 10), story(24 * 60)];
    const { articles } = memoryPorts({ stored, revisions: [], uploads: [] });
    const found = async (query: ArticleQuery) => {
      const ids: string[] = [];
      for await (const { items } of allArticles(articles, query, { now: NOW })) ids.push(...items.map(({ id }) => id));
      return ids;
    };
    expect(await found({})).toEqual([stored[0]?.id]);
    expect(await found({ from: '2026-01-01' })).toEqual(stored.map(({ id }) => id));
    expect(await found({ to: '2026-02-10' })).toEqual([stored[1]?.id]);
  });
});
