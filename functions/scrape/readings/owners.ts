/** The sources that known pages belong to. */
import type { Page, Ports, Source } from '../ports.ts';

/** Reads the source that has a page fetched; null where there is none any more. */
export type OwnerOf = (page: Page) => Promise<Source | null>;

/** Name of the source that has a page fetched: the first that named it, unless another has its rechecks by now. */
export function ownerId({ sourceId, recheckedBy }: Pick<Page, 'sourceId' | 'recheckedBy'>): string | null {
  return recheckedBy ?? sourceId;
}

/** @returns one that reads each source once, for a reading in which a few of them own all that is known */
export function owners({ sources }: Pick<Ports, 'sources'>): OwnerOf {
  const read = new Map<string, Promise<Source | null>>();
  return async (page) => {
    const id = ownerId(page);
    if (id === null) return null;
    let owner = read.get(id);
    if (!owner) {
      owner = sources.read(id);
      read.set(id, owner);
    }
    return owner;
  };
}
