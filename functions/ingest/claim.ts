/**
 * The right to work on one object version: by the order of versions, then by a lease.
 */
import { BusyError, ContendedError } from './errors.ts';
import type { ObjectNotification } from './notification.ts';
import type { Head, Ports, UploadRow } from './ports.ts';

/** Which of its deliveries a message is in. */
export interface Delivery {
  /** 1 on the first; a redrive from the dead-letter queue starts again. */
  receiveCount: number;
  /** After this many the queue gives up. */
  maxReceives: number;
}

export interface Attempt extends Delivery {
  /** How long this attempt can run at most. Milliseconds. */
  leaseMs: number;
  /** False where too little of that is left to begin with a document. */
  mayBegin: boolean;
}

export type HeldRow = UploadRow & { lease: string };

export type ClaimResult =
  | { kind: 'held'; row: HeldRow }
  /** The version has its status: from an earlier delivery, or, `fresh`, because a newer version is known. */
  | { kind: 'settled'; row: UploadRow; fresh: boolean };

const TRIES = 8;

/** What the row says from the last attempt's beginning: true when that attempt dies, overwritten when it does not. */
const LAST_ATTEMPT = 'UNFINISHED: the last attempt did not finish; redrive the message from the dead-letter queue.';

/**
 * Takes the lease on an object version, and makes it the newest known one of its object.
 *
 * On the last delivery the row says `failed` from the start, beside the lease: no later attempt could write it.
 *
 * @throws BusyError while another attempt holds the version
 * @throws ContendedError when the rows kept changing
 */
export async function claimVersion(
  notification: ObjectNotification,
  attempt: Attempt,
  { uploads, objects, now, newLease }: Pick<Ports, 'uploads' | 'objects' | 'now' | 'newLease'>,
): Promise<ClaimResult> {
  const object = objectOf(notification);
  const { versionId: version } = notification;

  for (let tries = 0; tries < TRIES; tries++) {
    const { row: wasRow, head } = await uploads.read(object, version);
    const at = now();
    if (wasRow && isSameContent(notification, wasRow)) {
      if (wasRow.leaseUntil !== null && new Date(wasRow.leaseUntil) > at) {
        throw new BusyError(object, new Date(wasRow.leaseUntil));
      }
      // `failed` is an end for the queue only: whoever sends the message again wants another attempt.
      if (wasRow.status !== 'processing' && wasRow.status !== 'failed') {
        return { kind: 'settled', row: wasRow, fresh: false };
      }
    }

    const row: UploadRow = {
      object,
      version,
      status: 'processing',
      reason: null,
      detail: null,
      articleIds: [],
      sequencer: notification.sequencer ?? wasRow?.sequencer ?? null,
      bytes: notification.bytes,
      mediaType: null,
      charset: null,
      // Counts over redrives and overwrites too: with the lease it tells the states of a row apart.
      attempts: (wasRow?.attempts ?? 0) + 1,
      leaseUntil: null,
      receivedAt: wasRow?.receivedAt ?? at.toISOString(),
      updatedAt: at.toISOString(),
      durationMs: null,
      lease: null,
    };

    const newer = await newerVersion(notification, head, objects);
    if (newer !== null) {
      row.status = 'superseded';
      row.detail = `Version ${newer} of this object is newer; nothing was changed.`;
      row.durationMs = now().getTime() - at.getTime();
      if (await uploads.claim({ row, wasRow, head: null })) return { kind: 'settled', row, fresh: true };
      continue;
    }

    const lease = newLease();
    row.lease = lease;
    row.leaseUntil = new Date(at.getTime() + attempt.leaseMs).toISOString();
    if (isLastDelivery(attempt)) {
      row.status = 'failed';
      row.detail = LAST_ATTEMPT;
    }
    const sequencer = notification.sequencer ?? (head?.version === version ? head.sequencer : null);
    const moved = head?.version !== version || head.sequencer !== sequencer;
    const claimed = await uploads.claim({
      row,
      wasRow,
      head: moved ? { next: { version, sequencer }, was: head } : null,
    });
    if (claimed) return { kind: 'held', row: { ...row, lease } };
  }
  throw new ContendedError(object, TRIES);
}

export function isLastDelivery({ receiveCount, maxReceives }: Delivery): boolean {
  return receiveCount >= maxReceives;
}

/** The key of the uploads table. */
export function objectOf({ bucket, key }: { bucket: string; key: string }): string {
  return `${bucket}/${key}`;
}

/** In a bucket without versions every overwrite has the version `null`; there the sequencer tells contents apart. */
function isSameContent({ versionId, sequencer }: ObjectNotification, row: UploadRow): boolean {
  return versionId !== 'null' || sequencer === null || row.sequencer === null || sequencer <= row.sequencer;
}

/**
 * The version that makes this one old; null where this is the newest.
 *
 * Two sequencers decide. Where one is missing (a re-ingest message brought this version, or the newest known one) or
 * both are equal, S3 knows.
 */
async function newerVersion(
  { bucket, key, versionId, sequencer }: ObjectNotification,
  head: Head | null,
  objects: Ports['objects'],
): Promise<string | null> {
  if (head?.version === versionId) return null;
  if (sequencer !== null) {
    if (!head || (head.sequencer !== null && head.sequencer < sequencer)) return null;
    if (head.sequencer !== null && head.sequencer > sequencer) return head.version;
  }
  const newest = await objects.newestVersion(bucket, key);
  // With no version left, reading this one will say that it is gone.
  return newest === versionId ? null : newest;
}
