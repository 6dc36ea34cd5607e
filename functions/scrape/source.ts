/** A feed, site map or page that is watched: what the user said of it and what became of that. */
import { z } from 'zod';
import { LISTING_KINDS } from './listing.ts';

const instant = z.iso.datetime();

/** What the user decides. */
export const SourceSettingsSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,99}$/)
    .describe('name for people and commands; records carry it as sourceId'),
  url: z.url(),
  section: z.string().max(200).nullable().describe('label given to records whose page names no section'),
  everySeconds: z.int().min(60).nullable().describe('fixed interval; null adapts to the source'),
  maxPerRun: z.int().min(1).max(10_000).describe('new articles taken per reading; the rest wait for the next'),
  since: instant.nullable().describe('articles that the listing dates before this are passed over'),
  recheckDays: z.int().min(0).max(30).describe('days for which an article is fetched again, ever more seldom; 0 never'),
  obeyOptOuts: z.boolean().describe('whether pages that ask AI or text and data mining to stay away are left alone'),
});

export const SOURCE_STATES = ['active', 'paused', 'retired'] as const;

export const SourceSchema = SourceSettingsSchema.extend({
  kind: z.enum(LISTING_KINDS).nullable().describe('null until first read'),
  title: z.string().nullable(),
  state: z.enum(SOURCE_STATES),
  stateReason: z.string().nullable().describe('one sentence: why it is paused or retired'),
  addedAt: instant,
  dueAt: instant.describe('next reading'),
  leaseUntil: instant.nullable().describe('while this lies ahead a reading is under way'),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  bodyHash: z
    .string()
    .nullable()
    .describe('SHA-256 of what was read last: unchanged content under a changing validator'),
  readAt: instant.nullable().describe('last answer, 304 included'),
  succeededAt: instant.nullable().describe('last answer that could be used, 304 included'),
  newestAt: instant.nullable().describe('when the last new article was seen'),
  intervalSeconds: z.int().describe('pause until the next reading, as adapted'),
  /** Exponentially weighted, of the times between new articles. */
  rhythmSeconds: z.number().nullable(),
  failures: z.int().min(0).describe('in a row'),
  failingSince: instant.nullable(),
  problem: z.string().nullable().describe('the last failure in words; null while all is well'),
  articles: z.int().min(0).describe('new articles found so far'),
  newByDay: z.record(z.string(), z.int()).describe('new articles by day (YYYY-MM-DD), the last 14 days'),
  /** Number of the write: a save stands only on the one it was made from. */
  revision: z.int().min(0),
});

export type SourceSettings = z.infer<typeof SourceSettingsSchema>;
export type Source = z.infer<typeof SourceSchema>;
export type SourceState = (typeof SOURCE_STATES)[number];
