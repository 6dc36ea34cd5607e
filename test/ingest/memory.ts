/**
 * The world of the ingest stage in memory: a versioned bucket, the tables, a clock, and an engine that reads JSON.
 */
import { createHash } from 'node:crypto';
import { siteOf } from '../../functions/article/canonical-url.ts';
import { type ArticleCard, cardOf } from '../../functions/article/card.ts';
import type { Change } from '../../functions/article/change.ts';
import { listedUnder } from '../../functions/article/facets.ts';
import type { ArticleRecord, Tag } from '../../functions/article/record.ts';
import type { RejectCode } from '../../functions/article/reject.ts';
import { type Revision, revisionOf } from '../../functions/article/revision.ts';
import type { Predecessor, SameTextStore } from '../../functions/article/same-text.ts';
import { KEY_CANDIDATES, sketchKeys, sketchOf } from '../../functions/article/sketch.ts';
import { isWithdrawn, type Stored } from '../../functions/article/tombstone.ts';
import type { Attempt } from '../../functions/ingest/claim.ts';
import { type IngestResult, ingest, type Settings } from '../../functions/ingest/ingest.ts';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import type { Extract, Head, ObjectVersion, Ports, StoredObject, UploadRow } from '../../functions/ingest/ports.ts';
import { normalizeSequencer } from '../../functions/ingest/sequencer.ts';
import type { Ports as WithdrawalPorts } from '../../functions/withdraw/ports.ts';
import { emptyArticle } from '../support/articles.ts';

export const BUCKET = 'uploads';
const MINUTE = 60_000;
/** The time one delivery may take at most, and so how long a lease lasts. */
export const LEASE = MINUTE;
export const MAX_RECEIVES = 3;

export const settings: Settings = { maxObjectBytes: 10_000, engineVersion: '1.0.0', bodiesBucket: 'bodies' };

/** What a test document says; the engine of these tests finds just that. */
export interface Document {
  url?: string;
  title?: string;
  text?: string;
  description?: string;
  tags?: Tag[];
  authors?: ArticleRecord['authors'];
  reject?: RejectCode;
  throws?: string;
}

const readJson: Extract = (bytes, { url }) => {
  const document = JSON.parse(Buffer.from(bytes).toString('utf8')) as Document;
  const form = { mediaType: 'text/plain', charset: 'utf-8' };
  if (document.throws) throw new TypeError(document.throws);
  if (document.reject) return { kind: 'rejected', code: document.reject, detail: `because ${document.reject}`, form };
  const given = document.url ?? url ?? null;
  return {
    kind: 'article',
    form,
    article: {
      ...structuredClone(emptyArticle),
      url: given,
      canonicalUrl: given,
      site: siteOf(given),
      title: document.title ?? null,
      description: document.description ?? null,
      tags: document.tags ?? [],
      authors: document.authors ?? [],
      text: document.text ?? '',
      blocks: ['p'],
    },
  };
};

export interface Put {
  key?: string;
  document: Document;
  metadata?: Record<string, string>;
  /** Minutes after the beginning. */
  at?: number;
}

const START = Date.parse('2026-03-01T08:00:00Z');

export function minute(count: number): Date {
  return new Date(START + count * MINUTE);
}

/** As S3 gives it to an object put in one piece. */
const etagOf = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** A process that ends here: nothing of the attempt runs any more. */
export class Crash extends Error {}

export class World {
  clock = START;
  readonly objects = new Map<string, { versionId: string; object: StoredObject }[]>();
  readonly rows = new Map<string, UploadRow>();
  readonly heads = new Map<string, Head>();
  readonly lineages = new Map<string, string>();
  readonly stored = new Map<string, Stored>();
  readonly revisions = new Map<string, Revision>();
  readonly texts = new Map<string, string>();
  #puts = 0;
  #leases = 0;

