/**
 * What is said of an article outside its own page: by the feed that listed it and by the HTTP answer that carried it.
 *
 * It travels with the raw copy as a JSON document of its own and is used where the page is silent.
 */
import { z } from 'zod';

const instant = z.iso.datetime();

export const FeedHintsSchema = z.object({
  title: z.string().nullable(),
  /** Names as the feed gives them, not split: "Ann Lee and Bo Ek" may be one. Mail addresses are left out. */
  authors: z.array(z.string()),
  /** Only where the feed states a whole day up to a day after it was read; never the time of a change. */
  publishedAt: instant.nullable(),
  /** The date as the feed wrote it. */
  publishedRaw: z.string().nullable(),
  modifiedAt: instant.nullable(),
  categories: z.array(z.string()),
  /** Plain text. */
  summary: z.string().nullable(),
  /** The article's HTML where the feed carries it whole (`content:encoded`, Atom `content`, JSON Feed `content_html`). */
  content: z.string().nullable(),
  language: z.string().nullable(),
  image: z.string().nullable(),
});

export const AnswerHintsSchema = z.object({
  /** `X-Robots-Tag`, the directives that are for everyone or for us. */
  robots: z.array(z.string()),
  /** Rights to text and data mining reserved, by header or `/.well-known/tdmrep.json` (TDMRep). */
  tdmReserved: z.boolean().nullable(),
  tdmPolicy: z.string().nullable(),
});

/** What stands beside a raw copy that was fetched. */
export const CopyHintsSchema = z.object({
  feed: FeedHintsSchema.nullable(),
  /** Address of the feed or site map. */
  feedUrl: z.string().nullable(),
  /** Label that the user gave the source, for pages that name no section. */
  section: z.string().nullable(),
  answer: AnswerHintsSchema.nullable(),
});

export type FeedHints = z.infer<typeof FeedHintsSchema>;
export type AnswerHints = z.infer<typeof AnswerHintsSchema>;
export type CopyHints = z.infer<typeof CopyHintsSchema>;

export const NO_FEED_HINTS: FeedHints = {
  title: null,
  authors: [],
  publishedAt: null,
  publishedRaw: null,
  modifiedAt: null,
  categories: [],
  summary: null,
  content: null,
  language: null,
  image: null,
};
