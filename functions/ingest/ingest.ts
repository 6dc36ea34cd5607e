/**
 * The ingest stage: one notification in, one status out, and the article's record with it.
 *
 * A pure function over ports. The rules it follows, and why, stand in docs/decisions/ingest-rules.md.
 */
import { assembleRecord, firstSeen } from '../article/assemble.ts';
import type { CopyHints } from '../article/feed-hints.ts';
import type { ArticleRecord } from '../article/record.ts';
import { REJECT_CODES, type RejectCode } from '../article/reject.ts';
import { isFirst } from '../article/same-text.ts';
import { isWithdrawn, type Tombstone } from '../article/tombstone.ts';
import type { TerminalStatus } from '../article/upload.ts';
import type { Outcome } from '../extract/outcome.ts';
import { type Attempt, claimVersion, type HeldRow, isLastDelivery } from './claim.ts';
import { readCopyHints } from './copy-hints.ts';
import {
  ContendedError,
  describeError,
  EngineError,
  LeaseLostError,
  OutOfTimeError,
  PermanentError,
} from './errors.ts';
import {
  clusterOf,
  inLineage,
  isElsewhere,
  isOlderCopy,
  liveFirst,
  rawObject,
  saysTheSame,
  withHistory,
} from './history.ts';
import type { ObjectNotification } from './notification.ts';
import { type CopyOrigin, readObjectMetadata } from './object-metadata.ts';
import type { Ports, StoredObject, UploadRow } from './ports.ts';
import { hasSuccessor, settleTexts, textLeft } from './succession.ts';

export interface Settings {
  /** Larger objects are rejected unread. */
  maxObjectBytes: number;
  engineVersion: string;
  /** Where the hints that uploads name lie. */
  bodiesBucket: string;
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
  if (claim.kind === 'settled') {
    // The delivery that ended it may have been cut short after that.
    await settleTexts(claim.row, ports);
    return resultOf(claim.row, !claim.fresh);
  }

  const work: Work = { held: claim.row, startedAt, ports };
  let row: UploadRow;
  try {
    if (!attempt.mayBegin) throw new OutOfTimeError();
    row = await settleVersion(notification, work, settings);
  } catch (error) {
    await letGo(work, error, attempt);
    throw error;
  }
  await settleTexts(row, ports);
  return resultOf(row, false);
}

