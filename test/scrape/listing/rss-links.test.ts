import { describe, expect, it } from 'vitest';
import { listing, onlyItem, rssItem } from './reading.ts';

describe('an item of RSS', () => {
  it.each([
    ['a link', '<link>https://paper.example/a</link><guid>https://paper.example/b</guid>', 'https://paper.example/a'],
    ['a link with spaces around it', '<link>\n  https://paper.example/a \n</link>', 'https://paper.example/a'],
    [
      'a guid, which is a permalink unless it says no',
      '<guid>https://paper.example/b</guid>',
      'https://paper.example/b',
    ],
    [
      'a guid where the link is empty',
      '<link/><guid isPermaLink="true">https://paper.example/b</guid>',
      'https://paper.example/b',
    ],
    [
      'the address before that of a counting service',
      '<link>https://count.example/x</link><fb:origLink xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">https://paper.example/a</fb:origLink>',
      'https://paper.example/a',
    ],
    [
      'an Atom link to the page, not to the feed or an enclosure',
      '<atom:link rel="self" href="/s"/><atom:link rel="enclosure" href="/e"/><atom:link href="/a"/><guid isPermaLink="false">1</guid>',
      'https://paper.example/a',
    ],
    ['a link in an attribute', '<link href="https://paper.example/a"/>', 'https://paper.example/a'],
    ['an address in quotes', '<link>"https://paper.example/a"</link>', 'https://paper.example/a'],
    ['an address in brackets', '<link>&lt;https://paper.example/a&gt;</link>', 'https://paper.example/a'],
    [
      'an address beside blanks of no width',
      '<link>\u200bhttps://paper.example/a\u200b</link>',
      'https://paper.example/a',
    ],
    ['an address without a scheme', '<link>www.paper.example/a</link>', 'http://www.paper.example/a'],
    [
      'an address escaped twice',
      '<link>https://paper.example/?a=1&amp;amp;b=2</link>',
      'https://paper.example/?a=1&b=2',
    ],
    [
      'a parameter that looks like an entity',
      '<link>https://paper.example/?a=1&copy=2&amp;b=3</link>',
      'https://paper.example/?a=1&copy=2&b=3',
    ],
  ])('is followed to %s', (_, inside, url) => {
    expect(onlyItem(rssItem(inside)).url).toBe(url);
  });

  it('follows a relative guid only where it says that it is a permalink', () => {
    expect(onlyItem(rssItem('<guid isPermaLink="true">/a</guid>')).url).toBe('https://paper.example/a');
    expect(listing(rssItem('<guid>a-17</guid>')).items).toEqual([]);
  });

  it.each([
    ['xml:base', '', 'xml:base="https://base.example/x/"', 'https://base.example/x/a'],
    ['the link of the channel', '<link>https://site.example/news/</link>', '', 'https://site.example/news/a'],
    ['its own address', '', '', 'https://paper.example/feeds/a'],
  ])('resolves relative links against %s', (_, channel, attributes, url) => {
    expect(onlyItem(rssItem('<link>a</link>', channel, attributes)).url).toBe(url);
  });

  it('may have its links where RDF has them', () => {
    const source =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>T</title><link rdf:resource="https://paper.example/a"/></item><item rdf:about="/b"/></rdf:RDF>';
    expect(listing(source).items.map(({ url }) => url)).toEqual(['https://paper.example/a', 'https://paper.example/b']);
  });

  it('finds the link of a channel that stands behind the items', () => {
    const source = '<rss><channel><item><link>/a</link></item><link>https://site.example/</link></channel></rss>';
    expect(onlyItem(source).url).toBe('https://site.example/a');
  });

  it('passes over items without an address and says how many', () => {
    const feed = listing(
      '<rss><channel><item><title>x</title></item><item><guid isPermaLink="false">https://paper.example/no</guid></item><item><link>javascript:alert(1)</link></item><item><link>https://user:pass@paper.example/</link></item></channel></rss>',
    );
    expect(feed.items).toEqual([]);
    expect(feed.warnings).toEqual(['4 items without a usable link passed over.']);
  });

  it('names each article once, whatever its guid, and fills from the later ones what the first does not say', () => {
    const feed = listing(
      `<rss><channel>
        <item><link>https://paper.example/a?utm_source=rss</link><guid isPermaLink="false">1</guid><title>First</title></item>
        <item><link>https://paper.example/b</link></item>
        <item><link>http://www.paper.example/a/</link><guid isPermaLink="false">2</guid><title>Second</title><author>x@y.example (Ann Lee)</author></item>
      </channel></rss>`,
    );
    expect(feed.items.map((item) => item.url)).toEqual([
      'https://paper.example/a?utm_source=rss',
      'https://paper.example/b',
    ]);
    expect(feed.items[0]?.hints).toMatchObject({ title: 'First', authors: ['Ann Lee'] });
    expect(feed.warnings).toEqual(['1 item named an article that another item names too.']);
  });
});
