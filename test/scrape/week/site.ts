/** A site of the simulated week: articles that appear by the clock, listings of them, pages, and what is odd about it. */
import { createHash } from 'node:crypto';
import type { SourceSettings } from '../../../functions/scrape/sources/source.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday. */
export const START = Date.parse('2026-03-02T00:00:00Z');

export interface Asked {
  path: string;
  headers: Record<string, string | undefined>;
  now: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Virtual milliseconds until it is sent. */
  takes?: number;
  /** It never comes, or breaks off half-way. */
  ends?: 'never' | 'half-way';
}

export interface Article {
  /** `site-01.test/3`: stands in its page, whatever addresses lead there. */
  name: string;
  path: string;
  at: number;
  /** When its page changes. */
  changes: number[];
}

export interface Site {
  host: string;
  /** One phrase. */
  temper: string;
  sources: { path: string; settings: Partial<SourceSettings> }[];
  articles: Article[];
  /** Articles that its listing holds. */
  window: number;
  /** The listing that its source's redirects lead to; null where there are none. */
  redirectsTo: { host: string; path: string } | null;
  /** Articles that can be had: the others are held back by robots.txt, missing, no pages … */
  canBeHad(article: Article): boolean;
  answer(asked: Asked): Reply;
  /** Least milliseconds between two requests. */
  delay: number;
  /** Whether nothing is wrong with its listing, so that its readings can be held to the ideal. */
  steady: boolean;
}

export interface Oddities {
  temper: string;
  /** Milliseconds after the beginning at which articles appear; those before it are there from the first. */
  times: readonly number[];
  /** Articles that the listing holds. */
  window?: number;
  form?: (site: SiteListing) => string;
  /** How each listing names an article. */
  link?: (article: Article, reading: number) => string;
  guid?: (article: Article, reading: number) => string;
  /** Where listings are. */
  paths?: readonly string[];
  /** Those of them that are watched. */
  watched?: readonly string[];
  settings?: Partial<SourceSettings>;
  robots?: (asked: Asked) => Reply;
  /** Asked before the listing itself; null to answer it. */
  listing?: (asked: Asked, usual: () => Reply) => Reply;
  page?: (article: Article, asked: Asked, usual: () => Reply) => Reply;
  other?: (asked: Asked) => Reply | null;
  canBeHad?: (article: Article) => boolean;
  changes?: (article: Article) => number[];
  head?: string;
  headers?: Record<string, string>;
  delay?: number;
  steady?: boolean;
  redirectsTo?: { host: string; path: string };
}

export interface SiteListing {
  host: string;
  head: string;
  items: { article: Article; link: string; guid: string }[];
}

const PORT_PLACE = 'PORT';

export function site(host: string, odd: Oddities): Site {
  const articles: Article[] = odd.times.map((time, n) => {
    const article = { name: `${host}/${n}`, path: `/2026/03/article-number-${n}`, at: START + time, changes: [] };
    return { ...article, changes: (odd.changes?.({ ...article }) ?? []).map((after) => article.at + after) };
  });
  const byPath = new Map(articles.map((article) => [article.path, article]));
  const paths = odd.paths ?? ['/feed'];
  const { window = 30, form = rssForm } = odd;
  let readings = 0;

  const usualListing = (asked: Asked): Reply => {
    const reading = readings++;
    const shown = articles.filter(({ at }) => at <= asked.now).sort((a, b) => b.at - a.at);
    const items = shown.slice(0, window).map((article) => ({
      article,
      link: odd.link?.(article, reading) ?? `http://${host}:${PORT_PLACE}${article.path}`,
      guid: odd.guid?.(article, reading) ?? article.name,
    }));
    return conditional({ body: form({ host, head: odd.head ?? '', items }), headers: odd.headers ?? {} }, asked);
  };
  const usualPage = (article: Article, asked: Asked): Reply => {
    const version = 1 + article.changes.filter((at) => at <= asked.now).length;
    return conditional(
      { body: page(article.name, version), headers: { 'content-type': 'text/html; charset=utf-8' } },
      asked,
    );
  };

  return {
    host,
    temper: odd.temper,
    sources: (odd.watched ?? paths).map((path) => ({ path, settings: odd.settings ?? {} })),
    articles,
    window,
    redirectsTo: odd.redirectsTo ?? null,
    canBeHad: odd.canBeHad ?? (() => true),
    delay: odd.delay ?? 2_000,
    steady: odd.steady ?? true,
    answer(asked) {
      const other = odd.other?.(asked);
      if (other) return other;
      if (asked.path === '/robots.txt') return odd.robots?.(asked) ?? { status: 404 };
      const path = asked.path.split('?', 1)[0] as string;
      if (paths.includes(path)) {
        return odd.listing?.(asked, () => usualListing(asked)) ?? usualListing(asked);
      }
      const article = byPath.get(path);
      if (!article || article.at > asked.now) return { status: 404 };
      return odd.page?.(article, asked, () => usualPage(article, asked)) ?? usualPage(article, asked);
    },
  };
}

