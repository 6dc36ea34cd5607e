/**
 * The ingest stage: one notification in, one status out, and the article's record with it.
 *
 * A pure function over ports. The rules it follows, and why, stand in docs/decisions/ingest-rules.md.
 */
import { isDeepStrictEqual } from 'node:util';
import { assembleRecord, firstSeen, sortInstant } from '../article/assemble.ts';
import type { ArticleRecord, ExtractedArticle } from '../article/record.ts';
import { REJECT_CODES, type RejectCode } from '../article/reject.ts';
import type { TerminalStatus } from '../article/upload.ts';
import type { Outcome } from '../extract/outcome.ts';
import { type Attempt, claimVersion, type HeldRow, isLastDelivery, objectOf } from './claim.ts';
import { ContendedError, describeError, EngineError, LeaseLostError, PermanentError } from './errors.ts';
import type { ObjectNotification } from './notification.ts';
import { readObjectMetadata } from './object-metadata.ts';
import type { Ports, StoredObject, UploadRow } from './ports.ts';

export interface Settings {
  /** Larger objects are rejected unread. */
  maxObjectBytes: number;
  engineVersion: string;
}

export interface IngestResult {
  status: TerminalStatus;
  reason: RejectCode | null;
  detail: string | null;
  articleIds: string[];
  attempts: number;
  durationMs: number;
  /** The version had its status already, and nothing was done. */
  settledBefore: boolean;
}

/** Reading and writing a record again after someone else wrote it in between. */
const COMMIT_TRIES = 6;

/**
 * Brings one object version to its status.
 *
 * @returns its terminal status, whether reached now or before
 * @throws PermanentError where no further attempt can help; any other error where it may. The status row says so too.
 */
export async function ingest(
  notification: ObjectNotification,
  attempt: Attempt,
  settings: Settings,
  ports: Ports,
): Promise<IngestResult> {
  const startedAt = ports.now();
  const claim = await claimVersion(notification, attempt, ports);
  if (claim.kind === 'settled') return resultOf(claim.row, !claim.fresh);

  const held = claim.row;
  try {
    return resultOf(await settleVersion(notification, held, startedAt, settings, ports), false);
  } catch (error) {
    await letGo(held, error, attempt, startedAt, ports);
    throw error;
  }
}

function resultOf(row: UploadRow, settledBefore: boolean): IngestResult {
  const { status, reason, detail, articleIds, attempts, durationMs } = row;
  // What is returned has ended: rows of attempts under way never come here.
  return {
    status: status as TerminalStatus,
    reason,
    detail,
    articleIds,
    attempts,
    durationMs: durationMs ?? 0,
    settledBefore,
  };
}

/** What the attempt adds to the row it holds. */
type Ending = Pick<UploadRow, 'status' | 'detail'> &
  Partial<Pick<UploadRow, 'reason' | 'articleIds' | 'bytes' | 'mediaType' | 'charset'>>;

/** The row as this attempt leaves it. */
function ended(held: HeldRow, ending: Ending, startedAt: Date, at: Date): UploadRow {
  return {
    ...held,
    ...ending,
    lease: null,
    leaseUntil: null,
    updatedAt: at.toISOString(),
    durationMs: at.getTime() - startedAt.getTime(),
  };
}

async function settleVersion(
  notification: ObjectNotification,
  held: HeldRow,
  startedAt: Date,
  settings: Settings,
  ports: Ports,
): Promise<UploadRow> {
  const settle = async (ending: Ending): Promise<UploadRow> => {
    const row = ended(held, ending, startedAt, ports.now());
    if (!(await ports.uploads.settle(row, held.lease))) throw new LeaseLostError(held.object);
    return row;
  };
  const reject = (reason: RejectCode, detail: string = REJECT_CODES[reason], known: Partial<Ending> = {}) =>
    settle({ status: 'rejected', reason, detail, ...known });

  const reading = await ports.objects.read(notification, settings.maxObjectBytes);
  if (reading.kind === 'gone') return reject('OBJECT_GONE');
  if (reading.kind === 'too-large') {
    const detail = `The object has ${reading.bytes} bytes and this pipeline accepts ${settings.maxObjectBytes}; split it or raise the largest object size.`;
    return reject('TOO_LARGE', detail, { bytes: reading.bytes });
  }

  const { object } = reading;
  const origin = readObjectMetadata(object);
  const outcome = runEngine(held.object, object, origin, ports);
  const form = { bytes: object.bytes.length, mediaType: outcome.form.mediaType, charset: outcome.form.charset };
  if (outcome.kind === 'rejected') return reject(outcome.code, outcome.detail, form);

  const { article, form: read } = outcome;
  article.quality.warnings.push(...origin.warnings);
  const draft = draftRecord(notification, object, article, read, origin, settings);

  for (let tries = 0; tries < COMMIT_TRIES; tries++) {
    const stored = await ports.articles.get(draft.id);
    if (stored && isOlderCopy(draft, stored)) {
      const detail = `A later copy of this article, ${objectOf(rawObject(stored))}, is stored; nothing was changed.`;
      return settle({ status: 'superseded', detail, articleIds: [draft.id], ...form });
    }

    const first = await ports.articles.firstWithText(draft.contentHash);
    const duplicateOf = await liveFirst(first, draft, ports);
    const at = ports.now();
    const record = withHistory(draft, stored, duplicateOf, at);
    if (stored && saysTheSame(record, stored)) {
      const detail = 'The article is stored and says the same; nothing was changed.';
      return settle({ status: 'unchanged', detail, articleIds: [draft.id], ...form });
    }

    const ending: Ending = duplicateOf
      ? { status: 'duplicate', detail: `Article ${duplicateOf} has the same text.` }
      : { status: 'ingested', detail: null };
    const row = ended(held, { ...ending, articleIds: [draft.id], ...form }, startedAt, at);
    const outcomeOfCommit = await ports.articles.commit({
      article: record,
      was: stored,
      firstWithText: duplicateOf === null && first !== draft.id ? { was: first } : null,
      row,
      lease: held.lease,
    });
    if (outcomeOfCommit === 'committed') return row;
    if (outcomeOfCommit === 'lease-lost') throw new LeaseLostError(held.object);
    if (outcomeOfCommit === 'newer-version') {
      const detail = 'A newer version of this object arrived while this one was read; nothing was changed.';
      return settle({ status: 'superseded', detail, ...form });
    }
  }
  throw new ContendedError(`Article ${draft.id}`, COMMIT_TRIES);
}

