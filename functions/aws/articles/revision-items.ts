/**
 * Items of the revisions table; a text that is too large lies in the bodies bucket.
 */
import { createHash } from 'node:crypto';
import type { Revision } from '../../article/revision.ts';
import { BODY_KEY, bodyPrefix, INLINE_BYTES, type Item, type ItemWithBody } from './article-items.ts';
import { itemSize } from './item-size.ts';

export function toRevisionItem(revision: Revision): ItemWithBody {
  const item: Item = { ...revision };
  if (itemSize(item) < INLINE_BYTES) return { item, spilled: null };
  const { text, ...before } = revision.before;
  const json = JSON.stringify({ text });
  const key = `${bodyPrefix(revision.id)}revisions/${createHash('sha256').update(json).digest('hex')}.json`;
  return { item: { ...item, before, [BODY_KEY]: key }, spilled: { key, json } };
}

/** @param body what lies under the item's {@link BODY_KEY}; null where it has none */
export function toRevision(item: Item, body: { text: string } | null): Revision {
  const { [BODY_KEY]: _key, ...revision } = item;
  const { before } = revision as Revision;
  return { ...(revision as Revision), before: { ...before, text: body?.text ?? before.text ?? null } };
}
