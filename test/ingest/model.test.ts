/**
 * Random histories against a model that knows the rules and nothing of rows, leases, heads and transactions.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../functions/article/fingerprints.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { isWithdrawn } from '../../functions/article/tombstone.ts';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { restore, withdraw } from '../../functions/withdraw/withdraw.ts';
import { LEASE, minute, World, withFault } from './memory.ts';
import {
  type Action,
  type DeliverAction,
  deliverAction,
  type Expected,
  type Gone,
  Model,
  putAction,
  takeAction,
  type Upload,
  URLS,
} from './model.ts';

const history: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: putAction },
    { weight: 10, arbitrary: deliverAction },
    { weight: 2, arbitrary: takeAction },
  ),
  { minLength: 1, maxLength: 60, size: 'max' },
);

/** Everything the world holds that the model has a word on. */
function said(world: World) {
  const { articles, stored, revisions, facets, texts } = world;
  return {
    articles: new Map(
      [...articles].map(([id, record]): [string, Expected] => {
        const { title, text, duplicateOf, clusterId, revision, raw, canonicalUrl, tags, fetchedAt, firstSeenAt } =
          record;
        return [
          id,
          {
            title,
            text,
            duplicateOf,
            clusterId,
            revision,
            key: raw.key,
            hasUrl: canonicalUrl !== null,
            tags: tags.map(({ slug }) => slug),
            fetchedAt: new Date(fetchedAt).getTime(),
            firstSeenAt: new Date(firstSeenAt).getTime(),
          },
        ];
      }),
    ),
    gone: new Map(
      [...stored.values()].filter(isWithdrawn).map((tombstone): [string, Gone] => {
        const { id, raw, canonicalUrl, revision, firstSeenAt, restoredAt } = tombstone;
        const seen = new Date(firstSeenAt).getTime();
        return [
          id,
          { key: raw.key, hasUrl: canonicalUrl !== null, revision, firstSeenAt: seen, restored: restoredAt !== null },
        ];
      }),
    ),
    revisions: new Map(
      [...revisions].map(([name, { changed, before }]) => [name, { changed, title: before.title, text: before.text }]),
    ),
    facets: new Map([...facets].map(([name, cards]) => [name, cards.map(({ id }) => id).sort()])),
    texts: new Map(texts),
  };
}

function expected(model: Model): ReturnType<typeof said> {
  const { articles, gone, revisions, firsts } = structuredClone({
    articles: model.articles,
    gone: model.gone,
    revisions: model.revisions,
    firsts: model.firsts,
  });
  const texts = new Map([...firsts].map(([text, id]) => [contentHash(text), id]));
  return { articles, gone, revisions, facets: model.facets(), texts };
}

/** Whatever the model says: what a duplicate points to is there, has its text, and is no duplicate itself. */
function expectLiveFirsts({ articles }: World): void {
  for (const { duplicateOf, contentHash: hash } of articles.values()) {
    if (duplicateOf === null) continue;
    expect(articles.get(duplicateOf)).toMatchObject({ contentHash: hash, duplicateOf: null });
  }
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
  // A purge may have taken the newest.
  const newest = world.objects.get(`${bucket}/${key}`)?.[0]?.versionId;
  return newest !== undefined && newest !== versionId;
}

describe('any history of uploads, overwrites, withdrawals, repeated, reordered and lost deliveries, errors and crashes', () => {
  it('ends as the rules say in every table, each version with one status that never changes', async () => {
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
          const before = { row: structuredClone(world.row(upload.notification)), said: said(world) };
          const old = isOld(world, uploads, upload, sequenced);
          const ports = fault ? withFault(world.ports(), fault.kind, fault.at).ports : world.ports();
          const notification = sequenced ? upload.notification : { ...upload.notification, sequencer: null };
          const failed = await world.deliver(notification, { receiveCount, ports }).then(
            () => false,
            () => true,
          );
          if (fault) world.clock += LEASE;
          // The message of a version that has ended comes back too, as long as its delivery did not: others that have
          // the text that was left may be waiting for their first.
          if (failed && !ended && hasEnded(world, upload)) await world.deliver(notification);

          if (ended) expect(world.row(upload.notification)).toEqual(before.row);
          if (ended || !hasEnded(world, upload)) expect(said(world)).toEqual(before.said);
          else expect(world.row(upload.notification)?.status).toBe(model.end(upload, old));
          expect(said(world)).toEqual(expected(model));
          expectLiveFirsts(world);
        };

        for (const action of actions) {
          world.clock += 1_000;
          if (action.do === 'put') {
            const { key, document, fetchedAt } = action;
            const metadata: Record<string, string> =
              fetchedAt === null ? {} : { 'fetched-at': minute(fetchedAt).toISOString() };
            const notification = world.put({ key, document, metadata });
            const taken = fetchedAt === null ? world.clock : minute(fetchedAt).getTime();
            uploads.push({
              order: uploads.length,
              notification,
              document,
              fetchedAt: taken,
              uploadedAt: world.clock,
            });
          } else if (action.do !== 'deliver') {
            const { ids } = model;
            const id = ids[action.which % ids.length];
            if (id === undefined) continue;
            const ports = world.withdrawalPorts();
            if (action.do !== 'restore') {
              await withdraw({ id, reason: null, purge: action.do === 'purge' }, ports);
              model.withdraw(id);
            } else if (model.gone.has(id)) {
              await restore(id, ports);
              model.restore(id);
            }
            expect(said(world)).toEqual(expected(model));
            expectLiveFirsts(world);
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
      }),
      { numRuns: 300 },
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

  it('leave every text a first record that its duplicates point to, while first ones move on', async () => {
    const keys = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
    const puts = fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom('One.', 'Two.')), {
      minLength: 3,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), puts, puts, async (scheduler, before, meanwhile) => {
        const world = new World();
        const put = ([key, text]: [string, string]) =>
          world.put({ key, document: { url: `https://a.example/${key}`, text } });
        for (const each of before) await world.deliver(put(each));
        const ports = interleaved(world.ports(), scheduler, () => {});
        const notifications = meanwhile.map(put);
        await scheduler.waitFor(
          Promise.all(notifications.map((notification) => world.deliver(notification, { ports }).catch(() => {}))),
        );
        for (const notification of notifications) {
          world.clock += LEASE;
          await world.deliver(notification, { receiveCount: 2 });
        }
        expectLiveFirsts(world);
        const firsts = [...world.articles.values()].filter(({ duplicateOf }) => duplicateOf === null);
        expect(new Set(firsts.map(({ text }) => text)).size).toBe(firsts.length);
      }),
      { numRuns: 300 },
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
    uploads: {
      read: turn(uploads.read),
      claim: turn(uploads.claim),
      lineage: turn(uploads.lineage),
      settle: turn(uploads.settle),
    },
    articles: {
      read: turn(articles.read),
      firstWithText: turn(articles.firstWithText),
      withKeys: turn(articles.withKeys),
      duplicatesWithText: turn(articles.duplicatesWithText),
      succeed: turn(articles.succeed),
      replace: turn(articles.replace),
      commit: turn(async (commit) => {
        const outcome = await articles.commit(commit);
        if (outcome === 'committed') onWrite(commit.article);
        return outcome;
      }),
    },
  };
}
