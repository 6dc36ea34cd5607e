import { getDomain } from 'tldts';
import { parseHttpUrl, unwrapArchive } from '../../article/canonical-url.ts';
import type { Context } from '../outcome.ts';
import { splitByline } from './author-names.ts';
import type { Candidates } from './candidates.ts';
import { type DateHints, type FoundDate, findDates, type ParsedDate, parseStamp } from './dates.ts';
import { squash } from './element-text.ts';
import { articleNodes, isArticleType, type JsonLd, type JsonObject, type LdNode, ldText, ldTexts } from './json-ld.ts';
import { onceEach } from './once-each.ts';
import { type SiteNames, siteNames, titleKey } from './title.ts';

/** Everything the choose-*.ts files decide from. */
export interface Evidence {
  page: Candidates;
  ld: JsonLd;
  /** JSON-LD nodes on the page's own work, most trusted first. */
  articles: readonly LdNode[];
  /** The first of them, if it is of an article type. */
  article: JsonObject | null;
  /** Where the page stands: as the copy's origin says, else as the page states it. */
  url: string | null;
  /** The address that the page gives as its own, absolute. */
  statedUrl: string | null;
  host: string | null;
  /** What the site calls itself. */
  names: readonly string[];
  site: SiteNames;
  language: string | null;
  dates: DateHints;
  /** First content of the first of these metas that has one, white space collapsed. */
  meta(...keys: string[]): string | null;
  metas(...keys: string[]): string[];
  /** {@link titleKey}, once a text. */
  keyOf(text: string): string;
  /** {@link findDates} and {@link parseStamp} by the page's own hints, once a text. */
  datesIn(text: string): readonly FoundDate[];
  stampIn(text: string): ParsedDate | null;
  /** {@link splitByline}, once a byline: pages state the same names in many places. */
  namesIn(byline: string): readonly string[];
}

/** Country codes of a host that say nothing of a country, or that of one where both orders are used. */
const NO_COUNTRY = /\.(?:us|ph|ca|pr|gu|co|io|tv|me|ai|cc|to|ly|fm|am|im|sh|gg|gl|la|nu|tk|ws|st|vc|xyz)$/u;

/**
 * Which comes first in 01/02/2026, where the language does not tell: the page's other dates show it, then a title no
 * English one, then the country of the host, for next to all but the United States put the day first.
 */
function dayFirst(page: Candidates, language: string | null, host: string | null): boolean | null {
  let order: boolean | null = null;
  for (const { text } of page.dateTexts) {
    const [, first, , second] = NUMERIC.exec(text) ?? [];
    const isDay = Number(first) > 12 && Number(second) <= 12;
    if (isDay || (Number(second) > 12 && Number(first) <= 12)) {
      if (order !== null && order !== isDay) return null;
      order = isDay;
    }
  }
  if (order !== null) return order;
  if (language === null && page.titleTag !== null && FOREIGN_LETTER.test(page.titleTag)) return true;
  return host !== null && /\.[a-z]{2}$/u.test(host) && !NO_COUNTRY.test(host) ? true : null;
}

const NUMERIC = /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)/u;
const FOREIGN_LETTER = /(?![a-z])\p{L}/iu;

export function gather(page: Candidates, ld: JsonLd, context: Context): Evidence {
  const stated = new Map<string, readonly string[]>();
  for (const [key, contents] of page.metas)
    stated.set(
      key,
      contents.map(squash).filter((content) => content !== ''),
    );
  const metas = (...keys: string[]) => keys.flatMap((key) => stated.get(key) ?? []);
  const meta = (...keys: string[]) => {
    for (const key of keys) {
      const first = stated.get(key)?.[0];
      if (first !== undefined) return first;
    }
    return null;
  };
  // Not JSON-LD's: where nothing else is said, it may as well be that of a related story, or of a template's section.
  const stands = parseHttpUrl(page.canonical ?? meta('og:url'), parseHttpUrl(context.url)?.href);
  const statedUrl = stands && unwrapArchive(stands).href;
  const url = context.url ?? statedUrl;
  const place = parseHttpUrl(url);
  const host = place && unwrapArchive(place).hostname;
  const articles = articleNodes(ld, url);
  const first = articles[0];
  const article = first?.types.some(isArticleType) ? first.object : null;
  const sections = [
    ...articles.slice(0, 2).flatMap(({ object }) => ldTexts(object.articleSection, 80)),
    ...metas('article:section'),
  ];
  const names = statedNames(ld, articles, meta);
  const logos = page.headings.filter(({ logo, text }) => logo && text.length <= 60).map(({ text }) => text);
  const language = page.htmlLanguage ?? meta('og:locale', 'content-language', 'dc.language', 'language');
  const dates = {
    asOf: context.asOf,
    language: language?.replaceAll('_', '-') ?? null,
    dayFirst: dayFirst(page, language, host),
  };
  return {
    page,
    ld,
    articles,
    article,
    url,
    statedUrl,
    host,
    names,
    meta,
    metas,
    // Pages state the same titles, days and names in many places.
    keyOf: onceEach(titleKey),
    datesIn: onceEach((text: string) => findDates(text, dates)),
    stampIn: onceEach((text: string) => parseStamp(text, dates)),
    namesIn: onceEach((text: string) => splitByline(text, dates.language ?? null)),
    site: siteNames([...names, ...logos, host ? getDomain(host) : null], host, sections),
    language: dates.language,
    dates,
  };
}

function statedNames(ld: JsonLd, articles: readonly LdNode[], meta: Evidence['meta']): string[] {
  const names = new Set<string>();
  const add = (name: string | null) => {
    if (name && name.length <= 80) names.add(name);
  };
  add(meta('og:site_name'));
  for (const { object } of articles.slice(0, 3)) {
    const publisher = ld.resolve(Array.isArray(object.publisher) ? object.publisher[0] : object.publisher);
    add(ldText(publisher?.name));
  }
  for (const node of ld.nodes) {
    if (node.depth > 1) continue;
    if (
      node.types.some((type) =>
        /^(?:website|organization|newsmediaorganization|corporation|localbusiness)$/u.test(type),
      )
    ) {
      add(ldText(node.object.name));
      add(ldText(node.object.alternateName));
    }
    if (names.size > 12) break;
  }
  add(meta('application-name'));
  add(meta('apple-mobile-web-app-title'));
  add(meta('dc.publisher', 'dcterms.publisher', 'citation_journal_title', 'publisher', 'cre', 'source'));
  const handle = meta('twitter:site');
  if (handle?.startsWith('@')) add(handle.slice(1));
  return [...names];
}
