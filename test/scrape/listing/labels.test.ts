import { describe, expect, it } from 'vitest';
import { atomEntry, onlyItem, rssItem } from './reading.ts';

const PREFIXES =
  'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"';

describe('what an item says it is about', () => {
  it.each([
    ['a category, its scheme aside', '<category domain="https://paper.example/t">a/b</category><category/>', ['a/b']],
    ['CDATA', '<category><![CDATA[a & b]]></category><category>a &amp; b</category>', ['a & b']],
    ['Atom', '<atom:category term="a" label="A"/><atom:category term="b"/>', ['A', 'b']],
    ['Dublin Core', '<dc:subject>a</dc:subject><dcterms:subject>b</dcterms:subject>', ['a', 'b']],
    ['podcasts', '<itunes:category text="A"/><itunes:keywords>b, c</itunes:keywords>', ['A', 'b', 'c']],
    [
      'Media RSS',
      '<media:category label="A">a/1</media:category><media:keywords>b,c, </media:keywords>',
      ['A', 'b', 'c'],
    ],
  ])('is read from RSS, as %s', (_, inside, categories) => {
    expect(onlyItem(rssItem(inside, '', PREFIXES)).hints.categories).toEqual(categories);
  });

  it('is read from Atom by the label for people, else the term', () => {
    const inside = '<category term="a" label="A"/><category term="b"/><category>c</category><category/>';
    expect(onlyItem(atomEntry(inside)).hints.categories).toEqual(['A', 'b', 'c']);
  });
});
