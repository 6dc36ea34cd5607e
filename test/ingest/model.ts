/**
 * A model of the rules that knows nothing of rows, leases, heads, shards and transactions, and the random histories it
 * is held against.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { facetName } from '../../functions/article/facets.ts';
import { contentHash } from '../../functions/article/fingerprints.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import type { Revision } from '../../functions/article/revision.ts';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import type { Document, FaultKind } from './memory.ts';

const KEYS = ['a.txt', 'b.txt', 'c.txt'];
/** Two of one site. */
export const URLS = ['https://a.example/1', 'https://a.example/2', 'https://b.example/3'];

const REPORT =
  'The harbour board has signed a contract for a new night boat to Norrvik, which will sail on Mondays, Wednesdays and ' +
  'Fridays from May, and take bicycles for free after a survey of two thousand travellers last autumn.';
/** Long enough to be alike: the same text with an edit. */
export const ALIKE = [REPORT, REPORT.replace('Mondays, Wednesdays and Fridays', 'Tuesdays and Saturdays')];
const TEXTS = ['One.', ...ALIKE];
const TAGS = ['ferries', 'floods'].map((slug) => ({ label: slug.toUpperCase(), slug }));

export interface PutAction {
  do: 'put';
  key: string;
  document: Document;
  /** Minutes from the beginning; null leaves it to the time of upload. */
  fetchedAt: number | null;
}

export interface DeliverAction {
  do: 'deliver';
  /** Which of the notifications so far, old ones again included. */
  which: number;
  sequenced: boolean;
  receiveCount: number;
  fault: { kind: FaultKind; at: number } | null;
}

export interface TakeAction {
  do: 'withdraw' | 'purge' | 'restore';
  /** Which of the articles so far, those that were withdrawn included. */
  which: number;
}

export type Action = PutAction | DeliverAction | TakeAction;

const said = {
  title: fc.constantFrom('A', 'A', 'B'),
  text: fc.constantFrom(...TEXTS),
  tags: fc.subarray(TAGS),
};

export const putAction: fc.Arbitrary<PutAction> = fc.record({
  do: fc.constant('put' as const),
  key: fc.constantFrom(...KEYS),
  document: fc.oneof(
    { weight: 8, arbitrary: fc.record({ url: fc.constantFrom(...URLS), ...said }) },
    { weight: 4, arbitrary: fc.record(said) },
    { weight: 1, arbitrary: fc.constant({ reject: 'NO_CONTENT' as const }) },
  ),
  fetchedAt: fc.option(fc.integer({ min: -5, max: 0 })),
});

export const deliverAction: fc.Arbitrary<DeliverAction> = fc.record({
  do: fc.constant('deliver' as const),
  which: fc.nat(),
  sequenced: fc.boolean(),
  receiveCount: fc.integer({ min: 1, max: 3 }),
  fault: fc.option(
    fc.record({
      kind: fc.constantFrom<FaultKind>('error', 'crash-before', 'crash-after'),
      at: fc.integer({ min: 0, max: 9 }),
    }),
  ),
});

export const takeAction: fc.Arbitrary<TakeAction> = fc.record({
  do: fc.constantFrom('withdraw' as const, 'purge' as const, 'restore' as const),
  which: fc.nat(),
});

export interface Upload {
  order: number;
  notification: ObjectNotification;
  document: Document;
  fetchedAt: number;
  uploadedAt: number;
}

/** What is expected of one record. */
export interface Expected extends Pick<ArticleRecord, 'title' | 'text' | 'duplicateOf' | 'clusterId' | 'revision'> {
  key: string;
  hasUrl: boolean;
  tags: string[];
  fetchedAt: number;
  firstSeenAt: number;
}

export interface Gone {
  key: string;
  hasUrl: boolean;
  revision: number;
  firstSeenAt: number;
  restored: boolean;
}

/** What should come of uploads, in the order in which they come to their end, and of withdrawals between them. */
export class Model {
  readonly articles = new Map<string, Expected>();
  readonly gone = new Map<string, Gone>();
  /** `id#revision` → what changed, and what was there before. */
  readonly revisions = new Map<string, Pick<Revision, 'changed'> & { title: string | null; text: string }>();
  readonly firsts = new Map<string, string>();
  readonly #lineages = new Map<string, string>();
  readonly #original: (text: string) => string;

  /** @param original the text of {@link ALIKE} that a document's was made from */
  constructor(original: (text: string) => string = (text) => text) {
    this.#original = original;
  }

  get ids(): string[] {
    return [...this.articles.keys(), ...this.gone.keys()].sort();
  }

