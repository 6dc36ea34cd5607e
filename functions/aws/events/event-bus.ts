import { setTimeout as delay } from 'node:timers/promises';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, type Event } from '../../article/events.ts';
import type { EventBus } from '../../publish/ports.ts';

/** Attempts at one event, and milliseconds before the second; each wait is twice the one before. */
const TRIES = 4;
const FIRST_WAIT = 100;

/** Limits of PutEvents: entries, and UTF-8 bytes of all of them, by the rules of "Calculating PutEvents entry size". */
const ENTRIES = 10;
export const REQUEST_BYTES = 256 * 1024;
const TIME_BYTES = 14;

/** @param name of the bus */
export function eventBus(client: EventBridgeClient, name: string): EventBus {
  /** @returns those that were not taken */
  async function request(events: readonly Event[]): Promise<Event[]> {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({ Entries: events.map((event) => entryOf(event, name)) }),
    );
    return events.filter((_, index) => Entries[index]?.EventId === undefined);
  }

  return {
    async put(events) {
      let open = [...events];
      for (let tries = 0, wait = FIRST_WAIT; open.length > 0 && tries < TRIES; tries++, wait *= 2) {
        if (tries > 0) await delay(wait);
        const refused: Event[] = [];
        for (const fitting of requests(open)) refused.push(...(await request(fitting)));
        open = refused;
      }
      return open;
    },
  };
}

function entryOf(event: Event, bus: string): PutEventsRequestEntry {
  return {
    EventBusName: bus,
    Source: EVENT_SOURCE,
    DetailType: event.type,
    Detail: JSON.stringify(event),
    Time: new Date(event.occurredAt),
  };
}

/** Bytes of an event as PutEvents counts them. */
export function entryBytes(event: Event): number {
  const { Source = '', DetailType = '', Detail = '' } = entryOf(event, '');
  return TIME_BYTES + [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** The events in their order, in as few requests as take them. */
function requests(events: readonly Event[]): Event[][] {
  const all: Event[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = entryBytes(event);
    const last = all.at(-1);
    if (last && last.length < ENTRIES && bytes + size <= REQUEST_BYTES) {
      last.push(event);
      bytes += size;
    } else {
      all.push([event]);
      bytes = size;
    }
  }
  return all;
}
