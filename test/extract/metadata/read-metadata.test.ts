import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../../../functions/extract/markup/parse.ts';
import { readMetadata } from '../../../functions/extract/metadata/read-metadata.ts';

const asOf = new Date('2026-06-01T00:00:00Z');
const read = (html: string, url: string | null = 'https://www.harbourpost.example/news/ferries') => {
  const tree = parseMarkup(html);
  if (tree === null) throw new Error('too many elements');
  return readMetadata(tree, { url, asOf });
};
const ld = (value: unknown) =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
const article = (fields: object) => ld({ '@context': 'https://schema.org/', '@type': 'NewsArticle', ...fields });

describe('the title of a page', () => {
  it('is the heading that the metadata confirm, not the logo and not a teaser', () => {
    const page = read(`<title>Ferries return | Harbour Post</title><meta property="og:title" content="Ferries return">
      <h1><a href="/">Harbour Post</a></h1><h1>Ferries return</h1><h2 class="title">Mayor resigns</h2>`);
    expect(page).toMatchObject({ title: 'Ferries return', provenance: { title: 'h1' } });
  });

  it('is a lone first heading even where search engines are told another', () => {
    const page = read(
      `<title>Ferry timetable 2026: all routes | Harbour Post</title><h1>When the islands wait for their boats</h1>`,
    );
    expect(page.title).toBe('When the islands wait for their boats');
  });

  it('is the headline of a heading that holds a kicker too', () => {
    const page =
      read(`<title>Islands wait for their ferries again</title><meta property="og:title" content="Islands wait for their ferries again">
      <h1><span>Traffic </span>Islands wait for their ferries again</h1>`);
    expect(page.title).toBe('Islands wait for their ferries again');
  });

  it('leaves out a line above it that is called one, and keeps it where a colon joins the two', () => {
    const head = '<title>Traffic: Islands wait for ferries</title>';
    const page = (kicker: string) => read(`${head}<h1>${kicker}<span>Islands wait for ferries</span></h1>`).title;
    expect(page('<span class="story__topline">Traffic</span> ')).toBe('Islands wait for ferries');
    expect(page('<span class="story__topline">Traffic</span><i>: </i>')).toBe('Traffic: Islands wait for ferries');
    expect(page('<span class="story__topline">Traffic: </span>')).toBe('Traffic: Islands wait for ferries');
    expect(page('<span class="story__part">Traffic</span> ')).toBe('Traffic Islands wait for ferries');
  });

  it('is the headline of JSON-LD, never its name that repeats the site', () => {
    expect(read(article({ name: 'Harbour Post', headline: 'Ferries return' })).title).toBe('Ferries return');
  });

  it('is taken from the address kept in an archive as from the page itself', () => {
    const url = 'https://web.archive.org/web/20160218174457/http://harbourpost.example/ferries';
    expect(read('<title>Ferries return | Harbourpost</title>', url).title).toBe('Ferries return');
  });

  it('is a visible line where the page has no headings', () => {
    expect(
      read('<title>Ferries return to the islands-Some Portal</title><div>Ferries return to the islands</div>').title,
    ).toBe('Ferries return to the islands');
  });

  it('is the heading of the story, be there headings of the first level in side columns and dialogs', () => {
    const page = read(`<title>Where to bike</title><h1>The best trails for a bicycle</h1>
      <aside class="related"><h1>The best markets</h1></aside><div class="modal"><h1>Choose your location</h1></div>`);
    expect(page.title).toBe('The best trails for a bicycle');
  });

  it('is the visible title before a heading inside the text', () => {
    const page = read(`<title>What do islanders want? | Harbour Blog</title>
      <meta property="og:title" content="What do islanders want? | Harbour Blog">
      <h2>What do islanders want?</h2><p>Text.</p><h1>But what they love is the sea</h1>`);
    expect(page.title).toBe('What do islanders want?');
  });

  it.each([
    [
      'a link to the source',
      '<h1><a>Islands wait for their ferries</a> <span>(elsewhere.example)</span> <span>87</span></h1>',
    ],
    ['a rubric in front', '<h1>Blog: Islands wait for their ferries</h1>'],
    ['the site behind a bar', '<h1>Islands wait for their ferries | Tidewater</h1>'],
  ])('is without %s where the metadata leave it out', (_, heading) => {
    const page = read(`<title>Islands wait for their ferries - Harbour Post</title>
      <meta property="og:site_name" content="Harbour Post">
      <meta property="og:title" content="Islands wait for their ferries">${heading}`);
    expect(page.title).toBe('Islands wait for their ferries');
  });

  it('keeps a kicker that JSON-LD counts to the headline', () => {
    const page = read(`${article({ headline: 'Tides: Islands wait for their ferries' })}
      <title>Islands wait for their ferries</title><meta property="og:title" content="Islands wait for their ferries">
      <h1>Tides: Islands wait for their ferries</h1>`);
    expect(page.title).toBe('Tides: Islands wait for their ferries');
  });

  it('parts the words of elements that touch where the metadata do', () => {
    const page = read(`<meta property="og:title" content="National strike / Islands wait for ferries">
      <h1><span>National strike</span><span>Islands wait for ferries</span></h1>`);
    expect(page.title).toBe('National strike Islands wait for ferries');
  });

  it('is null on a page that states none', () => {
    expect(read('<p>Text</p>').title).toBeNull();
  });
});

