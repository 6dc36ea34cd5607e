import { describe, expect, it } from 'vitest';
import { readingOrder } from '../../functions/ingest/reading-order.ts';

describe('a batch of messages', () => {
  it('with one that kills the function is done but for that one by its second delivery, wherever it stands', () => {
    const batch = Array.from({ length: 10 }, (_, i) => i);
    for (const killer of batch) {
      const done = new Set<number>();
      for (let delivery = 1; delivery <= 2; delivery++) {
        for (const message of readingOrder(batch, () => delivery)) {
          if (message === killer) break;
          done.add(message);
        }
      }
      expect(done.size).toBe(9);
    }
  });
});
