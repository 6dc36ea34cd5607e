import { describe, expect, it } from 'vitest';
import { atomEntry, listing, onlyItem } from './reading.ts';

describe('an Atom feed', () => {
  it('gives its entries with what it says of each', () => {
    const feed = listing(
      atomEntry(
        `<title type="html">Fish &amp;amp; &lt;b&gt;chips&lt;/b&gt;</title><link rel="alternate" type="text/html" href="/fish"/>
         <published>2026-11-01T10:00:00+02:00</published><updated>2026-11-02T09:00:00Z</updated>
         <author><name>Ann Lee</name></author><author><name>Bo Ek</name><email>bo@paper.example</email></author>
         <category term="food" scheme="https://paper.example/t" label="Food and drink"/><category term="quay"/>
         <category term="http://schemas.google.com/blogger/2008/kind#post" scheme="http://schemas.google.com/g/2005#kind"/>
         <summary>On the quay &lt; 5 minutes</summary>
         <content type="html">&lt;p&gt;On the quay.&lt;/p&gt;</content>`,
        '<link rel="self" href="/feed"/><link href="/"/>',
        'xml:lang="en"',
      ),
    );
    expect(feed).toMatchObject({ kind: 'atom', title: 'Paper', warnings: [] });
    expect(feed.items).toEqual([
      {
        url: 'https://paper.example/fish',
        modifiedAt: '2026-11-02T09:00:00Z',
        hints: {
          title: 'Fish & chips',
          authors: ['Ann Lee', 'Bo Ek'],
          publishedAt: '2026-11-01T08:00:00Z',
          publishedRaw: '2026-11-01T10:00:00+02:00',
          modifiedAt: '2026-11-02T09:00:00Z',
          categories: ['Food and drink', 'quay'],
          summary: 'On the quay < 5 minutes',
          content: '<p>On the quay.</p>',
          language: 'en',
          image: null,
        },
      },
    ]);
  });

  it('does not take the time of a change for that of publication', () => {
    const { hints } = onlyItem(atomEntry('<updated>2026-11-02T09:00:00Z</updated>'));
    expect(hints).toMatchObject({ publishedAt: null, publishedRaw: null, modifiedAt: '2026-11-02T09:00:00Z' });
  });

  it.each([
    ['text is what it is', '<title>a &lt;b&gt; c</title>', 'a <b> c'],
    ['html is markup', '<title type="html">a &lt;b&gt;c&lt;/b&gt; &amp;lt;d&amp;gt;</title>', 'a c <d>'],
    ['a media type of HTML is html', '<title type="text/html; charset=utf-8">&lt;i&gt;a&lt;/i&gt;</title>', 'a'],
    [
      'xhtml is its text',
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> &lt; c</div></title>',
      'a b < c',
    ],
    [
      'html escapes once, whatever it looks like then',
      '<title type="html">&lt;b&gt;Write&lt;/b&gt; &amp;amp;amp; for &amp;amp;</title>',
      'Write &amp; for &',
    ],
    [
      'and so does xhtml',
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Write &amp;amp; for &amp;</div></title>',
      'Write &amp; for &',
    ],
    [
      'xhtml by a prefix',
      '<title type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">a <h:b>b</h:b></h:div></title>',
      'a b',
    ],
  ])('reads a title by its type: %s', (_, inside, title) => {
    expect(onlyItem(atomEntry(inside)).hints.title).toBe(title);
  });

  it.each([
    [
      'xhtml without its wrapper, addresses made whole',
      '<content type="xhtml" xml:base="https://base.example/x/"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; b<br/><img src="i.png" alt=""/></p></div></content>',
      '<p>a &lt; b<br><img src="https://base.example/x/i.png" alt=""></p>',
    ],
    [
      'escaped HTML, its addresses relative to the feed',
      '<content type="html">&lt;a href="/b?x=1&amp;amp;y=2"&gt;b&lt;/a&gt; &lt;a href="#c"&gt;c&lt;/a&gt; &lt;img src=\'d.png\'&gt; &lt;a href="mailto:e@paper.example"&gt;e&lt;/a&gt;</content>',
      '<a href="https://paper.example/b?x=1&amp;y=2">b</a> <a href="#c">c</a> <img src=\'https://paper.example/feeds/d.png\'> <a href="mailto:e@paper.example">e</a>',
    ],
    [
      'the addresses of pictures in several sizes',
      '<content type="html">&lt;img srcset="/b.png 2x, c,d.png 3x"&gt;</content>',
      '<img srcset="https://paper.example/b.png 2x, https://paper.example/feeds/c,d.png 3x">',
    ],
    [
      'XHTML under the name of XML',
      '<content type="application/xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>',
      '<p>a</p>',
    ],
    [
      'no other XML',
      '<content type="application/xml"><data xmlns="https://data.example/"><p>a</p></data></content>',
      null,
    ],
    ['plain text as paragraphs', '<content type="text">a &lt; b\n\nc</content>', '<p>a &lt; b</p>\n<p>c</p>'],
    ['nothing that is no text', '<content type="image/png">iVBORw0KGgo=</content>', null],
    ['nothing that lies elsewhere', '<content type="text/html" src="/elsewhere"/>', null],
  ])('carries content: %s', (_, inside, content) => {
    expect(onlyItem(atomEntry(inside)).hints.content).toBe(content);
  });

  it.each([
    [
      'the alternate, by its name in the registry too',
      '<link rel="via" href="/v"/><link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>',
      'https://paper.example/a',
    ],
    [
      'the alternate, which a link is that says nothing',
      '<link rel="" href="/a"/><link rel="self" href="/s"/>',
      'https://paper.example/a',
    ],
    ['the alternate in any spelling', '<link rel=" Alternate " href="/a"/>', 'https://paper.example/a'],
    [
      'HTML before other forms',
      '<link type="application/pdf" href="/a.pdf"/><link type="text/html" href="/a"/>',
      'https://paper.example/a',
    ],
    ['content that lies elsewhere', '<id>tag:x</id><content type="text/html" src="/a"/>', 'https://paper.example/a'],
    [
      'an id that is an address, for want of better',
      '<id>https://paper.example/a</id><link rel="related" href="/r"/>',
      'https://paper.example/a',
    ],
  ])('is followed to %s', (_, inside, url) => {
    expect(onlyItem(atomEntry(inside)).url).toBe(url);
  });

  it('resolves links against every xml:base around them, and its own address without', () => {
    const source = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/">
      <entry xml:base="b/"><link xml:base="c/" href="d"/></entry><entry><link href="e"/></entry></feed>`;
    expect(listing(source).items.map((item) => item.url)).toEqual([
      'https://base.example/a/b/c/d',
      'https://base.example/a/e',
    ]);
    expect(onlyItem(atomEntry('<link href="f"/>')).url).toBe('https://paper.example/feeds/f');
    expect(onlyItem(atomEntry('<link href="f"/>', '', 'xml:base="../x/"')).url).toBe('https://paper.example/x/f');
  });

  it('lends its author to entries that have none, those of another feed keep theirs', () => {
    const source = `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Ann Lee</name></author>
      <entry><link href="/a"/></entry>
      <entry><link href="/b"/><author><name>Bo Ek</name></author></entry>
      <entry><link href="/c"/><source><title>Else</title><author><name>Cy Day</name></author></source></entry></feed>`;
    expect(listing(source).items.map((item) => item.hints.authors)).toEqual([['Ann Lee'], ['Bo Ek'], ['Cy Day']]);
  });

  it('may be of version 0.3, with its own names and modes', () => {
    const item = onlyItem(
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="de"><entry>
        <title mode="escaped" type="text/html">a &lt;b&gt;c&lt;/b&gt;</title><link rel="alternate" type="text/html" href="/a"/>
        <issued>2003-12-31T10:00:00Z</issued><modified>2004-01-01T10:00:00Z</modified>
        <content type="text/html" mode="base64">PHA+SGFsbG88L3A+</content></entry></feed>`,
    );
    expect(item.hints).toMatchObject({
      title: 'a c',
      publishedAt: '2003-12-31T10:00:00Z',
      modifiedAt: '2004-01-01T10:00:00Z',
      content: '<p>Hallo</p>',
      language: 'de',
    });
  });

  it('of version 0.3 may hold base64 in other encodings', () => {
    const content = Buffer.from('<p>café au lait, très bon</p>', 'latin1').toString('base64');
    const inside = `<content type="text/html" mode="base64">${content}</content>`;
    expect(onlyItem(atomEntry(inside)).hints.content).toBe('<p>café au lait, très bon</p>');
  });

  it('may be a single entry, which says itself what it was taken from', () => {
    const entry = `<entry xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="/a"/>
      <source><title>Paper</title><author><name>Ann Lee</name></author></source></entry>`;
    expect(listing(entry)).toMatchObject({ kind: 'atom', title: 'Paper' });
    expect(onlyItem(entry)).toMatchObject({
      url: 'https://paper.example/a',
      hints: { title: 'T', authors: ['Ann Lee'] },
    });
  });

  it('has no language where an empty one takes that around it away', () => {
    const language = (inside: string) => onlyItem(atomEntry(inside, '', 'xml:lang="de"')).hints.language;
    expect(language('<title>T</title>')).toBe('de');
    expect(language('<content xml:lang="">T</content>')).toBe(null);
    expect(language('<content xml:lang="fr">T</content>')).toBe('fr');
  });

  it.each([
    [
      'a prefix for everything',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:title>T</a:title><a:link href="https://paper.example/a"/></a:entry></a:feed>',
    ],
    [
      'no namespace',
      '<feed><title>P</title><entry><title>T</title><link href="https://paper.example/a"/></entry></feed>',
    ],
    [
      'a namespace that nobody knows',
      '<feed xmlns="https://unknown.example/"><title>P</title><entry><title>T</title><link href="https://paper.example/a"/></entry></feed>',
    ],
  ])('is known with %s', (_, source) => {
    expect(listing(source)).toMatchObject({
      kind: 'atom',
      title: 'P',
      items: [{ url: 'https://paper.example/a', hints: { title: 'T' } }],
    });
  });

  it('keeps an entry that is the content of another out of its list', () => {
    const source = atomEntry(
      '<link href="/a"/><content type="application/atom+xml"><entry><link href="/inner"/></entry></content><title>T</title>',
    );
    expect(onlyItem(source)).toMatchObject({ url: 'https://paper.example/a', hints: { title: 'T' } });
  });
});
