import { DAY_MS } from '../../functions/article/durations.ts';
import type { ListingKind } from '../../functions/scrape/listing.ts';
import { type Health, healthOf, MOST_FAILURES_COUNTED, silenceLimit } from '../../functions/scrape/sources/health.ts';
import { DEFAULT_SETTINGS, type Source } from '../../functions/scrape/sources/source.ts';
import { warningsOf } from '../../functions/scrape/sources/warnings.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { relativeTime, span } from './relative-time.ts';
import { sparkline } from './sparkline.ts';
import { type Style, styleFor } from './style.ts';
import { renderTable } from './table.ts';

const COLOURS = {
  well: 'green',
  new: 'cyan',
  silent: 'yellow',
  refused: 'yellow',
  failing: 'red',
  paused: 'dim',
  retired: 'dim',
} as const satisfies Record<Health, string>;

const isHealth = (text: string): text is Health => Object.hasOwn(COLOURS, text);
const coloured = (style: Style, health: Health) => style(COLOURS[health], health);

export const KINDS = {
  rss: 'RSS feed',
  atom: 'Atom feed',
  rdf: 'RSS 1.0 feed',
  'json-feed': 'JSON Feed',
  sitemap: 'site map',
  'news-sitemap': 'news site map',
  'sitemap-index': 'index of site maps',
  robots: 'robots.txt that names site maps',
  section: 'page with links to articles',
} as const satisfies Record<ListingKind, string>;

/** Days that a source keeps count of. */
const DAYS = 14;

/** New articles of each of the last days, the oldest first. */
function newByDay({ newByDay }: Source, now: Date): number[] {
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return newByDay[day] ?? 0;
  });
}

/** Pages in a row that fail before that is worth a word: single ones are tried again. */
const MANY_FAILURES = 3;

function failuresOf({ count }: NonNullable<Source['pageFailures']>): string {
  return count >= MOST_FAILURES_COUNTED ? `${MOST_FAILURES_COUNTED} or more` : String(count);
}

/** What a person should know of it: what is wrong, or why nothing happens. */
function remark(source: Source, now: Date): string {
  if (source.stateReason !== null) return source.stateReason;
  if (source.problem !== null) return source.problem;
  if (healthOf(source, now) === 'silent') return silenceText(source, now);
  const { pageFailures } = source;
  if (pageFailures && pageFailures.count >= MANY_FAILURES) {
    return `The last ${failuresOf(pageFailures)} fetches of new pages failed: ${pageFailures.problem}`;
  }
  if (source.lastLostPage !== null && now.getTime() - Date.parse(source.lastLostPage.at) < DAY_MS) {
    const { lostPages, lastLostPage } = source;
    return lostPages > 1
      ? `${lostPages} pages could not be had, the last one: ${lastLostPage.problem}`
      : `A page could not be had: ${lastLostPage.problem}`;
  }
  return warningsOf(source)[0] ?? '';
}

function silenceText({ newestAt, addedAt, rhythmSeconds }: Source, now: Date): string {
  const long = relativeTime(newestAt ?? addedAt, now).replace(/^(.*) ago$/, 'for $1');
  const usual = rhythmSeconds === null ? '' : `; usual is every ${span(rhythmSeconds)}`;
  return newestAt === null ? `No article ${long}, since it was added.` : `No new article ${long}${usual}.`;
}

/**
 * Sources as a table: how they are, when they are read, what came of it. In words what is wrong stands below each, whole: a
 * column would cut it before it says anything, for it names addresses.
 */
export function renderSources(sources: readonly Source[], now: Date, out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  return renderTable(
    [
      { heading: 'name', flexible: true, least: 16 },
      { heading: 'health' },
      { heading: 'succeeded' },
      { heading: 'next' },
      { heading: `new, ${DAYS} days` },
    ],
    sources.map((source) => {
      const counts = newByDay(source, now);
      return [
        source.id,
        healthOf(source, now),
        source.succeededAt === null ? 'never' : relativeTime(source.succeededAt, now),
        nextOf(source, now),
        `${sparkline(counts)} ${counts.reduce((sum, count) => sum + count, 0)}`,
      ];
    }),
    out,
    env,
    (cell, column) => (column === 1 && isHealth(cell) ? coloured(style, cell) : cell),
    sources.map((source) => remark(source, now)),
  );
}

