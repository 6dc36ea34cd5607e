/**
 * What an upload means to other records: where the first record with a text moves on to another, the next takes its
 * place. The rules, and why, stand in docs/decisions/ingest-rules.md.
 */
import type { ArticleRecord } from '../article/record.ts';
import { isFirst, settleText } from '../article/same-text.ts';
import { isWithdrawn, type Stored } from '../article/tombstone.ts';
import type { Ports, UploadRow } from './ports.ts';

/** Duplicates of one text that an upload brings in order at most: a second or two of the function's time. */
export const FOLLOWERS = 200;

type Sharing = Pick<Ports, 'articles' | 'now'>;

/** Hash of the text that the record is the first with and has no longer after this change; null where there is none. */
export async function textLeft(
  stored: Stored | null,
  now: ArticleRecord,
  { articles }: Pick<Ports, 'articles'>,
): Promise<string | null> {
  if (stored === null || isWithdrawn(stored) || stored.contentHash === now.contentHash) return null;
  return (await articles.firstWithText(stored.contentHash)) === stored.id ? stored.contentHash : null;
}

/**
 * Whether another record has taken the place of one that is named as the first with the draft's text and is not; if one
 * can, it does so now.
 */
export async function hasSuccessor(
  named: string | null,
  { id, contentHash }: ArticleRecord,
  { articles: store, now }: Sharing,
): Promise<boolean> {
  if (named === null || named === id) return false;
  const [first] = await settleText(contentHash, { store, now, atMost: FOLLOWERS });
  return first !== undefined;
}

/**
 * Brings the records in order whose text an ended upload left or joined. Nothing is known of it but what the row says, so
 * a delivery that was cut short here is made good by the next one of the same message.
 */
export async function settleTexts(
  { status, leftText, articleIds }: UploadRow,
  { articles: store, now }: Sharing,
): Promise<void> {
  const sharing = { store, now, atMost: FOLLOWERS };
  if (leftText !== undefined) await settleText(leftText, sharing);
  if (status !== 'duplicate') return;
  for (const id of articleIds) {
    const article = await store.read(id);
    if (article === null || isWithdrawn(article) || article.duplicateOf === null) continue;
    // It may have moved on between being read and being pointed to.
    const { contentHash, duplicateOf } = article;
    if (!isFirst(await store.read(duplicateOf), contentHash)) await settleText(contentHash, sharing);
  }
}
