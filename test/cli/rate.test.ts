import { describe, expect, it } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { type Extent, showRate } from '../../cli/render/rate.ts';

/** The last line that was shown for so many records after ten seconds. */
function lineAfter(extent: Partial<Extent>, records: number, sortAts: [first: string, last: string]): string {
  let time = 0;
  const written: string[] = [];
  const stderr = { isTTY: true, write: (text: string) => written.push(text) };
  const io = { stderr, now: () => new Date(time) } as unknown as Io;
  const rate = showRate(io, { from: null, total: null, already: 0, ...extent });
  rate.advance((extent.already ?? 0) + 1, sortAts[0]);
  time = 10_000;
  rate.advance(records, sortAts[1]);
  return (written.at(-1) ?? '').replace('\r\x1b[K', '');
}

const month: [string, string] = ['2026-03-31T00:00:00.000Z', '2026-03-16T00:00:00.000Z'];

describe('the progress of an export', () => {
  it('tells the rest by a total, without what an earlier run wrote', () => {
    expect(lineAfter({ total: 1_000 }, 200, month)).toBe('200 of about 1000 records, 20 a second, about 40 s left');
    expect(lineAfter({ total: 1_000, already: 500 }, 750, month)).toBe(
      '750 of about 1000 records, 25 a second, about 10 s left',
    );
  });

  it('tells the rest by how far a list went back, where it has an end', () => {
    expect(lineAfter({ from: '2026-03-01' }, 200, month)).toBe('200 records, 20 a second, about 10 s left');
  });

  it('tells nothing of the rest where nothing is known of it, or the total was too low', () => {
    expect(lineAfter({}, 200, month)).toBe('200 records, 20 a second');
    expect(lineAfter({ total: 100 }, 200, month)).toBe('200 records, 20 a second');
  });
});
