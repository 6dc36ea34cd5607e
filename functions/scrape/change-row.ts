import type { RowStore } from './ports.ts';

/** One host's or source's row has a handful of writers at most, so that each gets through within a few rounds. */
const ROUNDS = 20;

/**
 * Changes a row whoever else is writing it: reads it again for as long as another write comes first.
 *
 * @param change is given null where there is no such row; gives the same row back, or null, to leave things as they are.
 *   It may be called several times. The number of the write is counted here.
 * @returns the row as it stands then; null where there is none
 * @throws Error where twenty writes in a row came first
 */
export async function changeRow<Row extends { revision: number }>(
  store: RowStore<Row>,
  key: string,
  change: (row: Row | null) => Row | null,
): Promise<Row | null> {
  for (let round = 0; round < ROUNDS; round++) {
    const row = await store.read(key);
    const changed = change(row);
    if (!changed || changed === row) return row;
    const next = { ...changed, revision: row ? row.revision + 1 : 0 };
    if (await store.save(next, row ? row.revision : null)) return next;
  }
  throw new Error(`The row ${key} is written by others all the time: try again`);
}
