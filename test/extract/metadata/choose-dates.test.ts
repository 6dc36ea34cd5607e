import { describe, expect, it } from 'vitest';
import { article, read } from './page-reading.ts';

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

  it('take the hour of another statement of the same day, and of who posted', () => {
    const posted = '<h2>Monday, October 24, 2011</h2><h3>Ferries return</h3><p>Text.</p>';
    const stamped = `${posted}<p class="foot">Posted by Ann Lee at <abbr class="published" title="2011-10-24T09:05:00-07:00">9:05</abbr></p>`;
    expect(read(stamped).publishedAt).toBe('2011-10-24T16:05:00Z');
    expect(read(`${posted}<p><em>posted by Ann Lee at <a href="/x">9:05 AM</a></em></p>`).publishedAt).toBe(
      '2011-10-24T09:05:00Z',
    );
  });

  it('are read from the data of an element called date', () => {
    expect(
      read(
        '<h1>Ferries return</h1><div class="meta"><span class="date" data-timestamp="1319439900">24 Oct</span></div>',
      ).publishedAt,
    ).toBe('2011-10-24T07:05:00Z');
  });

  it('are a change where a text was looked over on another day than that of its publication', () => {
    const page = (line: string) => read(`<html lang="de"><h1>Fähren fahren wieder</h1><p>${line}</p>`);
    expect(page('03.05.2024 <span>Stand: 04.05.2024</span>')).toMatchObject({
      publishedAt: '2024-05-03T00:00:00Z',
      modifiedAt: '2024-05-04T00:00:00Z',
    });
    expect(page('Stand: 04.05.2024').publishedAt).toBe('2024-05-04T00:00:00Z');
  });
});
