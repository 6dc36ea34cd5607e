import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { article, ld, read } from './page-reading.ts';

describe('topics, section and breadcrumbs', () => {
  it('are those a page shows, before keywords nobody sees', () => {
    const page =
      read(`<meta property="og:type" content="article"><meta name="keywords" content="cheap ferry, ferry tickets">
      <h1>Ferries return</h1><p>Text</p><footer class="entry-footer"><a rel="tag" href="/tag/ferries">Ferries</a> <a rel="tag" href="/tag/islands">Islands</a></footer>`);
    expect(page.tags).toEqual([
      { label: 'Ferries', slug: 'ferries' },
      { label: 'Islands', slug: 'islands' },
    ]);
  });

  it('leave keywords of pages out that are no articles', () => {
    expect(read('<meta name="keywords" content="a, b"><h1>Ferries</h1>').tags).toEqual([]);
  });

  it('read breadcrumbs without the front page and the article itself', () => {
    const trail = ['Home', 'News', 'Economy', 'Ferries return'].map((name, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
    }));
    const page = read(
      `${ld({ '@type': 'BreadcrumbList', itemListElement: trail })}<title>Ferries return</title><h1>Ferries return</h1>`,
    );
    expect(page.breadcrumbs).toEqual(['News', 'Economy']);
    expect(page.section).toEqual({ label: 'Economy', slug: 'economy' });
  });
});

describe('what else a page says', () => {
  it('tells articles from listings and products by its own markup', () => {
    expect(read(article({ headline: 'x' })).pageType).toMatchObject({ says: 'article', schemaTypes: ['newsarticle'] });
    expect(read(ld({ '@type': 'CollectionPage' })).pageType).toMatchObject({
      says: 'not-article',
      rule: 'json-ld collectionpage',
    });
    expect(read('<meta property="og:type" content="product">').pageType.says).toBe('not-article');
    expect(read('<p>x</p>').pageType.says).toBe('unknown');
  });

  it('names live blogs and opinion', () => {
    expect(read(ld({ '@type': 'LiveBlogPosting', headline: 'x' })).kind).toBe('liveblog');
    expect(read(article({ headline: 'x', articleSection: 'Opinion' })).kind).toBe('opinion');
    expect(read('<title>Let the pier fall | Opinion | Harbour Post</title><h1>Let the pier fall</h1>').kind).toBe(
      'opinion',
    );
    expect(read('<title>Opinion polls open at noon | Harbour Post</title>').kind).toBeNull();
  });

  it('is called by its own name where it is stated by that of who hosts it, and without the day behind it', () => {
    const site = (title: string, head = '') =>
      read(
        `<title>${title}</title>${head}<a href="/">Tide Diary</a><h1>Ferries return to the islands</h1>`,
        'https://tidediary.example/post/1',
      ).siteName;
    expect(site('Tide Diary — Ferries return to the islands', '<meta property="og:site_name" content="Tumblr">')).toBe(
      'Tide Diary',
    );
    expect(site('Ferries return to the islands - Tide Diary, 14.05.2024')).toBe('Tide Diary');
  });

  it.each([
    [false, false],
    ['False', false],
    [true, true],
    ['yes', true],
    ['maybe', null],
  ])('reads isAccessibleForFree %j as %j', (stated, expected) => {
    expect(read(article({ headline: 'x', isAccessibleForFree: stated })).accessibleForFree).toBe(expected);
  });

  it('makes addresses absolute and refuses those that are none', () => {
    expect(read('<link rel="canonical" href="/ferries">').canonicalUrl).toBe('https://www.harbourpost.example/ferries');
    expect(read('<link rel="canonical" href="javascript:alert(1)">', null).canonicalUrl).toBeNull();
  });

  it('gives every image that the page states, the most trusted first', () => {
    const page = read(
      '<link rel="image_src" href="/old.jpg"><meta name="twitter:image" content="b.jpg"><meta property="og:image" content="//cdn.example/a.jpg">',
    );
    expect(page.mainImages.map(({ value }) => value)).toEqual(['//cdn.example/a.jpg', 'b.jpg', '/old.jpg']);
  });

  it('takes no address from JSON-LD, which may be that of a related story', () => {
    const related = article({ headline: 'x', mainEntityOfPage: { '@id': 'https://www.harbourpost.example/ferries' } });
    expect(read(related, null)).toMatchObject({ url: null, canonicalUrl: null });
  });

  it('records what the page asks of machines', () => {
    const page = read(`<meta name="robots" content="index, noarchive, NOAI"><meta name="tdm-reservation" content="1">
      <meta name="tdm-policy" content="/tdm.json"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">`);
    expect(page.rights).toEqual({
      restrictions: ['noarchive', 'noai'],
      tdmReserved: true,
      tdmPolicy: 'https://www.harbourpost.example/tdm.json',
      license: 'https://creativecommons.org/licenses/by/4.0/',
    });
    expect(page.provenance.rights).toBe('meta robots, meta tdm-reservation, meta tdm-policy, rel license');
  });

  it.each([
    ['nothing', ''],
    ['what concerns one crawler only', '<meta name="googlebot" content="noindex">'],
    ['how large previews may be', '<meta name="robots" content="index, follow, max-image-preview:large">'],
  ])('records no rights where it says %s', (_, html) => {
    expect(read(html).rights).toBeNull();
  });

  it.each([
    ['its type', ld({ '@type': 'PressRelease', headline: 'Ferries return' }), undefined, 'pressRelease'],
    ['its section', '<meta property="article:section" content="Pressemitteilungen">', undefined, 'pressRelease'],
    ['a folder of its address', '', 'https://harbour.example/media/press-releases/ferries-return', 'pressRelease'],
    ['no word of its headline', '<h1>Press releases</h1>', 'https://harbour.example/news/press-releases', null],
  ])('knows a press release by %s', (_, html, url, kind) => {
    expect(read(html, url).kind).toBe(kind);
  });

  it('takes language and direction from the root element', () => {
    expect(read('<html lang="ar" dir="RTL"><body></body></html>')).toMatchObject({
      declaredLanguage: 'ar',
      declaredDirection: 'rtl',
    });
  });
});

