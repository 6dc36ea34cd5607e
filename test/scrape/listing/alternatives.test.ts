import { describe, expect, it } from 'vitest';
import { atomEntry, listing, onlyItem, rssItem } from './reading.ts';

const PREFIXES =
  'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';

describe('of several places for the same thing', () => {
  it.each([
    ['an empty title', '<title/><media:title>T</media:title>', { title: 'T' }],
    ['a title of markup alone', '<title>&lt;br/&gt;</title><dc:title>T</dc:title>', { title: 'T' }],
    ['blanks', '<description> </description><itunes:summary>S</itunes:summary>', { summary: 'S' }],
    [
      'a description that is a picture',
      '<description><![CDATA[<p><img src="p.png"></p>]]></description><itunes:summary>S</itunes:summary>',
      { summary: 'S' },
    ],
    ['empty content', '<content:encoded/><atom:content>C</atom:content>', { content: '<p>C</p>' }],
    [
      'nothing, as other vocabularies have it',
      '<dcterms:title>T</dcterms:title><dcterms:description>S</dcterms:description><dcterms:date>2004-01-02</dcterms:date>',
      { title: 'T', summary: 'S', publishedAt: '2004-01-02T00:00:00Z' },
    ],
    [
      'nothing, as podcasts have it',
      '<itunes:title>T</itunes:title><itunes:subtitle>S</itunes:subtitle>',
      { title: 'T', summary: 'S' },
    ],
    [
      'an author without a name',
      '<dc:creator/><author>desk@paper.example</author><itunes:author>Ann Lee</itunes:author>',
      { authors: ['Ann Lee'] },
    ],
  ])('the first of an RSS item counts that says anything: behind %s', (_, inside, hints) => {
    expect(onlyItem(rssItem(inside, '', PREFIXES)).hints).toMatchObject(hints);
  });

  it.each([
    ['a title of markup alone', '<title type="html">&lt;br/&gt;</title><media:title>T</media:title>', { title: 'T' }],
    [
      'content that is no text',
      '<content type="application/octet-stream" mode="base64">AAAA</content><content type="text/html" mode="escaped">&lt;p&gt;C&lt;/p&gt;</content>',
      { content: '<p>C</p>' },
    ],
    [
      'plain text among forms of the same',
      '<content type="multipart/alternative"><content type="text/plain">C</content><content type="text/html" mode="escaped">&lt;p&gt;C&lt;/p&gt;</content></content>',
      { content: '<p>C</p>' },
    ],
    [
      'a person without a name',
      '<author><email>desk@paper.example</email></author><dc:creator>Ann Lee</dc:creator>',
      { authors: ['Ann Lee'] },
    ],
  ])('the first of an Atom entry counts that says anything: behind %s', (_, inside, hints) => {
    expect(onlyItem(atomEntry(inside, '', PREFIXES)).hints).toMatchObject(hints);
  });

  it('the first counts for a whole feed too', () => {
    const source = rssItem('').replace('<title>Paper</title>', '<title/><title>Paper</title>');
    expect(listing(source).title).toBe('Paper');
  });

  it.each([
    ['RSS', rssItem],
    ['Atom', atomEntry],
  ])('a group of media says what %s itself does not', (_, item) => {
    const inside = '<media:group><media:title>T</media:title><media:description>S</media:description></media:group>';
    expect(onlyItem(item(inside, '', PREFIXES)).hints).toMatchObject({ title: 'T', summary: 'S' });
  });

  it.each([
    [
      'the list of the content module',
      '<content:items><rdf:Bag><rdf:li><content:item><content:format rdf:resource="http://www.w3.org/1999/xhtml"/><rdf:value>&lt;p&gt;C&lt;/p&gt;</rdf:value></content:item></rdf:li></rdf:Bag></content:items>',
    ],
    ['a division of XHTML', '<div xmlns="http://www.w3.org/1999/xhtml"><p>C</p></div>'],
    ['what Yandex reads', '<ya:full-text xmlns:ya="http://news.yandex.ru">&lt;p&gt;C&lt;/p&gt;</ya:full-text>'],
    ['content of no vocabulary', '<content type="html">&lt;p&gt;C&lt;/p&gt;</content>'],
    ['a body of XHTML', '<x:body xmlns:x="http://www.w3.org/1999/xhtml"><x:p>C</x:p></x:body>'],
  ])('an RSS item may have its content in %s', (_, inside) => {
    expect(onlyItem(rssItem(inside, '', PREFIXES)).hints.content).toBe('<p>C</p>');
  });

  it('an Atom entry may have its content as RSS has it', () => {
    const inside = '<content:encoded><![CDATA[<p>C</p>]]></content:encoded>';
    expect(onlyItem(atomEntry(inside, '', PREFIXES)).hints.content).toBe('<p>C</p>');
  });

  it('each member counts of what RDF lists in one element', () => {
    const item = onlyItem(
      rssItem(
        '<dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Bo Ek</rdf:li></rdf:Seq></dc:creator><dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:subject>',
        '',
        PREFIXES,
      ),
    );
    expect(item.hints).toMatchObject({ authors: ['Ann Lee', 'Bo Ek'], categories: ['a', 'b'] });
  });
});