/** An attempt under way: the row it holds, since when, and what it works with. */
interface Work {
  held: HeldRow;
  startedAt: Date;
  ports: Ports;
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
  Partial<Pick<UploadRow, 'leftText' | 'reason' | 'articleIds' | 'bytes' | 'mediaType' | 'charset'>>;

/** The row as this attempt leaves it. */
function ended({ held, startedAt, ports }: Work, ending: Ending): UploadRow {
  const at = ports.now();
  return {
    ...held,
    ...ending,
    lease: null,
    leaseUntil: null,
    updatedAt: at.toISOString(),
    durationMs: at.getTime() - startedAt.getTime(),
  };
}

/** Ends the attempt with a status that comes without a record of its own. */
async function settle(work: Work, ending: Ending): Promise<UploadRow> {
  const row = ended(work, ending);
  if (!(await work.ports.uploads.settle(row, work.held.lease))) throw new LeaseLostError(work.held.object);
  return row;
}

/** Reads the version and finds its article; the rest is {@link storeRecord}'s. */
async function settleVersion(notification: ObjectNotification, work: Work, settings: Settings): Promise<UploadRow> {
  const reject = (reason: RejectCode, detail: string, known: Partial<Ending> = {}) =>
    settle(work, { status: 'rejected', reason, detail, ...known });

  const reading = await work.ports.objects.read(notification, settings.maxObjectBytes);
  if (reading.kind === 'gone') return reject('OBJECT_GONE', REJECT_CODES.OBJECT_GONE);
  if (reading.kind === 'too-large') {
    const detail = `The object has ${reading.bytes} bytes and this pipeline accepts ${settings.maxObjectBytes}; split it or raise the largest object size.`;
    return reject('TOO_LARGE', detail, { bytes: reading.bytes });
  }

  const { object } = reading;
  const origin = readObjectMetadata(object);
  const { hints, warnings } = origin.hintsKey
    ? await readCopyHints(work.ports.objects, settings.bodiesBucket, origin.hintsKey)
    : { hints: null, warnings: [] };
  const readAt = (url: string | null) => runEngine(work, object, { ...origin, url }, hints);
  const outcome = readAt(origin.url);
  const form = { bytes: object.bytes.length, mediaType: outcome.form.mediaType, charset: outcome.form.charset };
  if (outcome.kind === 'rejected') return reject(outcome.code, outcome.detail, form);

  type Found = Extract<Outcome, { kind: 'article' }>;
  const draftOf = (found: Found) => {
    found.article.quality.warnings.push(...origin.warnings, ...warnings);
    return draftRecord(notification, object, found, origin, settings);
  };
  const draftAt = (url: string) => {
    const again = readAt(url);
    return again.kind === 'article' ? draftOf(again) : null;
  };
  return storeRecord(draftOf(outcome), draftAt, form, work);
}

/**
 * Brings a record into the table, or finds that it need not be: the part that is tried again when others write too.
 *
 * @param draftAt what the copy says when it is read under another form of its address
 */
async function storeRecord(
  found: ArticleRecord,
  draftAt: (url: string) => ArticleRecord | null,
  form: Partial<Ending>,
  work: Work,
): Promise<UploadRow> {
  const { held, ports } = work;
  let draft = await inLineage(found, ports);
  const known = { ...form, articleIds: [draft.id] };
  for (let tries = 0; tries < COMMIT_TRIES; tries++) {
    const [stored, firstId] = await Promise.all([
      ports.articles.read(draft.id),
      ports.articles.firstWithText(draft.contentHash),
    ]);
    if (stored && isWithdrawn(stored) && stored.restoredAt === null) {
      return settle(work, { status: 'rejected', reason: 'WITHDRAWN', detail: withdrawnDetail(stored), ...known });
    }
    if (stored && isOlderCopy(draft, stored)) {
      const detail = `A later copy of this article, ${rawObject(stored)}, is stored; nothing was changed.`;
      return settle(work, { status: 'superseded', detail, ...known });
    }
    if (stored && isElsewhere(draft, stored)) {
      const again = draftAt(stored.url);
      if (again?.id === draft.id) {
        draft = again;
        continue;
      }
    }

    const { first, named } = await liveFirst(firstId, draft, ports);
    if (first === null && (await hasSuccessor(firstId, draft, ports))) continue;
    const duplicateOf = first?.id ?? null;
    const clusterId = await clusterOf(draft, stored, first, ports);
    const article = withHistory(draft, stored, { duplicateOf, clusterId }, ports.now());
    if (stored && saysTheSame(article, stored)) {
      const detail = 'The article is stored and says the same; nothing was changed.';
      return settle(work, { status: 'unchanged', detail, ...known });
    }

    const leftText = await textLeft(stored, article, ports);
    const row = ended(work, {
      ...known,
      status: duplicateOf === null ? 'ingested' : 'duplicate',
      detail: duplicateOf === null ? null : `Article ${duplicateOf} has the same text.`,
      ...(leftText !== null && { leftText }),
    });
    // Who was the first with this text when it was read, and has not changed since, is it still.
    const isStill = firstId === draft.id && isFirst(stored, draft.contentHash);
    const firstWithText = duplicateOf === null && !isStill ? { was: named } : null;
    const commit = { article, was: stored, firstWithText, leftText, row, lease: held.lease };
    switch (await ports.articles.commit(commit)) {
      case 'committed':
        return row;
      case 'lease-lost':
        throw new LeaseLostError(held.object);
      case 'newer-version': {
        const detail = 'A newer version of this object arrived while this one was read; nothing was changed.';
        return settle(work, { status: 'superseded', detail, ...form });
      }
      case 'conflict':
    }
  }
  throw new ContendedError(`Article ${draft.id}`, COMMIT_TRIES);
}

/** S3 stores this where the uploader said nothing; it says nothing of the content. */
const NO_CONTENT_TYPE = new Set(['binary/octet-stream', 'application/octet-stream']);

function runEngine(
  { held, ports }: Work,
  { bytes, contentType }: StoredObject,
  { url, fetchedAt }: CopyOrigin,
  copy: CopyHints | null,
): Outcome {
  const hint = contentType === null || NO_CONTENT_TYPE.has(contentType.toLowerCase()) ? null : contentType;
  try {
    return ports.extract(bytes, { url, contentType: hint, asOf: fetchedAt, copy });
  } catch (error) {
    throw new EngineError(held.object, error);
  }
}

/** The record as if nothing were stored yet; its history comes with {@link withHistory}. */
function draftRecord(
  { bucket, key, versionId }: ObjectNotification,
  { bytes, etag, uploadedAt }: StoredObject,
  { article, form }: Extract<Outcome, { kind: 'article' }>,
  { sourceId, fetchedAt }: CopyOrigin,
  { engineVersion }: Settings,
): ArticleRecord {
  const raw = { bucket, key, versionId, etag, bytes: bytes.length, mediaType: form.mediaType, charset: form.charset };
  // The upload's own time and not the clock's: rebuilt from the same raw copy, the record is the same.
  return assembleRecord(article, { raw, sourceId, fetchedAt, engineVersion }, firstSeen(uploadedAt));
}

/** What a person reads who uploads a copy of an article that was taken back. */
function withdrawnDetail({ id, withdrawnAt, reason }: Tombstone): string {
  const why = reason === null ? '' : ` (${reason})`;
  return `This article was withdrawn on ${withdrawnAt.slice(0, 10)}${why}; to accept it again, run copydesk withdraw ${id} --restore.`;
}

/**
 * Gives the lease back after an error. Best effort: where even this fails, the lease runs out by itself.
 */
async function letGo(work: Work, error: unknown, attempt: Attempt): Promise<void> {
  const final = isLastDelivery(attempt) || error instanceof PermanentError;
  const row = ended(work, { status: final ? 'failed' : 'processing', detail: describeError(error) });
  await work.ports.uploads.settle(row, work.held.lease).catch(() => false);
}
