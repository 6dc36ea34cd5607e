/**
 * From what the engine found and what the pipeline knows to the whole record. Pure.
 */
import { facetsOf } from './facets.ts';
import { contentHash, Simhash } from './fingerprints.ts';
import { articleId } from './identity.ts';
import { boundArticle } from './limits.ts';
import { type ArticleRecord, type ExtractedArticle, type Raw, SCHEMA_VERSION } from './record.ts';
import { readingMinutes } from './words.ts';

/** Where the copy came from and when. */
export interface Origin {
  raw: Raw;
  sourceId: string | null;
  /** When the copy was taken from its site; else when it was uploaded. */
  fetchedAt: Date;
  engineVersion: string;
}

/** What the record's history adds; a first copy has none. */
export interface History {
  firstSeenAt: Date;
  updatedAt: Date;
  revision: number;
  duplicateOf: string | null;
  /** The cluster of near duplicates it belongs to; null where it begins one of its own. */
  clusterId: string | null;
}

/** Beyond this after first being seen a publication date is a mistake or an embargo: it must not hold the top of every list. */
const SORT_AHEAD_MS = 24 * 60 * 60 * 1000;

/** `publishedAt` clamped to `firstSeenAt` + 24 h, else `firstSeenAt`. */
export function sortInstant(publishedAt: string | null, firstSeenAt: Date): string {
  if (!publishedAt) return firstSeenAt.toISOString();
  return new Date(Math.min(new Date(publishedAt).getTime(), firstSeenAt.getTime() + SORT_AHEAD_MS)).toISOString();
}

/** The history of an article seen for the first time at that instant. */
export function firstSeen(at: Date): History {
  return { firstSeenAt: at, updatedAt: at, revision: 1, duplicateOf: null, clusterId: null };
}

/** The record of an extracted article; every field of the schema is there. */
export function assembleRecord(extracted: ExtractedArticle, origin: Origin, history: History): ArticleRecord {
  const article = boundArticle(extracted);
  const words = new Simhash();
  words.read(article.text);
  const id = articleId(article.canonicalUrl, article.text);
  return {
    id,
    wordCount: words.count,
    readingMinutes: readingMinutes(words.count),
    contentHash: contentHash(article.text),
    simhash: words.digest(),
    facets: facetsOf(article),
    schemaVersion: SCHEMA_VERSION,
    engineVersion: origin.engineVersion,
    ...article,
    sourceId: origin.sourceId,
    sortAt: sortInstant(article.publishedAt, history.firstSeenAt),
    firstSeenAt: history.firstSeenAt.toISOString(),
    fetchedAt: origin.fetchedAt.toISOString(),
    updatedAt: history.updatedAt.toISOString(),
    revision: history.revision,
    duplicateOf: history.duplicateOf,
    clusterId: history.clusterId ?? id,
    raw: origin.raw,
  };
}
