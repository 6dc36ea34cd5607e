/** Follows the events of a stack while somebody watches. */
import { type EventFilter, isWanted } from '../../functions/article/event-filter.ts';
import {
  type DeliveredEvent,
  removeAbandoned,
  type Subscription,
  SubscriptionLostError,
  subscribe,
} from '../../functions/aws/events/event-subscription.ts';
import { eventBridgeClient, sqsClient } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { sleep } from './sleep.ts';
import type { Stack } from './stack.ts';

/** Ids that are remembered, to tell an event that comes twice. */
const REMEMBERED = 10_000;
/** Milliseconds before connecting again, doubled up to the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

export interface Watching {
  filter: EventFilter;
  signal: AbortSignal;
  now: () => Date;
  /** Called when events are heard from now on. */
  onReady(): void;
  /** @returns whether to go on */
  onEvent(event: DeliveredEvent): boolean;
  /** Called where the connection was lost and is tried again, or the subscription was. */
  onTrouble(error: Error): void;
}

/**
 * Follows until interrupted, or until {@link Watching.onEvent} has enough. What was made for it is gone then.
 *
 * @throws what no waiting would mend, such as a want of permission
 */
export async function watchEvents({ target, outputs }: Stack, watching: Watching): Promise<void> {
  const { filter, signal, now, onReady, onEvent, onTrouble } = watching;
  const connection = connectionTo(target);
  const clients = { events: eventBridgeClient(connection), sqs: sqsClient(connection) };
  const bus = outputs.eventBus;
  const heard = new Set<string>();
  let subscription: Subscription | null = null;
  let wait = FIRST_WAIT;
  try {
    await removeAbandoned(clients, bus, now());
    while (!signal.aborted) {
      try {
        if (subscription === null) {
          subscription = await subscribe(clients, bus, filter, now);
          onReady();
        }
        for (const delivered of await subscription.receive(signal)) {
          const { event } = delivered;
          if (event && (heard.has(event.id) || !isWanted(event, filter))) continue;
          if (event) remember(heard, event.id);
          if (!onEvent(delivered)) return;
        }
        wait = FIRST_WAIT;
      } catch (error) {
        if (signal.aborted) break;
        if (!(error instanceof Error) || !mayPass(error)) throw error;
        onTrouble(error);
        if (error instanceof SubscriptionLostError) {
          const lost: Subscription | null = subscription;
          subscription = null;
          await lost?.close().catch(() => {});
        } else {
          await sleep(wait, signal);
          wait = Math.min(2 * wait, LONGEST_WAIT);
        }
      }
    }
  } finally {
    await subscription?.close();
    clients.events.destroy();
    clients.sqs.destroy();
  }
}

function remember(heard: Set<string>, id: string): void {
  heard.add(id);
  const [oldest] = heard;
  if (heard.size > REMEMBERED && oldest !== undefined) heard.delete(oldest);
}

/** A lost connection, a service in trouble, or a queue that somebody removed; never what the caller did wrong. */
function mayPass(error: Error): boolean {
  if (error instanceof SubscriptionLostError) return true;
  const { $fault, $retryable, code } = error as Error & { $fault?: string; $retryable?: object; code?: string };
  if ($fault !== undefined) return $fault === 'server' || $retryable !== undefined;
  return (
    error.name === 'TimeoutError' ||
    /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)/.test(code ?? '')
  );
}
