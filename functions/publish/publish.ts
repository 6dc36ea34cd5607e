/**
 * The publish stage: changes of items in, events on the bus. A pure function over ports.
 *
 * At least once, and in order for each article: an event is put only after every earlier one of its article was taken.
 */
import type { Event } from '../article/events.ts';
import { eventOf } from './event-of.ts';
import type { ChangeRecord, Ports } from './ports.ts';

/** Events the bus takes in one request. */
export const REQUEST_EVENTS = 10;

export interface Published {
  events: Event[];
  /** The first record that was not dealt with, from which the stream has to go on, and why. Null where all were. */
  failure: { sequenceNumber: string; error: unknown } | null;
}

/** The bus is there and does not take these events. */
export class EventsRefusedError extends Error {
  readonly code = 'EVENTS_REFUSED';
  override readonly name = 'EventsRefusedError';

  constructor(count: number) {
    super(`The event bus did not take ${count} events; they are put again when the stream delivers them again.`);
  }
}

/**
 * Publishes what the records mean, up to the first that cannot be published now.
 *
 * What was put behind that one is put again when the stream delivers it again: with the same ids.
 */
export async function publish(records: readonly ChangeRecord[], { bus, unpublished }: Ports): Promise<Published> {
  const events: Event[] = [];
  let request: { sequenceNumber: string; event: Event }[] = [];

  /** Puts what was gathered. @returns the first record whose event was not taken */
  async function send(): Promise<Published['failure']> {
    const [first] = request;
    if (!first) return null;
    try {
      const refused = new Set(await bus.put(request.map(({ event }) => event)));
      events.push(...request.map(({ event }) => event).filter((event) => !refused.has(event)));
      const failed = request.find(({ event }) => refused.has(event));
      return failed ? { sequenceNumber: failed.sequenceNumber, error: new EventsRefusedError(refused.size) } : null;
    } catch (error) {
      return { sequenceNumber: first.sequenceNumber, error };
    } finally {
      request = [];
    }
  }

  for (const record of records) {
    const { sequenceNumber } = record;
    let event: Event | null;
    try {
      event = eventOf(record.read());
    } catch (unreadable) {
      // No later attempt can read it. What lies before it goes first: until that is out, this may be delivered again.
      const failure = await send();
      if (failure) return { events, failure };
      try {
        await unpublished.keep(record, unreadable);
      } catch (error) {
        return { events, failure: { sequenceNumber, error } };
      }
      continue;
    }
    if (event === null) continue;
    const subject = subjectOf(event);
    if (request.length === REQUEST_EVENTS || request.some((other) => subjectOf(other.event) === subject)) {
      const failure = await send();
      if (failure) return { events, failure };
    }
    request.push({ sequenceNumber, event });
  }
  const failure = await send();
  return { events, failure };
}

/** Whose events must not overtake each other. */
function subjectOf(event: Event): string {
  return event.type === 'upload.rejected' ? event.upload.object : event.articleId;
}
