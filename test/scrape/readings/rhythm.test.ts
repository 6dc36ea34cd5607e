import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoff,
  CEILING,
  FLOOR,
  filledIn,
  nextReading,
  pause,
  type Rhythm,
  rhythmOfDates,
  withArrival,
} from '../../../functions/scrape/readings/rhythm.ts';
import { source } from '../ports-contract.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const start = new Date('2026-03-02T08:00:00Z');
const later = (seconds: number, from = start) => new Date(from.getTime() + seconds * 1000);
const none: Rhythm = { newestAt: null, arrivals: 0, rhythmSeconds: null, gapsByDay: [], firstShare: 1 };

/** The rhythm of arrivals these seconds apart. */
function rhythmOf(gaps: readonly number[]): { rhythm: Rhythm; now: Date } {
  let now = start;
  let rhythm = withArrival(none, now);
  for (const gap of gaps) {
    now = later(gap, now);
    rhythm = withArrival(rhythm, now);
  }
  return { rhythm, now };
}

const pauseOf = (rhythm: Rhythm, now: Date, fields = {}, freshFor: number | null = null) =>
  pause({ ...source({}, start), ...rhythm, ...fields }, now, freshFor);

describe('the time in which a listing fills', () => {
  const dates = (...minutes: number[]) => minutes.map((minute) => later(-minute * MINUTE).toISOString());

  it('is that between its last articles, whatever is pinned to it', () => {
    expect(filledIn(dates(0, 4, 8, 12, 16, 20, 24, 28, 32, 36))).toBeCloseTo(36 * MINUTE, -1);
    expect(filledIn(dates(0, 4, 8, 12, 16, 20, 24, 28, 32, 400_000))).toBeCloseTo(36 * MINUTE, -1);
  });

  it('is not known where dates are few, or the same', () => {
    expect(filledIn(dates(0, 4, 8))).toBeNull();
    expect(filledIn(dates(3, 3, 3, 3, 3, 3))).toBeNull();
  });

  it('is read twice in, before its articles come again, and more seldom when they do not', () => {
    const { rhythm, now } = rhythmOf([DAY, DAY, DAY]);
    const fills = { fillsInSeconds: 40 * MINUTE };
    expect(pauseOf(rhythm, now, fills)).toBe(20 * MINUTE);
    expect(pauseOf(rhythm, later(DAY, now), fills)).toBe(20 * MINUTE);
    expect(pauseOf(rhythm, later(30 * DAY, now), fills)).toBeGreaterThan(7 * HOUR);
    expect(pauseOf(rhythm, now, { fillsInSeconds: 40 * DAY })).toBe(pauseOf(rhythm, now));
  });
});

