import type { Io } from '../io.ts';

export interface Rate {
  /** @param sortAt of the last record, by which a list that is newest first has come so far */
  advance(records: number, sortAt: string | null): void;
  end(): void;
}

/** Milliseconds between two looks at the line. */
const EVERY = 200;

export interface Extent {
  /** Where a list that is newest first ends; null where that is not known. */
  from: string | null;
  /** About how many records there are; null where that is not known. */
  total: number | null;
  /** Records that an earlier run wrote. */
  already: number;
}

/**
 * A line on the terminal that says how many records were written, how fast, and how long the rest takes.
 *
 * The rest is known where there is a total, or the list has an end: the time between its newest record and `from`, at
 * the pace at which it went back so far.
 */
export function showRate({ stderr, now }: Io, { from, total, already }: Extent): Rate {
  if (stderr.isTTY !== true) return { advance: () => {}, end: () => {} };
  const begun = now().getTime();
  const earliest = from === null ? Number.NaN : Date.parse(from);
  let newest = Number.NaN;
  let shown = 0;
  return {
    advance(records, sortAt) {
      const time = now().getTime();
      const reached = sortAt === null ? Number.NaN : Date.parse(sortAt);
      if (Number.isNaN(newest)) newest = reached;
      if (time - shown < EVERY) return;
      shown = time;
      const seconds = Math.max(0.001, (time - begun) / 1000);
      const share = total === null ? (newest - reached) / (newest - earliest) : (records - already) / (total - already);
      const left = share > 0 && share <= 1 ? `, about ${duration((seconds * (1 - share)) / share)} left` : '';
      const of = total === null || records > total ? '' : ` of about ${total}`;
      stderr.write(`\r\x1b[K${records}${of} records, ${Math.round((records - already) / seconds)} a second${left}`);
    },
    end: () => {
      if (shown > 0) stderr.write('\r\x1b[K');
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
