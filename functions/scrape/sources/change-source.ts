import { changeRow } from '../change-row.ts';
import type { Ports, Source } from '../ports.ts';

/**
 * Changes the row of a source that is being read, unless it was removed meanwhile and another has its name, or was given
 * another address: what was found is none of that one's.
 *
 * @returns the row of that name as it stands then; null where there is none
 * @throws Error as {@link changeRow} does
 */
export function changeSource(
  source: Source,
  { sources }: Pick<Ports, 'sources'>,
  next: (source: Source) => Source,
): Promise<Source | null> {
  return changeRow(sources, source.id, (row) =>
    row?.addedAt === source.addedAt && row.url === source.url ? next(row) : row,
  );
}
