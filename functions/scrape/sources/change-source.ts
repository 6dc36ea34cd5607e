import { changeRow } from '../change-row.ts';
import type { Ports, Source } from '../ports.ts';

/**
 * Whether a row is still that of a source as it was when something was begun for it: not where it was removed meanwhile and
 * another has its name, nor where it was given another address or filter.
 */
export function isSameWatch(row: Watch, begun: Watch): boolean {
  return row.addedAt === begun.addedAt && row.settledAt === begun.settledAt;
}

type Watch = Pick<Source, 'addedAt' | 'settledAt'>;

/**
 * Changes the row of a source that is being read, where it is still that one: what was found is none of another's.
 *
 * @returns the row of that name as it stands then; null where there is none
 * @throws Error as {@link changeRow} does
 */
export function changeSource(
  source: Source,
  { sources }: Pick<Ports, 'sources'>,
  next: (source: Source) => Source,
): Promise<Source | null> {
  return changeRow(sources, source.id, (row) => (row && isSameWatch(row, source) ? next(row) : row));
}
