/** The first day of the simulated week; `npm run week` passes all of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type SiteResult, type SourceResult, siteResult, sourceResults, vainAtSameWait } from './week/report.ts';
import { simulate, type Week } from './week/simulate.ts';
import { type Cast, cast } from './week/tempers.ts';

const DAYS = 1;
const MANY = 200;

let week: Week;
let casts: Cast[];
let sites: SiteResult[];
let sources: SourceResult[];

beforeAll(async () => {
  casts = cast(DAYS, MANY);
  week = await simulate({ casts, days: DAYS, faults: 0.01, seed: 1 });
  sites = casts.map(({ site }) => siteResult(site, week));
  const fresh = cast(DAYS, MANY);
  sources = casts.flatMap((one, i) => sourceResults(one, (fresh[i] as Cast).site, week));
}, 600_000);

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('fifty sources of different temper', () => {
  it('are really asked', () => {
    expect(sources.length).toBeGreaterThanOrEqual(50);
    expect(sum(sites.map(({ due }) => due))).toBeGreaterThan(1_500);
    expect(week.redelivered).toBeGreaterThan(10);
  });

  it('give every article once', () => {
    expect(sites.flatMap(({ missing }) => missing)).toEqual([]);
    expect(sites.flatMap(({ twice }) => twice)).toEqual([]);
    expect(week.deadLetters).toBe(0);
  });

  it('are never asked twice at once, nor sooner after the last answer than their delay', () => {
    expect([...week.pressed]).toEqual([]);
    const hurried = sites.filter(({ site, leastGap }) => leastGap < site.delay);
    expect(hurried.map(({ site, leastGap }) => `${site.host}: ${leastGap} ms`)).toEqual([]);
  });

  it('are read in vain no more than a tenth above what the rule costs ideally', () => {
    const steady = sources.filter(({ ideal }) => ideal !== null);
    expect(steady.length).toBeGreaterThan(35);
    const ideal = sum(steady.map((one) => one.ideal?.vain ?? 0));
    expect(sum(steady.map(({ readings }) => readings.vain))).toBeLessThanOrEqual(1.1 * ideal);
    // And the rule itself is cheap.
    expect(ideal).toBeLessThan(0.5 * sum(steady.map(({ fixedVain }) => fixedVain)));
  });

  it('are read in vain no more than at fixed paces that have articles wait as long', () => {
    const alike = sources.flatMap(({ site, ideal, readings }) => {
      const vain = vainAtSameWait(site, week, sites.find((one) => one.site === site) as SiteResult);
      return ideal === null || vain === null ? [] : [{ ours: readings.vain, vain }];
    });
    expect(alike.length).toBeGreaterThan(30);
    expect(sum(alike.map(({ ours }) => ours))).toBeLessThan(sum(alike.map(({ vain }) => vain)));
  });

  it('say what is wrong with them, and nothing where all is well', () => {
    for (const { site, says, stays } of casts) {
      for (const { source } of sources.filter((one) => one.site === site)) {
        const words = [...(week.said.get(source.id) ?? [])].join('\n');
        if (says === null) expect(words, source.id).toBe('');
        else expect(words, source.id).toMatch(says);
        if (stays) expect(source.stateReason ?? source.problem, source.id).toMatch(says as RegExp);
        if (source.failures > 0) expect(source.problem, source.id).not.toBeNull();
      }
    }
  });

  it('say of every page that cannot be had why', () => {
    expect(sites.flatMap(({ unexplained }) => unexplained)).toEqual([]);
  });
});
