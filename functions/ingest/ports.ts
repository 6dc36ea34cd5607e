/**
 * What ingest needs from the world. The stores of functions/aws/ implement these; tests run on memory.
 *
 * Decisions belong to the stage: a port reads, or writes on the condition that what was read still holds.
 */
import type { ArticleRecord } from '../article/record.ts';
import type { Predecessor, SameTextStore } from '../article/same-text.ts';
import type { Sketch } from '../article/sketch.ts';
import type { Stored } from '../article/tombstone.ts';
import type { Upload } from '../article/upload.ts';
import type { Hints, Outcome } from '../extract/outcome.ts';

/** One version of one object: what a notification is about and what is read. */
export interface ObjectVersion {
  bucket: string;
  /** Decoded, as S3 knows it. */
  key: string;
  /** `null` as a word for an object of a bucket without versions, as S3 itself writes it. */
  versionId: string;
}

export interface StoredObject {
  bytes: Uint8Array;
  /** Without quotes. */
  etag: string | null;
  /** As stored with the object, parameters included. */
  contentType: string | null;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Readonly<Record<string, string>>;
  uploadedAt: Date;
}

export type ObjectReading =
  | { kind: 'object'; object: StoredObject }
  | { kind: 'gone' }
  /** Larger than allowed; nothing was kept. */
  | { kind: 'too-large'; bytes: number };

export interface ObjectReader {
  /** Reads exactly this version; `gone` where it was deleted or never was. */
  read(version: ObjectVersion, maxBytes: number): Promise<ObjectReading>;
  /** The newest version that holds content, delete markers passed over; null where none is left. */
  newestVersion(bucket: string, key: string): Promise<string | null>;
}

/** The newest version of an object that the pipeline has seen. */
export interface Head {
  version: string;
  /** Normalized; null where the message that brought it had none. */
  sequencer: string | null;
}

/** The status of one object version, and what only the stage itself needs to know of it. */
export interface UploadRow extends Upload {
  /** Token of the attempt that holds the row; null while none does. */
  lease: string | null;
  /** Hash of the text that a record was the first with until this version changed it: others may have to succeed it. */
  leftText?: string;
}

/** A write that stands only if what it was decided from still stands. */
export interface Claim {
  row: UploadRow;
  wasRow: UploadRow | null;
  /** The new head with the one it replaces; null leaves the head as it is. */
  head: { next: Head; was: Head | null } | null;
}

export interface UploadStatuses {
  /** Strongly consistent. */
  read(object: string, version: string): Promise<{ row: UploadRow | null; head: Head | null }>;
  /** @returns false, and nothing written, where row or head changed since they were read */
  claim(claim: Claim): Promise<boolean>;
  /** The article without an address that a version of the object last made; null where none did. Strongly consistent. */
  lineage(object: string): Promise<string | null>;
  /** Replaces the row, if that lease still holds it. @returns false, and nothing written, where it does not */
  settle(row: UploadRow, lease: string): Promise<boolean>;
}

export interface Commit {
  article: ArticleRecord;
  was: Stored | null;
  /** Makes this article the first with its text in the place of another, or of none. Null leaves it. */
  firstWithText: { was: Predecessor } | null;
  /** Hash of a text that this article is the first with and leaves: none is the first with it then. Null where it is none. */
  leftText: string | null;
  /** The terminal status that is written in the same transaction. */
  row: UploadRow;
  lease: string;
}

/** `conflict`: something it was decided from changed (article, text), or a transaction was in the way: read again. */
export type CommitOutcome = 'committed' | 'newer-version' | 'lease-lost' | 'conflict';

/** A text that may be similar to another. */
export interface NearText {
  id: string;
  clusterId: string;
  sketch: Sketch;
}

export interface Articles extends SameTextStore {
  /** Texts that have one of these keys, at most the newest {@link KEY_CANDIDATES} of each; a text may come twice. */
  withKeys(keys: readonly string[]): Promise<NearText[]>;
  /**
   * Writes the article, the rows it is found by, its revision and the upload's status together or not at all.
   * The version must still be the head of its object; an article without an address becomes the object's lineage.
   */
  commit(commit: Commit): Promise<CommitOutcome>;
}

/** The engine; functions/extract/extract.ts is the one. */
export type Extract = (bytes: Uint8Array, hints: Hints) => Outcome;

export interface Ports {
  objects: ObjectReader;
  uploads: UploadStatuses;
  articles: Articles;
  extract: Extract;
  now(): Date;
  /** A fresh token that no other attempt has. */
  newLease(): string;
}
