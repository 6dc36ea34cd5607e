import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { TransactionUnavailableError } from '../errors.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What became of one write of a transaction that was turned down: its condition, another transaction, or no fault of its own. */
export type Verdict = 'condition' | 'contention' | 'fine';

const VERDICTS: Readonly<Record<string, Verdict>> = {
  None: 'fine',
  ConditionalCheckFailed: 'condition',
  TransactionConflict: 'contention',
};

/**
 * Writes all or nothing.
 *
 * @returns null when written, else a verdict for each item in order
 * @throws TransactionUnavailableError where throttling or the like was in the way; other errors of the SDK as they are
 */
export async function transact(documents: DynamoDBDocumentClient, items: TransactItem[]): Promise<Verdict[] | null> {
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: items }));
    return null;
  } catch (error) {
    if (error instanceof TransactionInProgressException) throw new TransactionUnavailableError([error.name], error);
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    const verdicts = codes.map((code) => VERDICTS[code]);
    if (verdicts.length !== items.length || verdicts.includes(undefined))
      throw new TransactionUnavailableError(codes, error);
    return verdicts as Verdict[];
  }
}
