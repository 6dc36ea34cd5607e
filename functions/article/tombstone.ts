/**
 * What is left of a withdrawn article: enough to say that it was, and to keep it from coming back by itself.
 */
import { z } from 'zod';
import { type ArticleRecord, RawSchema } from './record.ts';

const instant = z.iso.datetime({ offset: false });

/** Characters of a reason: it stands in the tombstone, in an event and in the status of every copy that comes later. */
export const REASON_LENGTH = 1_000;

export const TombstoneSchema = z.object({
  id: z.string(),
  url: z.string().nullable(),
  canonicalUrl: z.string().nullable(),
  site: z.string().nullable(),
  withdrawnAt: instant,
  reason: z.string().nullable().describe('as whoever withdrew it gave it'),
  restoredAt: instant.nullable().describe('since then a new copy of the article is accepted again'),
  purged: z.boolean().describe('whether the raw copies were to be deleted too'),
  firstSeenAt: instant,
  updatedAt: instant,
  revision: z.int().min(1),
  heir: z.string().nullable().describe('the duplicate that became the first record with its text'),
  raw: RawSchema.pick({ bucket: true, key: true, versionId: true }),
});

export type Tombstone = z.infer<typeof TombstoneSchema>;

/** What the articles table holds under an id. */
export type Stored = ArticleRecord | Tombstone;

export function isWithdrawn(stored: Stored): stored is Tombstone {
  return 'withdrawnAt' in stored;
}
