/**
 * Withdrawing an article: what it said goes, a tombstone stays that keeps it from coming back by itself.
 *
 * Every step can be repeated. A withdrawal that was cut short is finished by withdrawing again. The rules, and why, stand
 * in docs/decisions/storage.md.
 */
import type { ArticleRecord } from '../article/record.ts';
import { isWithdrawn, type Stored, type Tombstone } from '../article/tombstone.ts';
import { ContendedError, NotWithdrawnError, UnknownArticleError } from './errors.ts';
import type { Burial, Change, Erased, Ports } from './ports.ts';

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
}

const TRIES = 6;

/**
 * @throws UnknownArticleError where there is no such article
 * @throws ContendedError where others kept writing to it
 */
export async function withdraw(wish: Wish, ports: Ports): Promise<Withdrawal> {
  const { tombstone, before } = await bury(wish, ports);
  const sameText = tombstone.heir === null ? [] : await followHeir(tombstone.id, tombstone.heir, ports);
  // After the tombstone: what ingest still had in hand for the article can no longer be committed.
  const erased = await ports.articles.erase(wish.id);
  const purged = wish.purge ? await ports.raw.purge(wish.id) : null;
  return { tombstone, before, sameText, erased, purged };
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
    const at = later(now(), was);
    const lifted: Tombstone = { ...was, restoredAt: at, updatedAt: at };
    if (await articles.replace({ was, now: lifted })) return lifted;
  }
  throw new ContendedError(id, TRIES);
}

async function bury(
  { id, reason, purge }: Wish,
  { articles, now }: Ports,
): Promise<{ tombstone: Tombstone; before: boolean }> {
  for (let tries = 0; tries < TRIES; tries++) {
    const was = await articles.read(id);
    if (was === null) throw new UnknownArticleError(id);
    const before = isWithdrawn(was) && was.restoredAt === null;
    if (before && (was.purged || !purge)) return { tombstone: was, before };
    const at = now();
    const text = isWithdrawn(was) ? null : await inherit(was, at, articles);
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
  const updatedAt = later(at, was);
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
async function inherit(was: ArticleRecord, at: Date, articles: Ports['articles']): Promise<Burial['text']> {
  const { contentHash } = was;
  if ((await articles.firstWithText(contentHash)) !== was.id) return null;
  for (const id of await articles.duplicatesWithText(contentHash)) {
    const duplicate = await articles.read(id);
    if (!duplicate || isWithdrawn(duplicate) || duplicate.duplicateOf !== was.id) continue;
    const heir = { ...duplicate, duplicateOf: null, updatedAt: later(at, duplicate) };
    return { contentHash, heir: { was: duplicate, now: heir } };
  }
  return { contentHash, heir: null };
}

/** Makes the other duplicates point to the heir. @returns the ids of all that hold the text, the heir's first */
async function followHeir(gone: string, heir: string, { articles, now }: Ports): Promise<string[]> {
  const first = await articles.read(heir);
  if (!first || isWithdrawn(first)) return [];
  const others = await articles.duplicatesWithText(first.contentHash);
  for (const id of others) await retry(id, () => pointTo(id, gone, heir, now(), articles));
  return [heir, ...others];
}

async function pointTo(
  id: string,
  gone: string,
  heir: string,
  at: Date,
  articles: Ports['articles'],
): Promise<boolean> {
  const was = await articles.read(id);
  if (!was || isWithdrawn(was) || was.duplicateOf !== gone) return true;
  const change: Change = { was, now: { ...was, duplicateOf: heir, updatedAt: later(at, was) } };
  return articles.replace(change);
}

async function retry(id: string, attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) if (await attempt()) return;
  throw new ContendedError(id, TRIES);
}

/** The time of a change: strictly later than the one before, whatever the clock says. */
function later(at: Date, { updatedAt }: Stored): string {
  return new Date(Math.max(at.getTime(), new Date(updatedAt).getTime() + 1)).toISOString();
}
