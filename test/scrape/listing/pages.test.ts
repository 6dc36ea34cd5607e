import { describe, expect, it } from 'vitest';
import { listing, read } from './reading.ts';

const at = { url: 'https://paper.example/culture/' };
const page = (body: string, head = '') =>
  `<!DOCTYPE html><html lang="en"><head><title>Culture – Paper</title>${head}</head><body>${body}</body></html>`;

const HEADLINES = [
  ['/culture/harbour-museum-opens-its-new-wing', 'Harbour museum opens its new wing'],
  ['/culture/city-choir-sings-for-the-hundredth-time', 'City choir sings for the hundredth time'],
  ['/culture/a-theatre-without-actors-finds-its-audience', 'A theatre without actors finds its audience'],
  ['/culture/what-the-old-cinema-will-become-next-year', 'What the old cinema will become next year'],
  ['/culture/painter-of-the-quays-dies-at-ninety-one', 'Painter of the quays dies at ninety-one'],
] as const;
const teasers = HEADLINES.map(
  ([path, title], i) =>
    `<article class="card"><a href="${path}"><img src="/i${i}.jpg" alt=""></a><span class="tag"><a href="/tags/harbour-and-sea-and-ships">Harbour and sea and ships</a></span>
     <h3><a href="${path}">${title}</a></h3><time datetime="2026-11-0${i + 1}T10:00:00Z">${i + 1} Nov</time>
     <p class="byline">by <a rel="author" href="/authors/ann-lee-of-the-harbour-desk">Ann Lee of the harbour desk</a></p>
     <a href="${path}#comments">12 comments</a></article>`,
).join('');
const AROUND = `<header><nav><a href="/">Home</a><a href="/politics">Politics</a><a href="/culture/">Culture</a><a href="/sport/football">Football</a></nav></header>
  <aside class="sidebar"><a href="/shop/the-large-harbour-calendar-for-next-year">The large harbour calendar for next year</a></aside>`;
const BELOW = `<div class="pagination"><a href="/culture/?page=2">Older articles of this section</a><a href="/culture/page/2">Next page of all articles</a></div>
  <p><a href="https://share.example/sharer?u=https%3A%2F%2Fpaper.example%2Fculture%2Fharbour-museum-opens-its-new-wing">Share this page with all your friends</a>
  <a href="/files/annual-report-of-the-paper-for-all-readers.pdf">Annual report of the paper for all readers</a> <a href="mailto:desk@paper.example">Write to us about what we wrote</a></p>
  <footer><a href="/about-us">About us</a><a href="/privacy-policy">Privacy policy and cookies</a><a href="/login?next=/culture/">Sign in to read more</a></footer>`;

