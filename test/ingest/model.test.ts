/**
 * Random histories against a model that knows the rules and nothing of rows, leases, heads and transactions.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../functions/article/fingerprints.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { type Document, type FaultKind, LEASE, minute, World, withFault } from './memory.ts';

const KEYS = ['a.txt', 'b.txt', 'c.txt'];
const URLS = ['https://a.example/1', 'https://b.example/2'];
const TEXTS = ['One.', 'Two.'];

interface PutAction {
  do: 'put';
  key: string;
  document: Document;
  /** Minutes from the beginning; null leaves it to the time of upload. */
  fetchedAt: number | null;
}

interface DeliverAction {
  do: 'deliver';
  /** Which of the notifications so far, old ones again included. */
  which: number;
  sequenced: boolean;
  receiveCount: number;
  fault: { kind: FaultKind; at: number } | null;
}

const put: fc.Arbitrary<PutAction> = fc.record({
  do: fc.constant('put' as const),
  key: fc.constantFrom(...KEYS),
  document: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        url: fc.constantFrom(...URLS),
        title: fc.constantFrom('A', 'B'),
        text: fc.constantFrom(...TEXTS),
      }),
    },
    { weight: 2, arbitrary: fc.record({ text: fc.constantFrom(...TEXTS) }) },
    { weight: 1, arbitrary: fc.constant({ reject: 'NO_CONTENT' as const }) },
  ),
  fetchedAt: fc.option(fc.integer({ min: -5, max: 0 })),
});

const deliver: fc.Arbitrary<DeliverAction> = fc.record({
  do: fc.constant('deliver' as const),
  which: fc.nat(),
  sequenced: fc.boolean(),
  receiveCount: fc.integer({ min: 1, max: 3 }),
  fault: fc.option(
    fc.record({
      kind: fc.constantFrom<FaultKind>('error', 'crash-before', 'crash-after'),
      at: fc.integer({ min: 0, max: 7 }),
    }),
  ),
});

const history = fc.array(fc.oneof({ weight: 2, arbitrary: put }, { weight: 5, arbitrary: deliver }), {
  minLength: 1,
  maxLength: 40,
});

interface Upload {
  order: number;
  notification: ObjectNotification;
  document: Document;
  fetchedAt: number;
}

type Said = Pick<ArticleRecord, 'title' | 'text' | 'duplicateOf' | 'revision'> & { key: string; fetchedAt: number };

/** What should come of uploads, in the order in which they come to their end. */
class Model {
  readonly articles = new Map<string, Said>();
  readonly #firsts = new Map<string, string>();

  /** @param isOld whether a newer version of the same object is known */
  end({ document, notification: { key }, fetchedAt }: Upload, isOld: boolean): string {
    if (isOld) return 'superseded';
    if (document.reject) return 'rejected';
    const { url = null, title = null, text = '' } = document;
    const id = articleId(url, text);
    const stored = this.articles.get(id);
    if (stored && stored.key !== key && fetchedAt < stored.fetchedAt) return 'superseded';

    const first = this.#firsts.get(text);
    const duplicateOf = first !== undefined && first !== id && this.articles.get(first)?.text === text ? first : null;
    if (duplicateOf === null) this.#firsts.set(text, id);
    if (stored && stored.title === title && stored.text === text && stored.duplicateOf === duplicateOf)
      return 'unchanged';
    const changed = stored !== undefined && (stored.title !== title || stored.text !== text);
    const revision = (stored?.revision ?? 1) + (changed ? 1 : 0);
    this.articles.set(id, { title, text, duplicateOf, revision, key, fetchedAt });
    return duplicateOf ? 'duplicate' : 'ingested';
  }
}

function said(world: World): Map<string, Said> {
  return new Map(
    [...world.articles].map(([id, { title, text, duplicateOf, revision, raw, fetchedAt }]) => [
      id,
      { title, text, duplicateOf, revision, key: raw.key, fetchedAt: new Date(fetchedAt).getTime() },
    ]),
  );
}

function hasEnded(world: World, { notification }: Upload): boolean {
  const row = world.row(notification);
  return row !== undefined && row.lease === null && row.status !== 'processing' && row.status !== 'failed';
}

/** Whether the rules call this version old at this moment. */
function isOld(world: World, uploads: Upload[], upload: Upload, sequenced: boolean): boolean {
  const { bucket, key, versionId } = upload.notification;
  const ofObject = uploads.filter(({ notification }) => notification.key === key);
  const head = world.heads.get(`${bucket}/${key}`);
  if (head?.version === versionId) return false;
  if (sequenced && !head) return false;
  if (sequenced && head?.sequencer) {
    const known = ofObject.find(({ notification }) => notification.versionId === head.version) as Upload;
    return known.order > upload.order;
  }
  return ofObject.at(-1) !== upload;
}

