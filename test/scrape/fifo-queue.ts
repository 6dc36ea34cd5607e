/**
 * An SQS FIFO queue in memory, as its documentation has it: order within a message group, a group blocked while one of
 * its messages is in flight, five minutes of deduplication, visibility that runs out, a dead-letter queue.
 */
import type { FetchMessage, FetchQueue, OutgoingMessage } from '../../functions/scrape/ports.ts';

const DEDUPLICATION_MS = 5 * 60_000;

interface Held {
  message: FetchMessage;
  group: string;
  receives: number;
  /** In flight or held back until then. */
  hiddenUntil: number;
  receipt: number;
}

export interface Delivery {
  message: FetchMessage;
  receiveCount: number;
  /** Takes it off the queue. */
  delete(): void;
  /** Holds it back, and its group with it. */
  hide(ms: number): void;
}

export class FifoQueue implements FetchQueue {
  readonly deadLetters: FetchMessage[] = [];
  sent = 0;
  readonly #groups = new Map<string, Held[]>();
  readonly #seen = new Map<string, number>();
  readonly #now: () => Date;
  readonly #visibilityMs: number;
  readonly #maxReceives: number;
  #receipts = 0;

  constructor(now: () => Date, { visibilityMs = 6 * 60_000, maxReceives = 50 } = {}) {
    this.#now = now;
    this.#visibilityMs = visibilityMs;
    this.#maxReceives = maxReceives;
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    const now = this.#now().getTime();
    for (const { message, group, deduplicationId } of messages) {
      const before = this.#seen.get(deduplicationId);
      if (before !== undefined && now - before < DEDUPLICATION_MS) continue;
      this.#seen.set(deduplicationId, now);
      this.sent++;
      const held = this.#groups.get(group) ?? [];
      held.push({ message: structuredClone(message), group, receives: 0, hiddenUntil: 0, receipt: 0 });
      this.#groups.set(group, held);
    }
    if (this.#seen.size > 50_000) {
      for (const [id, at] of this.#seen) if (now - at >= DEDUPLICATION_MS) this.#seen.delete(id);
    }
  }

  /** The first message of a group that is not blocked; null where all are, or there is none. */
  receive(): Delivery | null {
    const now = this.#now().getTime();
    for (const [group, messages] of this.#groups) {
      const head = messages[0];
      if (!head || head.hiddenUntil > now) continue;
      // Groups take turns.
      this.#groups.delete(group);
      this.#groups.set(group, messages);
      if (head.receives >= this.#maxReceives) {
        this.deadLetters.push(head.message);
        this.#remove(head);
        return this.receive();
      }
      head.receives++;
      head.hiddenUntil = now + this.#visibilityMs;
      head.receipt = ++this.#receipts;
      return this.#delivery(head, head.receipt);
    }
    return null;
  }

  /** When the next blocked group has a message again; null where none is blocked. */
  get nextVisibleAt(): Date | null {
    const hidden = [...this.#groups.values()].flatMap(([head]) => head?.hiddenUntil ?? []);
    return hidden.length > 0 ? new Date(Math.min(...hidden)) : null;
  }

  get length(): number {
    return [...this.#groups.values()].reduce((sum, messages) => sum + messages.length, 0);
  }

  #delivery(held: Held, receipt: number): Delivery {
    // A receipt is void once the message was received again.
    const holds = () => held.receipt === receipt;
    return {
      message: structuredClone(held.message),
      receiveCount: held.receives,
      delete: () => {
        if (holds()) this.#remove(held);
      },
      hide: (ms) => {
        if (holds()) held.hiddenUntil = this.#now().getTime() + ms;
      },
    };
  }

  #remove(held: Held): void {
    const messages = this.#groups.get(held.group) ?? [];
    // Only the first of a group is ever received.
    if (messages[0] === held) messages.shift();
    if (messages.length === 0) this.#groups.delete(held.group);
  }
}
