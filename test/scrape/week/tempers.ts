/** The fifty sources of the simulated week. */
import {
  type Asked,
  atomForm,
  bursts,
  conditional,
  DAY,
  every,
  HOUR,
  jsonForm,
  MINUTE,
  newsForm,
  type Oddities,
  page,
  pageForm,
  type Reply,
  rssForm,
  type Site,
  START,
  site,
  siteMapForm,
  within,
} from './site.ts';

const after = (now: number) => now - START;
const at = (path: string) => `http://HOST:PORT${path}`;
const INDEX = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://index.test:PORT/map.xml</loc></sitemap></sitemapindex>`;
const none: Reply = { status: 404 };

/** A site and what the list of sources must say of it. */
export interface Cast {
  site: Site;
  /** Once at least during the week; null where nothing may ever be wrong. */
  says: RegExp | null;
  /** Whether it still says so at the end. */
  stays: boolean;
}

/** @param many items of the source that has very many */
export function cast(days: number, many: number): Cast[] {
  const casts: Cast[] = [];
  const add = (name: string, odd: Oddities, says: RegExp | null = null, stays = says !== null) => {
    casts.push({ site: site(`${name}.test`, odd), says, stays });
  };
  const hourly = () => every(HOUR, days);
  const steadily = (gap: number) => every(gap, days);

  // Regular ones, of every rhythm and form.
  add('minutes', { temper: 'an article every 20 minutes', times: steadily(20 * MINUTE), window: 60 });
  add('half-hour', { temper: 'an article every half hour', times: steadily(30 * MINUTE), window: 60 });
  add('hourly', { temper: 'an article an hour', times: hourly() });
  add('atom', { temper: 'an Atom feed, an article in 2 hours', times: steadily(2 * HOUR), form: atomForm });
  add('json', { temper: 'a JSON Feed, an article in 3 hours', times: steadily(3 * HOUR), form: jsonForm });
  add('six-hours', { temper: 'an article in 6 hours', times: steadily(6 * HOUR) });
  add('daily', { temper: 'an article a day', times: every(DAY, days, 10) });
  add('two-days', { temper: 'an article in two days', times: every(2 * DAY, days, 10) });
  add('by-day', { temper: 'half-hourly from 7 to 19', times: within(every(30 * MINUTE, days, 200), 7, 19) });
  add('weekdays', { temper: 'hourly by day, Monday to Friday', times: within(every(HOUR, days, 200), 8, 18, 5) });
  add('sitemap', { temper: 'a site map, hourly', times: hourly(), form: siteMapForm, window: 200 });
  add('news', { temper: 'a news site map, in 20 minutes', times: steadily(20 * MINUTE), form: newsForm, window: 200 });
  add('index', {
    temper: 'a site map index without dates, hourly',
    times: hourly(),
    form: siteMapForm,
    window: 200,
    paths: ['/sitemap.xml', '/map.xml'],
    watched: ['/sitemap.xml'],
    listing: (asked, usual) => (asked.path === '/sitemap.xml' ? conditional({ body: INDEX }, asked) : usual()),
    steady: false,
  });
  add('index-of-days', {
    temper: 'a site map for each day, dated by day',
    times: hourly(),
    window: Number.POSITIVE_INFINITY,
    paths: ['/sitemap.xml'],
    other: (asked) => mapsOfDays('index-of-days.test', hourly(), asked),
    steady: false,
  });
  add('section', { temper: 'a web page with links, hourly', times: hourly(), form: pageForm });
  add('dates-only', {
    temper: 'Last-Modified and no entity tag',
    times: hourly(),
    listing: (asked, usual) => lastModifiedOnly(usual(), asked.headers, asked.now),
  });
  add('weak-tags', {
    temper: 'entity tags without quotes',
    times: hourly(),
    listing: (asked, usual) => unquotedTag(usual(), asked.headers),
  });

  // Bursts.
  add('bursts', { temper: '10 at once, thrice a day', times: bursts(10, [6, 12, 18], days), window: 40 });
  add('daily-burst', { temper: '25 at once, once a day', times: bursts(25, [5], days), window: 60 });
  add('big-burst', { temper: '60 at once, twice a day', times: bursts(60, [9, 21], days), window: 150 });
  add('weekly-burst', { temper: '40 at once, once', times: [-DAY, ...bursts(40, [15], 1)], window: 100 });

  add('short', {
    temper: '30 in two hours, a day, in a feed of 10',
    times: Array.from({ length: days + 2 }, (_, day) =>
      Array.from({ length: 30 }, (_, n) => (day - 2) * DAY + 9 * HOUR + n * 4 * MINUTE),
    ).flat(),
    window: 10,
  });

  // The dead and the silent.
  add('dead', { temper: 'nothing new for a year', times: [-400, -390, -380].map((day) => day * DAY) });
  add('dead-undated', {
    temper: 'nothing new, no dates',
    times: [-3, -2, -1].map((day) => day * DAY),
    form: (listing) => rssForm(listing).replaceAll(/<pubDate>[^<]*<\/pubDate>/g, ''),
  });
  add('empty', { temper: 'a feed without an article', times: [] });
  add('falls-silent', { temper: 'hourly, then nothing', times: hourly().filter((time) => time < DAY) });

  // What moves.
  add('moved', {
    temper: 'a permanent redirect within the host',
    times: hourly(),
    paths: ['/old', '/feed'],
    watched: ['/old'],
    redirectsTo: { host: 'moved.test', path: '/feed' },
    listing: (asked, usual) => (asked.path === '/old' ? moved(301, 'moved', '/feed') : usual()),
  });
  add('moved-away', {
    temper: 'a permanent redirect to another host',
    times: [],
    redirectsTo: { host: 'moved-here.test', path: '/feed' },
    steady: false,
    listing: () => moved(308, 'moved-here', '/feed'),
  });
  add('moved-here', { temper: 'the end of a redirect', times: steadily(2 * HOUR), watched: [] });
  add('for-now', {
    temper: 'a temporary redirect, always',
    times: steadily(2 * HOUR),
    paths: ['/feed', '/today'],
    watched: ['/feed'],
    redirectsTo: { host: 'for-now.test', path: '/today' },
    listing: (asked, usual) => (asked.path === '/feed' ? moved(302, 'for-now', '/today') : usual()),
  });
  add(
    'circle',
    { temper: 'redirects in a circle', times: [], listing: () => moved(302, 'circle', '/feed'), steady: false },
    /in a circle/,
  );
  add(
    'gone',
    {
      temper: '410 after half a day',
      times: hourly().filter((time) => time < 12 * HOUR),
      listing: (asked, usual) => (after(asked.now) < 13 * HOUR ? usual() : { status: 410 }),
      steady: false,
    },
    /410 Gone/,
  );
  add('lost', { temper: 'always 404', times: [], listing: () => none, steady: false }, /404 Not Found/);
  add('nowhere', { temper: 'a host that does not exist', times: [], steady: false }, /does not resolve/);
  add(
    'back',
    {
      temper: '404 for half a day, then back',
      times: hourly(),
      listing: (asked, usual) => (within12to24(asked.now) ? none : usual()),
      steady: false,
    },
    /404 Not Found/,
    false,
  );

  // Hosts that defend themselves.
  add(
    'limits',
    {
      temper: '429 with Retry-After in seconds, often',
      times: hourly(),
      listing: limiting(30, () => ({ status: 429, headers: { 'retry-after': '1800' } })),
      steady: false,
    },
    /429 Too Many Requests/,
    false,
  );
  add(
    'limits-dated',
    {
      temper: '503 with Retry-After as a date',
      times: hourly(),
      listing: limiting(20, (now) => ({
        status: 503,
        headers: { 'retry-after': new Date(now + HOUR).toUTCString(), date: new Date(now).toUTCString() },
      })),
      steady: false,
    },
    /503 Service Unavailable.*asks to wait/,
    false,
  );
  add(
    'forbids',
    { temper: '403 as a limit', times: hourly(), listing: limiting(30, () => ({ status: 403 })), steady: false },
    /403 Forbidden/,
    false,
  );
  add('slow', {
    temper: 'answers after 8 seconds',
    times: hourly(),
    listing: (_, usual) => ({ ...usual(), takes: 8_000 }),
    page: (_article, _asked, usual) => ({ ...usual(), takes: 8_000 }),
  });
  add('hangs', { temper: 'never answers', times: [], listing: () => ({ ends: 'never' }), steady: false }, /time/);
  add(
    'breaks-off',
    {
      temper: 'breaks off half-way, every third time',
      times: hourly(),
      listing: everyNth(3, (usual) => ({ ...usual, ends: 'half-way' })),
      steady: false,
    },
    /breaks HTTP|refused, reset/,
    false,
  );

  // Liars.
  add('always-304', {
    temper: '304 for ever to who asks conditionally',
    times: steadily(6 * HOUR),
    listing: (asked, usual) => (asked.headers['if-none-match'] ? { status: 304 } : usual()),
    steady: false,
  });
  add('new-tags', {
    temper: 'another entity tag each time',
    times: hourly(),
    listing: (_, usual) => freshTag(usual),
  });
  add('new-guids', { temper: 'other GUIDs each time', times: hourly(), guid: (article, n) => `${article.name}-${n}` });
  add('one-guid', { temper: 'the same GUID for all', times: hourly(), guid: () => 'same' });
  add('tracking', {
    temper: 'other tracking parameters each time',
    times: hourly(),
    link: ({ path }, n) => `${at(path)}?utm_source=rss&utm_campaign=c${n}`.replace('HOST', 'tracking.test'),
  });
  add('three-feeds', { temper: 'one article in three feeds', times: hourly(), paths: ['/a', '/b', '/c'] });

  // What is broken.
  add('ampersands', {
    temper: 'unescaped ampersands',
    times: hourly(),
    form: (listing) => rssForm(listing).replaceAll('A feed', 'A & B & C'),
  });
  add('cut-off', {
    temper: 'a feed without its end',
    times: hourly(),
    form: (listing) => rssForm(listing).replace('</channel></rss>', ''),
  });
  add(
    'garbage',
    { temper: 'no feed at all', times: [], listing: () => ({ body: '%%% out of order %%%' }), steady: false },
    /plain text|no feed/,
  );

  // robots.txt, opt-outs, and what is asked for.
  add(
    'robots-5xx',
    {
      temper: 'robots.txt fails for half a day',
      times: steadily(2 * HOUR),
      robots: (asked) => (after(asked.now) < 12 * HOUR ? { status: 503 } : none),
      steady: false,
    },
    /robots\.txt cannot be read/,
    false,
  );
  add(
    'robots-no',
    {
      temper: 'robots.txt disallows the feed',
      times: [],
      robots: () => ({ body: 'User-agent: *\nDisallow: /feed\n' }),
      steady: false,
    },
    /Disallow: \/feed/,
  );
  add('crawl-delay', {
    temper: 'Crawl-delay: 30',
    times: steadily(HOUR),
    robots: () => ({ body: 'User-agent: *\nCrawl-delay: 30\n' }),
    delay: 30_000,
  });
  const slowly = { body: 'User-agent: *\nCrawl-delay: 20\n' };
  add('bare', {
    temper: 'robots.txt is at another host',
    times: steadily(HOUR),
    robots: () => moved(301, 'www-bare', '/robots.txt'),
    delay: 20_000,
  });
  add('www-bare', {
    temper: 'a robots.txt for two hosts',
    times: steadily(2 * HOUR),
    robots: () => slowly,
    delay: 20_000,
  });
  add('asks-hourly', {
    temper: 'ttl of an hour, asks to skip the night',
    times: steadily(20 * MINUTE),
    head: `<ttl>60</ttl><skipHours>${[0, 1, 2, 3, 4].map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`,
    window: 60,
  });
  add('cached', {
    temper: 'Cache-Control: max-age=7200',
    times: hourly(),
    headers: { 'cache-control': 'public, max-age=7200' },
  });

  // Pages.
  add('corrects', {
    temper: 'articles change twice on their day',
    times: steadily(3 * HOUR),
    changes: () => [40 * MINUTE, 8 * HOUR],
    settings: { recheckDays: 2 },
  });
  add('noisy-pages', {
    temper: 'pages with a token that varies, corrected twice',
    times: steadily(3 * HOUR),
    changes: () => [40 * MINUTE, 8 * HOUR],
    page: (_, asked, usual) => withToken(usual(), asked),
    settings: { recheckDays: 3 },
  });
  add('lying-pages', {
    temper: 'pages that are 304 for ever, corrected once',
    times: steadily(4 * HOUR),
    changes: () => [2 * HOUR],
    page: (_, asked, usual) => (asked.headers['if-none-match'] ? { status: 304 } : usual()),
    settings: { recheckDays: 3 },
  });
  let edition = 0;
  add('told-anew', {
    temper: 'titles in the feed change thrice a day',
    times: steadily(4 * HOUR),
    listing: ({ now }, usual) => {
      edition = Math.floor(after(now) / (8 * HOUR));
      return usual();
    },
    form: (listing) => rssForm(listing).replaceAll('<item><title>', `<item><title>In edition ${edition}: `),
    settings: { recheckDays: 2 },
    steady: false,
  });
  add('other-links', {
    temper: 'links by way of others at each reading',
    times: steadily(6 * HOUR),
    window: 5,
    link: ({ path }, reading) => `${at(`/go/${reading}`).replace('HOST', 'other-links.test')}${path}`,
    other: ({ path }) => {
      const target = /^\/go\/\d{1,6}(\/.{1,100})$/.exec(path)?.[1];
      return target === undefined ? null : moved(301, 'other-links', target);
    },
    steady: false,
  });
  add(
    'pages-down',
    {
      temper: 'all pages fail for eight hours',
      times: steadily(2 * HOUR),
      page: (_, asked, usual) => (after(asked.now) < 8 * HOUR ? { status: 500 } : usual()),
    },
    /answered 500 Internal Server Error: it is left alone until/,
    false,
  );
  add(
    'subscribers',
    {
      temper: 'runs of pages for subscribers',
      times: every(HOUR, days, 60),
      window: 80,
      page: ({ name }, _, usual) => (isForSubscribers(name) ? { status: 403 } : usual()),
      canBeHad: ({ name }) => !isForSubscribers(name),
      steady: false,
    },
    // Of the thirty that are there at the beginning, until the feed is read again.
    /answered 403 Forbidden: it is left alone/,
    false,
  );
  add('odd-pages', {
    temper: 'missing, PDF and moved pages',
    times: steadily(2 * HOUR),
    page: (article, _asked, usual) => oddPage(article.name, usual),
    canBeHad: ({ name }) => Number(name.split('/')[1]) % 5 > 1,
    other: (asked) => renamedPage(asked),
  });
  add('very-many', {
    temper: `${many.toLocaleString('en')} articles in one site map`,
    times: Array.from({ length: many }, (_, n) => -(n + 1) * MINUTE),
    form: siteMapForm,
    window: many,
  });
  return casts;
}

