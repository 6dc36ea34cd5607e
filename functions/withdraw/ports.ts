/**
 * What withdrawing needs from the world. Decisions belong to the stage: a port reads, or writes on the condition that
 * what was read still holds.
 */
import type { Change } from '../article/change.ts';
import type { ArticleRecord } from '../article/record.ts';
import type { SameTextStore } from '../article/same-text.ts';
import type { Tombstone } from '../article/tombstone.ts';

export interface Burial {
  grave: Change<Tombstone>;
  /** What becomes of the text it had first: a duplicate becomes the first, or none has it; null where it was not the first. */
  text: { contentHash: string; heir: Change<ArticleRecord> | null } | null;
}

export interface Withdrawals extends SameTextStore {
  /** Hashes of the texts the article had before, as its revisions tell. */
  formerTexts(id: string): Promise<string[]>;
  /** Writes it all or nothing. @returns false, and nothing written, where something changed since it was read */
  bury(burial: Burial): Promise<boolean>;
  /** Deletes revisions and whatever of the article lies in the bodies bucket. */
  erase(id: string): Promise<Erased>;
}

export interface Erased {
  revisions: number;
  bodies: number;
}

export interface RawCopies {
  /** Deletes every raw copy that is known to be of the article, and what its feed said of it. */
  purge(articleId: string): Promise<Purge>;
}

export interface Purge {
  /** How many versions of objects were deleted. */
  versions: number;
  /** Versions under the same keys that were never read: whether they are of the article is not known, so they stay. */
  unread: RawVersion[];
}

export interface RawVersion {
  /** `bucket/key`. */
  object: string;
  version: string;
}

export interface Ports {
  articles: Withdrawals;
  raw: RawCopies;
  now(): Date;
}