describe('the authors of a page', () => {
  const names = (html: string) => read(html).authors.map(({ name }) => name);

  it.each([
    ['an object', { name: 'Ann Lee' }, ['Ann Lee']],
    ['a list', [{ name: 'Ann Lee' }, { name: 'Bo Chen Jr.' }], ['Ann Lee', 'Bo Chen Jr.']],
    ['a string of two', 'Ann Lee and Bo Chen', ['Ann Lee', 'Bo Chen']],
    ['a list with nulls', [null, { name: 'Ann Lee' }, {}], ['Ann Lee']],
    ['a list within a list', [[{ name: 'Ann Lee' }]], ['Ann Lee']],
    ['names within one object', { name: ['Ann Lee', 'Bo Chen'] }, ['Ann Lee', 'Bo Chen']],
    ['an address', 'https://www.harbourpost.example/ann', []],
  ])('are read from JSON-LD as %s', (_name, author, expected) => {
    expect(names(article({ headline: 'Ferries return', author }))).toEqual(expected);
  });

  it('are resolved through @id in a graph', () => {
    const graph = [
      { '@type': 'Article', headline: 'Ferries return', author: { '@id': '#ann' } },
      { '@type': 'Person', '@id': '#ann', name: 'Ann Lee', url: 'https://www.harbourpost.example/ann' },
    ];
    expect(read(ld({ '@context': 'https://schema.org', '@graph': graph })).authors).toEqual([
      { name: 'Ann Lee', url: 'https://www.harbourpost.example/ann' },
    ]);
  });

  it('are those of the article where a review stands before it', () => {
    const review = { '@type': 'Review', author: { name: 'Rude Reviewer' }, datePublished: '2020-01-01' };
    expect(
      names(ld([review, { '@type': 'Article', headline: 'Ferries return', author: { name: 'Ann Lee' } }])),
    ).toEqual(['Ann Lee']);
  });

  it('are the persons of the byline where JSON-LD names the site only', () => {
    expect(
      names(`${article({ headline: 'Ferries return', author: { '@type': 'Organization', name: 'Harbour Post' }, publisher: { name: 'Harbour Post' } })}
      <h1>Ferries return</h1><p>By <a href="/ann">Ann Lee</a> and <a href="/bo">Bo Chen</a></p>`),
    ).toEqual(['Ann Lee', 'Bo Chen']);
  });

  it.each([
    ['right below the headline', '<h1>Ferries return</h1><p>Ann Lee</p><p>Text of the story.</p>'],
    [
      'beside the date',
      '<h1>Ferries return</h1><p>The islands wait no longer, says the company.</p><span>Ann Lee</span> · <time datetime="2026-05-14">14 May 2026</time>',
    ],
    ['behind a heading that says so', '<h1>Ferries return</h1><p>Text.</p><div><h3>Author</h3> <p>Ann Lee</p></div>'],
  ])('stand %s without a byline word', (_, html) => {
    expect(names(html)).toEqual(['Ann Lee']);
  });

  it.each([
    ['furniture', '<h1>Ferries return</h1><p>Table of Contents</p>'],
    ['a part of the headline', '<h1>Ann Lee: a life at sea</h1><p>Ann Lee</p>'],
    ['a reading time', '<h1>Ferries return</h1><p class="author">5 min</p>'],
    ['a weekday', '<h1>Ferries return</h1><span class="byline">Thursday</span>'],
  ])('are not %s', (_, html) => {
    expect(names(html)).toEqual([]);
  });

  it('are all whom two more statements name, where JSON-LD names the first only', () => {
    const page = (meta: string) =>
      names(`${article({ headline: 'Ferries return', author: { name: 'Ann Lee' } })}${meta}
      <h1>Ferries return</h1><p>By Ann Lee, Bo Chen</p>`);
    expect(page('<meta name="author" content="Ann Lee, Bo Chen">')).toEqual(['Ann Lee', 'Bo Chen']);
    expect(page('')).toEqual(['Ann Lee']);
  });

  it('keep the accents that readers see', () => {
    const html = `${article({ headline: 'Ferries return', author: { name: 'Solene Rauturier' } })}
      <h1>Ferries return</h1><p>By Solène Rauturier</p>`;
    expect(names(html)).toEqual(['Solène Rauturier']);
  });

  it('are the person whose name and address the site bears', () => {
    const html = '<meta property="og:site_name" content="Ann Lee’s Blog"><h1>Ferries return to us all at last</h1>';
    expect(read(html, 'https://annlee.example/ferries').authors).toEqual([{ name: 'Ann Lee', url: null }]);
    expect(read(html, 'https://harbour.example/ferries').authors).toEqual([]);
  });

  it('are not those of comments, teasers and reviewers', () => {
    expect(
      names(`<h1>Ferries return to the islands</h1><div class="byline">Written by <span class="author-name">Ann Lee</span> | Reviewed by <span>Rex Moe</span></div><p>Text.</p>
      <div class="comments"><span class="comment-author">Bo Chen</span></div><div class="related-posts"><span class="author">Cy Diaz</span></div>`),
    ).toEqual(['Ann Lee']);
    expect(names('<h1>Ferries return</h1><div class="comments"><span class="author">By Bo Chen</span></div>')).toEqual(
      [],
    );
  });

  it.each([
    ['<p>Szerző: Kovács Péter</p>', 'Kovács Péter'],
    ['<p>Bài và ảnh: Nguyễn Văn An</p>', 'Nguyễn Văn An'],
    ['<p>Пише: Марко Јовановић</p>', 'Марко Јовановић'],
    ['<p>Γράφει ο Γιώργος Παπαδόπουλος</p>', 'Γιώργος Παπαδόπουλος'],
    ['<p>ავტორი: გიორგი ბერიძე</p>', 'გიორგი ბერიძე'],
    ['<p>نویسنده: علی رضایی</p>', 'علی رضایی'],
    ['<p>김철수 기자</p>', '김철수'],
    ['<p>文・田中太郎</p>', '田中太郎'],
    ['<font>Tekst: Anna Kowalska<br>poniedziałek, 6 maja 2024</font>', 'Anna Kowalska'],
    ['<span>Szerző</span> <a href="/kp">Kovács Péter</a>', 'Kovács Péter'],
    ['<p>11.12.2019 - Amelie Loeven</p>', 'Amelie Loeven'],
    ['<p>Autorin Petra Meier</p>', 'Petra Meier'],
  ])('are signed in many languages: %s', (line, name) => {
    expect(read(`<h1>Ferries return</h1><div>${line}</div><p>Story.</p>`).authors).toMatchObject([{ name }]);
  });

  it.each([
    '<p>Editor: Ann Lee</p>',
    '<p>来源：新华网</p>',
    '<p>Texts on the islands</p>',
    '<p>Autor werden</p>',
    '<p>Last Modified 3 May 2024</p>',
    '<p>Thứ Hai</p>',
  ])('are not named by %s', (line) => {
    expect(read(`<h1>Ferries return</h1><div>${line}<p>6 May 2024</p></div>`).authors).toEqual([]);
  });

  it('stand side by side in elements of their own', () => {
    expect(
      names('<h1>Ferries return</h1><div class="article-byline"><span>Ann Lee</span><span>Bo Chen</span></div>'),
    ).toEqual(['Ann Lee', 'Bo Chen']);
  });
});

