/**
 * What the queries need from the world. The stores of functions/aws/ are behind these; tests run on memory.
 */
import type { ArticleCard } from '../article/card.ts';
import type { Revision } from '../article/revision.ts';
import type { Stored } from '../article/tombstone.ts';
import type { Upload, UploadStatus } from '../article/upload.ts';
import type { Hints, Outcome } from '../extract/outcome.ts';
import type { Trace } from '../extract/trace.ts';
import type { Sources } from '../scrape/ports.ts';
import type { Inspection } from '../scrape/sources/inspect.ts';

/** One page of a list, and where the next one starts. */
export interface Page<Item> {
  items: Item[];
  /** Pass it back for the next page; null on the last one. */
  cursor: string | null;
}

export interface PageOptions {
  /** Items of a page, 100 unless given. A page may hold fewer and still not be the last. */
  limit?: number;
  /** From the page before. */
  cursor?: string | null;
}

/** Bounds of sortAt, both included, as prefixes of instants: `2026-03-14` is the whole day. */
export interface Bounds {
  since?: string;
  until?: string;
}

/** Days of UTC, both included, `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}

/** Lists of cards, newest first by sortAt. */
export interface CardLists {
  /** Everything of a site, duplicates included. */
  listBySite(site: string, options?: PageOptions & Bounds): Promise<Page<ArticleCard>>;
  /** @param facet a name as `facetName` makes it; duplicates are left out */
  listByFacet(facet: string, options?: PageOptions & Bounds): Promise<Page<ArticleCard>>;
  /**
   * Across all sites by their day in UTC; duplicates are left out. A page looks at a month of days at most.
   *
   * @param options.today the day it is; what is dated ahead of it, a day at most, is asked together with it
   */
  listByDays(days: DayRange, options: PageOptions & { today: string }): Promise<Page<ArticleCard>>;
}

export interface Articles extends CardLists {
  /** The body joined in. */
  read(id: string): Promise<Stored | null>;
  /** The same, with an empty body where that does not lie with the record. */
  readHead(id: string): Promise<Stored | null>;
  /** Last change first. */
  listRevisions(id: string, options?: PageOptions): Promise<Page<Revision>>;
  getRevision(id: string, revision: number): Promise<Revision | null>;
}

export interface Uploads {
  /** @param version S3 version id; left out, the newest the pipeline has seen */
  get(key: string, version?: string): Promise<Upload | null>;
  /** Every version the pipeline has seen, last received first. */
  listVersions(key: string, options: PageOptions): Promise<Page<Upload>>;
  /** Last changed first. */
  listByStatus(status: UploadStatus, days: DayRange, options: PageOptions): Promise<Page<Upload>>;
}

/** A copy that somebody is about to upload. */
export interface UploadRequest {
  key: string;
  contentType: string;
  url?: string | undefined;
  sourceId?: string | undefined;
}

/** A form that S3 takes in a multipart POST: `fields` first, the file last under the name `file`. */
export interface UploadForm {
  /** bucket/key, as the uploads table names it. */
  object: string;
  url: string;
  fields: Record<string, string>;
  /** Larger files are refused by S3. */
  maxBytes: number;
  expiresAt: string;
}

/** The engine; functions/extract/extract.ts is the one. */
export type Extract = (bytes: Uint8Array, hints: Hints, trace?: Trace) => Outcome;

export interface Ports {
  articles: Articles;
  uploads: Uploads;
  /** Signs a form for one upload. */
  signUpload(request: UploadRequest): Promise<UploadForm>;
  sources: Sources;
  /** Whether sites on this machine may be watched: of a local stack, where it is asked for. */
  allowLoopback: boolean;
  /** Looks at an address by the rules by which it would be watched. May take longer than a caller waits. */
  inspect(url: string): Promise<Inspection>;
  /** Loaded when it is first needed, because its models are large. */
  extract(): Promise<Extract>;
  engineVersion: string;
  now(): Date;
  /** Told of every error that is not the caller's. */
  onFault(error: unknown): void;
  /** Whether an error is one that passes: trying again later is right. */
  isPassing(error: unknown): boolean;
}
