import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PAGES } from '../../names.ts';
import type { Page, Pages } from '../../scrape/ports.ts';
import { shardOf } from '../lists/shards.ts';
import { dueAttributes, dueRows, withoutDueAttributes } from './due-rows.ts';
import { revisionedRows } from './revisioned-rows.ts';

type Item = Record<string, unknown>;

/** As many as DynamoDB reads at a time. */
const BATCH = 100;
const BATCHES_AT_ONCE = 8;

/** Articles' pages. @param table name of the pages table */
export function pageStore(documents: DynamoDBDocumentClient, table: string): Pages {
  const rows = revisionedRows(documents, table, PAGES.key, { toItem, toRow });

  async function batch(pages: readonly string[]): Promise<Page[]> {
    const found: Page[] = [];
    let keys = pages.map((page) => ({ [PAGES.key]: page }));
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys } = await documents.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
      );
      found.push(...(Responses?.[table] ?? []).map(toRow));
      keys = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof keys;
    }
    return found;
  }

  /** Each once; those that are not there are left out. */
  async function readAll(pages: readonly string[]): Promise<Page[]> {
    const distinct = [...new Set(pages)];
    const batches = Array.from({ length: Math.ceil(distinct.length / BATCH) }, (_, index) =>
      distinct.slice(index * BATCH, (index + 1) * BATCH),
    );
    const found: Page[] = [];
    for (let start = 0; start < batches.length; start += BATCHES_AT_ONCE) {
      const answers = await Promise.all(batches.slice(start, start + BATCHES_AT_ONCE).map(batch));
      for (const answer of answers) found.push(...answer);
    }
    return found;
  }

  return {
    ...rows,
    known: readAll,

    async due(at, limit) {
      // The index holds keys alone, and tells the order.
      const due = (await dueRows(documents, table, PAGES.byDue, at, limit)).map((item) => item[PAGES.key] as string);
      const pages = new Map((await readAll(due)).map((page) => [page.page, page]));
      return due.map((page) => pages.get(page)).filter((page) => page !== undefined);
    },
  };
}

/** What rows that were written before there was such a field are taken to say. */
const ADDED_LATER = {
  recheckedBy: null,
  losses: 0,
  counted: true,
  changes: 0,
  wholeAt: null,
  fingerprint: null,
};

function toItem(page: Page): Item {
  return { ...page, ...dueAttributes(PAGES.byDue, shardOf(page.page, PAGES.byDue.shards), page) };
}

function toRow(item: Item): Page {
  const row = withoutDueAttributes(PAGES.byDue, item);
  const saidBy = row.saidBy ? { child: '', ...row.saidBy } : null;
  return { ...ADDED_LATER, storedHints: row.hints ?? null, ...row, saidBy } as unknown as Page;
}
