/**
 * What publish works on and what it needs from the world. functions/aws/ implements these; tests run on memory.
 */
import type { ArticleCard } from '../article/card.ts';
import type { Event } from '../article/events.ts';
import type { ArticleBody, ArticleRecord } from '../article/record.ts';
import type { Tombstone } from '../article/tombstone.ts';
import type { Upload } from '../article/upload.ts';

/** An item of the articles table as a stream shows it. */
export type ArticleImage = RecordImage | { kind: 'tombstone'; tombstone: Tombstone };

export interface RecordImage {
  kind: 'record';
  record: Omit<ArticleRecord, keyof ArticleBody>;
  /** As the indexes hold it. */
  card: ArticleCard;
  /** As it stands in the item, or the key of the object in the bodies bucket, which its content names. */
  body: ArticleBody | { key: string };
}

/** One change of one item, with the item before and after it. Of one item's changes none is left out or out of order. */
export type Change = ArticleChange | UploadChange;

export interface ArticleChange {
  kind: 'article';
  id: string;
  /** When the table took the change; in whole seconds, rounded down. */
  at: Date;
  before: ArticleImage | null;
  after: ArticleImage | null;
}

export interface UploadChange {
  kind: 'upload';
  before: Upload | null;
  after: Upload | null;
}

/** A record of a stream as it was delivered; reading it may fail where the item is none of ours. */
export interface ChangeRecord {
  /** By which the stream is told where to go on. */
  sequenceNumber: string;
  /** For messages: table and key. */
  item: string;
  /** @throws where the item is none of ours */
  read(): Change;
}

export interface EventBus {
  /**
   * Puts events on the bus, trying again by itself what the bus does not take at once.
   *
   * @param events none of them about the same article or upload as another: their order is not kept
   * @returns those that were not taken
   */
  put(events: readonly Event[]): Promise<Event[]>;
}

/** Keeps what can never be published for a person to look at. */
export interface Unpublished {
  keep(record: Pick<ChangeRecord, 'sequenceNumber' | 'item'>, error: unknown): Promise<void>;
}

export interface Ports {
  bus: EventBus;
  unpublished: Unpublished;
}
