import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedHintsSchema } from '../../../functions/article/feed-hints.ts';
import { atomEntry, listing, read, rssItem } from './reading.ts';

const SOUND = [
  rssItem(
    '<title>Fish &amp; chips</title><link>/a</link><dc:creator>Ann</dc:creator><pubDate>Tue, 10 Nov 2026 08:30:00 GMT</pubDate><description><![CDATA[<p>x</p>]]></description><media:content url="/i.jpg" medium="image"/>',
  ),
  atomEntry(
    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b></div></title><link href="/a"/><updated>2026-11-02T09:00:00Z</updated><content type="html">&lt;p&gt;x</content>',
  ),
  '<urlset><url><loc>/a</loc><lastmod>2026-11-02</lastmod></url></urlset>',
  '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><main><a href="/2026/11/02/fish-and-chips-on-the-quay">Fish and chips on the quay</a></main></body></html>',
  '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"/a","authors":[{"name":"Ann"}],"tags":["x"]}]}',
  'User-agent: *\nSitemap: /s.xml\n',
];
const PIECES = [
  '<item>',
  '</item>',
  '<',
  '>',
  '&',
  '&lt;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '"',
  "'",
  '\u0000',
  '\ud800',
  'xmlns="',
  '<entry>',
  '/>',
  '{',
  ']',
  '%',
  '\n',
];

/** What users rely on for anything at all: addresses are absolute and web addresses, hints keep their schema. */
function holds(body: string | Uint8Array): void {
  const result = read(body);
  if (result.kind === 'none') {
    expect(result.reason).not.toBe('');
    return;
  }
  for (const item of result.items) {
    expect(URL.parse(item.url)?.protocol).toMatch(/^https?:$/);
    expect(FeedHintsSchema.safeParse(item.hints).error).toBeUndefined();
  }
  for (const { url } of [...result.children, ...result.alternates])
    expect(URL.parse(url)?.protocol).toMatch(/^https?:$/);
}

describe('an item with more text than anyone keeps', () => {
  it.each([
    ['references', `<content:encoded>${'€ &lt;p&gt;x '.repeat(1_000_000)}</content:encoded>`],
    ['CDATA', `<content:encoded><![CDATA[${'<p>x '.repeat(2_000_000)}]]></content:encoded>`],
  ])('still has its address and its title, and so has the next: %s', (_, content) => {
    const long = `<title>One</title><link>https://a.example/1</link>${content}`;
    const result = read(rssItem(`${long}</item><item><title>Two</title><link>https://a.example/2</link>`));
    const items = result.kind === 'none' ? [] : result.items;
    expect(items.map(({ url, hints }) => [url, hints.title])).toEqual([
      ['https://a.example/1', 'One'],
      ['https://a.example/2', 'Two'],
    ]);
  });
});

