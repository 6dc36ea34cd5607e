import { describe, expect, it } from 'vitest';
import { reader } from '../../client/reader.ts';

/** A reader of tables that nobody answers for: what it refuses, it refuses by itself. */
const desk = await reader({
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  names: {
    articlesTable: 'articles',
    facetsTable: 'facets',
    revisionsTable: 'revisions',
    fingerprintsTable: 'fingerprints',
    uploadsTable: 'uploads',
    bodiesBucket: 'bodies',
    uploadsBucket: 'uploads',
  },
});

async function first(query: object, pageSize?: number) {
  for await (const card of desk.articles.query(query, pageSize === undefined ? {} : { pageSize })) return card;
  return null;
}

describe('the reader', () => {
  it.each([0, -1, 1.5, 101, Number.NaN])('refuses pages of %s articles', async (pageSize) => {
    await expect(first({ site: 'harbour.example' }, pageSize)).rejects.toMatchObject({
      code: 'BAD_QUERY',
      parameter: 'pageSize',
    });
  });

  it.each([
    [{ sites: 'harbour.example' }, 'sites'],
    [{ limit: 5 }, 'limit'],
    [{ day: '2026-03-01', to: '2026-03-02' }, 'day'],
    [{ day: '2026-03-01T10:00:00Z' }, 'day'],
    [{ day: '2026-02-30' }, 'day'],
  ])('refuses %j for its %s', async (query, parameter) => {
    await expect(first(query)).rejects.toMatchObject({ code: 'BAD_QUERY', parameter });
  });

  it.each(['', 'x', '8162811C0658310A00AA658A31EDBDE7'])('refuses the id "%s"', async (id) => {
    await expect(desk.articles.get(id)).rejects.toMatchObject({ code: 'BAD_QUERY', parameter: 'id' });
    await expect(desk.articles.revisions(id)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ parameter: 'id' });
  });
});
