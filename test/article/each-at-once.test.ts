import { describe, expect, it } from 'vitest';
import { eachAtOnce, eachThatCan } from '../../functions/article/each-at-once.ts';

const items = Array.from({ length: 100 }, (_, n) => n);

/** Work that fails for some items, and what it was begun for. */
function failing(fails: (item: number) => boolean) {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await Promise.resolve();
    if (fails(item)) throw new Error(`${item} failed`);
  };
  return { begun, work };
}

describe('work for each of many', () => {
  it('ends with the first failure, once what is under way has ended', async () => {
    const { begun, work } = failing((item) => item === 20);
    await expect(eachAtOnce(4, items, work)).rejects.toThrow('20 failed');
    expect(begun.length).toBeLessThan(30);
  });

  it('that can be done though some fails is done, and what failed is told', async () => {
    const { begun, work } = failing((item) => item % 20 === 0);
    const failures = await eachThatCan(4, items, work);
    expect(begun).toEqual(items);
    expect(failures.map(String).sort()).toEqual([0, 20, 40, 60, 80].map((item) => `Error: ${item} failed`).sort());
  });

  it('is given up where all of it fails', async () => {
    const { begun, work } = failing(() => true);
    expect((await eachThatCan(4, items, work)).length).toBeGreaterThanOrEqual(10);
    expect(begun.length).toBeLessThan(20);
  });
});