describe('broken and hostile pages', () => {
  it('are read where JSON-LD stands in a meta element', () => {
    const stated = JSON.stringify({ '@type': 'NewsArticle', headline: 'Ferries return', datePublished: '2026-05-03' });
    const page = read(`<meta name="script:ld+json" content="${stated.replaceAll('"', '&quot;')}">`);
    expect(page).toMatchObject({ title: 'Ferries return', publishedDay: '2026-05-03' });
  });

  it('are read as far as their JSON-LD goes, with a warning', () => {
    const page = read(ld('{"@type":"NewsArticle","headline":"Ferries\nreturn",,"author":{"name":"Ann Lee"},}'));
    expect(page).toMatchObject({ title: 'Ferries return', authors: [{ name: 'Ann Lee', url: null }] });
    expect(page.warnings.map(({ code }) => code)).toEqual(['JSON_LD_BROKEN']);
  });

  it.each([
    ['20,000 nested elements', `${'<div class="author">'.repeat(20_000)}x`],
    ['deep JSON-LD', ld(`${'{"@type":"Article","author":'.repeat(50_000)}1`)],
    [
      'a ring of references',
      ld([
        { '@id': '#a', '@type': 'Article', author: { '@id': '#b' } },
        { '@id': '#b', author: { '@id': '#a' } },
      ]),
    ],
    [
      'question marks',
      `<title>${'?'.repeat(100_000)}</title><h1>${'?'.repeat(100_000)}</h1><meta name="author" content="${'?'.repeat(100_000)}">`,
    ],
    [
      'white space',
      `<h1>${' '.repeat(1_000_000)}</h1><meta name="date" content="${' '.repeat(1_000_000)}"><p class="byline">${' '.repeat(1_000_000)}</p>`,
    ],
    ['a class of a million names', `<p class="${'author date '.repeat(100_000)}">By Ann Lee</p>`],
    ['50,000 nested bylines', `<p class="byline">${'<span>By '.repeat(50_000)}`],
    ['ten thousand bylines', '<p class="byline">By Ann Lee</p>'.repeat(10_000)],
    ['a thousand headings', '<h1>Ferries</h1>'.repeat(1000)],
    [
      'wrong kinds of values',
      ld({ '@type': 7, headline: { a: [] }, author: 5, datePublished: [], keywords: {}, image: [[]], publisher: 'x' }),
    ],
    ['a root that is null', ld('null')],
    ['metas without content', '<meta><meta name="author"><meta property="og:title" content="">'],
  ])('do no harm with %s', (_name, html) => {
    expect(read(html).breadcrumbs).toEqual([]);
  });

  it('never make it throw, whatever JSON-LD says', () => {
    const keys = fc.constantFrom(
      '@type',
      '@id',
      '@graph',
      'headline',
      'name',
      'author',
      'datePublished',
      'image',
      'keywords',
      'itemListElement',
      'publisher',
      'url',
      'mainEntity',
    );
    const tree = fc.letrec<{ node: unknown; value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('Article', 'Person', 'BreadcrumbList', '#a', '2024-05-03', 'Ann Lee', null, 3),
        tie('node'),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
      node: fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
    })).value;
    fc.assert(
      fc.property(tree, (value) => {
        expect(read(ld(value)).provenance).toBeTypeOf('object');
      }),
    );
  });
});