function nextOf({ state, dueAt, leaseUntil }: Source, now: Date): string {
  if (state !== 'active') return '';
  const instant = now.toISOString();
  if (dueAt > instant) return relativeTime(dueAt, now);
  return leaseUntil !== null && leaseUntil > instant ? 'under way' : 'due';
}

/** Everything a person may want to know of one source. */
export function renderSource(source: Source, now: Date, out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  const health = healthOf(source, now);
  const at = (instant: string | null) =>
    instant === null ? 'never' : `${relativeTime(instant, now)} (${instant.slice(0, 16).replace('T', ' ')} UTC)`;
  const what = source.kind === null ? 'not read yet' : KINDS[source.kind];
  const counts = newByDay(source, now);
  const every =
    source.everySeconds === null
      ? `every ${span(source.intervalSeconds)} now, by its own rhythm${source.rhythmSeconds === null ? '' : `: something new every ${span(source.rhythmSeconds)} usually`}`
      : `every ${span(source.everySeconds)}, as was asked for`;
  const rows: (readonly [string, string | null])[] = [
    ['address', source.url],
    ['moved from', source.movedFrom],
    ['is', source.title === null ? what : `${what}, “${source.title}”`],
    [source.state, source.stateReason],
    ['problem', source.problem],
    ['failing since', source.failingSince && `${at(source.failingSince)}, ${source.failures} times in a row`],
    ['last success', at(source.succeededAt)],
    ['next reading', nextOf(source, now) || null],
    ['is read', every],
    ['last new', source.newestAt && at(source.newestAt)],
    ['silent after', `${span(silenceLimit(source))} without a new article`],
    ['new articles', `${source.articles} so far; in the last ${DAYS} days ${sparkline(counts)} ${counts.join(' ')}`],
    [
      'still to come',
      source.remaining === 0 ? null : `${source.remaining} new ones, or site maps, that the last reading left`,
    ],
    ['lost pages', lostPages(source)],
    [
      'pages fail',
      source.pageFailures && `${failuresOf(source.pageFailures)} in a row: ${source.pageFailures.problem}`,
    ],
    ['settings', settingsText(source)],
    ...warningsOf(source).map((warning) => ['read past', warning] as const),
  ];
  const shown = rows.flatMap(([name, text]) => (text === null ? [] : [[name, printableLine(text)] as const]));
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, text]) => `  ${style('dim', name.padEnd(width))}  ${text}\n`);
  return `${style('bold', source.id)}  ${coloured(style, health)}\n${lines.join('')}`;
}

function lostPages({ lostPages, lastLostPage }: Source): string | null {
  if (lostPages === 0) return null;
  const last = lastLostPage === null ? '' : `; the last one: ${lastLostPage.problem}`;
  return `${lostPages} could not be had${last}`;
}

function settingsText(source: Source): string {
  const { section, maxPerRun, since, recheckDays, obeyOptOuts, declared } = source;
  return [
    ...(section === null ? [] : [`section ${section}`]),
    ...(maxPerRun === DEFAULT_SETTINGS.maxPerRun ? [] : [`at most ${maxPerRun} new articles a reading`]),
    ...(since === null ? [] : [`articles since ${since.slice(0, 10)}`]),
    recheckDays === 0 ? 'articles are not fetched again' : `articles are fetched again for ${recheckDays} days`,
    obeyOptOuts ? 'opt-outs are obeyed' : 'opt-outs are recorded',
    ...(declared ? ['declared in the file of sources'] : []),
  ].join(', ');
}
