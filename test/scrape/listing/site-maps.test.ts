import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listing, read } from './reading.ts';

const XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const at = { url: 'https://www.paper.example/sitemap.xml' };
const urls = (...paths: string[]) =>
  `<urlset ${XMLNS}>${paths.map((path) => `<url><loc>${path}</loc></url>`).join('')}</urlset>`;

describe('a site map', () => {
  it('gives its pages and when they changed', () => {
    const map = listing(
      `<?xml version="1.0" encoding="UTF-8"?><urlset ${XMLNS}>
        <url><loc> https://www.paper.example/a?x=1&amp;y=2 </loc><lastmod>2026-11-02T09:00:00+01:00</lastmod><changefreq>daily</changefreq><priority>0.5</priority></url>
        <url><loc>https://www.paper.example/b</loc><lastmod>2026-11-02</lastmod></url>
        <url><loc>https://www.paper.example/b/midnight</loc><lastmod>2026-11-02T00:00:00+01:00</lastmod></url>
        <url><loc>https://www.paper.example/c</loc><lastmod>soon</lastmod></url>
      </urlset>`,
      at,
    );
    expect(map).toMatchObject({ kind: 'sitemap', warnings: [] });
    expect(map.items.map((item) => [item.url, item.modifiedAt])).toEqual([
      ['https://www.paper.example/a?x=1&y=2', '2026-11-02T08:00:00Z'],
      ['https://www.paper.example/b', '2026-11-02T00:00:00Z'],
      // Midnight says no more than the day it is of.
      ['https://www.paper.example/b/midnight', '2026-11-02T00:00:00Z'],
      ['https://www.paper.example/c', null],
    ]);
  });

  it('of news says title, time and language of each article', () => {
    const map = listing(
      `<urlset ${XMLNS} ${NEWS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc>https://www.paper.example/a</loc><lastmod>2026-11-03T00:00:00Z</lastmod>
          <news:news><news:publication><news:name>Paper</news:name><news:language>de</news:language></news:publication>
          <news:publication_date>2026-11-02T09:00:00+01:00</news:publication_date><news:title>Br&#252;cke &amp;amp; Hafen</news:title>
          <news:keywords>Hafen, Verkehr</news:keywords></news:news>
          <image:image><image:loc>https://img.paper.example/a.jpg</image:loc><image:title>Bild</image:title></image:image></url>
      </urlset>`,
      at,
    );
    expect(map.kind).toBe('news-sitemap');
    expect(map.items[0]).toMatchObject({
      modifiedAt: '2026-11-03T00:00:00Z',
      hints: {
        title: 'Brücke & Hafen',
        publishedAt: '2026-11-02T08:00:00Z',
        publishedRaw: '2026-11-02T09:00:00+01:00',
        modifiedAt: null,
        categories: ['Hafen', 'Verkehr'],
        language: 'de',
        image: 'https://img.paper.example/a.jpg',
      },
    });
  });

  it('index names further ones and when they changed, each once', () => {
    const map = listing(
      `<sitemapindex ${XMLNS}><sitemap><loc>https://www.paper.example/1.xml.gz</loc><lastmod>2026-11-02</lastmod></sitemap>
        <sitemap><loc>/2.xml</loc></sitemap><sitemap><loc>https://www.paper.example/2.xml</loc></sitemap><sitemap/></sitemapindex>`,
      at,
    );
    expect(map).toMatchObject({ kind: 'sitemap-index', items: [], warnings: [] });
    expect(map.children).toEqual([
      { url: 'https://www.paper.example/1.xml.gz', modifiedAt: '2026-11-02T00:00:00Z' },
      { url: 'https://www.paper.example/2.xml', modifiedAt: null },
    ]);
  });

  it.each([
    ['no namespace', '<urlset><url><loc>https://www.paper.example/a</loc></url></urlset>'],
    [
      'a wrong namespace',
      '<urlset xmlns="https://unknown.example/x"><url><loc>https://www.paper.example/a</loc></url></urlset>',
    ],
    [
      'a prefix',
      `<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"><sm:url><sm:loc>https://www.paper.example/a</sm:loc></sm:url></sm:urlset>`,
    ],
    ['CDATA', '<urlset><url><loc><![CDATA[https://www.paper.example/a]]></loc></url></urlset>'],
    ['a relative address', '<urlset><url><loc>/a</loc></url></urlset>'],
    [
      'alternates in other languages, which have entries of their own',
      '<urlset xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>https://www.paper.example/a</loc><xhtml:link rel="alternate" hreflang="de" href="https://www.paper.example/de/a"/></url></urlset>',
    ],
    [
      'pictures beside the page',
      '<urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>https://www.paper.example/i.jpg</image:loc></image:image><loc>https://www.paper.example/a</loc></url></urlset>',
    ],
  ])('is read with %s', (_, source) => {
    const map = listing(source, at);
    expect(map.kind).toBe('sitemap');
    expect(map.items.map((item) => item.url)).toEqual(['https://www.paper.example/a']);
  });

  it('speaks for its own site alone, hosts of the same domain included', () => {
    const map = listing(
      urls('https://paper.example/a', 'https://sport.paper.example/b', 'https://other.example/c'),
      at,
    );
    expect(map.items.map((item) => item.url)).toEqual(['https://paper.example/a', 'https://sport.paper.example/b']);
    expect(map.warnings).toEqual(['1 address of other sites passed over: a site map speaks for its own site only.']);
  });

  it('speaks for a site whose robots.txt names it', () => {
    const source = urls('https://www.paper.example/a', 'https://other.example/c');
    const map = listing(source, {
      url: 'https://maps.example/paper.xml',
      namedBy: ['https://www.paper.example/robots.txt'],
    });
    expect(map.items.map((item) => item.url)).toEqual(['https://www.paper.example/a']);
  });

  it('does not name site maps of other sites as its own', () => {
    const index = '<sitemapindex><sitemap><loc>https://other.example/s.xml</loc></sitemap></sitemapindex>';
    expect(listing(index, at).children).toEqual([]);
  });

  it('may be plain text, an address a line', () => {
    const map = listing('\ufeffhttps://www.paper.example/a\r\n\r\nhttps://www.paper.example/b\r\n', at);
    expect(map).toMatchObject({ kind: 'sitemap', warnings: [] });
    expect(map.items.map((item) => item.url)).toEqual(['https://www.paper.example/a', 'https://www.paper.example/b']);
    const remarked = 'Our pages\n  https://www.paper.example/a\n\thttps://www.paper.example/b\n';
    expect(listing(remarked, at).items).toHaveLength(2);
    expect(read('See https://www.paper.example/a\nand so on', at).kind).toBe('none');
  });

  it('may be a gzip file, once or twice over, whole or broken off', () => {
    const source = urls('https://www.paper.example/a', 'https://www.paper.example/b');
    const file = gzipSync(source);
    expect(listing(file, at).items).toHaveLength(2);
    expect(listing(gzipSync(file), at).items).toHaveLength(2);
    const long = gzipSync(
      urls(...Array.from({ length: 500 }, (_, i) => `https://www.paper.example/article-${(i * 7919) % 1009}`)),
    );
    const part = listing(long.subarray(0, Math.floor(long.length / 2)), at);
    expect(part.items.length).toBeGreaterThan(50);
    expect(part.items.length).toBeLessThan(500);
  });

  it('that is a gzip bomb is not unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 32), { level: 1 });
    expect(read(bomb, at)).toEqual({
      kind: 'none',
      reason: 'The file unpacks to more than 50 MB, which no listing may have.',
    });
    expect(read(Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3), at)).toMatchObject({ kind: 'none' });
  });

  it('with more than 50,000 pages is read up to there, and says so', () => {
    const map = listing(urls(...Array.from({ length: 50_010 }, (_, i) => `/${i}`)), at);
    expect(map.items).toHaveLength(50_000);
    expect(map.warnings).toEqual(['It names more than 50000 items; the rest was not read.']);
  });

  it('shows a picture of each page, or of its video', () => {
    const map = listing(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1" xmlns:v="http://www.google.com/schemas/sitemap-video/1.1">
        <url><loc>/a</loc><v:video><v:title>V</v:title><v:thumbnail_loc>/v.jpg</v:thumbnail_loc></v:video></url>
        <url><loc>/b</loc><i:image><i:title>I</i:title><i:loc>/i.jpg</i:loc></i:image></url></urlset>`,
      at,
    );
    expect(map.items.map(({ hints }) => [hints.title, hints.image?.replace(/^.*\//, '')])).toEqual([
      [null, 'v.jpg'],
      [null, 'i.jpg'],
    ]);
  });

  it('may name addresses of 2,047 characters, and no longer ones', () => {
    const [longest, longer] = [2047, 2048].map((length) => 'https://www.paper.example/'.padEnd(length, 'x'));
    expect(listing(urls(longest as string, longer as string), at).items.map(({ url }) => url)).toEqual([longest]);
    expect(listing(`${longest}\n`, at).items.map(({ url }) => url)).toEqual([longest]);
  });

  it('with just the 50,000 pages that the protocol allows is read whole', () => {
    const map = listing(urls(...Array.from({ length: 50_000 }, (_, i) => `/${i}`)), at);
    expect([map.items.length, map.warnings]).toEqual([50_000, []]);
  });
});

describe('a robots.txt', () => {
  it('names site maps, for whatever agent they stand under', () => {
    const robots = listing(
      '\ufeffUser-agent: a\nDisallow: /\nSitemap: https://www.paper.example/s.xml # all\nUser-agent: *\nSITEMAP : /news.xml\nsitemap: https://maps.example/p.xml\nSitemap:\nSitemap: /news.xml\n',
      { url: 'https://www.paper.example/robots.txt' },
    );
    expect(robots.kind).toBe('robots');
    expect(robots.children.map((child) => child.url)).toEqual([
      'https://www.paper.example/s.xml',
      'https://www.paper.example/news.xml',
      'https://maps.example/p.xml',
    ]);
  });

  it('may name none', () => {
    expect(listing('User-agent: *\nDisallow:', { url: 'https://paper.example/robots.txt' }).children).toEqual([]);
  });
});
