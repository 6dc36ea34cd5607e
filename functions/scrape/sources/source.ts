/** A feed, site map or page that is watched: what the user said of it and what became of that. */
import { z } from 'zod';
import { SECTION_LENGTH, SOURCE_ID } from '../../names.ts';
import { LISTING_KINDS, type ListingKind } from '../listing.ts';
import { CREDENTIALS_REFUSED, hasCredentials } from './watched-address.ts';

const instant = z.iso.datetime();

/** What the user decides. */
export const SourceSettingsSchema = z.object({
  id: z.string().regex(SOURCE_ID).describe('name for people and commands; records carry it as sourceId'),
  url: z
    .url({ protocol: /^https?$/, error: 'It must be an http or https address.' })
    .max(2000)
    .refine((url) => !hasCredentials(url), CREDENTIALS_REFUSED),
  section: z.string().max(SECTION_LENGTH).nullable().describe('label given to records whose page names no section'),
  everySeconds: z.int().min(60).max(2_592_000).nullable().describe('fixed interval; null adapts to the source'),
  maxPerRun: z.int().min(1).max(10_000).describe('new articles taken per reading; the rest wait for the next'),
  since: instant.nullable().describe('articles that the listing dates before this are passed over'),
  recheckDays: z.int().min(0).max(30).describe('days for which an article is fetched again, ever more seldom; 0 never'),
  obeyOptOuts: z.boolean().describe('whether pages that ask AI or text and data mining to stay away are left alone'),
  silentAfter: z
    .int()
    .min(2)
    .max(1000)
    .describe('times its usual interval without a new article after which it counts as silent'),
});

/** Settings that need not be given. */
export const DEFAULT_SETTINGS = {
  section: null,
  everySeconds: null,
  maxPerRun: 500,
  since: null,
  recheckDays: 3,
  obeyOptOuts: false,
  silentAfter: 10,
} as const satisfies Omit<SourceSettings, 'id' | 'url'>;

export const SOURCE_STATES = ['active', 'paused', 'retired'] as const;

