/**
 * The status of one uploaded object version: the row a person reads to learn what became of it.
 *
 * Every object ends in exactly one terminal status; `processing` is the only one that is not.
 */
import { z } from 'zod';
import { REJECT_CODES, type RejectCode } from './reject.ts';

export const TERMINAL_STATUSES = ['ingested', 'unchanged', 'duplicate', 'superseded', 'rejected', 'failed'] as const;
export const UPLOAD_STATUSES = ['processing', ...TERMINAL_STATUSES] as const;

const instant = z.iso.datetime();

export const UploadSchema = z.object({
  object: z.string().describe('bucket/key, the key as S3 knows it (decoded)'),
  version: z.string().describe('S3 version id; "null" for an object of an unversioned bucket'),
  status: z.enum(UPLOAD_STATUSES),
  reason: z
    .enum(Object.keys(REJECT_CODES) as [RejectCode, ...RejectCode[]])
    .nullable()
    .describe('reject code of a rejected upload'),
  detail: z.string().nullable().describe('one sentence for a person: why, and what to do'),
  articleIds: z.array(z.string()).describe('the records this upload made, confirmed or duplicated'),
  sequencer: z.string().nullable().describe('S3 event sequencer, padded so that strings compare in event order'),
  bytes: z.int().min(0).nullable(),
  mediaType: z.string().nullable(),
  charset: z.string().nullable(),
  attempts: z.int().min(0),
  leaseUntil: instant
    .nullable()
    .describe('while this lies ahead an attempt is under way and the status may still change'),
  receivedAt: instant,
  updatedAt: instant,
  durationMs: z.number().nullable().describe('milliseconds the last attempt took, reading and writing included'),
});

export type Upload = z.infer<typeof UploadSchema>;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** A failed last attempt writes its status ahead of a possible crash, so an open lease is not an end yet. */
export function isSettled(upload: Pick<Upload, 'status' | 'leaseUntil'>, now: Date): boolean {
  if (upload.status === 'processing') return false;
  return upload.leaseUntil === null || new Date(upload.leaseUntil) <= now;
}