describe('a section page', () => {
  it('gives the articles it links with headline and date, and nothing else', () => {
    const section = listing(page(`${AROUND}<main>${teasers}</main>${BELOW}`), at);
    expect(section).toMatchObject({ kind: 'section', title: 'Culture – Paper', alternates: [] });
    expect(section.items.map((item) => [item.url, item.hints.title, item.hints.publishedAt])).toEqual(
      HEADLINES.map(([path, title], i) => [`https://paper.example${path}`, title, `2026-11-0${i + 1}T10:00:00Z`]),
    );
  });

  it.each([
    ['dates in the address', ['/2026/11/03/bridge', '/2026/11/03/choir', '/2026/11/02/museum', '/2026/11/01/cinema']],
    [
      'numbers behind the slug',
      ['/bridge-reopens-a4711', '/choir-sings-a4712', '/museum-opens-a4713', '/cinema-closes-a4714'],
    ],
    [
      'an identifier in the query',
      ['/story.php?id=4711', '/story.php?id=4712', '/story.php?id=4713', '/story.php?id=4714'],
    ],
    [
      'short names below the section',
      ['/culture/bridge', '/culture/choir', '/culture/museum', '/culture/cinema', '/culture/quay'],
    ],
  ])('is read with %s', (_, paths) => {
    const list = paths.map((path, i) => `<li><h2><a href="${path}">${HEADLINES[i]?.[1]}</a></h2></li>`).join('');
    const section = listing(page(`${AROUND}<main><ul>${list}</ul></main>${BELOW}`), at);
    expect(section.items.map((item) => new URL(item.url).pathname + new URL(item.url).search)).toEqual(paths);
  });

  it.each([
    [
      'ja',
      ['/文化/港の博物館が新館を開館へ', '/文化/市の合唱団が百回目の公演', '/文化/古い映画館の来年の姿とは'],
      [
        '港の博物館が新館を開館へ、十年の工事終わる',
        '市の合唱団が百回目の公演を港で開く',
        '古い映画館の来年の姿とは、所有者に聞いた',
      ],
    ],
    [
      'ru',
      ['/doc/7714900', '/doc/7714852', '/doc/7714866'],
      ['Портовый музей открыл новое крыло', 'Городской хор спел в сотый раз', 'Чем станет старый кинотеатр через год'],
    ],
    [
      'ar',
      [
        '/news/4711234/متحف-الميناء-يفتتح-جناحه-الجديد',
        '/news/4711235/جوقة-المدينة-تغني-للمرة-المئة',
        '/news/4711236/ما-مصير-السينما-القديمة-بعد-عام',
      ],
      [
        'متحف الميناء يفتتح جناحه الجديد بعد عشر سنوات',
        'جوقة المدينة تغني للمرة المئة في الميناء',
        'ما مصير السينما القديمة بعد عام من الآن',
      ],
    ],
  ])('is read in any script: %s', (_, paths, titles) => {
    const list = paths
      .map((path, i) => `<div class="teaser"><h3><a href="${path}">${titles[i]}</a></h3></div>`)
      .join('');
    const section = listing(page(`${AROUND}<main>${list}</main>${BELOW}`), at);
    expect(section.items.map((item) => item.hints.title)).toEqual(titles);
  });

  it('takes the headline of a link that covers its whole teaser from what it is called', () => {
    const list = HEADLINES.map(
      ([path, title]) =>
        `<li><a class="overlay" href="${path}" aria-label="${title}"></a><div>text of the teaser</div></li>`,
    ).join('');
    const section = listing(page(`<main><ul>${list}</ul></main>`), at);
    expect(section.items.map((item) => item.hints.title)).toEqual(HEADLINES.map(([, title]) => title));
  });

  it('gives a link out of somebody’s sentence no title and no date', () => {
    const [first] = HEADLINES;
    const told = teasers.replace(
      '<p class="byline">',
      '<p>It was <a href="/news/2019/the-ferry-that-never-came-back">long expected</a>.</p><p>',
    );
    const section = listing(page(`<main>${told}</main>`), at);
    expect(section.items[0]?.url).toBe(`https://paper.example${first[0]}`);
    const sentence = section.items.find((item) => item.url.includes('ferry'));
    expect(sentence?.hints.title ?? null).toBeNull();
    expect(sentence?.hints.publishedAt ?? null).toBeNull();
  });

  it('follows its own base address', () => {
    const list = HEADLINES.map(([path, title]) => `<h3><a href="${path.slice(1)}">${title}</a></h3>`).join('');
    const section = listing(page(`<main>${list}</main>`, '<base href="/de/">'), at);
    expect(section.items[0]?.url).toBe('https://paper.example/de/culture/harbour-museum-opens-its-new-wing');
  });

  it('is none where all it links are menus, or nothing', () => {
    for (const body of [
      AROUND + BELOW,
      '<p>Scheduled maintenance. Back soon.</p>',
      '<form action="/login"><input name="user"></form>',
    ]) {
      expect(read(page(body), at)).toEqual({
        kind: 'none',
        reason: 'The page names no feed and links no list of articles that can be told from its other links.',
      });
    }
  });
});

describe('a page that names feeds', () => {
  const FEEDS = `<link rel="alternate" type="application/rss+xml" title="Paper » Comments" href="/comments/feed/">
    <LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" TITLE="Paper" HREF="/feed.atom">
    <link rel="alternate" type="application/rss+xml" title="Culture" href="/culture/feed/">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7">
    <link rel="alternate" type="application/json+oembed" href="/oembed?url=x">
    <link rel="alternate" hreflang="de" href="/de/kultur/"><link rel="stylesheet" type="text/css" href="/feed.css">
    <link rel="alternate" type="application/rss+xml" href="">
    <link rel="alternate" type="application/rss+xml" title="Culture" href="/culture/feed/">`;

  it('gives them, the nearest to the page first and comments last', () => {
    expect(listing(page('<p>x</p>', FEEDS), at).alternates).toEqual([
      { url: 'https://paper.example/culture/feed/', title: 'Culture' },
      { url: 'https://paper.example/culture/feed.json', title: null },
      { url: 'https://paper.example/feed.atom', title: 'Paper' },
      { url: 'https://paper.example/comments/feed/', title: 'Paper » Comments' },
    ]);
  });

  it('may name them by the scheme that programs for feeds were to open', () => {
    const named = (href: string) => `<link rel="alternate" type="application/rss+xml" href="${href}">`;
    const head = named('feed://paper.example/a') + named('feed:https://paper.example/b');
    expect(listing(page('', head), at).alternates.map((feed) => feed.url)).toEqual([
      'http://paper.example/a',
      'https://paper.example/b',
    ]);
  });
  it('that declares none is asked for those it links by name', () => {
    const body =
      '<a href="/rss.xml">RSS</a><a href="/culture/feed">Feed of this section</a><a href="/feed-the-gulls-no-more">Feed the gulls no more, says the harbour master</a><a href="/feeds">Friends</a>';
    expect(listing(page(body), at).alternates.map((feed) => feed.url)).toEqual([
      'https://paper.example/culture/feed',
      'https://paper.example/rss.xml',
    ]);
    expect(listing(page(body, FEEDS), at).alternates.map((feed) => feed.url)).not.toContain(
      'https://paper.example/rss.xml',
    );
  });
});
