/**
 * Does the work for each item, at most so many at a time, started in order.
 *
 * @throws what the first failing work threw, once those under way have ended; no more is started then
 */
export async function eachAtOnce<T>(limit: number, items: readonly T[], work: Work<T>): Promise<void> {
  const failures = await started(limit, items, work, 1);
  if (failures.length > 0) throw failures[0];
}

/** Failures after which something is taken to be wrong with all, and not with single items. */
const MOST_FAILURES = 10;

/**
 * The same where the work for one item is worth doing though that for another failed.
 *
 * @returns what the failing work threw; after ten failures no more is started
 */
export function eachThatCan<T>(limit: number, items: readonly T[], work: Work<T>): Promise<unknown[]> {
  return started(limit, items, work, MOST_FAILURES);
}

type Work<T> = (item: T, index: number) => Promise<void>;

async function started<T>(limit: number, items: readonly T[], work: Work<T>, mostFailures: number): Promise<unknown[]> {
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.length < mostFailures) {
      const index = next++;
      try {
        await work(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return failures;
}
