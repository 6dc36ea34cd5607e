import { describe, expect, it } from 'vitest';
import { listing, read } from './reading.ts';

const VERSION = 'https://jsonfeed.org/version/1.1';
const feedOf = (item: object, feed: object = {}) =>
  JSON.stringify({
    version: VERSION,
    title: 'Paper',
    ...feed,
    items: [{ id: '1', url: 'https://paper.example/a', ...item }],
  });

describe('a JSON feed', () => {
  it('gives its items with what it says of each', () => {
    const feed = listing(
      feedOf(
        {
          title: 'Fish & chips',
          content_html: '<p>On the quay.</p>',
          summary: 'On the quay',
          date_published: '2026-11-01T10:00:00+02:00',
          date_modified: '2026-11-02T09:00:00Z',
          authors: [{ name: 'Ann Lee' }, { name: 'Bo Ek', url: 'https://bo.example' }],
          tags: ['food', 'quay'],
          image: '/fish.jpg',
        },
        { language: 'en-US' },
      ),
    );
    expect(feed).toMatchObject({ kind: 'json-feed', title: 'Paper', warnings: [] });
    expect(feed.items).toEqual([
      {
        url: 'https://paper.example/a',
        modifiedAt: '2026-11-02T09:00:00Z',
        hints: {
          title: 'Fish & chips',
          authors: ['Ann Lee', 'Bo Ek'],
          publishedAt: '2026-11-01T08:00:00Z',
          publishedRaw: '2026-11-01T10:00:00+02:00',
          modifiedAt: '2026-11-02T09:00:00Z',
          categories: ['food', 'quay'],
          summary: 'On the quay',
          content: '<p>On the quay.</p>',
          language: 'en-US',
          image: 'https://paper.example/fish.jpg',
        },
      },
    ]);
  });

  it.each([
    ['one author, as version 1.0 has it', { author: { name: 'Ann Lee' } }, {}, ['Ann Lee']],
    ['authors before author', { author: { name: 'Old' }, authors: [{ name: 'Ann Lee' }] }, {}, ['Ann Lee']],
    ['authors of the feed', {}, { authors: [{ name: 'Ann Lee' }] }, ['Ann Lee']],
    ['author as a list', { author: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }] }, {}, ['Ann Lee', 'Bo Ek']],
    ['an author as a string', { author: 'Ann Lee' }, {}, ['Ann Lee']],
    ['authors as an object', { authors: { name: 'Ann Lee' } }, {}, ['Ann Lee']],
    ['authors without a name', { authors: [{ url: 'https://ann.example' }, null, 7] }, {}, ['7']],
  ])('may have %s', (_, item, feed, authors) => {
    expect(listing(feedOf(item, feed)).items[0]?.hints.authors).toEqual(authors);
  });

  it('is read though its values are of other types', () => {
    const feed = listing(
      JSON.stringify({
        version: VERSION,
        title: 7,
        items: [
          {
            id: 5,
            url: 'https://paper.example/a',
            title: 12,
            tags: 'x',
            date_published: 99,
            image: {},
            authors: 'Ann',
          },
          null,
          'text',
          { id: 'https://paper.example/b', content_text: 'One < two\n\nThree' },
          { id: '3', external_url: 'https://other.example/c' },
        ],
      }),
    );
    expect(feed.items.map((item) => [item.url, item.hints.title, item.hints.content])).toEqual([
      ['https://paper.example/a', '12', null],
      ['https://paper.example/b', null, '<p>One &lt; two</p>\n<p>Three</p>'],
      ['https://other.example/c', null, null],
    ]);
    expect(feed.items[0]?.hints.publishedAt).toBeNull();
  });

  it('that breaks off keeps what came before the break and says so', () => {
    const feed = listing(feedOf({ title: 'T' }).slice(0, -2).concat(',{"id":"2","url":"https://paper.exa'));
    expect(feed.items[0]).toMatchObject({ url: 'https://paper.example/a', hints: { title: 'T' } });
    expect(feed.warnings[0]).toContain('JSON is broken');
  });

  it('is known without its version by what its items hold, and other JSON is not', () => {
    expect(listing('{"title":"P","items":[{"url":"https://paper.example/a"}]}').kind).toBe('json-feed');
    for (const other of [
      '{"items":[{"price":5}]}',
      '{"error":"not found"}',
      '[1,2,3]',
      '{}',
      '{"title":"x","items":[{"sku":1}]}',
    ]) {
      expect(read(other)).toEqual({ kind: 'none', reason: 'The answer is JSON, but no JSON Feed (jsonfeed.org).' });
    }
  });
});
