import { describe, expect, it } from 'vitest';
import { type Rhythm, withArrival } from '../../../functions/scrape/readings/rhythm.ts';
import {
  census,
  healthOf,
  isFailing,
  isSilent,
  newly,
  silenceLimit,
} from '../../../functions/scrape/sources/health.ts';
import { paused, resumed } from '../../../functions/scrape/sources/source.ts';
import { source } from '../ports-contract.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = new Date('2026-03-10T08:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
const steady = { arrivals: 50, rhythmSeconds: 6 * HOUR, gapsByDay: Array(30).fill(14 * HOUR), succeededAt: ago(60) };

describe('a source that publishes on weekdays', () => {
  it('is not silent at a weekend, and is one once it stays away after it', () => {
    // Hourly from 8 to 18, Monday to Friday, for eight weeks; 2 March 2026 is a Monday.
    const monday = Date.parse('2026-03-02T00:00:00Z');
    let rhythm: Rhythm = { newestAt: null, arrivals: 0, rhythmSeconds: null, gapsByDay: [], firstShare: 1 };
    let latest = monday;
    for (let day = 0; day < 8 * 7; day++) {
      for (let hour = 8; hour <= 18 && day % 7 < 5; hour++) {
        const at = monday + (day * 24 + hour) * HOUR * 1000;
        const before = { ...source({}, new Date(monday)), ...rhythm, succeededAt: rhythm.newestAt };
        expect(healthOf(before, new Date(at))).not.toBe('silent');
        rhythm = withArrival(rhythm, new Date(at));
        latest = at;
      }
    }
    const friday = { ...source({}, new Date(monday)), ...rhythm, succeededAt: rhythm.newestAt };
    expect(isSilent(friday, new Date(latest + 62 * HOUR * 1000))).toBe(false);
    // Good Friday and Easter Monday: from Thursday evening to Tuesday morning.
    expect(isSilent(friday, new Date(latest + 110 * HOUR * 1000))).toBe(false);
    expect(isSilent(friday, new Date(latest + 7 * 24 * HOUR * 1000))).toBe(true);
  });
});

