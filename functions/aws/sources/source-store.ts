import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SOURCES } from '../../names.ts';
import type { Source, Sources } from '../../scrape/ports.ts';
import { tableItems } from '../tables/table-items.ts';
import { dueAttributes, dueRows, withoutDueAttributes } from './due-rows.ts';
import { revisionedRows } from './revisioned-rows.ts';

type Item = Record<string, unknown>;

/** What is watched. @param table name of the sources table */
export function sourceStore(documents: DynamoDBDocumentClient, table: string): Sources {
  return {
    ...revisionedRows(documents, table, SOURCES.key, { toItem, toRow }),

    async list() {
      const sources: Source[] = [];
      for await (const item of tableItems(documents, table)) sources.push(toRow(item));
      return sources.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async due(at, limit) {
      return (await dueRows(documents, table, SOURCES.byDue, at, limit)).map(toRow);
    },

    async remove(id) {
      await documents.send(new DeleteCommand({ TableName: table, Key: { [SOURCES.key]: id } }));
    },
  };
}

function toItem(source: Source): Item {
  // One partition: a source is written a few times an hour.
  return { ...source, ...(source.state === 'active' && dueAttributes(SOURCES.byDue, 0, source)) };
}

/** What rows that were written before it was thought of hold not. */
const NOTE = { index: '', goneAt: null, fullReadAt: null, isIndex: false, vain: 0, isBacklog: false };
const PAGE_FAILURES = { since: null, arrivals: 0, foundAt: null, reachedAt: null };

/** Rows that knew the longest gap alone: as often as it takes to count beside those to come. */
const gapsOf = ({ longestGapSeconds: gap }: Item): number[] => (typeof gap === 'number' ? Array(4).fill(gap) : []);

function toRow({ children, pageFailures, lastArrival, ...item }: Item): Source {
  const arrival = (lastArrival ?? null) as { before: Item } | null;
  const notes = Object.entries((children ?? {}) as Record<string, object>);
  return {
    settledAt: null,
    pausedAt: null,
    twin: null,
    askedAt: null,
    otherKind: null,
    gapsByDay: gapsOf(item),
    firstShare: 1,
    openClaims: {},
    resumedAt: null,
    childTurns: {},
    childWarnings: {},
    lastArrival: arrival && {
      ...arrival,
      before: { gapsByDay: gapsOf(arrival.before), firstShare: 1, ...arrival.before },
    },
    pageFailures: pageFailures ? { ...PAGE_FAILURES, ...pageFailures } : null,
    children: Object.fromEntries(notes.map(([key, note]) => [key, { ...NOTE, ...note }])),
    ...withoutDueAttributes(SOURCES.byDue, item),
  } as unknown as Source;
}
