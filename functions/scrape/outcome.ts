/** What became of a message, for the queue, the log and the metrics. */
import type { PoliteAnswer } from './hosts/polite-get.ts';

export type Done = {
  kind: 'done';
  did:
    | 'read'
    | 'unchanged'
    | 'stored'
    | 'moved'
    | 'forwarded'
    | 'refused'
    | 'failed'
    | 'postponed'
    /** The row is gone, or not due any more: the message came twice, or late. */
    | 'nothing';
  /** One sentence, or null where there is nothing to say. */
  detail: string | null;
  /** New articles that were claimed. */
  articles: number;
};

export type FetchOutcome =
  | Done
  /** The message is to come back at that instant, its host's next turn; those behind it wait. */
  | Extract<PoliteAnswer, { kind: 'later' }>;

export function done(did: Done['did'], detail: string | null = null, articles = 0): Done {
  return { kind: 'done', did, detail, articles };
}

/** Why a message went on to another host, in words. */
export function whither(url: string, { url: to, robots }: Extract<PoliteAnswer, { kind: 'elsewhere' }>): string {
  return robots ? `The robots.txt of ${robots.origin} redirects to ${robots.url}.` : `${url} redirects to ${to}.`;
}