  /** @param isOld whether a newer version of the same object is known */
  end({ document, notification: { key }, fetchedAt, uploadedAt }: Upload, isOld: boolean): string {
    if (isOld) return 'superseded';
    if (document.reject) return 'rejected';
    const { url = null, title = null, text = '' } = document;
    const tags = document.tags?.map(({ slug }) => slug) ?? [];
    const id = url === null ? this.#textId(key, text) : articleId(url, text);
    const gone = this.gone.get(id);
    if (gone && !gone.restored) return 'rejected';
    const stored = this.articles.get(id);
    const isCorrected = url === null && stored?.text !== text;
    if (stored && stored.key !== key && (isCorrected || fetchedAt < stored.fetchedAt)) return 'superseded';

    const first = this.firsts.get(text);
    const duplicateOf = first !== undefined && first !== id && this.articles.get(first)?.text === text ? first : null;
    const clusterId = this.#cluster(id, text, duplicateOf, stored);
    if (duplicateOf === null) this.firsts.set(text, id);
    const now = { title, text, tags, duplicateOf, clusterId };
    if (stored && Object.entries(now).every(([name, value]) => `${value}` === `${stored[name as keyof typeof now]}`)) {
      return 'unchanged';
    }
    const changed: Revision['changed'] = [];
    if (stored && stored.title !== title) changed.push('title');
    if (stored && stored.text !== text) changed.push('text');
    const rises = gone !== undefined || changed.length > 0;
    const revision = (stored?.revision ?? gone?.revision ?? 1) + (rises ? 1 : 0);
    if (stored && changed.length > 0) {
      this.revisions.set(`${id}#${revision}`, { changed, title: stored.title, text: stored.text });
    }
    const firstSeenAt = stored?.firstSeenAt ?? gone?.firstSeenAt ?? uploadedAt;
    this.articles.set(id, { ...now, revision, key, hasUrl: url !== null, fetchedAt, firstSeenAt });
    this.gone.delete(id);
    if (stored && stored.text !== text) this.#handOn(stored.text, id);
    if (url === null) this.#lineages.set(key, id);
    return duplicateOf ? 'duplicate' : 'ingested';
  }

  withdraw(id: string): void {
    const article = this.articles.get(id);
    const { key, hasUrl, revision, firstSeenAt } = (article ?? this.gone.get(id)) as Gone;
    this.articles.delete(id);
    this.gone.set(id, { key, hasUrl, revision, firstSeenAt, restored: false });
    for (const name of [...this.revisions.keys()]) if (name.startsWith(`${id}#`)) this.revisions.delete(name);
    if (article) this.#handOn(article.text, id);
  }

  restore(id: string): void {
    const gone = this.gone.get(id);
    if (gone) gone.restored = true;
  }

  /** Which ids are listed under which facet. */
  facets(): Map<string, string[]> {
    const facets = new Map<string, string[]>();
    for (const [id, { tags, duplicateOf, clusterId }] of this.articles) {
      if (duplicateOf !== null) continue;
      const names = tags.map((tag) => facetName('tag', tag));
      if (clusterId !== id) names.push(facetName('cluster', clusterId));
      for (const name of names) facets.set(name, [...(facets.get(name) ?? []), id].sort());
    }
    return facets;
  }

  /** Ids of some of the articles, the last seen first. */
  newestFirst(isListed: (id: string, article: Expected) => boolean): string[] {
    return [...this.articles]
      .filter(([id, article]) => isListed(id, article))
      .sort(([, one], [, other]) => other.firstSeenAt - one.firstSeenAt)
      .map(([id]) => id);
  }

  /** Where that was the first record with the text, the next takes its place. */
  #handOn(text: string, id: string): void {
    if (this.firsts.get(text) !== id) return;
    this.firsts.delete(text);
    const [heir, ...others] = [...this.articles]
      .filter(([, article]) => article.text === text)
      .sort(([a, one], [b, other]) => one.firstSeenAt - other.firstSeenAt || (a < b ? -1 : 1));
    if (!heir) return;
    heir[1].duplicateOf = null;
    for (const [, other] of others) other.duplicateOf = heir[0];
    this.firsts.set(text, heir[0]);
  }

  #textId(key: string, text: string): string {
    const own = articleId(null, text);
    const id = this.#lineages.get(key);
    if (id === undefined || id === own) return own;
    const former = this.articles.get(id);
    const where = former ?? this.gone.get(id);
    if (!where || where.hasUrl || where.key !== key) return own;
    // A record that came back from withdrawal keeps its id, whatever its words: the same words again are its own.
    const isItsText = former === undefined || former.text === text || this.#isAlike(former.text, text);
    return isItsText ? id : own;
  }

  #cluster(id: string, text: string, duplicateOf: string | null, stored: Expected | undefined): string {
    if (duplicateOf !== null) return (this.articles.get(duplicateOf) as Expected).clusterId;
    if (stored?.text === text) return stored.clusterId;
    const near = [...this.articles].filter(
      ([other, { text: words, duplicateOf: of }]) => other !== id && of === null && this.#isAlike(words, text),
    );
    // The same words first, which a record may have that was once a duplicate of another; then the smallest id.
    const same = near.filter(([, other]) => other.text === text);
    const clusters = (same.length > 0 ? same : near).map(([, { clusterId }]) => clusterId);
    return clusters.sort()[0] ?? this.#ownCluster(id, text, stored);
  }

  /** What says something else than it did has a cluster of its own, which is named by both id and text. */
  #ownCluster(id: string, text: string, stored: Expected | undefined): string {
    if (stored && this.#isAlike(stored.text, text)) return stored.clusterId;
    if (!stored && !this.gone.has(id)) return id;
    return createHash('sha256')
      .update(`cluster:${id}:${contentHash(text)}`)
      .digest('hex')
      .slice(0, 32);
  }

  #isAlike(one: string, other: string): boolean {
    return [one, other].every((text) => ALIKE.includes(this.#original(text)));
  }
}
