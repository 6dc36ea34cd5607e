import { type Delivery, isLastDelivery } from './claim.ts';
import { BusyError, OutOfTimeError, PermanentError } from './errors.ts';

/** Seconds before the second delivery, and how much longer each wait is than the one before. */
const FIRST_WAIT = 2;
const GROWTH = 10;
const LONGEST_WAIT = 15 * 60;

/**
 * How long a message whose delivery failed stays out of sight. The queue's own time is long, so that it outlasts a
 * function that died; one that can still speak need not wait for it.
 *
 * @returns whole seconds: 2, 20, 200, 900 for faults that may pass; none where waiting is no use. After the last delivery
 *   it is none either: a message becomes a dead letter when it would be delivered once more.
 */
export function retryDelay(error: unknown, delivery: Delivery, now: Date): number {
  if (error instanceof PermanentError || error instanceof OutOfTimeError || isLastDelivery(delivery)) return 0;
  const wait =
    error instanceof BusyError
      ? Math.max(0, (error.until.getTime() - now.getTime()) / 1000) + 1
      : FIRST_WAIT * GROWTH ** (delivery.receiveCount - 1);
  return Math.ceil(Math.min(wait, LONGEST_WAIT));
}
