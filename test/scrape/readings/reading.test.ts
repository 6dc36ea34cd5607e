import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../functions/article/durations.ts';
import { readListing } from '../../../functions/scrape/listing/read-listing.ts';
import { read, withFindings } from '../../../functions/scrape/readings/reading.ts';
import { CEILING } from '../../../functions/scrape/readings/rhythm.ts';
import { DEFAULT_SETTINGS, newSource, type Source } from '../../../functions/scrape/sources/source.ts';

const START = Date.parse('2026-03-01T08:00:00Z');
const source = newSource({ ...DEFAULT_SETTINGS, id: 'a', url: 'https://a.example/map.xml' }, new Date(START));

const found = (before: Source, taken: number, minutes: number, dates: string[], isLeftover: boolean) => {
  const now = new Date(START + minutes * MINUTE_MS);
  const findings = { taken, elsewhere: 0, claimedAt: now.toISOString(), isLeftover, arePublished: true };
  return withFindings(before, findings, dates, { now, random: 0.5 });
};

const minutesAgo = (end: number, count: number, every: number) =>
  Array.from({ length: count }, (_, i) => new Date(START + (end - every * i) * MINUTE_MS).toISOString());

describe('the rhythm of a source', () => {
  it('that was seen is kept where a reading takes what an earlier one left, however fast that came', () => {
    let seen = source;
    for (let day = 0; day <= 12; day += 3) {
      seen = found(seen, 2, (day * DAY_MS) / MINUTE_MS, minutesAgo((day * DAY_MS) / MINUTE_MS, 2, 5), false);
    }
    expect(seen.rhythmSeconds).toBeGreaterThan(DAY_MS / 4_000);
    const end = (12 * DAY_MS) / MINUTE_MS + 30;
    const later = found(seen, 10, end, minutesAgo(end, 10, 5), true);
    expect(later).toMatchObject({ rhythmSeconds: seen.rhythmSeconds, gapsByDay: seen.gapsByDay });
    expect([later.arrivals, later.articles]).toEqual([seen.arrivals, seen.articles + 10]);
  });

  it('that was guessed from the first batch gives way to a faster one that goes on', () => {
    const slow = found(source, 12, 0, minutesAgo(-60, 12, (7 * DAY_MS) / MINUTE_MS), false);
    const fast = found(slow, 12, 5, minutesAgo(0, 12, 60), true);
    expect(fast.rhythmSeconds).toBeLessThan((slow.rhythmSeconds ?? 0) / 10);
    const archive = found(fast, 12, 10, minutesAgo(-(400 * DAY_MS) / MINUTE_MS, 12, 5), true);
    expect(archive.rhythmSeconds).toBe(fast.rhythmSeconds);
  });

  it('is not that of the changes to its pages, once articles have come', () => {
    const now = (minutes: number) => ({ now: new Date(START + minutes * MINUTE_MS), random: 0.5 });
    const changes = (before: Source, taken: number, minutes: number) =>
      withFindings(
        before,
        { taken, elsewhere: 0, claimedAt: now(minutes).now.toISOString(), isLeftover: false, arePublished: false },
        minutesAgo(minutes, 40, 30),
        now(minutes),
      );
    const month = (30 * DAY_MS) / MINUTE_MS;
    const edited = changes(source, 400, 0);
    expect([edited.arrivals, edited.rhythmSeconds, edited.gapsByDay]).toEqual([0, 1800, []]);
    const [once, twice] = [changes(edited, 1, month), changes(changes(edited, 1, month), 1, 2 * month)];
    expect([once.arrivals, once.rhythmSeconds]).toEqual([1, month * 60]);
    expect([twice.arrivals, twice.rhythmSeconds, twice.gapsByDay]).toEqual([2, month * 60, [month * 60, month * 60]]);
  });
});

describe('the time in which a listing without dates fills', () => {
  const items = Array.from(
    { length: 10 },
    (_, n) => `<item><title>${n}</title><link>https://a.example/${n}</link></item>`,
  );
  const body = Buffer.from(`<rss version="2.0"><channel><title>A</title>${items.join('')}</channel></rss>`);
  const listing = readListing(body, {
    url: 'https://a.example/feed',
    contentType: null,
    asOf: new Date(START),
    namedBy: [],
  });
  if (listing.kind === 'none') throw new Error(listing.reason);
  const before = { ...source, readAt: new Date(START).toISOString(), succeededAt: new Date(START).toISOString() };
  const answer = { etag: null, lastModified: null, bodyHash: null, freshFor: null };
  const fills = (was: Source, hours: number, news: { taken: number; elsewhere: number; remaining: number }) =>
    read(
      was,
      answer,
      listing,
      { ...news, busySeconds: 0, isIndex: false, claimedAt: null },
      {
        now: new Date(START + hours * 60 * MINUTE_MS),
        random: 0.5,
      },
    ).fillsInSeconds;
  const none = { taken: 0, elsewhere: 0, remaining: 0 };

  it('is the time since the last reading where all of it is new, whoever was first, and twice that where half is', () => {
    expect(fills(before, 3, { ...none, taken: 10 })).toBe(3 * 3600);
    expect(fills(before, 3, { ...none, elsewhere: 9, taken: 1 })).toBe(3 * 3600);
    expect(fills(before, 3, { ...none, elsewhere: 5 })).toBe(6 * 3600);
    expect(fills(before, 3, { ...none, taken: 4 })).toBeNull();
  });

  it('is not told by what was left, nor by a reading out of turn', () => {
    expect(fills({ ...before, remaining: 8 }, 1, { ...none, taken: 5, remaining: 3 })).toBeNull();
    expect(fills({ ...before, intervalSeconds: 8 * 3600 }, 0.1, { ...none, taken: 10 })).toBe(8 * 3600);
  });

  it('grows while something in it is known, and not for ever', () => {
    expect(fills({ ...before, fillsInSeconds: 1000 }, 3, none)).toBeCloseTo(1100);
    expect(fills({ ...before, fillsInSeconds: 1e120 }, 3, none)).toBe(2 * CEILING);
  });
});
