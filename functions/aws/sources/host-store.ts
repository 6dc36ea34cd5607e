import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { HOSTS } from '../../names.ts';
import type { Host, Hosts } from '../../scrape/ports.ts';
import { revisionedRows } from './revisioned-rows.ts';

/** Hosts' manners. @param table name of the hosts table */
export function hostStore(documents: DynamoDBDocumentClient, table: string): Hosts {
  return revisionedRows<Host>(documents, table, HOSTS.key, {
    toItem: (host) => ({ ...host }),
    // Rows of before there were these fields.
    toRow: (item) => ({ forbidden: 0, plannedUntil: null, ...item }) as unknown as Host,
  });
}
