import { describe, expect, it } from 'vitest';
import { bareTitle } from '../../../functions/extract/text/bare-title.ts';

describe('bareTitle', () => {
  it.each([
    ['23.01.2026 - Der Hafen bekommt eine neue Brücke', 'Der Hafen bekommt eine neue Brücke'],
    ['Dec 18 2025 Preparing the harbour for winter', 'Preparing the harbour for winter'],
    ['Sept. 11 attacks remembered in the harbour', 'Sept. 11 attacks remembered in the harbour'],
    ['OLD HARBOUR Who pays for the new bridge now', 'Who pays for the new bridge now'],
    ['US NATO allies agree on a new harbour', 'US NATO allies agree on a new harbour'],
    ['OLD HARBOUR TO CLOSE FOR THREE YEARS', 'OLD HARBOUR TO CLOSE FOR THREE YEARS'],
    ['Ferry comes back after three years (video)', 'Ferry comes back after three years'],
    ['Ferry comes back after three years [Watch]', 'Ferry comes back after three years'],
    [
      'How to mend a net at home | What it takes and how long',
      'How to mend a net at home | What it takes and how long',
    ],
    ['Blog » Ferry comes back after three years | Saltmere Post', 'Ferry comes back after three years'],
  ])('makes of %s: %s', (line, title) => {
    expect(bareTitle(line)).toBe(title);
  });

  it('is settled at once on whatever capitals and words', () => {
    const line = `${'ABCDEFG '.repeat(40_000)}x`;
    const started = process.cpuUsage();
    bareTitle(line);
    expect(process.cpuUsage(started).user).toBeLessThan(1e6);
  });
});