export const SourceSchema = SourceSettingsSchema.extend({
  silentAfter: SourceSettingsSchema.shape.silentAfter.default(DEFAULT_SETTINGS.silentAfter),
  kind: z.enum(LISTING_KINDS).nullable().describe('null until first read'),
  otherKind: z
    .enum(LISTING_KINDS)
    .nullable()
    .default(null)
    .describe('what was found last, where that is of another sort'),
  title: z.string().nullable(),
  movedFrom: z
    .string()
    .nullable()
    .describe('address it was given, where permanent redirects have led it on since, or a page to its feed'),
  state: z.enum(SOURCE_STATES),
  stateReason: z.string().nullable().describe('one sentence: why it is paused or retired'),
  pausedAt: instant.nullable().default(null),
  twin: z
    .object({ id: z.string(), url: z.string() })
    .nullable()
    .default(null)
    .describe('the source for which it is paused, since it leads to the address that this one watches'),
  addedAt: instant,
  settledAt: instant
    .nullable()
    .default(null)
    .describe(
      'when it was last given another address or filter: what is read by the former ones is none of its any more',
    ),
  resumedAt: instant.nullable().default(null).describe('when it was last watched again after a pause'),
  declared: z.boolean().describe('whether a file of the project declares it, and its settings follow that file'),
  dueAt: instant.describe('next reading'),
  leaseUntil: instant.nullable().describe('while this lies ahead a reading is under way'),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  bodyHash: z
    .string()
    .nullable()
    .describe('SHA-256 of what was read last: unchanged content under a changing validator'),
  fullReadAt: instant.nullable().describe('last answer with a body: a server may say 304 for ever'),
  readAt: instant.nullable().describe('last answer, 304 included'),
  succeededAt: instant.nullable().describe('last answer that could be used, 304 included'),
  intervalSeconds: z.int().describe('pause until the next reading, as adapted'),
  stated: z
    .object({
      intervalSeconds: z.int().nullable().describe('shortest pause, by ttl and sy:updatePeriod'),
      skipHours: z.array(z.int()).describe('hours of the day in UTC'),
      skipDays: z.array(z.int()).describe('days of the week, 0 being Sunday'),
    })
    .describe('how often the listing asks to be read'),
  newestAt: instant.nullable().describe('when the last new article was seen'),
  arrivals: z.int().min(0).describe('times at which new articles were seen'),
  rhythmSeconds: z.number().nullable().describe('usual time between arrivals, weighted towards the last ones'),
  gapsByDay: z
    .array(z.number())
    .default([])
    .describe('the longest time before an arrival on each of the last thirty days that had one, newest first; seconds'),
  firstShare: z
    .number()
    .default(1)
    .describe(
      'share of the last arrivals in which it was the first source to name an article, weighted towards the latest',
    ),
  fillsInSeconds: z
    .number()
    .nullable()
    .default(null)
    .describe('time in which the listing last filled with articles: read more seldom, it would forget some'),
  lastArrival: z
    .object({
      at: instant,
      standing: z.int().min(0).describe('articles of it that have not turned out to be known ones'),
      before: z.object({
        newestAt: instant.nullable(),
        arrivals: z.int().min(0),
        rhythmSeconds: z.number().nullable(),
        gapsByDay: z.array(z.number()).default([]),
        firstShare: z.number().default(1),
        fillsInSeconds: z.number().nullable(),
      }),
    })
    .nullable()
    .default(null)
    .describe('what the last arrival has taught of its rhythm, to be forgotten should nothing of it be new'),
  failures: z.int().min(0).describe('in a row'),
  failingSince: instant.nullable(),
  problem: z.string().nullable().describe('the last failure in words; null while all is well'),
  warnings: z.array(z.string()).describe('what was wrong with the last listing and read past'),
  remaining: z
    .int()
    .min(0)
    .describe('new articles that the last listing named beyond maxPerRun, or site maps that are still to be read'),
  articles: z.int().min(0).describe('articles that came so far, or are on their way'),
  newByDay: z.record(z.string(), z.int().min(0)).describe('the same by day (YYYY-MM-DD), the last 14 days'),
  openClaims: z
    .record(z.string(), z.int().min(0))
    .default({})
    .describe('readings, by when they claimed articles, that have not counted those; how many were counted one by one'),
  lostPages: z.int().min(0).describe('pages that could not be had'),
  lastLostPage: z.object({ at: instant, url: z.string(), problem: z.string() }).nullable(),
  pageFailures: z
    .object({
      count: z.int().min(1).describe('up to 20'),
      problem: z.string().describe('of the last'),
      since: instant.nullable().default(null),
      arrivals: z
        .int()
        .min(0)
        .default(0)
        .describe('readings hours apart that found these pages, as many as make it failing at most'),
      foundAt: instant.nullable().default(null).describe('the last of those'),
      reachedAt: instant.nullable().default(null).describe('when they were as many'),
    })
    .nullable()
    .default(null)
    .describe('fetches of new pages that failed in a row; null since the last that did not'),
  askedAt: instant.nullable().default(null).describe('when someone asked for it to be read, whatever its interval'),
  children: z
    .record(
      z.string(),
      z.object({
        index: z.string().default('').describe('hash of the index that names it; empty where the source leads to it'),
        goneAt: instant.nullable().default(null).describe('since when that names it no more'),
        modifiedAt: instant.nullable(),
        readAt: instant,
        failure: z
          .object({ count: z.int().min(0), problem: z.string(), retryAt: instant })
          .nullable()
          .default(null)
          .describe('why it could not be read; a count of 0 where that is nobody’s failure'),
        etag: z.string().nullable(),
        lastModified: z.string().nullable(),
        fullReadAt: instant.nullable().default(null).describe('last answer with a body, as of a source'),
        isIndex: z.boolean().default(false).describe('whether it names site maps itself'),
        isBacklog: z
          .boolean()
          .default(false)
          .describe('whether it was there before the source was watched, and has not been read to its end since'),
        vain: z.int().min(0).default(0).describe('times of change in a row of which nothing new came'),
      }),
    )
    .describe('site maps of an index that were read, by hash of their address; the latest few hundred'),
  childTurns: z
    .record(
      z.string(),
      z.object({
        after: z.string().describe('hash of the one that was read last'),
        at: instant.describe('until when their turns were taken'),
        left: z.int().min(0).describe('how many there are'),
      }),
    )
    .default({})
    .describe('site maps beyond those few hundred, which are read in turn, by hash of the index that names them'),
  childWarnings: z
    .record(z.string(), z.object({ at: instant, words: z.string() }))
    .default({})
    .describe('what was wrong with site maps of an index and read past, by hash of their address; a few'),
  /** Number of the write: a save stands only on the one it was made from. */
  revision: z.int().min(0),
});

export type SourceSettings = z.infer<typeof SourceSettingsSchema>;
export type Source = z.infer<typeof SourceSchema>;
export type SourceState = (typeof SOURCE_STATES)[number];

/** Pause after a first reading that told nothing of the source's rhythm; seconds. */
const FIRST_INTERVAL = 20 * 60;

