import type { CopyHints } from '../article/feed-hints.ts';
import type { ExtractedArticle } from '../article/record.ts';
import type { DocumentForm, RejectCode } from '../article/reject.ts';
import type { RuleChoice } from './rules/choose-rule.ts';
import type { Trace } from './trace.ts';

/** What is known of the document besides its bytes. Everything is a hint: content outranks it. */
export interface Hints {
  /** Where the copy was taken from. */
  url?: string | null;
  /** Content type as stored or served, parameters included: `text/html; charset=gbk`. */
  contentType?: string | null;
  /** The instant the copy was taken; dates more than a day after it are refused. */
  asOf: Date;
  /** What was said of it outside of its page. */
  copy?: CopyHints | null;
  /** Which site rule a page is read by; the shipped ones where left out. */
  ruleOf?: RuleChoice | undefined;
}

export type Outcome =
  | { kind: 'article'; article: ExtractedArticle; form: DocumentForm & { charset: string } }
  | { kind: 'rejected'; code: RejectCode; detail: string; form: DocumentForm };

/** What every engine (HTML, plain text) is given besides the text. */
export interface Context {
  url: string | null;
  asOf: Date;
  ruleOf?: RuleChoice | undefined;
  trace?: Trace | undefined;
}

/** What every engine answers. */
export type Reading = { article: ExtractedArticle } | { reject: RejectCode; detail: string };