function moved(status: number, host: string, path: string): Reply {
  return { status, headers: { location: at(path).replace('HOST', `${host}.test`) } };
}

let tokens = 0;

/** Other bytes each time, of which nothing is seen. */
function withToken(reply: Reply, { headers }: Asked): Reply {
  const token = `<script nonce="${++tokens}">var at=${tokens}</script><!-- ${tokens} -->`;
  if (reply.status === 304) return reply;
  return conditional(
    { ...reply, headers: { 'content-type': 'text/html' }, body: `${reply.body}${token}` },
    { path: '', headers, now: 0 },
  );
}

function within12to24(now: number): boolean {
  return after(now) >= 12 * HOUR && after(now) < 24 * HOUR;
}

/** Every so many requests, one is refused. */
function limiting(every: number, refusal: (now: number) => Reply): NonNullable<Oddities['listing']> {
  return everyNth(every, (_, now) => refusal(now));
}

function everyNth(n: number, odd: (usual: Reply, now: number) => Reply): NonNullable<Oddities['listing']> {
  let count = 0;
  return ({ now }, usual) => (++count % n === 0 ? odd(usual(), now) : usual());
}

function lastModifiedOnly(reply: Reply, headers: Record<string, string | undefined>, now: number): Reply {
  const newest = /<pubDate>([^<]*)</.exec(reply.body ?? '')?.[1] ?? new Date(now).toUTCString();
  const { etag: _, ...others } = reply.headers ?? {};
  if (headers['if-modified-since'] === newest) return { status: 304 };
  return { ...reply, headers: { ...others, 'last-modified': newest } };
}