describe('the pause between readings', () => {
  it('is a third of the usual time between new articles', () => {
    const { rhythm, now } = rhythmOf(Array(10).fill(3 * HOUR));
    expect(pauseOf(rhythm, now)).toBe(HOUR);
  });

  it('grows with the silence, up to the ceiling', () => {
    const { rhythm, now } = rhythmOf(Array(10).fill(HOUR));
    expect(pauseOf(rhythm, later(2 * HOUR, now))).toBe(20 * MINUTE);
    expect(pauseOf(rhythm, later(9 * HOUR, now))).toBe(HOUR);
    expect(pauseOf(rhythm, later(30 * DAY, now))).toBe(CEILING);
  });

  it('moves by a step for a weekend among hours', () => {
    const { rhythm, now } = rhythmOf([...Array(20).fill(HOUR), 64 * HOUR]);
    expect(pauseOf(rhythm, now)).toBeGreaterThan(20 * MINUTE);
    expect(pauseOf(rhythm, now)).toBeLessThan(HOUR);
    expect(Math.max(...rhythm.gapsByDay)).toBe(64 * HOUR);
  });

  it('never lies under the floor, nor under what the source or its answer asks for', () => {
    const { rhythm, now } = rhythmOf(Array(30).fill(5 * MINUTE));
    expect(pauseOf(rhythm, now)).toBe(FLOOR);
    const stated = { intervalSeconds: HOUR, skipHours: [], skipDays: [] };
    expect(pauseOf(rhythm, now, { stated })).toBe(HOUR);
    expect(pauseOf(rhythm, now, { stated }, 2 * HOUR)).toBe(2 * HOUR);
    expect(pauseOf(rhythm, now, { stated }, 365 * DAY)).toBe(DAY);
  });

  it('is what the user says, whatever the source does', () => {
    const { rhythm, now } = rhythmOf(Array(30).fill(5 * MINUTE));
    const stated = { intervalSeconds: HOUR, skipHours: [], skipDays: [] };
    expect(pauseOf(rhythm, now, { everySeconds: 90, stated }, DAY)).toBe(90);
  });

  it('finds a steady source of any rhythm: it settles at a third of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20 * MINUTE, max: 30 * HOUR }), (gap) => {
        // Articles come at every multiple of the gap; a reading sees those since the last.
        let now = start;
        let seen = 0;
        let rhythm = withArrival(none, now);
        let seconds = 0;
        for (let readings = 0; readings < 150; readings++) {
          seconds = pauseOf(rhythm, now);
          now = later(seconds, now);
          const published = Math.floor((now.getTime() - start.getTime()) / 1000 / gap);
          if (published > seen) rhythm = withArrival(rhythm, now);
          seen = published;
        }
        expect(rhythm.rhythmSeconds).toBeGreaterThan(gap * 0.7);
        expect(rhythm.rhythmSeconds).toBeLessThan(gap * 1.4);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the share of arrivals in which a source was first', () => {
  it('makes it read more seldom the smaller it is, stays what a store can keep, and comes back', () => {
    let rhythm = rhythmOf(Array(10).fill(HOUR)).rhythm;
    const usual = pauseOf(rhythm, new Date(rhythm.newestAt as string));
    const arrive = (isFirst: boolean) => {
      rhythm = withArrival(rhythm, later(HOUR, new Date(rhythm.newestAt as string)), isFirst);
      return pauseOf(rhythm, new Date(rhythm.newestAt as string));
    };
    expect(arrive(false)).toBeGreaterThan(usual);
    for (let n = 0; n < 3_000; n++) arrive(false);
    expect(arrive(false)).toBe(5 * usual);
    for (let n = 0; n < 40; n++) arrive(true);
    expect(arrive(true)).toBe(usual);
  });
});

describe('the dates of a listing', () => {
  it('tell nothing by the oldest, which may be pinned there', () => {
    const daily = Array.from({ length: 10 }, (_, days) => later(-days * 24 * 3600).toISOString());
    const pinned = later(-800 * 24 * 3600).toISOString();
    expect(rhythmOfDates([pinned, ...daily], start).gapsByDay).toEqual(Array(8).fill(24 * 3600));
  });

  it('tell its rhythm at the first reading', () => {
    const dates = [0, 1, 2, 3, 4, 5].map((hours) => later(-hours * 2 * HOUR).toISOString());
    expect(rhythmOfDates(dates, start)).toEqual({
      newestAt: start.toISOString(),
      // The oldest fifth may be pinned.
      arrivals: 5,
      rhythmSeconds: 2 * HOUR,
      gapsByDay: [2 * HOUR],
      firstShare: 1,
    });
  });

  it('tell of a source that ended long ago, so that it is asked as seldom as may be', () => {
    const dates = [0, 1, 2].map((days) => later(-400 * DAY - days * DAY).toISOString());
    expect(pauseOf(rhythmOfDates(dates, start), start)).toBe(CEILING);
  });

  it('tell nothing where they are all one, or lie ahead', () => {
    expect(rhythmOfDates([start.toISOString(), start.toISOString()], start).rhythmSeconds).toBeNull();
    expect(rhythmOfDates([later(DAY).toISOString()], start)).toEqual(none);
    expect(rhythmOfDates([], start)).toEqual(none);
  });
});

describe('the next reading', () => {
  const stated = (skipHours: number[], skipDays: number[] = []) => ({ intervalSeconds: null, skipHours, skipDays });
  const dueAt = start.toISOString();

  it('of a fixed pause counts from when the last one was due, and comes no sooner than half a pause after it', () => {
    const next = (lateSeconds: number) =>
      nextReading({ everySeconds: 60, dueAt, stated: stated([]) }, 60, later(lateSeconds), 0);
    expect(next(0)).toEqual(later(60));
    expect(next(7)).toEqual(later(60));
    expect(next(50)).toEqual(later(80));
    expect(next(10_000)).toEqual(later(10_030));
  });

  it('comes after the pause and a little later by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 86_400 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (seconds, random) => {
          const next = nextReading({ everySeconds: null, dueAt, stated: stated([]) }, seconds, start, random);
          const wait = (next.getTime() - start.getTime()) / 1000;
          expect(wait).toBeGreaterThanOrEqual(seconds);
          expect(wait).toBeLessThanOrEqual(seconds * 1.05);
        },
      ),
    );
  });

  it('passes over the hours and days the source asks to skip', () => {
    const early = { everySeconds: null, dueAt, stated: stated([9, 10, 11]) };
    expect(nextReading(early, HOUR, start, 0).toISOString()).toBe('2026-03-02T12:00:00.000Z');
    // 2 March 2026 is a Monday.
    const weekend = { everySeconds: null, dueAt, stated: stated([], [1, 2]) };
    expect(nextReading(weekend, HOUR, start, 0).toISOString()).toBe('2026-03-04T00:00:00.000Z');
  });

  it('pays no heed to a source that asks to skip every hour', () => {
    const never = { everySeconds: null, dueAt, stated: stated(Array.from({ length: 24 }, (_, hour) => hour)) };
    expect(nextReading(never, HOUR, start, 0)).toEqual(later(HOUR));
  });
});

describe('the pause after failures', () => {
  it('doubles up to six hours, and by chance a quarter on top', () => {
    expect([1, 2, 3, 4].map((failures) => backoff(failures, 0) / MINUTE)).toEqual([5, 10, 20, 40]);
    expect(backoff(1_000, 0)).toBe(6 * HOUR);
    expect(backoff(1_000, 0.99)).toBeLessThan(7.5 * HOUR);
  });
});
