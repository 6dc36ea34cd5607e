/**
 * Rows of the fingerprints table: which record had a text first, and which ones are its duplicates.
 */
import type { ArticleRecord } from '../article/record.ts';
import { isWithdrawn, type Stored } from '../article/tombstone.ts';
import { FINGERPRINTS } from '../names.ts';
import type { Item } from './article-items.ts';

/** Member of the row that names the first record with a text; no instant begins with an at sign. */
export const FIRST = '@first';

export function textFingerprint(contentHash: string): string {
  return `text:${contentHash}`;
}

export function firstItem({ id, contentHash }: ArticleRecord): Item {
  return { [FINGERPRINTS.key]: textFingerprint(contentHash), [FINGERPRINTS.sort]: FIRST, id };
}

/** The row by which a duplicate is found from its text. */
export function textItems(stored: Stored | null): Item[] {
  if (stored === null || isWithdrawn(stored) || stored.duplicateOf === null) return [];
  return [
    {
      [FINGERPRINTS.key]: textFingerprint(stored.contentHash),
      [FINGERPRINTS.sort]: memberOf(stored),
      id: stored.id,
    },
  ];
}

/** In the order in which they were first seen. */
export function memberOf({ firstSeenAt, id }: ArticleRecord): string {
  return `${firstSeenAt}#${id}`;
}