/** As honest servers do it: an entity tag, and a 304 for who has it. */
export function conditional(reply: Reply, { headers }: Asked): Reply {
  const etag = `"${createHash('sha256')
    .update(reply.body ?? '')
    .digest('hex')
    .slice(0, 16)}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { ...reply, headers: { etag, ...reply.headers } };
}

export function page(name: string, version: number): string {
  const text = `This is article ${name}, in version ${version}. `.repeat(4);
  return `<!doctype html><html lang="en"><head><title>Article ${name}</title></head><body><article><h1>Article ${name}</h1><p>${text}</p></article></body></html>`;
}

/** The article that a copy is of, and its version. */
export function articleOf(body: Uint8Array): { name: string; version: number } | null {
  const found = /This is article (\S{1,100}), in version (\d{1,4})\./.exec(Buffer.from(body).toString());
  return found ? { name: found[1] as string, version: Number(found[2]) } : null;
}

export function rssForm({ head, items }: SiteListing): string {
  const entries = items.map(
    ({ article, link, guid }) =>
      `<item><title>Article ${article.name}</title><link>${escaped(link)}</link><guid isPermaLink="false">${guid}</guid><pubDate>${new Date(article.at).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A feed</title>${head}${entries.join('')}</channel></rss>`;
}

export function atomForm({ host, items }: SiteListing): string {
  const entries = items.map(
    ({ article, link, guid }) =>
      `<entry><id>tag:${host},2026:${guid}</id><title>Article ${article.name}</title><link href="${escaped(link)}"/><published>${new Date(article.at).toISOString()}</published><updated>${new Date(article.at).toISOString()}</updated></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${host},2026:feed</id><title>A feed</title><updated>2026-03-02T00:00:00Z</updated>${entries.join('')}</feed>`;
}

export function jsonForm({ items }: SiteListing): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'A feed',
    items: items.map(({ article, link, guid }) => ({
      id: guid,
      url: link,
      title: `Article ${article.name}`,
      date_published: new Date(article.at).toISOString(),
    })),
  });
}

export function siteMapForm({ items }: SiteListing): string {
  const entries = items.map(
    ({ article, link }) =>
      `<url><loc>${escaped(link)}</loc><lastmod>${new Date(article.at).toISOString()}</lastmod></url>`,
  );
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>`;
}

export function newsForm({ items }: SiteListing): string {
  const entries = items.map(
    ({ article, link }) =>
      `<url><loc>${escaped(link)}</loc><news:news><news:publication><news:name>A paper</news:name><news:language>en</news:language></news:publication><news:publication_date>${new Date(article.at).toISOString()}</news:publication_date><news:title>Article ${article.name}</news:title></news:news></url>`,
  );
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${entries.join('')}</urlset>`;
}

/** A section page: teasers between navigation and footer. */
export function pageForm({ host, items }: SiteListing): string {
  const teasers = items.map(
    ({ article, link }) =>
      `<article><h2><a href="${escaped(link)}">What happened at ${article.name} and what is said of it</a></h2><p>A teaser of some words.</p></article>`,
  );
  const links = ['news', 'sports', 'about', 'contact'].map(
    (word) => `<li><a href="http://${host}:PORT/${word}">${word}</a></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>News</title></head><body><nav><ul>${links.join('')}</ul></nav><main>${teasers.join('')}</main><footer><a href="/imprint">Imprint</a></footer></body></html>`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Every so often, from so long before the beginning. */
export function every(gap: number, days: number, before = 20): number[] {
  const times: number[] = [];
  for (let time = -before * gap + gap / 2; time < days * DAY; time += gap) times.push(Math.round(time));
  return times;
}

/** Those between these hours of the day, on these days of the week, Monday being 0. */
export function within(times: readonly number[], from: number, to: number, days = 7): number[] {
  return times.filter((time) => {
    const hour = (((time % DAY) + DAY) % DAY) / HOUR;
    const day = ((Math.floor(time / DAY) % 7) + 7) % 7;
    return hour >= from && hour < to && day < days;
  });
}

/** So many within a few minutes, at these hours of each day. */
export function bursts(count: number, hours: readonly number[], days: number): number[] {
  const times: number[] = [];
  for (let day = -2; day < days; day++) {
    for (const hour of hours) {
      for (let n = 0; n < count; n++) times.push(day * DAY + hour * HOUR + n * 20_000);
    }
  }
  return times;
}
