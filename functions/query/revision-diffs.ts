/** Revisions, each with what it did to title and text. */
import type { ArticleRecord } from '../article/record.ts';
import type { Revision } from '../article/revision.ts';
import { type BlockChange, diffTexts } from '../article/text-diff.ts';
import type { Articles, Page, PageOptions } from './ports.ts';

/** A change of a text without what stayed, but for the blocks beside a change. */
export type ShownChange = BlockChange | { kind: 'skipped'; blocks: number };

export interface RevisionDiff {
  /** Null where the title stayed. */
  title: { before: string | null; after: string | null } | null;
  /** In the order of the text; empty where it stayed, or is gone. */
  text: ShownChange[];
}

export type DiffedRevision = Revision & { diff: RevisionDiff };

/** Characters of texts that a page compares at most: some seconds, where a function has half a minute. */
const MOST_COMPARED = 8_000_000;

/**
 * A page is short, and has a cursor, where the texts are long.
 *
 * @param record what the article says now, which the last revision led to
 */
export async function revisionsWithDiffs(
  articles: Pick<Articles, 'listRevisions' | 'getRevision'>,
  record: ArticleRecord,
  options: PageOptions,
): Promise<Page<DiffedRevision>> {
  let { items, cursor } = await articles.listRevisions(record.id, options);
  const limit = comparable(items);
  // Read anew for the cursor, which only the list itself can give.
  if (limit < items.length) ({ items, cursor } = await articles.listRevisions(record.id, { ...options, limit }));
  const [newest] = items;
  // What a revision led to is what the next one changed.
  const next = newest === undefined ? null : await articles.getRevision(record.id, newest.revision + 1);
  let after: { title: string | null; text: string | null } = next?.before ?? record;
  const diffed = items.map((revision) => {
    const diff = diffOf(revision, after);
    after = revision.before;
    return { ...revision, diff };
  });
  return { items: diffed, cursor };
}

/** How many of the revisions, one at least, are compared in a page. */
function comparable(revisions: readonly Revision[]): number {
  let characters = 0;
  const over = revisions.findIndex(({ before }) => {
    characters += before.text?.length ?? 0;
    return characters > MOST_COMPARED;
  });
  return over === -1 ? revisions.length : Math.max(over, 1);
}

function diffOf({ changed, before }: Revision, after: { title: string | null; text: string | null }): RevisionDiff {
  return {
    title: changed.includes('title') ? { before: before.title, after: after.title } : null,
    text:
      changed.includes('text') && before.text !== null && after.text !== null
        ? withoutSame(diffTexts(before.text, after.text))
        : [],
  };
}

function withoutSame(changes: readonly BlockChange[]): ShownChange[] {
  const differs = (index: number) => changes[index] !== undefined && changes[index].kind !== 'same';
  const shown: ShownChange[] = [];
  for (const [index, change] of changes.entries()) {
    if (differs(index - 1) || differs(index) || differs(index + 1)) {
      shown.push(change);
      continue;
    }
    const last = shown.at(-1);
    if (last?.kind === 'skipped') last.blocks += 1;
    else shown.push({ kind: 'skipped', blocks: 1 });
  }
  return shown;
}