  /** Stores an object version. @returns the notification S3 would send of it */
  put({ key = 'a.txt', document, metadata = {}, at }: Put): ObjectNotification {
    if (at !== undefined) this.clock = START + at * MINUTE;
    const bytes = Buffer.from(JSON.stringify(document));
    const versionId = this.putBytes(key, bytes, metadata);
    const sequencer = normalizeSequencer(sequencerOf(this.#puts));
    return { bucket: BUCKET, key, versionId, sequencer, bytes: bytes.length, etag: etagOf(bytes) };
  }

  /** @returns the version id */
  putBytes(
    key: string,
    bytes: Uint8Array,
    metadata: Record<string, string>,
    contentType: string | null = null,
  ): string {
    const versionId = `v${++this.#puts}`;
    const versions = this.objects.get(`${BUCKET}/${key}`) ?? [];
    const object = { bytes, etag: etagOf(bytes), contentType, metadata, uploadedAt: new Date(this.clock) };
    this.objects.set(`${BUCKET}/${key}`, [{ versionId, object }, ...versions]);
    return versionId;
  }

  remove(notification: ObjectVersion): void {
    const object = `${notification.bucket}/${notification.key}`;
    const rest = this.objects.get(object)?.filter(({ versionId }) => versionId !== notification.versionId);
    this.objects.set(object, rest ?? []);
  }

  /** Delivers a notification to the stage. @throws what the stage throws */
  deliver(
    notification: ObjectNotification,
    {
      receiveCount = 1,
      mayBegin = true,
      ports = this.ports(),
    }: { receiveCount?: number; mayBegin?: boolean; ports?: Ports } = {},
  ): Promise<IngestResult> {
    const attempt: Attempt = { receiveCount, maxReceives: MAX_RECEIVES, leaseMs: LEASE, mayBegin };
    return ingest(notification, attempt, settings, ports);
  }

  row({ bucket, key, versionId }: ObjectNotification): UploadRow | undefined {
    return this.rows.get(`${bucket}/${key}@${versionId}`);
  }

  /** Those that were not withdrawn, by id. */
  get articles(): Map<string, ArticleRecord> {
    const live = [...this.stored].filter((entry): entry is [string, ArticleRecord] => !isWithdrawn(entry[1]));
    return new Map(live);
  }

  /** What the facets say: each with the cards under it. */
  get facets(): Map<string, ArticleCard[]> {
    const facets = new Map<string, ArticleCard[]>();
    for (const record of this.articles.values()) {
      for (const facet of listedUnder(record)) facets.set(facet, [...(facets.get(facet) ?? []), cardOf(record)]);
    }
    return facets;
  }

  article(): ArticleRecord {
    const [only, ...others] = this.articles.values();
    if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} articles are stored`);
    return only;
  }

  ports(): Ports {
    const rowKey = (object: string, version: string) => `${object}@${version}`;
    const holds = (row: UploadRow, lease: string) => this.rows.get(rowKey(row.object, row.version))?.lease === lease;
    return {
      extract: readJson,
      now: () => new Date(this.clock),
      newLease: () => `lease${++this.#leases}`,
      objects: {
        read: async ({ bucket, key, versionId }, maxBytes) => {
          const found = this.objects.get(`${bucket}/${key}`)?.find((version) => version.versionId === versionId);
          if (!found) return { kind: 'gone' };
          const { bytes } = found.object;
          return bytes.length > maxBytes
            ? { kind: 'too-large', bytes: bytes.length }
            : { kind: 'object', object: structuredClone(found.object) };
        },
        newestVersion: async (bucket, key) => this.objects.get(`${bucket}/${key}`)?.[0]?.versionId ?? null,
      },
      uploads: {
        read: async (object, version) =>
          structuredClone({
            row: this.rows.get(rowKey(object, version)) ?? null,
            head: this.heads.get(object) ?? null,
          }),
        claim: async ({ row, wasRow, head }) => {
          const now = this.rows.get(rowKey(row.object, row.version)) ?? null;
          if ((now === null) !== (wasRow === null)) return false;
          if (now && wasRow && (now.attempts !== wasRow.attempts || now.lease !== wasRow.lease)) return false;
          const headNow = this.heads.get(row.object) ?? null;
          if (head && (headNow?.version !== head.was?.version || headNow?.sequencer !== head.was?.sequencer))
            return false;
          this.rows.set(rowKey(row.object, row.version), structuredClone(row));
          if (head) this.heads.set(row.object, structuredClone(head.next));
          return true;
        },
        lineage: async (object) => this.lineages.get(object) ?? null,
        settle: async (row, lease) => {
          if (!holds(row, lease)) return false;
          this.rows.set(rowKey(row.object, row.version), structuredClone(row));
          return true;
        },
      },
      articles: {
        ...this.#sameTexts(),
        withKeys: async (keys) => {
          const texts = [...this.articles.values()].flatMap((record) => {
            const sketch = record.duplicateOf === null ? sketchOf(record.text) : null;
            return sketch ? [{ ...record, sketch }] : [];
          });
          texts.sort((a, b) => (`${a.firstSeenAt}#${a.id}` < `${b.firstSeenAt}#${b.id}` ? 1 : -1));
          return keys.flatMap((key) =>
            texts
              .filter(({ sketch }) => sketchKeys(sketch).includes(key))
              .slice(0, KEY_CANDIDATES)
              .map(({ id, clusterId, sketch }) => ({ id, clusterId, sketch })),
          );
        },
        commit: async ({ article, was, firstWithText, leftText, row, lease }) => {
          if (!holds(row, lease)) return 'lease-lost';
          if (this.heads.get(row.object)?.version !== row.version) return 'newer-version';
          const now = this.stored.get(article.id) ?? null;
          if (now?.updatedAt !== was?.updatedAt || now?.revision !== was?.revision) return 'conflict';
          if (firstWithText && !this.#isNamed(article.contentHash, firstWithText.was, article.id)) return 'conflict';
          if (leftText !== null && this.texts.get(leftText) !== article.id) return 'conflict';
          this.stored.set(article.id, structuredClone(article));
          const revision = revisionOf(was, article);
          if (revision) this.revisions.set(`${revision.id}#${revision.revision}`, revision);
          if (article.canonicalUrl === null) this.lineages.set(row.object, article.id);
          if (leftText !== null) this.texts.delete(leftText);
          if (firstWithText) this.texts.set(article.contentHash, article.id);
          this.rows.set(rowKey(row.object, row.version), structuredClone(row));
          return 'committed';
        },
      },
    };
  }

  readonly #isAsRead = ({ was }: Change) => {
    const now = this.stored.get(was.id);
    return now?.updatedAt === was.updatedAt && now.revision === was.revision;
  };

  #isNamed(contentHash: string, { id, record }: Predecessor, heir: string): boolean {
    if ((this.texts.get(contentHash) ?? null) !== id) return false;
    if (id === null || id === heir) return true;
    const now = this.stored.get(id);
    return now?.updatedAt === record?.updatedAt && now?.revision === record?.revision;
  }

