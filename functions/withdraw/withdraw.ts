/**
 * Withdrawing an article: what it said goes, a tombstone stays that keeps it from coming back by itself.
 *
 * Every step can be repeated. A withdrawal that was cut short is finished by withdrawing again. The rules, and why, stand
 * in docs/decisions/storage.md.
 */
import { changeTime } from '../article/change.ts';
import type { ArticleRecord } from '../article/record.ts';
import { nextWithText, settleText } from '../article/same-text.ts';
import { isWithdrawn, type Stored, type Tombstone } from '../article/tombstone.ts';
import { ContendedError, NotWithdrawnError, UnknownArticleError } from './errors.ts';
import type { Burial, Erased, Ports, RawVersion } from './ports.ts';

export interface Wish {
  id: string;
  /** Kept in the tombstone and told to whoever uploads the article again. */
  reason: string | null;
  /** Whether the raw copies go too. */
  purge: boolean;
}

export interface Withdrawal {
  tombstone: Tombstone;
  /** It was withdrawn before; what was left to do is done. */
  before: boolean;
  /** Records that still hold the same text, from elsewhere. */
  sameText: string[];
  erased: Erased;
  /** Versions of raw copies that were deleted; null where that was not asked for. */
  purged: number | null;
  /** Versions under the same keys that were never read and stay, for they may be of other articles. */
  unread: RawVersion[];
}

const TRIES = 6;

/**
 * @throws UnknownArticleError where there is no such article
 * @throws ContendedError where others kept writing to it
 */
export async function withdraw(wish: Wish, ports: Ports): Promise<Withdrawal> {
  const { tombstone, before } = await bury(wish, ports);
  // Before its revisions go, which tell the texts it had.
  const sameText = await settleTexts(tombstone, ports);
  // After the tombstone: what ingest still had in hand for the article can no longer be committed.
  const erased = await ports.articles.erase(wish.id);
  const purge = wish.purge ? await ports.raw.purge(wish.id) : null;
  const { versions: purged, unread } = purge ?? { versions: null, unread: [] };
  return { tombstone, before, sameText, erased, purged, unread };
}

/**
 * Lets copies of the article be ingested again. What it said does not come back: for that a copy must be uploaded.
 *
 * @throws UnknownArticleError, NotWithdrawnError, ContendedError
 */
export async function restore(id: string, { articles, now }: Ports): Promise<Tombstone> {
  for (let tries = 0; tries < TRIES; tries++) {
    const was = await articles.read(id);
    if (was === null) throw new UnknownArticleError(id);
    if (!isWithdrawn(was)) throw new NotWithdrawnError(id);
    if (was.restoredAt !== null) return was;
    const at = changeTime(now(), was);
    const lifted: Tombstone = { ...was, restoredAt: at, updatedAt: at };
    if (await articles.replace({ was, now: lifted })) return lifted;
  }
  throw new ContendedError(id, TRIES);
}

async function bury({ id, reason, purge }: Wish, ports: Ports): Promise<{ tombstone: Tombstone; before: boolean }> {
  const { articles, now } = ports;
  for (let tries = 0; tries < TRIES; tries++) {
    const was = await articles.read(id);
    if (was === null) throw new UnknownArticleError(id);
    const before = isWithdrawn(was) && was.restoredAt === null;
    if (before && (was.purged || !purge)) return { tombstone: was, before };
    const at = now();
    const text = isWithdrawn(was) ? null : await inherit(was, ports);
    const tombstone = tombstoneOf(was, { reason, purge, heir: text?.heir?.now.id ?? null }, at);
    if (await articles.bury({ grave: { was, now: tombstone }, text })) return { tombstone, before };
  }
  throw new ContendedError(id, TRIES);
}

function tombstoneOf(
  was: Stored,
  { reason, purge, heir }: { reason: string | null; purge: boolean; heir: string | null },
  at: Date,
): Tombstone {
  const { id, url, canonicalUrl, site, firstSeenAt, revision, raw } = was;
  const former = isWithdrawn(was) ? was : null;
  const updatedAt = changeTime(at, was);
  return {
    id,
    url,
    canonicalUrl,
    site,
    withdrawnAt: former?.restoredAt === null ? former.withdrawnAt : updatedAt,
    reason: reason ?? former?.reason ?? null,
    restoredAt: null,
    purged: purge || (former?.purged ?? false),
    firstSeenAt,
    updatedAt,
    revision,
    heir: heir ?? former?.heir ?? null,
    raw: { bucket: raw.bucket, key: raw.key, versionId: raw.versionId },
  };
}

/** Of the records with the same text the one that was first seen first takes the place of the one that goes. */
async function inherit({ id, contentHash }: ArticleRecord, { articles, now }: Ports): Promise<Burial['text']> {
  if ((await articles.firstWithText(contentHash)) !== id) return null;
  return { contentHash, heir: await nextWithText(contentHash, id, { store: articles, now }) };
}

/**
 * Makes the other duplicates point to the heir, and those of texts it had before to records that have them still.
 *
 * @returns the ids of all that hold its last text, the heir's first
 */
async function settleTexts({ id, heir }: Tombstone, { articles, now }: Ports): Promise<string[]> {
  const sharing = { store: articles, now };
  for (const contentHash of await articles.formerTexts(id)) await settleText(contentHash, sharing);
  const first = heir === null ? null : await articles.read(heir);
  return first === null || isWithdrawn(first) ? [] : settleText(first.contentHash, sharing);
}
