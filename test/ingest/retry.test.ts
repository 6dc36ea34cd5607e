import { describe, expect, it } from 'vitest';
import {
  BusyError,
  ContendedError,
  EngineError,
  MalformedNotificationError,
  OutOfTimeError,
} from '../../functions/ingest/errors.ts';
import { retryDelay } from '../../functions/ingest/retry.ts';

const now = new Date('2026-03-01T08:00:00Z');
const delivery = (receiveCount: number, maxReceives = 6) => ({ receiveCount, maxReceives });

describe('a message that was not finished with', () => {
  it('comes back after a pause that grows with every delivery', () => {
    const waits = [1, 2, 3, 4, 5].map((count) => retryDelay(new Error('network'), delivery(count), now));
    expect(waits).toEqual([2, 20, 200, 900, 900]);
    expect(retryDelay(new ContendedError('Article x', 6), delivery(1), now)).toBe(2);
  });

  it('comes back at once where waiting is no use', () => {
    expect(retryDelay(new MalformedNotificationError(['not JSON']), delivery(1), now)).toBe(0);
    expect(retryDelay(new EngineError('uploads/a', new Error('defect')), delivery(3), now)).toBe(0);
    expect(retryDelay(new OutOfTimeError(), delivery(2), now)).toBe(0);
  });

  it('becomes a dead letter without a pause after the last delivery', () => {
    expect(retryDelay(new Error('network'), delivery(5, 5), now)).toBe(0);
    expect(retryDelay(new BusyError('uploads/a', new Date(now.getTime() + 30_000)), delivery(5, 5), now)).toBe(0);
  });

  it('waits for the lease of another attempt and not longer', () => {
    expect(retryDelay(new BusyError('uploads/a', new Date(now.getTime() + 30_500)), delivery(1), now)).toBe(32);
    expect(retryDelay(new BusyError('uploads/a', new Date(now.getTime() - 1)), delivery(4), now)).toBe(1);
  });

  it('is judged by the class of the error and never by its words', () => {
    expect(retryDelay(new Error('MALFORMED_NOTIFICATION'), delivery(1), now)).toBe(2);
  });
});
