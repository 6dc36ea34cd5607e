import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { DeleteRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { watchEvents } from '../../cli/api/watch.ts';
import { listSubscriptions } from '../../functions/aws/events/event-subscription.ts';
import { eventBridgeClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { deployed, deployedPipeline, eventually, ingest, page, paragraphsAbout } from './stack.ts';

const pipeline = deployedPipeline();
const { outputs, target } = deployed();
const connection = connectionTo(target);
const clients = { events: eventBridgeClient(connection), sqs: sqsClient(connection) };

/** A network between the command and the cloud, which can be cut and joined again. */
class Network {
  #server: Server | null = null;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  async join(): Promise<void> {
    const { hostname, port } = new URL(target.endpoint ?? '');
    this.#server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
      }
      near.pipe(far).pipe(near);
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }
}

const network = new Network();
const ending = new AbortController();
let watching: Promise<void> | null = null;
afterEach(async () => {
  ending.abort();
  await watching?.catch(() => {});
  await network.cut();
});

describe('watching', () => {
  it('goes on where the connection is lost or queue or rule are removed, says so, and misses nothing of a short loss', async () => {
    const subscriptions = async () => [...(await listSubscriptions(clients, outputs.eventBus)).entries()];
    const before = (await subscriptions()).map(([name]) => name);
    const site = `${randomUUID()}.example`;
    const upload = async () => {
      const url = `https://${site}/${randomUUID()}`;
      const body = page({ title: 'Open again', url, paragraphs: paragraphsAbout(`the tower ${randomUUID()}`) });
      const { article } = await ingest({ key: `${randomUUID()}/page.html`, body });
      return article?.id ?? '';
    };
    const heard: string[] = [];
    const troubles: Error[] = [];
    let ready = 0;
    let ahead = 0;
    await network.join();
    watching = watchEvents(
      { ...pipeline, target: { ...pipeline.target, endpoint: network.endpoint } },
      {
        filter: { types: [], site, facets: [] },
        signal: ending.signal,
        now: () => new Date(Date.now() + ahead),
        onReady: () => ready++,
        onEvent: ({ event }) => {
          if (event && 'articleId' in event) heard.push(event.articleId);
          return true;
        },
        onTrouble: (error) => troubles.push(error),
      },
    );
    const until = (what: string, is: () => boolean) =>
      Promise.race([eventually(async () => is() || null, what), watching]);

    await until('it listens', () => ready === 1);
    const first = await upload();
    await until('an event', () => heard.includes(first));

    await network.cut();
    await until('it says that the connection is lost', () => troubles.length > 0);
    const meanwhile = await upload();
    await network.join();
    await until('an event of the time without connection', () => heard.includes(meanwhile));
    expect(ready).toBe(1);

    const [own] = (await subscriptions()).filter(([name]) => !before.includes(name));
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: own?.[1] ?? '' }));
    await until('it listens anew', () => ready === 2);
    expect(troubles.at(-1)).toMatchObject({ code: 'SUBSCRIPTION_LOST' });
    const last = await upload();
    await until('an event of the new subscription', () => heard.includes(last));

    const [again = ['']] = (await subscriptions()).filter(([name]) => !before.includes(name));
    const rule = { EventBusName: outputs.eventBus };
    await clients.events.send(new RemoveTargetsCommand({ ...rule, Rule: again[0], Ids: ['queue'] }));
    await clients.events.send(new DeleteRuleCommand({ ...rule, Name: again[0] }));
    // It looks after its rule every minute.
    ahead += 61_000;
    await until('it listens anew without its rule', () => ready === 3);
    expect(troubles.at(-1)).toMatchObject({ code: 'SUBSCRIPTION_LOST' });
    const newest = await upload();
    await until('an event of the third subscription', () => heard.includes(newest));

    ending.abort();
    await watching;
    expect(heard).toEqual([first, meanwhile, last, newest]);
    expect((await subscriptions()).map(([name]) => name)).toEqual(before);
  });
});
