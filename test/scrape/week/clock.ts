/**
 * A clock that stands still while anything is done and leaps when all wait: a week passes in as long as its work takes.
 */
export class VirtualClock {
  #now: number;
  /** Those who are at work or asleep: the clock leaps when all of them are asleep. */
  #taking = 0;
  #asleep = 0;
  readonly #alarms: { at: number; order: number; wake: () => void }[] = [];
  #order = 0;
  #leaping = false;

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** Does something that takes part in time: the clock waits for it unless it sleeps. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#taking++;
    try {
      return await work();
    } finally {
      this.#taking--;
      this.#leapSoon();
    }
  }

  /** To be called by those who take part alone, or on their behalf while they wait for nothing else. */
  async sleep(ms: number): Promise<void> {
    this.#asleep++;
    const woken = new Promise<void>((wake) =>
      this.#put({ at: this.#now + Math.max(ms, 0), order: this.#order++, wake }),
    );
    this.#leapSoon();
    await woken;
  }

  #leapSoon(): void {
    if (this.#leaping) return;
    this.#leaping = true;
    // Promises that are settled already are to run first.
    setImmediate(() => {
      this.#leaping = false;
      if (this.#asleep < this.#taking || this.#alarms.length === 0) return;
      const next = this.#take();
      this.#now = Math.max(this.#now, next.at);
      this.#asleep--;
      next.wake();
    });
  }

  // A binary heap: some thousand sleep at a time.
  #put(alarm: { at: number; order: number; wake: () => void }): void {
    const heap = this.#alarms;
    let i = heap.push(alarm) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #take() {
    const heap = this.#alarms;
    this.#swap(0, heap.length - 1);
    const first = heap.pop() as (typeof heap)[number];
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < heap.length && this.#before(left, least)) least = left;
      if (right < heap.length && this.#before(right, least)) least = right;
      if (least === i) return first;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(i: number, j: number): boolean {
    const [a, b] = [this.#alarms[i], this.#alarms[j]] as { at: number; order: number }[] as [
      { at: number; order: number },
      { at: number; order: number },
    ];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(i: number, j: number): void {
    const heap = this.#alarms;
    [heap[i], heap[j]] = [heap[j] as (typeof heap)[number], heap[i] as (typeof heap)[number]];
  }
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
