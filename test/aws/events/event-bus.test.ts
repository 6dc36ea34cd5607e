import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UploadRejected } from '../../../functions/article/events.ts';
import { entryBytes, eventBus, REQUEST_BYTES } from '../../../functions/aws/events/event-bus.ts';
import { eventBridgeClient } from '../../../functions/aws/stack/clients.ts';

interface Entry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
  Time: number;
}

/** EventBridge's side of PutEvents: refuses entries whose id it is told to, as often as it is told to. */
const requests: Entry[][] = [];
const refusals = new Map<string, number>();
const server = createServer(async (request, response) => {
  const { Entries } = (await json(request)) as { Entries: Entry[] };
  requests.push(Entries);
  const answers = Entries.map(({ Detail }) => {
    const { id } = JSON.parse(Detail) as { id: string };
    const left = refusals.get(id) ?? 0;
    refusals.set(id, left - 1);
    return left > 0 ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' } : { EventId: `bus-${id}` };
  });
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify({ FailedEntryCount: 0, Entries: answers }));
});
let client: ReturnType<typeof eventBridgeClient>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = eventBridgeClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
});
afterAll(() => {
  client.destroy();
  server.close();
});
beforeEach(() => {
  requests.length = 0;
  refusals.clear();
});

function event(id: string, detail = 'The page is a listing.'): UploadRejected {
  return {
    schemaVersion: 1,
    id,
    type: 'upload.rejected',
    occurredAt: '2026-03-01T08:00:00.250Z',
    upload: {
      object: `uploads/${id}`,
      version: 'v1',
      reason: 'NOT_ARTICLE',
      detail,
      bytes: 1,
      mediaType: 'text/html',
      charset: 'utf-8',
      receivedAt: '2026-03-01T08:00:00.000Z',
    },
  };
}

const ids = () => requests.map((entries) => entries.map(({ Detail }) => (JSON.parse(Detail) as { id: string }).id));

describe('the event bus', () => {
  it('is told the type, the time and all of the event', async () => {
    expect(await eventBus(client, 'copydesk').put([event('a')])).toEqual([]);
    const [entry] = requests.flat();
    expect(entry).toMatchObject({ EventBusName: 'copydesk', Source: 'copydesk', DetailType: 'upload.rejected' });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual(event('a'));
    expect(new Date((entry?.Time ?? 0) * 1000).toISOString()).toMatch(/^2026-03-01T08:00:00/);
  });

  it('is asked again for what it did not take, and for that alone', async () => {
    refusals.set('b', 2);
    expect(await eventBus(client, 'copydesk').put(['a', 'b', 'c'].map((id) => event(id)))).toEqual([]);
    expect(ids()).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
  });

  it('is asked four times at most, and what it never took is named', async () => {
    refusals.set('b', 99);
    const refused = event('b');
    expect(await eventBus(client, 'copydesk').put([event('a'), refused])).toEqual([refused]);
    expect(ids()).toEqual([['a', 'b'], ['b'], ['b'], ['b']]);
  });

  it('gets no more than ten events, and no more bytes than it takes, in one request', async () => {
    const small = Array.from({ length: 12 }, (_, n) => event(`small-${n}`));
    await eventBus(client, 'copydesk').put(small);
    expect(requests.map(({ length }) => length)).toEqual([10, 2]);
    requests.length = 0;

    // Three bytes each in UTF-8.
    const large = Array.from({ length: 5 }, (_, n) => event(`large-${n}`, '魚'.repeat(30_000)));
    await eventBus(client, 'copydesk').put(large);
    expect(requests.flat()).toHaveLength(5);
    for (const entries of requests) {
      const bytes = entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
      expect(bytes).toBeLessThan(REQUEST_BYTES);
    }
    expect(requests).toHaveLength(3);
    expect(entryBytes(large[0] ?? event(''))).toBeGreaterThan(90_000);
  });
});
