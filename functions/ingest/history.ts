/**
 * What a new copy makes of a record: which record it is of, what the record's history adds to it, and whether it says
 * anything new. The rules and their reasons stand in docs/decisions/ingest-rules.md.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sortInstant } from '../article/assemble.ts';
import { changeTime } from '../article/change.ts';
import { isCorrection } from '../article/identity.ts';
import type { ArticleRecord, Raw } from '../article/record.ts';
import { isFirst, type Predecessor } from '../article/same-text.ts';
import { isNearDuplicate, resemblance, type Sketch, sketchKeys, sketchOf } from '../article/sketch.ts';
import { isWithdrawn, type Stored } from '../article/tombstone.ts';
import { objectOf } from './claim.ts';
import type { Ports } from './ports.ts';

/** As the uploads table names it. */
export function rawObject({ raw }: { raw: Pick<Raw, 'bucket' | 'key'> }): string {
  return objectOf({ bucket: raw.bucket ?? '', key: raw.key });
}

/**
 * The draft under the id of the record it corrects. An article without an address is known by its first words; put
 * again under the same key with some of them changed, it is the same one.
 */
export async function inLineage(
  draft: ArticleRecord,
  { articles, uploads }: Pick<Ports, 'articles' | 'uploads'>,
): Promise<ArticleRecord> {
  if (draft.canonicalUrl !== null) return draft;
  const id = await uploads.lineage(rawObject(draft));
  if (id === null || id === draft.id) return draft;
  const former = await articles.read(id);
  if (former === null || former.canonicalUrl !== null || rawObject(former) !== rawObject(draft)) return draft;
  // What a withdrawn article said is gone, so it is not known what corrects it: everything under its key is kept out.
  return isWithdrawn(former) || isCorrection(former.text, draft.text) ? { ...draft, id } : draft;
}

/**
 * Whether the stored record was made from a later copy. Versions of one object are ordered by the claim, so a copy that
 * came this far is not older than what another version left; copies under different keys are ordered by when they were
 * taken, and of two taken at the same time the one that arrives last counts. The words an article without an address
 * once had are older than their correction, wherever they come from.
 */
export function isOlderCopy(draft: ArticleRecord, stored: Stored): stored is ArticleRecord {
  if (isWithdrawn(stored) || rawObject(draft) === rawObject(stored)) return false;
  if (draft.canonicalUrl === null && draft.contentHash !== stored.contentHash) return true;
  return draft.fetchedAt < stored.fetchedAt;
}

/**
 * The record that has this text first: null where there is none, or it is this one, or it has moved on to another text,
 * was deleted or withdrawn; in these cases this record becomes the first.
 */
export async function liveFirst(
  id: string | null,
  draft: ArticleRecord,
  { articles }: Pick<Ports, 'articles'>,
): Promise<{ first: ArticleRecord | null; named: Predecessor }> {
  const record = id === null || id === draft.id ? null : await articles.read(id);
  return { first: isFirst(record, draft.contentHash) ? record : null, named: { id, record } };
}

/**
 * The cluster of near duplicates: that of the first record with the text, or of the text most alike; where there is none,
 * the one it had as long as it says nearly the same. A record that comes to say something else leaves its id behind as the
 * name of the cluster it was the first of, and begins another one.
 */
export async function clusterOf(
  draft: ArticleRecord,
  stored: Stored | null,
  first: ArticleRecord | null,
  { articles }: Pick<Ports, 'articles'>,
): Promise<string> {
  if (first) return first.clusterId;
  const former = stored === null || isWithdrawn(stored) ? null : stored;
  if (former?.contentHash === draft.contentHash) return former.clusterId;
  const sketch = sketchOf(draft.text);
  const own = stored === null ? draft.id : former && isNear(former, sketch) ? former.clusterId : clusterName(draft);
  if (sketch === null) return own;
  let best = { clusterId: own, jaccard: -1 };
  for (const { id, clusterId, sketch: other } of await articles.withKeys(sketchKeys(sketch))) {
    if (id === draft.id) continue;
    const alike = resemblance(sketch, other);
    if (!isNearDuplicate(alike)) continue;
    // Of two equally alike the smaller id, so that the order in which they are read makes no difference.
    const isBetter = alike.jaccard > best.jaccard || (alike.jaccard === best.jaccard && clusterId < best.clusterId);
    if (isBetter) best = { clusterId, jaccard: alike.jaccard };
  }
  return best.clusterId;
}

