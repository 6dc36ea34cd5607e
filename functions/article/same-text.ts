/**
 * Records with the same text: one of them is the first and is listed, the others name it in `duplicateOf`.
 *
 * When the first moves on to another text or goes, {@link settleText} makes the next one first and the others point to it.
 * It looks at what is stored and not at what happened, so it can be cut short anywhere and done again, and by many at
 * once. The rules, and why, stand in docs/decisions/ingest-rules.md.
 */
import { type Change, changeTime } from './change.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { ArticleRecord } from './record.ts';
import { isWithdrawn, type Stored } from './tombstone.ts';

/** Who was read as the first with a text, and is it no longer. */
export interface Predecessor {
  /** Null where nobody was named. */
  id: string | null;
  /**
   * The record of that id as it was read. It must still be as it was when another takes its place: it may have come back to
   * the text meanwhile, and be named as before. Null where there was none; of no account where it is the one that is written.
   */
  record: Stored | null;
}

/** One record in the place of another that was the first with a text. */
export interface Succession {
  contentHash: string;
  was: Predecessor;
  heir: Change<ArticleRecord>;
}

export interface SameTextStore {
  /** Strongly consistent, the body joined in. */
  read(id: string): Promise<Stored | null>;
  /** Id of the record that is known as the first with a text of this hash. Strongly consistent. */
  firstWithText(contentHash: string): Promise<string | null>;
  /** Ids of the duplicates with this text in the order in which they were first seen, `atMost` so many. Strongly consistent. */
  duplicatesWithText(contentHash: string, atMost?: number): Promise<string[]>;
  /** Writes it all or nothing. @returns false, and nothing written, where something changed since it was read */
  succeed(succession: Succession): Promise<boolean>;
  /** @returns false, and nothing written, where the record changed since it was read */
  replace(change: Change): Promise<boolean>;
}

/** Others kept writing to the same records. */
export class ContendedTextError extends Error {
  readonly code = 'CONTENDED';
  override readonly name = 'ContendedTextError';

  constructor(what: string) {
    super(`${what} changed ${TRIES} times while records with the same text were brought in order; try again.`);
  }
}

const TRIES = 6;
const AT_ONCE = 8;

/** Whether duplicates with this text may point to it. */
export function isFirst(stored: Stored | null, contentHash: string): stored is ArticleRecord {
  return stored !== null && holds(stored, contentHash) && stored.duplicateOf === null;
}

/**
 * Sees to it that a text has a first record, and that its duplicates point to it.
 *
 * @param atMost how many duplicates are looked at; those first seen come first
 * @returns ids of the records with the text, the first one's first; none where no record has it
 * @throws ContendedTextError where others kept writing to the same records
 */
export async function settleText(
  contentHash: string,
  { store, now, atMost }: { store: SameTextStore; now: () => Date; atMost?: number },
): Promise<string[]> {
  const first = await appointFirst(contentHash, store, now, atMost);
  if (first === null) return [];
  const duplicates = await store.duplicatesWithText(contentHash, atMost);
  const others = duplicates.filter((id) => id !== first);
  await eachAtOnce(AT_ONCE, others, async (id) => {
    for (let tries = 0; tries < TRIES; tries++) {
      const was = await store.read(id);
      if (was === null || !holds(was, contentHash) || was.duplicateOf === first) return;
      const changed = { ...was, duplicateOf: first, updatedAt: changeTime(now(), was) };
      if (await store.replace({ was, now: changed })) return;
    }
    throw new ContendedTextError(`Article ${id}`);
  });
  return [first, ...others];
}

/** The record first seen of those that have the text, as it would be as the first; null where none is left. */
export async function nextWithText(
  contentHash: string,
  gone: string | null,
  {
    store,
    now,
    atMost,
  }: { store: Pick<SameTextStore, 'read' | 'duplicatesWithText'>; now: () => Date; atMost?: number },
): Promise<Change<ArticleRecord> | null> {
  for (const id of await store.duplicatesWithText(contentHash, atMost)) {
    const was = id === gone ? null : await store.read(id);
    if (was === null || !holds(was, contentHash)) continue;
    return { was, now: { ...was, duplicateOf: null, updatedAt: changeTime(now(), was) } };
  }
  return null;
}

async function appointFirst(
  contentHash: string,
  store: SameTextStore,
  now: () => Date,
  atMost: number | undefined,
): Promise<string | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const named = await store.firstWithText(contentHash);
    const record = named === null ? null : await store.read(named);
    if (isFirst(record, contentHash)) return record.id;
    const heir = await nextWithText(contentHash, null, { store, now, ...(atMost !== undefined && { atMost }) });
    if (heir === null) return null;
    if (await store.succeed({ contentHash, was: { id: named, record }, heir })) return heir.now.id;
  }
  throw new ContendedTextError(`The first record with the text ${contentHash}`);
}

function holds(stored: Stored, contentHash: string): stored is ArticleRecord {
  return !isWithdrawn(stored) && stored.contentHash === contentHash;
}