describe('any answer at all', () => {
  it('is read without an exception, as bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), holds));
  });

  it('is read without an exception, as a listing with pieces put in, taken out and repeated', () => {
    const change = fc.record({
      at: fc.nat(2_000),
      cut: fc.nat(30),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })),
      times: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...SOUND), fc.array(change, { minLength: 1, maxLength: 6 }), (sound, changes) => {
        let text = sound;
        for (const { at, cut, put, times } of changes) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put.repeat(times) + text.slice(from + cut);
        }
        holds(text);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['tags nested without end', `<rss><channel><item><title>${'<a>'.repeat(1_000_000)}`],
    ['items nested without end', '<rss><channel>'.concat('<item>'.repeat(300_000))],
    ['end tags of nothing', `<rss><channel>${'</x>'.repeat(1_000_000)}`],
    ['attributes', `<rss><channel><item ${'a="b" '.repeat(500_000)}>`],
    [
      'namespaces, each inside the last',
      `<rss><channel>${Array.from({ length: 150_000 }, (_, i) => `<x xmlns:p${i}="u">`).join('')}`,
    ],
    ['angle brackets', '<'.repeat(3_000_000)],
    ['ampersands', `<rss><channel><item><title>${'&'.repeat(3_000_000)}`],
    ['comments left open', `<rss>${'<!--'.repeat(1_000_000)}`],
    ['CDATA left open', `<rss><channel><item><title>${'<![CDATA['.repeat(500_000)}`],
    ['CDATA left open in elements', `<rss><channel><item>${'<b><![CDATA[</b>'.repeat(300_000)}`],
    ['fields left open', `<rss><channel><item>${'<title>a<link>/b<guid>'.repeat(200_000)}`],
    ['fields of items left open', `<rss><channel>${'<item><title>a<link>/b</item>'.repeat(50_000)}`],
    ['declarations', '<!x '.repeat(1_000_000)],
    [
      'a long entity named often',
      `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1000)}">]><rss><channel><item><link>/a</link><title>${'&a;'.repeat(300_000)}</title></item></channel></rss>`,
    ],
    ['pieces of text', `<rss><channel><item><link>/a</link><title>${'long piece of text <b>'.repeat(200_000)}`],
    ['pieces of text around items', `<rss><channel>${'x<b/>'.repeat(800_000)}<item><link>/a</link></item>`],
    ['lists of JSON', `{"version":"https://jsonfeed.org/version/1","items":[${'[],'.repeat(1_000_000)}[]]}`],
    ['brackets of JSON', '['.repeat(3_000_000)],
    ['spaces in an address', `<rss><channel><item><link>${' '.repeat(5_000_000)}x</link></item></channel></rss>`],
    ['lines of nothing', '\n'.repeat(5_000_000)],
    ['one line', 'x'.repeat(5_000_000)],
    [
      'tags in a title',
      `<rss><channel><item><link>/a</link><title>${'&lt;p '.repeat(500_000)}</title></item></channel></rss>`,
    ],
    [
      'links of a page',
      `<!DOCTYPE html><body>${'<li><a href="/a-b-c-d-e-f?id=12345">one two three four five six</a><time>x</time>'.repeat(40_000)}`,
    ],
    [
      'links of a page, each inside the last',
      `<!DOCTYPE html><body>${Array.from({ length: 40_000 }, (_, i) => `<div class="date"><a href="/one-two-three-four-${i}">`).join('')}`,
    ],
    [
      'heads and feeds of a page',
      `<!DOCTYPE html>${'<header class="a-b"><link rel=alternate type=application/rss+xml href=/x>'.repeat(50_000)}`,
    ],
    [
      'a long address',
      `<!DOCTYPE html><a href="/${'a-1/'.repeat(400_000)}">x</a><a href="/${'9'.repeat(1_900)}">y</a>`,
    ],
    ['a date', `<rss><channel><item><link>/a</link><pubDate>${'1 '.repeat(500_000)}</pubDate></item></channel></rss>`],
    [
      'keywords',
      `<rss><channel><item><link>/a</link><itunes:keywords>${'a,'.repeat(2_000_000)}</itunes:keywords></item></channel></rss>`,
    ],
    [
      'labels of an item',
      `<rss><channel><item><link>/a</link>${'<category>a</category>'.repeat(250_000)}</item></channel></rss>`,
    ],
    [
      'forms of an item',
      `<rss><channel><item><link>/a</link><content:items>${'<rdf:li/>'.repeat(500_000)}</content:items></item></channel></rss>`,
    ],
    ['an author', `<rss><channel><item><link>/a</link><author>${'a@'.repeat(500_000)}</author></item></channel></rss>`],
  ])(
    'is read in time that goes with its length: %s',
    (_, source) => {
      // Some 5 MB take under two seconds here; what grows with the square would take hours.
      holds(source);
    },
    60_000,
  );

  it('with a level for each of a million tags still gives the next item', () => {
    const deep = '<a>'.repeat(500_000) + '</a>'.repeat(500_000);
    const feed = listing(
      `<rss><channel><item><title>${deep}</title><link>/a</link></item><item><link>/b</link></item></channel></rss>`,
    );
    expect(feed.items.map((item) => item.url)).toEqual(['https://paper.example/a', 'https://paper.example/b']);
  });
});