/** S3 stores this where the uploader said nothing; it says nothing of the content. */
const NO_CONTENT_TYPE = new Set(['binary/octet-stream', 'application/octet-stream']);

function runEngine(
  name: string,
  { bytes, contentType }: StoredObject,
  { url, fetchedAt }: { url: string | null; fetchedAt: Date },
  { extract }: Pick<Ports, 'extract'>,
): Outcome {
  const hint = contentType === null || NO_CONTENT_TYPE.has(contentType.toLowerCase()) ? null : contentType;
  try {
    return extract(bytes, { url, contentType: hint, asOf: fetchedAt });
  } catch (error) {
    throw new EngineError(name, error);
  }
}

/** The record as if nothing were stored yet; its history comes with {@link withHistory}. */
function draftRecord(
  { bucket, key, versionId }: ObjectNotification,
  { bytes, etag, uploadedAt }: StoredObject,
  article: ExtractedArticle,
  { mediaType, charset }: { mediaType: string; charset: string },
  { sourceId, fetchedAt }: { sourceId: string | null; fetchedAt: Date },
  { engineVersion }: Settings,
): ArticleRecord {
  const raw = { bucket, key, versionId, etag, bytes: bytes.length, mediaType, charset };
  // The upload's own time and not the clock's: rebuilt from the same raw copy, the record is the same.
  return assembleRecord(article, { raw, sourceId, fetchedAt, engineVersion }, firstSeen(uploadedAt));
}

function rawObject({ raw }: ArticleRecord): { bucket: string; key: string } {
  return { bucket: raw.bucket ?? '', key: raw.key };
}

/**
 * Whether the stored record was made from a later copy. Versions of one object are ordered by the claim, so a copy that
 * came this far is not older than what another version left; copies under different keys are ordered by when they were
 * taken, and of two taken at the same time the one that arrives last counts.
 */
function isOlderCopy(draft: ArticleRecord, stored: ArticleRecord): boolean {
  if (objectOf(rawObject(draft)) === objectOf(rawObject(stored))) return false;
  return draft.fetchedAt < stored.fetchedAt;
}

/**
 * The record that has this text first: null where there is none, or it is this one, or it has moved on to another text
 * or was deleted; in these cases this record becomes the first.
 */
async function liveFirst(
  first: string | null,
  draft: ArticleRecord,
  { articles }: Pick<Ports, 'articles'>,
): Promise<string | null> {
  if (first === null || first === draft.id) return null;
  const record = await articles.get(first);
  return record?.contentHash === draft.contentHash ? first : null;
}

function withHistory(
  draft: ArticleRecord,
  stored: ArticleRecord | null,
  duplicateOf: string | null,
  at: Date,
): ArticleRecord {
  if (!stored) return { ...draft, updatedAt: at.toISOString(), duplicateOf };
  const { firstSeenAt } = stored;
  const contentChanged = draft.title !== stored.title || draft.contentHash !== stored.contentHash;
  return {
    ...draft,
    sourceId: draft.sourceId ?? stored.sourceId,
    firstSeenAt,
    sortAt: sortInstant(draft.publishedAt, new Date(firstSeenAt)),
    // Strictly later than before, whatever the clock says: the time of the last change is what writes are conditional on.
    updatedAt: new Date(Math.max(at.getTime(), new Date(stored.updatedAt).getTime() + 1)).toISOString(),
    revision: stored.revision + (contentChanged ? 1 : 0),
    duplicateOf,
  };
}

/** Where a copy came from and when is not what the record says; a source, where none was known, is. */
function saysTheSame(record: ArticleRecord, stored: ArticleRecord): boolean {
  const { raw: _raw, fetchedAt, updatedAt, ...says } = record;
  const { raw: _storedRaw, fetchedAt: _fetched, updatedAt: _updated, ...said } = stored;
  const sourceId = stored.sourceId ?? record.sourceId;
  return isDeepStrictEqual({ ...says, sourceId }, said);
}

/**
 * Gives the lease back after an error. Best effort: where even this fails, the lease runs out by itself.
 */
async function letGo(held: HeldRow, error: unknown, attempt: Attempt, startedAt: Date, ports: Ports): Promise<void> {
  const final = isLastDelivery(attempt) || error instanceof PermanentError;
  const status = final ? 'failed' : 'processing';
  const row = ended(held, { status, detail: describeError(error) }, startedAt, ports.now());
  await ports.uploads.settle(row, held.lease).catch(() => false);
}