/** A source as it is when it is added: due at once. */
export function newSource(settings: SourceSettings, now: Date, kind: ListingKind | null = null): Source {
  const at = now.toISOString();
  return {
    ...settings,
    kind,
    otherKind: null,
    title: null,
    movedFrom: null,
    state: 'active',
    stateReason: null,
    pausedAt: null,
    twin: null,
    addedAt: at,
    settledAt: null,
    resumedAt: null,
    declared: false,
    dueAt: at,
    leaseUntil: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    fullReadAt: null,
    readAt: null,
    succeededAt: null,
    intervalSeconds: settings.everySeconds ?? FIRST_INTERVAL,
    stated: { intervalSeconds: null, skipHours: [], skipDays: [] },
    newestAt: null,
    arrivals: 0,
    rhythmSeconds: null,
    gapsByDay: [],
    firstShare: 1,
    fillsInSeconds: null,
    lastArrival: null,
    failures: 0,
    failingSince: null,
    problem: null,
    warnings: [],
    remaining: 0,
    articles: 0,
    newByDay: {},
    openClaims: {},
    lostPages: 0,
    lastLostPage: null,
    pageFailures: null,
    askedAt: null,
    children: {},
    childTurns: {},
    childWarnings: {},
    revision: 0,
  };
}

/** Why a source is paused that is no longer declared: nothing is lost should the file have been cut by mistake. */
export const NO_LONGER_DECLARED = 'It is no longer declared in the file of sources; declare it again, or remove it.';

/** How the reason begins why a source is paused that failed for a week. */
export const GIVEN_UP = 'It has failed since';

/** Whether a source is paused because it failed for a week. */
export function isGivenUp({ stateReason }: Pick<Source, 'stateReason'>): boolean {
  return stateReason?.startsWith(GIVEN_UP) === true;
}

/** A source that its site has led to what another one watches: paused, since one of the two is enough. */
export function pausedForTwin(source: Source, url: string, twin: Pick<Source, 'id'>, now: Date): Source {
  const reason = `It leads to ${url}, which is watched as ${twin.id}: remove one of the two.`;
  return { ...paused(source, reason, now), twin: { id: twin.id, url } };
}

/** A source that is read no more until it is resumed. @param reason one sentence */
export function paused(source: Source, reason: string, now: Date): Source {
  const pausedAt = source.state === 'paused' ? source.pausedAt : now.toISOString();
  return { ...source, state: 'paused', stateReason: reason, pausedAt, twin: null, leaseUntil: null };
}

/** A paused or retired source, watched again from now on: whatever failed before is forgiven. */
export function resumed(source: Source, now: Date): Source {
  const resumedAt = source.state === 'active' ? source.resumedAt : now.toISOString();
  const forgiven = { stateReason: null, pausedAt: null, twin: null, failures: 0, failingSince: null, problem: null };
  return { ...dueNow(source, now), ...forgiven, state: 'active', resumedAt };
}

/** To be read at the next minute whatever its interval, and read whole: someone asked for it. */
export function dueNow(source: Source, now: Date): Source {
  const at = now.toISOString();
  // Someone who asks for it where it is of another sort now means it as it is.
  const kind = source.otherKind === null ? source.kind : null;
  const anew = { leaseUntil: null, etag: null, lastModified: null, bodyHash: null };
  return { ...source, ...anew, kind, otherKind: null, dueAt: at, askedAt: at };
}

/** Whether someone has asked for it since then, if only by adding it. */
export function isAskedSince({ askedAt, addedAt }: Pick<Source, 'askedAt' | 'addedAt'>, then: string | null): boolean {
  return then === null || then < (askedAt ?? addedAt);
}

/** Whether what put it to rest says nothing of another address: its site ended it, it failed for a week, or leads to its twin. */
function isAtRestForItsAddress(source: Source): boolean {
  return source.state === 'retired' || source.twin !== null || isGivenUp(source);
}

/** Other settings from the user: another address or filter makes what was read before worthless, and what was left alone may come. */
export function resettled(source: Source, settings: SourceSettings, now: Date): Source {
  const isMoreOpen = source.obeyOptOuts && !settings.obeyOptOuts;
  if (settings.url === source.url && settings.since === source.since && !isMoreOpen) {
    if (source.otherKind !== null) return { ...dueNow(source, now), ...settings };
    // Its next reading was planned by the old pace.
    const isPaced = settings.everySeconds !== source.everySeconds;
    return { ...source, ...settings, ...(isPaced && { dueAt: now.toISOString() }) };
  }
  const moved = settings.url !== source.url;
  return {
    ...(moved && isAtRestForItsAddress(source) ? resumed(source, now) : dueNow(source, now)),
    ...settings,
    settledAt: now.toISOString(),
    children: {},
    childTurns: {},
    childWarnings: {},
    ...(moved && { kind: null, title: null, movedFrom: null, problem: null, failures: 0, failingSince: null }),
  };
}