describe('a source', () => {
  it('is silent after ten times its usual interval without a new article, or as many as it was given', () => {
    expect(silenceLimit(source({ ...steady, newestAt: ago(0) }))).toBe(60 * HOUR);
    expect(isSilent(source({ ...steady, newestAt: ago(59 * HOUR) }), now)).toBe(false);
    expect(isSilent(source({ ...steady, newestAt: ago(61 * HOUR) }), now)).toBe(true);
    expect(silenceLimit(source({ ...steady, silentAfter: 30, newestAt: ago(0) }))).toBe(180 * HOUR);
  });

  it('is silent though one gap was far longer than all others, as where its listing holds an old article', () => {
    const limit = (gaps: number[]) => silenceLimit(source({ ...steady, gapsByDay: gaps, newestAt: ago(0) }));
    expect(limit([...Array(29).fill(DAY), 30 * DAY])).toBeLessThan(20 * DAY);
    expect(limit([...Array(29).fill(DAY), 900 * DAY])).toBeLessThan(121 * DAY);
    expect(limit(Array(30).fill(DAY))).toBe(60 * HOUR);
  });

  it('is not silent between its issues, however fast the articles of one come, and is once an issue stays away', () => {
    const issues = Array.from({ length: 10 }, () => [2 * HOUR, 3 * HOUR, 30 * DAY]).flat();
    const monthly = { ...steady, rhythmSeconds: HOUR, gapsByDay: issues };
    expect(isSilent(source({ ...monthly, newestAt: ago(40 * DAY) }), now)).toBe(false);
    expect(isSilent(source({ ...monthly, newestAt: ago(61 * DAY) }), now)).toBe(true);
    for (const gapsByDay of [[30 * DAY], [2 * HOUR, 30 * DAY], [30 * DAY, 30 * DAY, 30 * DAY]]) {
      expect(isSilent(source({ ...monthly, gapsByDay, newestAt: ago(40 * DAY) }), now)).toBe(false);
    }
  });

  it('whose gaps vary, as those of a blog, is given longer than one whose weekends are alike', () => {
    const limit = (...longest: number[]) =>
      silenceLimit(
        source({
          ...steady,
          rhythmSeconds: 600,
          gapsByDay: [...longest.map((days) => days * DAY), ...Array(20).fill(DAY)],
          newestAt: ago(0),
        }),
      );
    expect(limit(8, 5, 3, 2)).toBeGreaterThan(8 * DAY);
    expect(limit(3, 3, 3, 3, 3)).toBe(6 * DAY);
  });

  it('is silent after ten times two days where nothing is known of its rhythm, for it may never give anything', () => {
    const unknown = { succeededAt: ago(60), arrivals: 0, rhythmSeconds: null, newestAt: null };
    expect(isSilent(source({ ...unknown, addedAt: ago(19 * DAY) }), now)).toBe(false);
    expect(isSilent(source({ ...unknown, addedAt: ago(21 * DAY) }), now)).toBe(true);
    const once = { ...unknown, arrivals: 1, addedAt: ago(40 * DAY) };
    expect(isSilent(source({ ...once, newestAt: ago(19 * DAY) }), now)).toBe(false);
    expect(isSilent(source({ ...once, newestAt: ago(21 * DAY) }), now)).toBe(true);
    const old = { ...unknown, arrivals: 2, newestAt: ago(300 * DAY), rhythmSeconds: DAY };
    expect(isSilent(source({ ...old, addedAt: ago(DAY) }), now)).toBe(false);
  });

  it('is failing once none of the new pages of three readings could be had, for a day, though it is read itself', () => {
    const failures = { count: 9, problem: 'It answered 403.', arrivals: 3, foundAt: ago(HOUR) };
    const fails = (since: number, reached: number | null) =>
      source({
        ...steady,
        newestAt: ago(60),
        pageFailures: { ...failures, since: ago(since), reachedAt: reached === null ? null : ago(reached) },
      });
    expect(healthOf(fails(DAY, HOUR), now)).toBe('failing');
    expect(isFailing(fails(DAY, HOUR), now)).toBe(true);
    for (const other of [fails(9 * DAY, null), fails(DAY - 60, HOUR)]) {
      expect(healthOf(other, now)).toBe('well');
      expect(isFailing(other, now)).toBe(false);
    }
    expect(isFailing(paused(fails(DAY, HOUR), 'For a month.', now), now)).toBe(false);
    // The alarm looks half an hour back, whichever of the two came last.
    expect(newly(isFailing)(fails(9 * DAY, 60), now)).toBe(true);
    expect(newly(isFailing)(fails(DAY + 60, 2 * HOUR), now)).toBe(true);
    expect(newly(isFailing)(fails(9 * DAY, HOUR), now)).toBe(false);
  });

  it('that is watched again after a pause is silent, and newly so, only once it has been for its time since', () => {
    const asleep = paused(source({ ...steady, newestAt: ago(60 * DAY) }), 'For a month.', now);
    const awake = (seconds: number) => resumed(asleep, new Date(now.getTime() - seconds * 1000));
    expect(isSilent(awake(59 * HOUR), now)).toBe(false);
    expect(newly(isSilent)(awake(60 * HOUR + 60), now)).toBe(true);
    expect(isSilent(awake(70 * HOUR), now)).toBe(true);
  });

  it('is newly silent for half an hour, and silent as long as it is', () => {
    const silentFor = (seconds: number) => source({ ...steady, newestAt: ago(60 * HOUR + seconds) });
    const isNewlySilent = newly(isSilent);
    expect([-60, 60, 1740, 1860].map((seconds) => isNewlySilent(silentFor(seconds), now))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isSilent(silentFor(1860), now)).toBe(true);
  });

  it('is not silent over a night or a weekend such as it had before', () => {
    const weekdays = {
      ...steady,
      rhythmSeconds: HOUR,
      gapsByDay: [14, 14, 64, 14, 64, 14, 64, 14, 64, 64].map((hours) => hours * HOUR),
    };
    expect(isSilent(source({ ...weekdays, newestAt: ago(5.2 * DAY) }), now)).toBe(false);
    expect(isSilent(source({ ...weekdays, newestAt: ago(5.5 * DAY) }), now)).toBe(true);
  });

  it('is not silent over the first weekend it is watched', () => {
    const hourly = {
      ...steady,
      rhythmSeconds: HOUR,
      gapsByDay: [14 * HOUR, HOUR],
      addedAt: ago(5 * DAY),
      newestAt: ago(60 * HOUR),
    };
    expect(isSilent(source(hourly), now)).toBe(false);
    expect(isSilent(source({ ...hourly, addedAt: ago(30 * DAY) }), now)).toBe(true);
    expect(isSilent(source({ ...hourly, newestAt: ago(73 * HOUR) }), now)).toBe(true);
    // Three articles on the morning it was added, and on no other day.
    expect(isSilent(source({ ...hourly, gapsByDay: [HOUR], arrivals: 3, newestAt: ago(5 * DAY) }), now)).toBe(false);
  });

  it('is not silent before a day, nor while its rhythm is not known, nor when it rests', () => {
    const busy = { ...steady, rhythmSeconds: 300, gapsByDay: [600, 600] };
    expect(isSilent(source({ ...busy, newestAt: ago(23 * HOUR) }), now)).toBe(false);
    expect(isSilent(source({ ...busy, arrivals: 2, newestAt: ago(9 * DAY) }), now)).toBe(false);
    expect(isSilent(source({ ...busy, rhythmSeconds: null, newestAt: ago(9 * DAY) }), now)).toBe(false);
    expect(isSilent(paused(source({ ...busy, newestAt: ago(9 * DAY) }), 'Someone paused it.', now), now)).toBe(false);
  });

  it('is told by the worst that is true of it', () => {
    const silent = { ...steady, newestAt: ago(90 * DAY) };
    const all = [
      source({}, now),
      source({ ...steady, newestAt: ago(60) }),
      source(silent),
      source({ ...silent, problem: 'robots.txt disallows it.' }),
      source({ ...silent, problem: 'It answered 500.', failures: 2 }),
      paused(source({ ...silent, problem: 'It answered 500.', failures: 2 }), 'Someone paused it.', now),
      { ...source(silent), state: 'retired' as const },
    ];
    expect(all.map((one) => healthOf(one, now))).toEqual([
      'new',
      'well',
      'silent',
      'refused',
      'failing',
      'paused',
      'retired',
    ]);
    expect(census(all, now)).toEqual({
      new: 1,
      well: 1,
      silent: 1,
      refused: 1,
      failing: 1,
      paused: 1,
      retired: 1,
    });
  });
});