describe('the dates of a page', () => {
  it('keep publication and change apart', () => {
    const page = read(
      article({ headline: 'x', datePublished: '2024-05-03T10:15:00+02:00', dateModified: '2024-05-04T08:00:00Z' }),
    );
    expect(page).toMatchObject({
      publishedAt: '2024-05-03T08:15:00Z',
      publishedDay: '2024-05-03',
      publishedRaw: '2024-05-03T10:15:00+02:00',
      datePrecision: 'second',
      dateSource: 'json-ld datePublished',
      modifiedAt: '2024-05-04T08:00:00Z',
    });
  });

  it('never let a change stand in for the publication', () => {
    const page = read(
      '<meta property="article:modified_time" content="2024-05-04"><h1>Ferries return</h1><p>Updated 3 May 2024</p>',
    );
    expect(page).toMatchObject({ publishedAt: null, modifiedAt: '2024-05-04T00:00:00Z' });
  });

  it('take the time of the stamp that agrees with the day in the address', () => {
    const page = read(
      article({ headline: 'x', datePublished: '2024-05-03T10:15:00Z' }),
      'https://www.harbourpost.example/2024/05/03/ferries',
    );
    expect(page.publishedAt).toBe('2024-05-03T10:15:00Z');
  });

  it('are read beside the headline, not from comments, teasers or the footer', () => {
    const page = read(`<h1>Ferries return</h1><span class="date">3 May 2024</span><p>Text</p>
      <div class="related"><time datetime="2025-01-01">1 January 2025</time></div><div class="comments"><time datetime="2024-06-01">June</time></div><footer>© 2026</footer>`);
    expect(page.publishedAt).toBe('2024-05-03T00:00:00Z');
    expect(
      read('<h1>Ferries return</h1><div class="comments"><time datetime="2024-06-01">June</time></div>').publishedAt,
    ).toBeNull();
  });

  it('are read in a container whose name is shared with the headline', () => {
    expect(
      read('<div class="widget blog"><h1>Ferries return</h1><span class="date">3 May 2024</span></div>').publishedAt,
    ).toBe('2024-05-03T00:00:00Z');
  });

  it('are the earlier day readers see where a program stamped the page anew', () => {
    const page = read(
      `${article({ headline: 'Ferries return', datePublished: '2026-03-02', dateModified: '2026-03-02' })}
      <h1>Ferries return</h1><p>Ann Lee</p><p>14 May 2024</p><p>Text.</p>`,
    );
    expect(page).toMatchObject({ publishedDay: '2024-05-14', dateSource: 'text near headline' });
  });

  it('are the day beside that readers see, for stamps in UTC bear another day than the site', () => {
    const stamped = (datePublished: string) =>
      read(`${article({ headline: 'Ferries return', datePublished })}
        <h1>Ferries return</h1><p>May 14, 2026</p>`).publishedDay;
    expect(stamped('2026-05-15T02:10:00Z')).toBe('2026-05-14');
    // With its offset the stamp tells the page's own day itself.
    expect(stamped('2026-05-15T02:10:00+02:00')).toBe('2026-05-15');
  });

  it('keep the stated day where readers see a later one, which may be that of a change', () => {
    const page = read(`${article({ headline: 'Ferries return', datePublished: '2024-05-14T10:00:00Z' })}
      <h1>Ferries return</h1><p>2 March 2026</p>`);
    expect(page.publishedDay).toBe('2024-05-14');
  });

  it.each([
    ['beside it', '<div><span>Last updated:</span> <span>14 May 2026</span></div>'],
    ['in a class name', '<time class="date-updated" datetime="2026-05-14">14 May 2026</time>'],
    ['inside it', '<p>Updated 14 May 2026</p>'],
  ])('are no publication where a word %s says that it was a change', (_, line) => {
    expect(read(`<h1>Ferries return</h1>${line}<p>Text.</p>`)).toMatchObject({
      publishedAt: null,
      modifiedAt: '2026-05-14T00:00:00Z',
    });
  });

  it.each([
    ['the bar of a web archive', '<div id="wm-ipp-base"><td>21 Feb 2007</td></div>'],
    ['a photograph', '<figcaption><span>© Ann Lee, 31.05.2013</span></figcaption>'],
    ['an event', '<p class="date">30. März 2020, 13:15 Uhr - 19:00 Uhr</p>'],
    ['a deadline', '<p>Deadline: 30 March 2020</p>'],
  ])('are not those of %s', (_, line) => {
    expect(read(`<h1>Ferries return</h1>${line}<p>Text.</p>`).publishedAt).toBeNull();
  });

  it('are none on a static page that its system stamped, where nobody signs and readers see no day', () => {
    const page = (names: string) =>
      read(`<meta property="article:published_time" content="2015-06-20T10:00:00Z">
        <body class="${names}"><h1>The history of our harbour</h1><p>Text.</p></body>`).publishedDay;
    expect(page('page page-id-12')).toBeNull();
    expect(page('post single-post postid-12')).toBe('2015-06-20');
  });

  it('are a day inside a slug only where nothing else is stated', () => {
    const url = 'https://www.harbourpost.example/news/ferries-return-20260510-p5f2';
    const stated = '<meta property="article:published_time" content="2026-05-14T09:00:00Z">';
    expect(read('<h1>Ferries return</h1>', url).publishedDay).toBe('2026-05-10');
    expect(read(`${stated}<h1>Ferries return</h1>`, url).publishedDay).toBe('2026-05-14');
  });

  it('are the one that a label calls so, or that stands beside the byline, where nothing else is stated', () => {
    const story = '<p>The ferries were back on Monday, said the mayor of the islands.</p>'.repeat(60);
    const day = (foot: string) => read(`<h1>Ferries return</h1>${story}${foot}`).publishedAt;
    expect(day('<aside class="widget"><h3>Published</h3><p>3 May 2024</p></aside>')).toBe('2024-05-03T00:00:00Z');
    expect(day('<div><p>Written by Ann Lee</p><p>May 3, 2024</p></div>')).toBe('2024-05-03T00:00:00Z');
    expect(day('<div><p>Written by Ann Lee</p><p>Updated May 3, 2024</p></div>')).toBeNull();
    expect(day('<aside class="widget"><h3>Events</h3><p>3 May 2024</p></aside>')).toBeNull();
    const other = '<aside class="widget"><h3>Published</h3><p>4 May 2024</p></aside>';
    expect(day(`<aside class="widget"><h3>Published</h3><p>3 May 2024</p></aside>${other}`)).toBeNull();
  });

  it('are read from the stamp that microformats keep in a title', () => {
    const stamp = (name: string) =>
      read(`<h1>Ferries return</h1><abbr class="${name}" title="2013-04-04T18:52:11+00:00">Thursday</abbr>`);
    expect(stamp('published')).toMatchObject({ publishedAt: '2013-04-04T18:52:11Z', modifiedAt: null });
    expect(stamp('updated')).toMatchObject({ publishedAt: null, modifiedAt: '2013-04-04T18:52:11Z' });
  });

  it.each([
    ['another date of the page', '<h1>Ferries return</h1><p class="date">6/5/2024</p><p>25/4/2024</p>', null],
    [
      'another date that puts the month first',
      '<h1>Ferries return</h1><p class="date">5/6/2024</p><p>4/25/2024</p>',
      null,
    ],
    [
      'a title in no English',
      '<title>Fähren kehren zurück</title><h1>Fähren kehren zurück</h1><p class="date">6/5/2024</p>',
      null,
    ],
    ['the country of the host', '<h1>Ferries return</h1><p class="date">6/5/2024</p>', 'https://www.insel.fr/a'],
  ])('have the order of day and month that %s shows', (_, page, url) => {
    expect(read(page, url ?? undefined).publishedAt).toBe('2024-05-06T00:00:00Z');
  });

  it('have no order of day and month where nothing shows one', () => {
    expect(read('<h1>Ferries return</h1><p class="date">6/5/2024</p>').publishedAt).toBeNull();
    expect(read('<h1>Ferries return</h1><p class="date">6/5/2024</p>', 'https://a.io/b').publishedAt).toBeNull();
  });

  it('refuse the future and say where the change lies before the publication', () => {
    expect(read(article({ headline: 'x', datePublished: '2027-01-01' })).publishedAt).toBeNull();
    const page = read(article({ headline: 'x', datePublished: '2024-05-03', dateModified: '2024-05-01' }));
    expect(page.warnings.map(({ code }) => code)).toEqual(['MODIFIED_BEFORE_PUBLISHED']);
  });
});

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
    const page = read('<link rel="canonical" href="/ferries"><meta property="og:image" content="//cdn.example/a.jpg">');
    expect(page).toMatchObject({
      canonicalUrl: 'https://www.harbourpost.example/ferries',
      mainImage: 'https://cdn.example/a.jpg',
    });
    expect(read('<link rel="canonical" href="javascript:alert(1)">', null).canonicalUrl).toBeNull();
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