function unquotedTag(reply: Reply, headers: Record<string, string | undefined>): Reply {
  const etag = reply.headers?.etag?.replaceAll('"', '') ?? '';
  return headers['if-none-match'] === etag ? { status: 304 } : { ...reply, headers: { ...reply.headers, etag } };
}

let tags = 0;

function freshTag(usual: () => Reply): Reply {
  const reply = usual();
  return { ...reply, headers: { ...reply.headers, etag: `"${++tags}"` } };
}

const number = (name: string) => Number(name.split('/')[1]);

/** Thirty in a row of every fifty. */
const isForSubscribers = (name: string) => number(name) % 50 < 30;

/** An index of site maps, one for each day, whose times of change are days. */
function mapsOfDays(host: string, times: readonly number[], asked: Asked): Reply | null {
  const day = (time: number) => new Date(START + time).toISOString().slice(0, 10);
  const there = times.map((time, n) => ({ time, n })).filter(({ time }) => time <= after(asked.now));
  const [, map] = /^\/map-([0-9-]{10})\.xml$/.exec(asked.path) ?? [];
  const xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
  if (asked.path === '/sitemap.xml') {
    const entries = [...new Set(there.map(({ time }) => day(time)))].map(
      (of) => `<sitemap><loc>http://${host}:PORT/map-${of}.xml</loc><lastmod>${of}</lastmod></sitemap>`,
    );
    return conditional({ body: `<sitemapindex ${xmlns}>${entries.join('')}</sitemapindex>` }, asked);
  }
  if (map === undefined) return null;
  const entries = there
    .filter(({ time }) => day(time) === map)
    .map(({ n }) => `<url><loc>http://${host}:PORT/2026/03/article-number-${n}</loc></url>`);
  return conditional({ body: `<urlset ${xmlns}>${entries.join('')}</urlset>` }, asked);
}

function oddPage(name: string, usual: () => Reply): Reply {
  switch (number(name) % 5) {
    case 0:
      return none;
    case 1:
      return { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' };
    case 2:
      return moved(301, 'odd-pages', `/renamed/${number(name)}`);
    default:
      return usual();
  }
}

function renamedPage(asked: Asked): Reply | null {
  const renamed = /^\/renamed\/(\d{1,6})$/.exec(asked.path);
  if (!renamed) return null;
  const body = page(`odd-pages.test/${renamed[1]}`, 1);
  return conditional({ body, headers: { 'content-type': 'text/html' } }, asked);
}
