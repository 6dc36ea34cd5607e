import { describe, expect, it } from 'vitest';
import { article, read } from './page-reading.ts';

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
