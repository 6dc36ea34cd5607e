/**
 * What withdrawing needs from the world. Decisions belong to the stage: a port reads, or writes on the condition that
 * what was read still holds.
 */
import type { ArticleRecord } from '../article/record.ts';
import type { Stored, Tombstone } from '../article/tombstone.ts';

/** One record in place of another, with the rows it is found by. */
export interface Change<Now extends Stored = Stored> {
  was: Stored;
  now: Now;
}

export interface Burial {
  grave: Change<Tombstone>;
  /** What becomes of the text it had first: a duplicate becomes the first, or none has it; null where it was not the first. */
  text: { contentHash: string; heir: Change<ArticleRecord> | null } | null;
}

export interface Withdrawals {
  /** Strongly consistent, the body joined in. */
  read(id: string): Promise<Stored | null>;
  firstWithText(contentHash: string): Promise<string | null>;
  /** Ids of the records that are duplicates of the first with this text, in the order in which they were first seen. */
  duplicatesWithText(contentHash: string): Promise<string[]>;
  /** Writes it all or nothing. @returns false, and nothing written, where something changed since it was read */
  bury(burial: Burial): Promise<boolean>;
  /** @returns false, and nothing written, where the record changed since it was read */
  replace(change: Change): Promise<boolean>;
  /** Deletes revisions and whatever of the article lies in the bodies bucket. */
  erase(id: string): Promise<Erased>;
}

export interface Erased {
  revisions: number;
  bodies: number;
}

export interface RawCopies {
  /** Deletes every raw copy that the article is known to have come from, and what its feed said of it. @returns how many versions of objects */
  purge(articleId: string): Promise<number>;
}

export interface Ports {
  articles: Withdrawals;
  raw: RawCopies;
  now(): Date;
}
