/** What became of the simulated week: findings to assert, and a table to read. */
import { healthOf } from '../../../functions/scrape/sources/health.ts';
import type { Source } from '../../../functions/scrape/sources/source.ts';
import { idealReadings, type Readings } from './ideal.ts';
import { sourceId, type Week } from './simulate.ts';
import { type Article, articleOf, HOUR, MINUTE, type Site, START } from './site.ts';
import type { Cast } from './tempers.ts';

/** An article is looked for once even a source at the longest pause, met by failures, must have been read. */
const GRACE = 14 * HOUR;
/** A polling reader as most are: every quarter of an hour, whatever happens. */
const FIXED = 15 * MINUTE;

export interface SiteResult {
  site: Site;
  /** Articles that are to be there, and those of them that are missing. */
  due: number;
  missing: string[];
  /** Copies that should not be: an article under two keys, or one version twice. */
  twice: string[];
  /** Pages that cannot be had, and of which nothing is said. */
  unexplained: string[];
  /** Least virtual milliseconds from the end of a request to the next one. */
  leastGap: number;
  /** Median and mean milliseconds from an article's publication to its copy. */
  delay: number | null;
  meanDelay: number | null;
}

export interface SourceResult {
  source: Source;
  site: Site;
  readings: Readings;
  ideal: Readings | null;
  /** Readings in vain of a reader that asks every quarter of an hour. */
  fixedVain: number;
  health: string;
  /** What was said of it in the time that fits its temper; null where nothing of the kind was. */
  said: string | null;
}

export function siteResult(site: Site, week: Week): SiteResult {
  const keys = new Map<string, Set<string>>();
  const versions = new Map<string, string[]>();
  const arrived = new Map<string, number>();
  for (const [key, copies] of week.copies) {
    for (const { body, hints, fetchedAt } of copies) {
      const found = articleOf(body);
      if (!found?.name.startsWith(`${site.host}/`)) continue;
      keys.set(found.name, (keys.get(found.name) ?? new Set()).add(key));
      versions.set(found.name, [...(versions.get(found.name) ?? []), `${found.version} ${hints}`]);
      if (!arrived.has(found.name)) arrived.set(found.name, fetchedAt.getTime());
    }
  }
  const first = firstListed(site) ?? 0;
  const appeared = site.articles.filter(({ at }) => at <= week.end - GRACE && at >= first);
  const due = appeared.filter((article) => site.canBeHad(article));
  const twice = [...keys].filter(([name, of]) => of.size > 1 || hasRepeats(versions.get(name) ?? []));
  const delays = due
    .filter(({ at, name }) => at > START && arrived.has(name))
    .map(({ at, name }) => (arrived.get(name) as number) - at);
  return {
    site,
    due: due.length,
    missing: due.filter(({ name }) => !keys.has(name)).map(({ name }) => name),
    twice: twice.map(([name]) => name),
    unexplained: appeared
      .filter((article) => !site.canBeHad(article) && !isExplained(article, week))
      .map(({ name }) => name),
    leastGap: leastGap(site, week),
    delay: median(delays),
    meanDelay: delays.length === 0 ? null : delays.reduce((a, b) => a + b, 0) / delays.length,
  };
}

/** The oldest article that the listing still showed at the beginning. */
function firstListed({ articles, window }: Site): number | null {
  const before = articles.filter(({ at }) => at <= START).sort((a, b) => b.at - a.at);
  return before[Math.min(window, before.length) - 1]?.at ?? null;
}

/** A version may come again with something else that is said of it. */
const hasRepeats = (versions: readonly string[]) => new Set(versions).size < versions.length;

function isExplained({ path, name }: Article, { pages }: Week): boolean {
  const host = name.split('/', 1)[0];
  return [...pages.values()].some(
    ({ url, problem }) => url.endsWith(path) && new URL(url).hostname === host && problem !== null,
  );
}

function leastGap({ host }: Site, { visits }: Week): number {
  const own = visits.filter((visit) => visit.host === host);
  const gaps = own.slice(1).map(({ at }, i) => at - (own[i]?.endedAt ?? Number.POSITIVE_INFINITY));
  return Math.min(Number.POSITIVE_INFINITY, ...gaps);
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

/** @param fresh the same site as nobody has asked it yet */
export function sourceResults({ site, says }: Cast, fresh: Site, week: Week): SourceResult[] {
  const ideals = site.steady && site.sources.length > 0 ? idealReadings(fresh, week.end) : null;
  return site.sources.map(({ path }) => {
    const id = sourceId(site.host, path);
    const source = week.sources.find((one) => one.id === id) as Source;
    // Answers that redirect are a hop of a reading, and no reading.
    const answers = week.visits.filter(
      (visit) =>
        path === visit.path && visit.host === site.host && visit.status !== null && !REDIRECTS.has(visit.status),
    ).length;
    const all = answers > 0 ? answers + redirectedReadings(site, path, week) : redirectedReadings(site, path, week);
    const found = [...(week.said.get(id) ?? [])].find((words) => says?.test(words));
    return {
      source,
      site,
      readings: { all, vain: Math.max(all - Math.max(week.productive.get(id) ?? 0, 1), 0) },
      ideal: ideals?.get(id) ?? null,
      fixedVain: fixedVain(site, week, FIXED),
      health: healthOf(source, new Date(week.end)),
      said: found ?? null,
    };
  });
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Answers at the end of a source's redirects, on its own host or another. */
function redirectedReadings(site: Site, path: string, { visits }: Week): number {
  const end = site.redirectsTo;
  if (end === null || (path === end.path && site.host === end.host)) return 0;
  return visits.filter((visit) => visit.host === end.host && visit.path === end.path).length;
}

/**
 * Readings in vain at a fixed pace that has articles wait as long in the mean: half of the pace, by one who asks for no
 * page after the other. It knows nothing of the rule of polling, and so is what that can be held to from outside.
 */
export function vainAtSameWait(site: Site, week: Week, { meanDelay }: SiteResult): number | null {
  return meanDelay === null ? null : fixedVain(site, week, Math.max(2 * meanDelay, MINUTE));
}

function fixedVain(site: Site, { end }: Week, pace: number): number {
  const slots = Math.floor((end - START) / pace);
  const busy = new Set(
    site.articles.filter(({ at }) => at > START && at < end).map(({ at }) => Math.floor((at - START) / pace)),
  );
  return Math.max(slots - busy.size, 0);
}

export function table(sites: readonly SiteResult[], sources: readonly SourceResult[]): string {
  const rows = sources.map(({ source, site, readings, ideal, fixedVain, health, said }) => {
    const result = sites.find((one) => one.site === site) as SiteResult;
    return [
      source.id,
      site.temper,
      `${result.due - result.missing.length}/${result.due}`,
      result.delay === null ? '' : minutes(result.delay),
      String(readings.all),
      String(readings.vain),
      ideal === null ? '' : String(ideal.vain),
      String(fixedVain),
      health,
      (said ?? source.problem ?? source.stateReason ?? '').replace(/http:\/\/[^/]*/g, '').slice(0, 90),
    ];
  });
  const head = [
    'source',
    'temper',
    'articles',
    'median wait',
    'read',
    'in vain',
    'ideal',
    'at 15 min',
    'health',
    'said',
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function minutes(ms: number): string {
  return ms < HOUR ? `${Math.round(ms / MINUTE)} min` : `${(ms / HOUR).toFixed(1)} h`;
}
