import { describe, expect, it } from 'vitest';
import { listing, onlyItem, rssItem } from './reading.ts';

const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"';

describe('an RSS feed', () => {
  it('gives its items in order with what it says of each', () => {
    const feed = listing(
      rssItem(
        `<title>Harbour bridge reopens</title><link>https://paper.example/bridge</link>
         <description>&lt;p&gt;After two years &lt;b&gt;of work&lt;/b&gt;.&lt;/p&gt;</description>
         <pubDate>Tue, 10 Nov 2026 08:30:00 +0100</pubDate><dc:creator>Ann Lee</dc:creator>
         <category domain="https://paper.example/topics">Traffic</category><category>Harbour</category>
         <content:encoded><![CDATA[<p>After two years of work.</p><p>It cost more.</p>]]></content:encoded>
         <enclosure url="/img/bridge.jpg" type="image/jpeg" length="1"/>`,
        '<link>https://paper.example/</link><language>en-gb</language>',
        `${DC} ${CONTENT}`,
      ),
    );
    expect(feed.kind).toBe('rss');
    expect(feed.title).toBe('Paper');
    expect(feed.warnings).toEqual([]);
    expect(feed.items).toEqual([
      {
        url: 'https://paper.example/bridge',
        modifiedAt: null,
        hints: {
          title: 'Harbour bridge reopens',
          authors: ['Ann Lee'],
          publishedAt: '2026-11-10T07:30:00Z',
          publishedRaw: 'Tue, 10 Nov 2026 08:30:00 +0100',
          modifiedAt: null,
          categories: ['Traffic', 'Harbour'],
          summary: 'After two years of work.',
          content: '<p>After two years of work.</p><p>It cost more.</p>',
          language: 'en-GB',
          image: 'https://paper.example/img/bridge.jpg',
        },
      },
    ]);
  });

  it.each([
    [
      'rss',
      '0.91 without a namespace',
      '<rss version="0.91"><channel><title>P</title><item><title>T</title><link>https://paper.example/a</link></item></channel></rss>',
    ],
    [
      'rdf',
      '1.0, whose items stand beside the channel',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://paper.example/"><title>P</title><items><rdf:Seq><rdf:li resource="https://paper.example/a"/></rdf:Seq></items></channel><item rdf:about="https://paper.example/a"><title>T</title></item></rdf:RDF>',
    ],
    [
      'rdf',
      '1.0 with a prefix for RSS itself',
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://purl.org/rss/1.0/"><s:channel><s:title>P</s:title></s:channel><s:item><s:title>T</s:title><s:link>https://paper.example/a</s:link></s:item></r:RDF>',
    ],
    [
      'rdf',
      '0.90',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>P</title></channel><item><title>T</title><link>https://paper.example/a</link></item></rdf:RDF>',
    ],
    [
      'rss',
      '2.0 in capitals',
      '<RSS VERSION="2.0"><CHANNEL><TITLE>P</TITLE><ITEM><TITLE>T</TITLE><LINK>https://paper.example/a</LINK></ITEM></CHANNEL></RSS>',
    ],
    [
      'rss',
      '2.0 whose default namespace is Atom by mistake',
      '<rss version="2.0" xmlns="http://www.w3.org/2005/Atom" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>P</title><atom:link rel="self" href="/self"/><item><title>T</title><link>https://paper.example/a</link></item></channel></rss>',
    ],
  ])('is read as %s %s', (kind, _, source) => {
    const feed = listing(source);
    expect(feed.kind).toBe(kind);
    expect(feed.title).toBe('P');
    expect(feed.items.map((item) => [item.url, item.hints.title])).toEqual([['https://paper.example/a', 'T']]);
  });

  it('may be of the Channel Definition Format', () => {
    const source =
      '<?XML VERSION="1.0"?><CHANNEL HREF="https://paper.example/"><TITLE>P</TITLE><ITEM HREF="/a" LASTMOD="2004-01-02T10:00"><TITLE>T</TITLE><ABSTRACT>About it</ABSTRACT></ITEM></CHANNEL>';
    expect(onlyItem(source)).toMatchObject({
      url: 'https://paper.example/a',
      modifiedAt: '2004-01-02T10:00:00Z',
      hints: { title: 'T', summary: 'About it' },
    });
  });

  it.each([
    ['<author>ann@paper.example (Ann Lee)</author>', ['Ann Lee']],
    ['<author>Ann Lee &lt;ann@paper.example&gt;</author>', ['Ann Lee']],
    ['<author>ann@paper.example</author>', []],
    ['<author>ann@paper.example (Ann Lee (Paper))</author>', ['Ann Lee (Paper)']],
    ['<author>ann@paper.example, Ann Lee</author>', ['Ann Lee']],
    ['<author>Ann Lee, ann@paper.example</author>', ['Ann Lee']],
    ['<author>Ann Lee</author>', ['Ann Lee']],
    [
      '<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator><author>desk@paper.example (Desk)</author>',
      ['Ann Lee', 'Bo Ek'],
    ],
    ['<dc:creator><![CDATA[ Ann  &amp; Bo ]]></dc:creator>', ['Ann & Bo']],
    ['<author><name>Ann Lee</name><email>ann@paper.example</email></author>', ['Ann Lee']],
    ['<itunes:author>Ann Lee</itunes:author>', ['Ann Lee']],
  ])('takes names and no mail addresses from %s', (inside, authors) => {
    expect(onlyItem(rssItem(inside, '', DC)).hints.authors).toEqual(authors);
  });

  it.each([
    ['escaped markup', '&lt;i&gt;Moby&lt;/i&gt; returns', 'Moby returns'],
    ['markup that was not escaped', 'The <i>Moby</i> returns', 'The Moby returns'],
    ['markup left open', 'The <b>Moby returns', 'The Moby returns'],
    ['an entity escaped twice', 'Lee&amp;#8217;s caf&amp;eacute;', 'Lee’s café'],
    ['an entity of HTML', 'Caf&eacute; &ndash; open', 'Café – open'],
    ['an ampersand that was not escaped', 'Marks & Spencer', 'Marks & Spencer'],
    ['the name of a tag', 'When to use the &lt;title&gt; tag', 'When to use the <title> tag'],
    ['a comparison', 'if a &lt; b and c &gt; d', 'if a < b and c > d'],
    ['CDATA', '<![CDATA[Fish & <em>chips</em>]]>', 'Fish & chips'],
    ['CDATA that was escaped', '&lt;![CDATA[Fish &amp;amp; chips]]&gt;', 'Fish & chips'],
    ['CDATA in CDATA', '<![CDATA[<![CDATA[Fish & chips]]]]>', 'Fish & chips'],
    ['CDATA in small letters', '<![cdata[Fish & chips]]>', 'Fish & chips'],
    ['line breaks', 'One\n   two', 'One two'],
    ['a control character', 'One\u0008 two', 'One two'],
  ])('makes plain text of a title with %s', (_, title, text) => {
    expect(onlyItem(rssItem(`<title>${title}</title>`)).hints.title).toBe(text);
  });

  it.each(['<math><mi>e</mi></math>', '<!-- more -->e', '<dialog>e</dialog>', '<more>e</more>', '<x-tip class="a">e'])(
    'has HTML for content and description, whatever elements are in it: %s',
    (inside) => {
      const escaped = `Euler wrote ${inside}.`.replaceAll('<', '&lt;');
      const item = onlyItem(
        rssItem(`<description>${escaped}</description><content:encoded>${escaped}</content:encoded>`),
      );
      expect(item.hints.content).toBe(`Euler wrote ${inside}.`);
      expect(item.hints.summary?.replace(/ \.$/, '.')).toBe('Euler wrote e.');
    },
  );

  it('has a description without the tag that it was cut behind', () => {
    const description = 'The bridge &lt;a href="https://paper.example/b"&gt;is closed';
    expect(onlyItem(rssItem(`<description>${description}</description>`)).hints.summary).toBe('The bridge is closed');
    const about = 'The &lt;title&gt; tag, if a &lt; b and b &gt; c';
    expect(onlyItem(rssItem(`<description>${about}</description>`)).hints.summary).toBe(
      'The <title> tag, if a < b and b > c',
    );
  });

  it('is not confused by titles of media, images and the text box', () => {
    const item = onlyItem(
      rssItem(
        '<media:group><media:title>Clip</media:title></media:group><image><title>Logo</title><url>/logo.png</url></image><title>Article</title>',
        '<image><title>Paper logo</title><link>https://logo.example/</link></image><textInput><title>Search</title><link>https://search.example/</link></textInput>',
        MEDIA,
      ),
    );
    expect(item.hints.title).toBe('Article');
    expect(item.hints.image).toBe('https://paper.example/logo.png');
  });

  it.each([
    [
      'the largest picture of Media RSS',
      '<media:thumbnail url="/t.jpg"/><media:content url="/s.jpg" medium="image" width="100" height="80"/><media:content url="/l.jpg" medium="image" width="1200" height="800"/><media:content url="/v.mp4" medium="video" width="4000" height="3000"/>',
      '/l.jpg',
    ],
    [
      'a picture inside a group',
      '<media:group><media:content url="/g.jpg" type="image/jpeg"/></media:group>',
      '/g.jpg',
    ],
    [
      'an enclosure, not of sound',
      '<enclosure url="/a.mp3" type="audio/mpeg"/><enclosure url="/e.png" type="image/png"/>',
      '/e.png',
    ],
    [
      'a preview',
      '<media:content url="/v.mp4" type="video/mp4"><media:thumbnail url="/t.jpg"/></media:content>',
      '/t.jpg',
    ],
  ])('takes as picture %s', (_, inside, path) => {
    expect(onlyItem(rssItem(inside, '', MEDIA)).hints.image).toBe(`https://paper.example${path}`);
  });

  it('knows vocabularies by their address, whatever the prefix, and by the usual prefix where none is declared', () => {
    const declared = rssItem('<zz:creator>Ann Lee</zz:creator>', '', 'xmlns:zz="HTTP://purl.org/dc/elements/1.1"');
    expect(onlyItem(declared).hints.authors).toEqual(['Ann Lee']);
    expect(onlyItem(rssItem('<dc:creator>Ann Lee</dc:creator>')).hints.authors).toEqual(['Ann Lee']);
    const taken = rssItem('<dc:title>Other</dc:title><title>Own</title>', '', 'xmlns:dc="https://unknown.example/"');
    expect(onlyItem(taken).hints.title).toBe('Own');
  });

  it('says how often it wants to be read', () => {
    const feed = listing(
      rssItem(
        '',
        `<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day><day>saturday</day></skipDays>
         <sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>`,
      ),
    );
    expect(feed.rhythm).toEqual({ ttlMinutes: 90, updateMinutes: 30, skipHours: [0, 3], skipDays: [0, 6] });
  });

  it('is updated daily where it says only how often', () => {
    expect(listing(rssItem('', '<sy:updateFrequency>2</sy:updateFrequency>')).rhythm.updateMinutes).toBe(720);
    expect(listing(rssItem('', '<sy:updatePeriod>weekly</sy:updatePeriod>')).rhythm.updateMinutes).toBe(10_080);
  });

  it.each([
    ['<ttl>soon</ttl>'],
    ['<ttl>-5</ttl>'],
    ['<ttl>0</ttl>'],
    ['<sy:updatePeriod>often</sy:updatePeriod>'],
    [`<skipHours>${Array.from({ length: 24 }, (_, hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`],
  ])('is not held to nonsense: %s', (channel) => {
    expect(listing(rssItem('', channel)).rhythm).toEqual({
      ttlMinutes: null,
      updateMinutes: null,
      skipHours: [],
      skipDays: [],
    });
  });

  it('may be empty', () => {
    expect(listing('<rss version="2.0"><channel><title>New</title></channel></rss>')).toMatchObject({
      kind: 'rss',
      items: [],
      warnings: [],
    });
  });
});