describe('any history of uploads, overwrites, repeated, reordered and lost deliveries, errors and crashes', () => {
  it('ends as the rules say, each version with one status that never changes', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (actions) => {
        const world = new World();
        const model = new Model();
        const uploads: Upload[] = [];

        const deliverOnce = async (
          upload: Upload,
          { sequenced, receiveCount, fault }: Omit<DeliverAction, 'do' | 'which'>,
        ) => {
          const ended = hasEnded(world, upload);
          const before = { row: structuredClone(world.row(upload.notification)), articles: said(world) };
          const old = isOld(world, uploads, upload, sequenced);
          const ports = fault ? withFault(world.ports(), fault.kind, fault.at).ports : world.ports();
          const notification = sequenced ? upload.notification : { ...upload.notification, sequencer: null };
          await world.deliver(notification, { receiveCount, ports }).catch(() => {});
          if (fault) world.clock += LEASE;

          if (ended) expect(world.row(upload.notification)).toEqual(before.row);
          if (ended || !hasEnded(world, upload)) expect(said(world)).toEqual(before.articles);
          else expect(world.row(upload.notification)?.status).toBe(model.end(upload, old));
          expect(said(world)).toEqual(model.articles);
        };

        for (const action of actions) {
          world.clock += 1_000;
          if (action.do === 'put') {
            const { key, document, fetchedAt } = action;
            const metadata: Record<string, string> =
              fetchedAt === null ? {} : { 'fetched-at': minute(fetchedAt).toISOString() };
            const notification = world.put({ key, document, metadata });
            const taken = fetchedAt === null ? world.clock : minute(fetchedAt).getTime();
            uploads.push({ order: uploads.length, notification, document, fetchedAt: taken });
          } else if (uploads.length > 0) {
            await deliverOnce(uploads[action.which % uploads.length] as Upload, action);
          }
        }

        // The queue delivers what is left, and nothing goes wrong any more.
        for (const upload of uploads) {
          world.clock += LEASE;
          await deliverOnce(upload, { sequenced: true, receiveCount: 1, fault: null });
          expect(hasEnded(world, upload)).toBe(true);
        }
        expect([...world.rows.values()].every(({ lease }) => lease === null)).toBe(true);
        // A text has one first record at most, and no duplicate points to a duplicate of the same text.
        for (const { text, duplicateOf } of said(world).values()) {
          const original = duplicateOf === null ? null : world.articles.get(duplicateOf);
          if (original && original.contentHash === contentHash(text)) expect(original.duplicateOf).toBeNull();
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('deliveries at the same time, however their calls interleave', () => {
  it('leave the newest version of an object, and never an older one after a newer', async () => {
    const document = fc.record({
      url: fc.constant(URLS[0] as string),
      text: fc.constantFrom('One.', 'Two.', 'Three.'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(document, { minLength: 2, maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
        async (scheduler, documents, repeats) => {
          const world = new World();
          const notifications = documents.map((content) => world.put({ document: content }));
          const written: number[] = [];
          const ports = interleaved(world.ports(), scheduler, ({ raw }) => {
            written.push(notifications.findIndex(({ versionId }) => versionId === raw.versionId));
          });
          const again = repeats.map((which) => notifications[which % notifications.length] as ObjectNotification);
          const all = [...notifications, ...again].map((notification) =>
            world.deliver(notification, { ports }).catch(() => {}),
          );
          await scheduler.waitFor(Promise.all(all));

          for (const notification of notifications) {
            world.clock += LEASE;
            await world.deliver(notification, { receiveCount: 2 });
          }
          expect(written).toEqual([...written].sort((a, b) => a - b));
          expect(world.article().text).toBe(documents.at(-1)?.text);
          expect(notifications.map((notification) => world.row(notification)?.status)).not.toContain('processing');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('make one of the records with the same text the first, and the others its duplicates', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, count) => {
        const world = new World();
        const ports = interleaved(world.ports(), scheduler, () => {});
        const notifications = Array.from({ length: count }, (_, i) =>
          world.put({ key: `${i}.txt`, document: { url: `https://a.example/${i}`, text: 'The same.' } }),
        );
        const all = notifications.map((notification) => world.deliver(notification, { ports }).catch(() => {}));
        await scheduler.waitFor(Promise.all(all));
        for (const notification of notifications) {
          world.clock += LEASE;
          await world.deliver(notification, { receiveCount: 2 });
        }
        const records = [...world.articles.values()];
        const [first, ...others] = records.filter(({ duplicateOf }) => duplicateOf === null);
        expect(records).toHaveLength(count);
        expect(others).toEqual([]);
        for (const { id, duplicateOf } of records) if (id !== first?.id) expect(duplicateOf).toBe(first?.id);
      }),
      { numRuns: 200 },
    );
  });
});

/** The same ports, of which each call waits until the scheduler lets it through. */
function interleaved(ports: Ports, scheduler: fc.Scheduler, onWrite: (article: ArticleRecord) => void): Ports {
  const { objects, uploads, articles } = ports;
  const turn =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) =>
    (...args: Arguments): Promise<Result> =>
      scheduler.schedule(Promise.resolve()).then(() => call(...args));
  return {
    ...ports,
    objects: { read: turn(objects.read), newestVersion: turn(objects.newestVersion) },
    uploads: { read: turn(uploads.read), claim: turn(uploads.claim), settle: turn(uploads.settle) },
    articles: {
      read: turn(articles.read),
      firstWithText: turn(articles.firstWithText),
      commit: turn(async (commit) => {
        const outcome = await articles.commit(commit);
        if (outcome === 'committed') onWrite(commit.article);
        return outcome;
      }),
    },
  };
}
