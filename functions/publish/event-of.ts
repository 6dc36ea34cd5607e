/**
 * From a change of an item to what subscribers are told of it. Pure.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { byteLength } from '../article/bytes.ts';
import {
  type ArticleEvent,
  EVENT_SCHEMA_VERSION,
  type Event,
  EventSchema,
  type EventType,
  type UploadRejected,
} from '../article/events.ts';
import { cut } from '../article/limits.ts';
import { type ArticleBody, type ArticleRecord, ArticleRecordSchema, BODY_FIELDS } from '../article/record.ts';
import type { ArticleChange, ArticleImage, Change, RecordImage, UploadChange } from './ports.ts';

/**
 * Fields that say how and when the record was made, or follow from others. A change of these alone is no event: the whole
 * archive made again by a new version of the engine must not wake every subscriber for nothing.
 */
const BOOKKEEPING = new Set<string>([
  'id',
  'schemaVersion',
  'engineVersion',
  'wordCount',
  'readingMinutes',
  'contentHash',
  'simhash',
  'facets',
  'sortAt',
  'firstSeenAt',
  'fetchedAt',
  'updatedAt',
  'revision',
  'publishedRaw',
  'dateSource',
  'quality',
  'provenance',
  'raw',
] satisfies (keyof ArticleRecord)[]);

const TOLD_FIELDS = Object.keys(ArticleRecordSchema.shape).filter(
  (field) => !BOOKKEEPING.has(field) && !(BODY_FIELDS as readonly string[]).includes(field),
) as Exclude<keyof ArticleRecord, keyof ArticleBody>[];

/** Characters of what people wrote: a reason for withdrawing may be as long as they like, an event may not. */
const WORDS = 1_000;

/**
 * Bytes of an event as JSON. The bus refuses requests above 256 KB, and one that it always refuses would hold up its
 * shard for as long as the stream tries; ours take a tenth of this.
 */
const EVENT_BYTES = 200_000;

/** Larger than the bus takes, as an item can only be that somebody wrote by hand. */
export class EventTooLargeError extends Error {
  readonly code = 'EVENT_TOO_LARGE';
  override readonly name = 'EventTooLargeError';
}

/**
 * @returns what the change means to subscribers; null where it means nothing to them
 * @throws where an item is no record or larger than any of ours, as when somebody wrote it by hand
 */
export function eventOf(change: Change): Event | null {
  const event = change.kind === 'article' ? articleEvent(change) : uploadEvent(change);
  if (event === null) return null;
  const bytes = byteLength(JSON.stringify(event));
  if (bytes > EVENT_BYTES) {
    throw new EventTooLargeError(`The event ${event.type} would have ${bytes} bytes, more than the bus takes.`);
  }
  return EventSchema.parse(event);
}

function articleEvent({ id, at, before, after }: ArticleChange): ArticleEvent | null {
  const [was, is] = [recordIn(before), recordIn(after)];
  const images = [is, was].filter((image) => image !== null);
  const article = {
    articleId: id,
    sites: distinct(images.flatMap(({ record }) => record.site ?? [])),
    facets: distinct(images.flatMap(({ record }) => record.facets)),
  };
  if (is) {
    const { updatedAt, revision } = is.record;
    const { card } = is;
    if (!was) return { ...envelope('article.created', id, updatedAt), ...article, revision, card };
    const changed = changedFields(was, is);
    if (changed.length === 0) return null;
    const previousCard = was.card;
    return { ...envelope('article.revised', id, updatedAt), ...article, revision, changed, card, previousCard };
  }
  if (!was) return null;
  const tombstone = after?.kind === 'tombstone' ? after.tombstone : null;
  // The stream's clock counts seconds: a deletion must not seem to lie before what it deleted.
  const deletedAt = new Date(Math.max(at.getTime(), Date.parse(was.record.updatedAt) + 1)).toISOString();
  return {
    ...envelope('article.withdrawn', id, tombstone?.updatedAt ?? deletedAt),
    ...article,
    reason: cutOrNull(tombstone?.reason ?? null),
    tombstone: tombstone !== null,
    previousCard: was.card,
  };
}

const recordIn = (image: ArticleImage | null): RecordImage | null => (image?.kind === 'record' ? image : null);
const cutOrNull = (words: string | null) => (words === null ? null : cut(words, WORDS));
const distinct = (values: readonly string[]) => [...new Set(values)];

function uploadEvent({ before, after }: UploadChange): UploadRejected | null {
  if (after?.status !== 'rejected' || before?.status === 'rejected') return null;
  const { object, version, reason, detail, bytes, mediaType, charset, receivedAt, updatedAt } = after;
  return {
    ...envelope('upload.rejected', `${object}@${version}`, updatedAt),
    upload: { object, version, reason, detail: cutOrNull(detail), bytes, mediaType, charset, receivedAt },
  };
}

/** Of what makes a change one of its own and nothing else, so that a repeated delivery has the same id. */
function envelope<Type extends EventType>(type: Type, subject: string, occurredAt: string) {
  const id = createHash('sha256').update(`${type} ${occurredAt} ${subject}`).digest('hex').slice(0, 32);
  return { schemaVersion: EVENT_SCHEMA_VERSION, id, type, occurredAt } as const;
}

/** What the record says that it did not say before, by the names of its fields. */
function changedFields(was: RecordImage, is: RecordImage): string[] {
  // An item of an earlier version of the record lacks the fields that came later: absent is null.
  const changed: string[] = TOLD_FIELDS.filter(
    (field) => !isDeepStrictEqual(was.record[field] ?? null, is.record[field] ?? null),
  );
  changed.push(...changedBody(was, is));
  // Such as words that a new version counts otherwise: who keeps cards must hear of it.
  if (changed.length === 0 && !isDeepStrictEqual(was.card, is.card)) changed.push('card');
  return changed;
}

function changedBody({ record: old, body: was }: RecordImage, { record, body: is }: RecordImage): string[] {
  if (!('key' in was) && !('key' in is))
    return BODY_FIELDS.filter((field) => !isDeepStrictEqual(was[field], is[field]));
  if ('key' in was && 'key' in is && was.key === is.key) return [];
  return old.contentHash === record.contentHash ? ['body'] : ['text', 'body'];
}
