/**
 * Messages of the ingest queue.
 *
 * S3 sends one event notification per message, in theory several (`Records`), and a test event when the bucket is set
 * up. We ourselves ask for an object to be ingested, because its notification was lost or its status with the tables,
 * by a message of the same shape that has no sequencer: see {@link reingestMessage}.
 */
import { z } from 'zod';
import type { ObjectVersion } from './ports.ts';
import { normalizeSequencer } from './sequencer.ts';

/** An object version that was created, as told by the event. */
export interface ObjectNotification extends ObjectVersion {
  /** Normalized; null where the event has none, as in a re-ingest message. */
  sequencer: string | null;
  bytes: number | null;
  etag: string | null;
}

/** What a message holds. One bad record does not keep the others from being ingested. */
export interface Message {
  notifications: ObjectNotification[];
  /** One sentence for each part that could not be understood; empty for a good message. */
  problems: string[];
}

const EventSchema = z.object({
  eventName: z.string(),
  s3: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      key: z.string().min(1),
      versionId: z.string().min(1).nullish(),
      // Read loosely: without them the object can still be ingested.
      sequencer: z.unknown().optional(),
      size: z.unknown().optional(),
      eTag: z.unknown().optional(),
    }),
  }),
});

const MessageSchema = z.object({ Records: z.array(z.unknown()) });
const TestEventSchema = z.object({ Event: z.literal('s3:TestEvent') });

/**
 * Put, Post, Copy, CompleteMultipartUpload, and whatever S3 adds: every creation counts. Deletions and the like are
 * not ours to act on.
 */
const CREATED = /^(?:s3:)?ObjectCreated:/;

/** Reads the body of a message of the ingest queue; it does not throw on any input. */
export function readMessage(body: string): Message {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    return { notifications: [], problems: ['not JSON'] };
  }
  if (TestEventSchema.safeParse(content).success) return { notifications: [], problems: [] };
  const message = MessageSchema.safeParse(content);
  if (!message.success) return { notifications: [], problems: ['no list of Records'] };

  const notifications: ObjectNotification[] = [];
  const problems: string[] = [];
  for (const [index, record] of message.data.Records.entries()) {
    const event = EventSchema.safeParse(record);
    if (!event.success) {
      const [issue] = event.error.issues;
      problems.push(`record ${index}: ${issue?.path.join('.')} ${issue?.message}`);
      continue;
    }
    if (!CREATED.test(event.data.eventName)) continue;
    const { bucket, object } = event.data.s3;
    const key = decodeEventKey(object.key);
    if (key === null) {
      problems.push(`record ${index}: its key is not percent-encoded`);
      continue;
    }
    notifications.push({
      bucket: bucket.name,
      key,
      versionId: object.versionId ?? 'null',
      sequencer: normalizeSequencer(object.sequencer),
      bytes: Number.isSafeInteger(object.size) && (object.size as number) >= 0 ? (object.size as number) : null,
      etag: typeof object.eTag === 'string' ? object.eTag : null,
    });
  }
  return { notifications, problems };
}

/**
 * The body of a message that asks for an object version to be ingested. It changes nothing where that version has its
 * status already, and an old version ends as superseded: having no sequencer, it is ordered by asking S3.
 */
export function reingestMessage({ bucket, key, versionId }: ObjectVersion): string {
  return JSON.stringify({
    Records: [
      {
        eventSource: 'copydesk',
        eventName: 'ObjectCreated:Reingest',
        s3: { bucket: { name: bucket }, object: { key: encodeEventKey(key), versionId } },
      },
    ],
  });
}

/** Events write keys as a form does: a space as `+`, everything else that needs it as UTF-8 in percent-encoding. */
function decodeEventKey(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function encodeEventKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}
