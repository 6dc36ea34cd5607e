import { describe, expect, it } from 'vitest';
import { deliver, type Observer } from '../../functions/ingest/deliver.ts';
import { EngineError, MalformedNotificationError } from '../../functions/ingest/errors.ts';
import { type ObjectNotification, reingestMessage } from '../../functions/ingest/notification.ts';
import { LEASE, MAX_RECEIVES, settings, World } from './memory.ts';

const attempt = { receiveCount: 1, maxReceives: MAX_RECEIVES, leaseMs: LEASE, mayBegin: true };

/** One message that tells of all these. */
function message(notifications: ObjectNotification[], ...others: unknown[]): string {
  const records = notifications.flatMap((notification) => JSON.parse(reingestMessage(notification)).Records);
  return JSON.stringify({ Records: [...records, ...others] });
}

async function deliverTo(world: World, body: string) {
  const heard: string[] = [];
  const observer: Observer = {
    settled: ({ key }, { status }) => heard.push(`${key} ${status}`),
    failed: ({ key }, error) => heard.push(`${key} ${(error as Error).name}`),
  };
  const error = await deliver(body, attempt, settings, world.ports(), observer).catch((thrown: unknown) => thrown);
  return { heard, error };
}

describe('a message', () => {
  it('is done when every version it tells of has its status', async () => {
    const world = new World();
    const uploads = ['a', 'b'].map((key) => world.put({ key, document: { text: `Words of ${key}.` } }));
    expect(await deliverTo(world, message(uploads))).toEqual({ heard: ['a ingested', 'b ingested'], error: undefined });
  });

  it('that tells of nothing to do is done', async () => {
    const test = JSON.stringify({ Event: 's3:TestEvent' });
    expect(await deliverTo(new World(), test)).toEqual({ heard: [], error: undefined });
  });

  it('of which one version fails is tried again as a whole, the others having their status by then', async () => {
    const world = new World();
    const good = world.put({ key: 'good', document: { text: 'Words.' } });
    const bad = world.put({ key: 'bad', document: { throws: 'a defect' } });
    const { heard, error } = await deliverTo(world, message([bad, good]));
    expect(heard).toEqual(['bad EngineError', 'good ingested']);
    expect(error).toBeInstanceOf(EngineError);
    expect(world.row(good)?.status).toBe('ingested');
  });

  it('is tried again after a pause where one of its faults may pass', async () => {
    const world = new World();
    const bad = world.put({ key: 'bad', document: { throws: 'a defect' } });
    const busy = world.put({ key: 'busy', document: { text: 'Words.' } });
    const ports = world.ports();
    void world.deliver(busy, { ports: { ...ports, objects: { ...ports.objects, read: () => new Promise(() => {}) } } });
    await expect.poll(() => world.row(busy)?.status).toBe('processing');
    expect((await deliverTo(world, message([bad, busy]))).error).toMatchObject({ code: 'BUSY' });
  });

  it('that is malformed in part has its good part ingested and is refused', async () => {
    const world = new World();
    const upload = world.put({ key: 'a', document: { text: 'Words.' } });
    const { heard, error } = await deliverTo(world, message([upload], { eventName: 'ObjectCreated:Put' }));
    expect(heard).toEqual(['a ingested']);
    expect(error).toBeInstanceOf(MalformedNotificationError);
    expect((await deliverTo(world, 'no JSON')).error).toBeInstanceOf(MalformedNotificationError);
  });
});
