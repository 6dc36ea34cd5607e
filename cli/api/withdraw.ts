import type { Tombstone } from '../../functions/article/tombstone.ts';
import { NotWithdrawnError, UnknownArticleError } from '../../functions/withdraw/errors.ts';
import { restore, type Wish, type Withdrawal, withdraw } from '../../functions/withdraw/withdraw.ts';
import type { Stack } from './stack.ts';

/** What cannot be done for one article and need not keep the others from it. */
export interface WithdrawalProblem {
  problem: UnknownArticleError | NotWithdrawnError;
}

export function withdrawArticle(
  { withdrawal }: Stack,
  wish: Wish,
  { now }: { now: () => Date },
): Promise<Withdrawal | WithdrawalProblem> {
  return withdraw(wish, { ...withdrawal, now }).catch(asProblem);
}

export function restoreArticle(
  { withdrawal }: Stack,
  id: string,
  { now }: { now: () => Date },
): Promise<{ restored: Tombstone } | WithdrawalProblem> {
  return restore(id, { ...withdrawal, now })
    .then((restored) => ({ restored }))
    .catch(asProblem);
}

function asProblem(error: unknown): WithdrawalProblem {
  if (error instanceof UnknownArticleError || error instanceof NotWithdrawnError) return { problem: error };
  throw error;
}
