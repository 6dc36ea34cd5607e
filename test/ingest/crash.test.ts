import { describe, expect, it } from 'vitest';
import type { ObjectNotification } from '../../functions/ingest/notification.ts';
import { type FaultKind, LEASE, MAX_RECEIVES, World, withFault } from './memory.ts';

const URL_A = 'https://a.example/story';
const URL_B = 'https://b.example/story';

/** Each sets up a world and says which notification is then delivered into a fault. */
const SITUATIONS: Record<string, (world: World) => Promise<ObjectNotification>> = {
  'a new article': async (world) => world.put({ document: { url: URL_A, title: 'Story', text: 'Words.' } }),
  'a changed article': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, title: 'Story', text: 'Old.' } }));
    return world.put({ document: { url: URL_A, title: 'Story', text: 'New.' } });
  },
  'an article that says the same': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, text: 'Words.' } }));
    return world.put({ key: 'b.txt', document: { url: URL_A, text: 'Words.' } });
  },
  'a duplicate': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, text: 'Words.' } }));
    return world.put({ key: 'b.txt', document: { url: URL_B, text: 'Words.' } });
  },
  'a text whose first record moved on': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, text: 'Words.' } }));
    await world.deliver(world.put({ document: { url: URL_A, text: 'An update.' } }));
    return world.put({ key: 'b.txt', document: { url: URL_B, text: 'Words.' } });
  },
  'a changed article that others had the text of': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, text: 'Words.' } }));
    for (const key of ['b.txt', 'c.txt', 'd.txt']) {
      await world.deliver(world.put({ key, document: { url: `https://b.example/${key}`, text: 'Words.' } }));
    }
    return world.put({ document: { url: URL_A, text: 'An update.' } });
  },
  'no article': async (world) => world.put({ document: { reject: 'NO_CONTENT' } }),
  'an older version': async (world) => {
    const older = world.put({ document: { url: URL_A, text: 'Old.' } });
    await world.deliver(world.put({ document: { url: URL_A, text: 'New.' } }));
    return older;
  },
  'an earlier copy under another key': async (world) => {
    const early = { 'fetched-at': '2026-02-01T00:00:00Z' };
    await world.deliver(world.put({ document: { url: URL_A, text: 'New.' } }));
    return world.put({ key: 'b.txt', document: { url: URL_A, text: 'Old.' }, metadata: early });
  },
  'a version that a message without a sequencer brings': async (world) => {
    await world.deliver(world.put({ document: { url: URL_A, text: 'Old.' } }));
    return { ...world.put({ document: { url: URL_A, text: 'New.' } }), sequencer: null };
  },
};

const KINDS: FaultKind[] = ['error', 'crash-before', 'crash-after'];

/** Everything stored, without what tells how long it took and how often it was tried. */
function stateOf(world: World): unknown {
  const rows = [...world.rows.values()].map(
    ({ attempts: _attempts, updatedAt: _updated, receivedAt: _received, durationMs: _duration, ...row }) => row,
  );
  const articles = [...world.articles.values()].map(({ updatedAt: _updated, ...article }) => article);
  return { rows, articles, heads: [...world.heads], texts: [...world.texts] };
}

async function withoutFault(situation: (world: World) => Promise<ObjectNotification>) {
  const world = new World();
  const notification = await situation(world);
  const { ports, calls } = withFault(world.ports(), 'error', Number.POSITIVE_INFINITY);
  await world.deliver(notification, { ports });
  return { state: stateOf(world), calls: calls() };
}

describe.each(Object.entries(SITUATIONS))('%s', (_, situation) => {
  it.each(KINDS)('ends the same when every call in turn meets this: %s', async (kind) => {
    const { state, calls } = await withoutFault(situation);
    expect(calls).toBeGreaterThan(1);
    for (let n = 0; n < calls; n++) {
      const world = new World();
      const notification = await situation(world);
      const { ports } = withFault(world.ports(), kind, n);
      await world.deliver(notification, { ports }).catch(() => {});
      // What the queue does: the message comes back when a dead function's lease is over.
      if (kind !== 'error') world.clock += LEASE;
      await world.deliver(notification, { receiveCount: 2 });
      expect({ n, state: stateOf(world) }).toEqual({ n, state });
    }
  });

  it.each(KINDS)('tells the truth when every call of the last delivery in turn meets this: %s', async (kind) => {
    const { state, calls } = await withoutFault(situation);
    for (let n = 0; n < calls; n++) {
      const world = new World();
      const notification = await situation(world);
      const { ports } = withFault(world.ports(), kind, n);
      await world.deliver(notification, { ports, receiveCount: MAX_RECEIVES }).catch(() => {});
      world.clock += LEASE;
      // No delivery follows. Either nothing is known of the version yet, or its row has ended.
      expect({ n, status: world.row(notification)?.status }).not.toEqual({ n, status: 'processing' });
      await world.deliver(notification, { receiveCount: 1 });
      expect({ n, state: stateOf(world) }).toEqual({ n, state });
    }
  });
});
