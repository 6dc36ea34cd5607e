/**
 * Lists of articles by any of their filters, a page at a time: which index answers, what is filtered after it, and
 * how a list across days goes on.
 */

import { createHash } from 'node:crypto';
import { siteOf } from '../article/canonical-url.ts';
import type { ArticleCard } from '../article/card.ts';
import { DAY_MS } from '../article/durations.ts';
import { facetName } from '../article/facets.ts';
import { slug } from '../article/slug.ts';
import type { Bounds, CardLists, DayRange, Page, PageOptions } from './ports.ts';

/** What a person asks for. All given parts must hold; at most one of section, tag and author. */
export interface ArticleQuery {
  /** A domain or an address; its registrable domain counts. */
  site?: string | undefined;
  /** A label or its slug. */
  section?: string | undefined;
  tag?: string | undefined;
  /** A name or its slug. */
  author?: string | undefined;
  /** BCP 47; the language alone counts, not the region. */
  language?: string | undefined;
  /** A day of UTC: the same as `from` and `to`. */
  day?: string | undefined;
  /** A day or an instant in UTC, by sortAt, both included: a day as `to` takes in the whole of it. */
  from?: string | undefined;
  to?: string | undefined;
}

const PARAMETERS = ['site', 'section', 'tag', 'author', 'language', 'day', 'from', 'to'];

export interface ArticleQueryOptions {
  /** At least 1. */
  limit: number;
  cursor: string | null;
  now: Date;
}

/** What a list takes is wrong: the message says which part and what would be right. */
export class BadQueryError extends Error {
  override readonly name = 'BadQueryError';
  readonly code: 'BAD_QUERY' | 'BAD_CURSOR';
  /** The parameter that is wrong. */
  readonly parameter: string;

  constructor(parameter: string, message: string, code: 'BAD_QUERY' | 'BAD_CURSOR' = 'BAD_QUERY') {
    super(message);
    this.parameter = parameter;
    this.code = code;
  }
}

/** Days a list across all sites looks back where no `from` is given. */
export const DAYS_BACK = 31;
/** Cards one page looks at before it hands out a cursor, however few it found. */
const MOST_SCANNED = 1_000;
/** Cards asked for at once, beyond what the page still has room for. */
const AT_ONCE = 100;
const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** Longer ones are none of ours. Characters. */
const CURSOR_LENGTH = 8_000;

/** A page with what it took to find it. */
export interface ListedPage extends Page<ArticleCard> {
  /** Cards that were looked at, those that a filter left out too. */
  scanned: number;
}

/**
 * One page of the articles that a query asks for, newest first.
 *
 * A page may hold fewer than `limit`, none even, and still have a cursor: filters and empty days end a page after a
 * bounded amount of work.
 *
 * @throws BadQueryError
 */
export async function listArticles(
  lists: CardLists,
  query: ArticleQuery,
  { limit, cursor, now }: ArticleQueryOptions,
): Promise<ListedPage> {
  if (!(Number.isInteger(limit) && limit >= 1)) {
    throw new BadQueryError('limit', `A page holds at least one article, not ${limit}.`);
  }
  const place = cursor === null ? null : readCursor(cursor);
  const plan = planOf(lists, query, place?.days ?? lastDays(now), dayOf(now.getTime()));
  const hash = hashOf(plan.names);
  if (place !== null && place.hash !== hash) throw badCursor('one of another query');
  const items: ArticleCard[] = [];
  let scanned = 0;
  let inside = place?.inside ?? null;
  for (;;) {
    const room = limit - items.length;
    // Where a filter lets little through, a page of one card would else be asked for a card at a time.
    let page: Page<ArticleCard> = await plan.list({
      limit: Math.max(room, Math.min(scanned, AT_ONCE)),
      cursor: inside,
    });
    scanned += page.items.length;
    for (let kept = page.items.filter(plan.keeps); kept.length > room; kept = page.items.filter(plan.keeps)) {
      // Once more, and only as far as what fits, so that the next page goes on behind it.
      page = await plan.list({ limit: page.items.indexOf(kept[room - 1] as ArticleCard) + 1, cursor: inside });
    }
    items.push(...page.items.filter(plan.keeps));
    inside = page.cursor;
    // A page without a card has looked at a month without one, which is enough work for an answer.
    if (inside === null || items.length >= limit || scanned >= MOST_SCANNED || page.items.length === 0) break;
  }
  return { items, scanned, cursor: inside === null ? null : writeCursor({ hash, days: plan.days, inside }) };
}