  #sameTexts(): SameTextStore {
    return {
      read: async (id) => structuredClone(this.stored.get(id) ?? null),
      firstWithText: async (hash) => this.texts.get(hash) ?? null,
      duplicatesWithText: async (hash, atMost) =>
        [...this.articles.values()]
          .filter(({ duplicateOf, contentHash }) => duplicateOf !== null && contentHash === hash)
          .map(({ firstSeenAt, id }) => `${firstSeenAt}#${id}`)
          .sort()
          .map((member) => member.slice(-32))
          .slice(0, atMost),
      succeed: async ({ contentHash, was, heir }) => {
        if (!this.#isAsRead(heir) || !this.#isNamed(contentHash, was, heir.now.id)) return false;
        this.stored.set(heir.now.id, structuredClone(heir.now));
        this.texts.set(contentHash, heir.now.id);
        return true;
      },
      replace: async (change) => {
        if (!this.#isAsRead(change)) return false;
        this.stored.set(change.now.id, structuredClone(change.now));
        return true;
      },
    };
  }

  /** What withdrawing works with, on the same tables and bucket. */
  withdrawalPorts(): WithdrawalPorts {
    const write = ({ now }: Change) => void this.stored.set(now.id, structuredClone(now));
    return {
      now: () => new Date(this.clock),
      articles: {
        ...this.#sameTexts(),
        formerTexts: async (id) => [
          ...new Set(
            [...this.revisions.values()].filter((each) => each.id === id).map(({ before }) => before.contentHash),
          ),
        ],
        bury: async ({ grave, text }) => {
          if (![grave, ...(text?.heir ? [text.heir] : [])].every(this.#isAsRead)) return false;
          if (text && this.texts.get(text.contentHash) !== grave.was.id) return false;
          write(grave);
          if (text?.heir) write(text.heir);
          if (text) {
            if (text.heir) this.texts.set(text.contentHash, text.heir.now.id);
            else this.texts.delete(text.contentHash);
          }
          return true;
        },
        erase: async (id) => {
          const keys = [...this.revisions.keys()].filter((key) => key.startsWith(`${id}#`));
          for (const key of keys) this.revisions.delete(key);
          return { revisions: keys.length, bodies: 0 };
        },
      },
      raw: {
        purge: async (articleId) => {
          const rows = [...this.rows.values()];
          const objects = new Set(
            rows.filter(({ articleIds }) => articleIds.includes(articleId)).map(({ object }) => object),
          );
          const isUnread = ({ status, articleIds }: UploadRow) =>
            (status === 'superseded' || status === 'failed') && articleIds.length === 0;
          const unread = rows.filter((row) => objects.has(row.object) && isUnread(row));
          let purged = 0;
          for (const row of rows.filter(({ articleIds }) => articleIds.includes(articleId))) {
            const versions = this.objects.get(row.object) ?? [];
            const rest = versions.filter(({ versionId }) => versionId !== row.version);
            purged += versions.length - rest.length;
            this.objects.set(row.object, rest);
          }
          return { versions: purged, unread: unread.map(({ object, version }) => ({ object, version })) };
        },
      },
    };
  }
}

/** Of unequal length, as those of S3: …1, …2, … …e, …f1, …f2, … are in this order once padded on the right. */
function sequencerOf(sequence: number): string {
  return `0055${'f'.repeat(Math.floor((sequence - 1) / 14))}${(((sequence - 1) % 14) + 1).toString(16)}`;
}

export type FaultKind =
  /** The call is refused and the attempt can still say so. */
  | 'error'
  /** The process dies before the call reaches anything. */
  | 'crash-before'
  /** The call takes effect and the process dies before it hears of it. */
  | 'crash-after';

/** The same ports, of which the n-th call (from 0) goes wrong. `calls` counts those that were made. */
export function withFault(ports: Ports, kind: FaultKind, n: number): { ports: Ports; calls(): number } {
  let calls = 0;
  let dead = false;
  const guard =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      if (dead) throw new Crash('the process is gone');
      const mine = calls++;
      if (mine !== n) return call(...args);
      if (kind === 'crash-after') await call(...args);
      dead = kind !== 'error';
      throw kind === 'error' ? new Error('the network is down') : new Crash('the process ends');
    };
  const { objects, uploads, articles } = ports;
  return {
    calls: () => calls,
    ports: {
      ...ports,
      objects: { read: guard(objects.read), newestVersion: guard(objects.newestVersion) },
      uploads: {
        read: guard(uploads.read),
        claim: guard(uploads.claim),
        lineage: guard(uploads.lineage),
        settle: guard(uploads.settle),
      },
      articles: {
        read: guard(articles.read),
        firstWithText: guard(articles.firstWithText),
        withKeys: guard(articles.withKeys),
        duplicatesWithText: guard(articles.duplicatesWithText),
        succeed: guard(articles.succeed),
        replace: guard(articles.replace),
        commit: guard(articles.commit),
      },
    },
  };
}