function isNear({ text }: Pick<ArticleRecord, 'text'>, sketch: Sketch | null): boolean {
  const former = sketchOf(text);
  return former !== null && sketch !== null && isNearDuplicate(resemblance(sketch, former));
}

/** A name that no record has for its id. */
function clusterName({ id, contentHash }: Pick<ArticleRecord, 'id' | 'contentHash'>): string {
  return createHash('sha256').update(`cluster:${id}:${contentHash}`).digest('hex').slice(0, id.length);
}

export function withHistory(
  draft: ArticleRecord,
  stored: Stored | null,
  { duplicateOf, clusterId }: Pick<ArticleRecord, 'duplicateOf' | 'clusterId'>,
  at: Date,
): ArticleRecord {
  if (!stored) return { ...draft, updatedAt: at.toISOString(), duplicateOf, clusterId };
  const { firstSeenAt } = stored;
  const former = isWithdrawn(stored) ? null : stored;
  const contentChanged = draft.title !== former?.title || draft.contentHash !== former.contentHash;
  return {
    ...draft,
    url: draft.url ?? former?.url ?? null,
    sourceId: draft.sourceId ?? former?.sourceId ?? null,
    firstSeenAt,
    sortAt: sortInstant(draft.publishedAt, new Date(firstSeenAt)),
    updatedAt: changeTime(at, stored),
    revision: stored.revision + (contentChanged ? 1 : 0),
    duplicateOf,
    clusterId,
  };
}

/**
 * Whether the stored record was read from the same bytes, by what S3 says of them, under another form of their address. They
 * are then read again under that one, for whatever follows from the address (those of links and images, whose page it is,
 * how sure the engine is) would differ, and a page that comes in turn by two forms be revised for ever.
 */
export function isElsewhere(draft: ArticleRecord, stored: Stored): stored is ArticleRecord & { url: string } {
  if (isWithdrawn(stored) || stored.url === null || stored.url === draft.url) return false;
  return draft.raw.etag !== null && draft.raw.etag === stored.raw.etag && draft.raw.bytes === stored.raw.bytes;
}

/**
 * Where a copy came from and when is not what the record says; a source or an address, where none was known, is. Nor is it
 * under which form of its address the page was read (`http`, `www.`, tracking parameters), since all have the same id: feeds
 * that name a page in two forms would otherwise have it revised for ever.
 */
export function saysTheSame(record: ArticleRecord, stored: Stored): boolean {
  if (isWithdrawn(stored)) return false;
  const plain = record.url === stored.url ? (as: ArticleRecord) => as : formless;
  const { raw: _raw, fetchedAt, updatedAt, ...says } = plain(record);
  const { raw: _storedRaw, fetchedAt: _fetched, updatedAt: _updated, ...said } = plain(stored);
  const { canonicalUrl } = said;
  const known = { sourceId: said.sourceId ?? says.sourceId, url: said.url ?? says.url, canonicalUrl };
  return isDeepStrictEqual({ ...says, ...known }, said);
}

const ADDRESS = /^https?:\/\/(?:www\.)?/i;

/** A record without scheme and `www.` in its addresses: those without either are resolved by the page's. */
function formless(record: ArticleRecord): ArticleRecord {
  const plain = (_: string, value: unknown) => (typeof value === 'string' ? value.replace(ADDRESS, '//') : value);
  return JSON.parse(JSON.stringify(record, plain)) as ArticleRecord;
}