/**
 * Whether a query makes sense, before anything is asked.
 *
 * @throws BadQueryError
 */
export function checkArticleQuery(query: ArticleQuery): void {
  const unasked = () => Promise.resolve({ items: [], cursor: null });
  planOf({ listBySite: unasked, listByFacet: unasked, listByDays: unasked }, query, { from: '', to: '' }, '');
}

/**
 * The day at which a list ends though the query names none, as lists across all sites do; null where it goes on to the
 * oldest article, or to the `from` it was given.
 *
 * @throws BadQueryError
 */
export function impliedFrom({ to, ...others }: ArticleQuery, now: Date): string | null {
  if (Object.values(others).some((given) => given !== undefined)) return null;
  return usualFrom(to === undefined ? '' : boundOf('to', to), lastDays(now));
}

/** Of a list that ends in the past the days before its end count, not those before today. */
function usualFrom(until: string, usual: DayRange): string {
  return until === '' || until.slice(0, 10) > usual.to
    ? usual.from
    : dayOf(Date.parse(until.slice(0, 10)) - (DAYS_BACK - 1) * DAY_MS);
}

/** Every article a query asks for, newest first, page by page. */
export async function* allArticles(
  lists: CardLists,
  query: ArticleQuery,
  { now, pageSize = 100 }: { now: Date; pageSize?: number },
): AsyncGenerator<ListedPage> {
  let cursor: string | null = null;
  do {
    const page: ListedPage = await listArticles(lists, query, { limit: pageSize, cursor, now });
    yield page;
    cursor = page.cursor;
  } while (cursor !== null);
}

interface Plan {
  /** Says what is listed, for the cursor. */
  names: readonly unknown[];
  /** The days that stand in for those nobody gave; null where all were given or none are needed. */
  days: DayRange | null;
  list(options: PageOptions): Promise<Page<ArticleCard>>;
  keeps(card: ArticleCard): boolean;
}

/** The days of a list that names none: articles may be dated up to a day ahead. */
function lastDays(now: Date): DayRange {
  return { from: dayOf(now.getTime() - (DAYS_BACK - 1) * DAY_MS), to: dayOf(now.getTime() + DAY_MS) };
}

const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** The query with its day as the bounds that it is short for. */
function withoutDay({ day, ...query }: ArticleQuery): ArticleQuery {
  const unknown = Object.entries(query).find(([name, value]) => value !== undefined && !PARAMETERS.includes(name));
  if (unknown) {
    throw new BadQueryError(unknown[0], `There is no filter "${shown(unknown[0])}"; give ${PARAMETERS.join(', ')}.`);
  }
  if (day === undefined) return query;
  if (query.from !== undefined || query.to !== undefined) {
    throw new BadQueryError('day', 'Give a day, or from and to, not both.');
  }
  if (boundOf('day', day).length > DAY_LENGTH) {
    throw new BadQueryError('day', `"${shown(day)}" is no day; write it as 2026-03-31.`);
  }
  return { ...query, from: day, to: day };
}

function planOf(lists: CardLists, given: ArticleQuery, usual: DayRange, today: string): Plan {
  const query = withoutDay(given);
  const site = query.site === undefined ? null : siteNamed(query.site);
  const language = query.language === undefined ? null : languageNamed(query.language);
  const facets = (['tag', 'author', 'section'] as const).flatMap((kind) => {
    const value = query[kind];
    return value === undefined ? [] : [{ kind, name: facetName(kind, slugOf(kind, value)) }];
  });
  const [facet, second] = facets;
  if (second !== undefined) {
    throw new BadQueryError(second.kind, 'Give one of tag, author and section; site and language narrow any of them.');
  }
  const bounds: Bounds = {
    ...(query.from !== undefined && { since: boundOf('from', query.from) }),
    ...(query.to !== undefined && { until: boundOf('to', query.to) }),
  };
  const { since = '', until = '' } = bounds;
  if (until !== '' && since > `${until}~`) {
    throw new BadQueryError('from', `from (${query.from}) is after to (${query.to}); swap them.`);
  }
  const isByFacet = facet !== undefined || (site === null && language !== null);
  const keeps = (card: ArticleCard) =>
    // The list of a site has no others, and a card no room for the longest domains.
    (site === null || !isByFacet || card.site === site) &&
    (language === null || card.language?.toLowerCase().split('-', 1)[0] === language) &&
    card.sortAt >= since &&
    card.sortAt <= `${until}~`;
  const names = [facet?.name ?? null, site, language, since, until];

  const listed = facet?.name ?? (site === null && language !== null ? facetName('language', language) : null);
  if (listed !== null) {
    return { names, days: null, keeps, list: (options) => lists.listByFacet(listed, { ...options, ...bounds }) };
  }
  if (site !== null) {
    return { names, days: null, keeps, list: (options) => lists.listBySite(site, { ...options, ...bounds }) };
  }
  const to = until === '' ? usual.to : until.slice(0, 10);
  const from = since !== '' ? since.slice(0, 10) : usualFrom(until, usual);
  return { names, days: usual, keeps, list: (options) => lists.listByDays({ from, to }, { ...options, today }) };
}

