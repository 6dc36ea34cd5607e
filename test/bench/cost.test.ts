import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countPatterns } from '../../bench/cost/patterns.ts';
import prices from '../../bench/cost/prices.json' with { type: 'json' };
import { countScraping } from '../../bench/cost/scrape-patterns.ts';
import { costSheet, renderPages } from '../../bench/cost/sheet.ts';
import { indexWriteUnits, readUnits, writeUnits } from '../../bench/cost/units.ts';

describe('request units', () => {
  it('are those of the examples in the developer guide', () => {
    // 3 KB and 10 KB read, 1.5 KB and 512 bytes written.
    expect(readUnits(3 * 1_024, true)).toBe(1);
    expect(readUnits(3 * 1_024, false)).toBe(0.5);
    expect(readUnits(10 * 1_024, true)).toBe(3);
    expect(readUnits(0, false)).toBe(0.5);
    expect(writeUnits(0, 1_536, false)).toBe(2);
    expect(writeUnits(0, 512, false)).toBe(1);
    expect(writeUnits(0, 3 * 1_024, true)).toBe(6);
    expect(writeUnits(5_000, 100, false)).toBe(5);
  });

  it('of an index are none where its row stays, one where it changes, and two where it moves', () => {
    const row = (key: string, content: string) => ({ key, bytes: 600, content });
    expect(indexWriteUnits(null, null)).toBe(0);
    expect(indexWriteUnits(null, row('a', '1'))).toBe(1);
    expect(indexWriteUnits(row('a', '1'), row('a', '1'))).toBe(0);
    expect(indexWriteUnits(row('a', '1'), row('a', '2'))).toBe(1);
    expect(indexWriteUnits(row('a', '1'), row('b', '1'))).toBe(2);
    expect(indexWriteUnits(row('a', '1'), null)).toBe(1);
  });
});

describe('the cost sheet', async () => {
  const counted = { ...(await countPatterns()), scraping: await countScraping() };

  it.each(Object.entries(renderPages(counted)))(
    'in %s is what the bench counts and computes; `npm run cost -- --write` puts it there',
    (file, sections) => {
      const page = readFileSync(file, 'utf8');
      for (const [name, content] of Object.entries(sections)) {
        expect(page).toContain(`<!-- ${name} -->\n${content}\n<!-- /${name} -->`);
      }
    },
  );

  it('counts one request for a poll, two for what it finds, and nothing where nothing is due', () => {
    const [idle, poll, found, again] = counted.scraping;
    expect(idle).toMatchObject({ requests: 0, messages: 0, puts: 0, units: { write: 0 } });
    expect(poll).toMatchObject({ requests: 1, messages: 1, puts: 0 });
    expect(found).toMatchObject({ requests: 2, messages: 2, puts: 2 });
    expect(again).toMatchObject({ requests: 1, messages: 1, puts: 0 });
  });

  it('adds up: dearer writes make writing dearer by as much, and nothing else', () => {
    const dearer = { ...prices, prices: { ...prices.prices, dynamodbMillionWriteUnits: 1.625 } };
    const writes = counted.patterns[0]?.units.write ?? 0;
    const sum = (sheet: ReturnType<typeof costSheet>) => sheet.once.reduce((all, { dollars }) => all + dollars, 0);
    expect(writes).toBeGreaterThan(0);
    expect(sum(costSheet(counted, dearer)) - sum(costSheet(counted, prices))).toBeCloseTo(writes);
    expect(costSheet(counted, dearer).monthly).toEqual(costSheet(counted, prices).monthly);
    expect(costSheet(counted, dearer).reads).toEqual(costSheet(counted, prices).reads);
  });
});
