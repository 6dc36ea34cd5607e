import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { HOSTS } from '../../names.ts';
import type { Host, Hosts } from '../../scrape/ports.ts';
import { revisionedRows } from './revisioned-rows.ts';

/** Hosts' manners. @param table name of the hosts table */
export function hostStore(documents: DynamoDBDocumentClient, table: string): Hosts {
  return revisionedRows<Host>(documents, table, HOSTS.key, {
    toItem: (host) => ({ ...host }),
    // Rows of before forbidden pages were counted have no such number.
    toRow: (item) => ({ forbidden: 0, ...item }) as unknown as Host,
  });
}