/**
 * The registrable domain a person means by a host or an address: what the index of sites is by.
 *
 * @throws BadQueryError where it is none
 */
export function siteNamed(name: string): string {
  const site = siteOf(/^https?:\/\//i.test(name) ? name : `https://${name}/`);
  if (site === null) {
    throw new BadQueryError('site', `"${shown(name)}" is no site; name one by its domain, such as example.org.`);
  }
  return site;
}

function slugOf(kind: string, value: string): string {
  const made = slug(value);
  if (made === '') {
    throw new BadQueryError(kind, `"${shown(value)}" holds no letter and no digit; name the ${kind} or its slug.`);
  }
  return made;
}

/**
 * The language that a code is listed under, without its region.
 *
 * @throws BadQueryError where it is none
 */
export function languageNamed(value: string): string {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/.test(value)) {
    throw new BadQueryError('language', `"${shown(value)}" is no language; give its BCP 47 code, such as en or pt-BR.`);
  }
  return value.toLowerCase().split('-', 1)[0] as string;
}

/** From the year 1 on: a month before the year 0 has no four digits. */
const BOUND = /^((?!0000)\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?Z?)?$/;

/** To the second and without a zone: what is left is a prefix of every instant of that day or second. */
function boundOf(parameter: string, value: string): string {
  const [, day, time] = BOUND.exec(value) ?? [];
  const whole = day === undefined ? null : new Date(`${day}T${time ?? '00:00'}Z`);
  // Dates that do not exist, such as 30 February, would silently become others.
  if (!whole || Number.isNaN(whole.getTime()) || whole.toISOString().slice(0, 10) !== day) {
    throw new BadQueryError(
      parameter,
      `"${shown(value)}" is no day and no instant in UTC; write it as 2026-03-31 or 2026-03-31T18:00:00Z.`,
    );
  }
  return time === undefined ? day : `${day}T${time}`;
}

const shown = (value: string) => value.slice(0, 60);

/** Where a list goes on. */
interface Place {
  hash: string;
  days: DayRange | null;
  /** Cursor of the list that the plan reads. */
  inside: string;
}

function hashOf(names: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url').slice(0, 10);
}

function writeCursor({ hash, days, inside }: Place): string {
  return Buffer.from(JSON.stringify([hash, days?.from ?? null, days?.to ?? null, inside])).toString('base64url');
}

const badCursor = (why: string) =>
  new BadQueryError('cursor', `The cursor is ${why}; leave it out to start at the first page.`, 'BAD_CURSOR');

function readCursor(cursor: string): Place {
  let value: unknown = null;
  try {
    if (cursor.length <= CURSOR_LENGTH) value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // None of ours, as are those that are too long.
  }
  const [hash, from, to, inside] = Array.isArray(value) ? (value as unknown[]) : [];
  const isDay = (day: unknown): day is string => typeof day === 'string' && DAY.test(day);
  if (typeof hash !== 'string' || typeof inside !== 'string') throw badCursor('none that a list gave out');
  if (from === null && to === null) return { hash, days: null, inside };
  // Those of a made-up cursor may be years apart, which costs no more than years of empty days do.
  if (!isDay(from) || !isDay(to)) throw badCursor('none that a list gave out');
  return { hash, days: { from, to }, inside };
}

const DAY = /^[0-2]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
