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

/** @param record what the article says now, which the last revision led to */
export async function revisionsWithDiffs(
  articles: Pick<Articles, 'listRevisions' | 'getRevision'>,
  record: ArticleRecord,
  options: PageOptions,
): Promise<Page<DiffedRevision>> {
  const { items, cursor } = await articles.listRevisions(record.id, options);
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
