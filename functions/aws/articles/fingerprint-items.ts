/**
 * Rows of the fingerprints table: which record had a text first, which ones are its duplicates, and which have a text
 * that may be similar.
 */
import type { ArticleRecord } from '../../article/record.ts';
import { sketchKeys, sketchOf } from '../../article/sketch.ts';
import { isWithdrawn, type Stored } from '../../article/tombstone.ts';
import type { NearText } from '../../ingest/ports.ts';
import { FINGERPRINTS } from '../../names.ts';
import type { Item } from './article-items.ts';

/** Member of the row that names the first record with a text; no instant begins with an at sign. */
export const FIRST = '@first';

export function textFingerprint(contentHash: string): string {
  return `text:${contentHash}`;
}

/** The rows by which a record is found from its text: a duplicate from the same text, any other from a similar one. */
export function fingerprintItems(stored: Stored | null): Item[] {
  if (stored === null || isWithdrawn(stored)) return [];
  const { id, clusterId, contentHash, duplicateOf, text } = stored;
  const member = { [FINGERPRINTS.sort]: memberOf(stored), id };
  // A duplicate needs no rows of its own kind: its first record has the same keys.
  if (duplicateOf !== null) return [{ [FINGERPRINTS.key]: textFingerprint(contentHash), ...member }];
  const sketch = sketchOf(text);
  if (sketch === null) return [];
  const { hashes, shingles } = sketch;
  return sketchKeys(sketch).map((key) => ({
    [FINGERPRINTS.key]: nearFingerprint(key),
    ...member,
    clusterId,
    // Big-endian, whatever machine wrote it.
    hashes: bytesOf(hashes),
    shingles,
  }));
}

export function nearFingerprint(key: string): string {
  return `near:${key}`;
}

export function toNearText(item: Item): NearText {
  return {
    id: item.id as string,
    clusterId: item.clusterId as string,
    sketch: { hashes: hashesOf(item.hashes as Uint8Array), shingles: item.shingles as number },
  };
}

function bytesOf(hashes: Uint32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 * hashes.length));
  for (const [i, hash] of hashes.entries()) bytes.setUint32(4 * i, hash);
  return new Uint8Array(bytes.buffer);
}

function hashesOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getUint32(4 * i));
}

/** In the order in which they were first seen. */
export function memberOf({ firstSeenAt, id }: ArticleRecord): string {
  return `${firstSeenAt}#${id}`;
}
