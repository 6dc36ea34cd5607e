import type { CopyHints, FeedHints } from '../../article/feed-hints.ts';
import type { Context, Outcome } from '../outcome.ts';
import { withAnswerRights } from './answer-rights.ts';
import { goesOn, isWorthMore, mayGoOn, readFeedBody, withFeedBody, withoutPage } from './feed-body.ts';
import { fillFields } from './fill-fields.ts';
import { pageRights } from './page-rights.ts';

/**
 * An outcome with what was said of the article outside of its page: used where the page is silent, and named in the
 * provenance as `feed …`, and whose it is where that is another site. Where the page gives no text, or only its beginning, and the feed carries it whole, that is the text.
 *
 * @param document the page's text, decoded
 */
export function withCopyHints(outcome: Outcome, document: string, hints: CopyHints, context: Context): Outcome {
  const found = hints.feed ? withBody(outcome, document, hints, hints.feed, context) : outcome;
  if (found.kind === 'rejected') return found;
  return { ...found, article: withAnswerRights(fillFields(found.article, hints, context), hints.answer) };
}

/** Refusals of a page that say nothing against the article. */
const WITHOUT_TEXT = new Set(['EMPTY', 'NO_CONTENT', 'NOT_ARTICLE', 'CONSENT_WALL', 'BLOCKED']);

function withBody(
  outcome: Outcome,
  document: string,
  { feedUrl }: CopyHints,
  feed: FeedHints,
  context: Context,
): Outcome {
  if (outcome.kind === 'article') {
    const { article } = outcome;
    const { text, truncated } = article;
    const body = truncated || mayGoOn(feed, text) ? readFeedBody(feed, context) : null;
    if (!body || !(truncated ? isWorthMore(body, text) : goesOn(body, text))) return outcome;
    return {
      ...outcome,
      article: withFeedBody(article, body, feedUrl, 'The page gives only the beginning of its text'),
    };
  }
  const { code, form } = outcome;
  if (!WITHOUT_TEXT.has(code) || (form.charset === null && code !== 'EMPTY')) return outcome;
  const body = readFeedBody(feed, context);
  if (!body) return outcome;
  const bare = { ...withoutPage(body), ...pageRights(document, context) };
  return {
    kind: 'article',
    article: withFeedBody(bare, body, feedUrl, `The page gives no text of its own (${code})`),
    // No bytes are of no charset; the text is the feed's, which is Unicode.
    form: { ...form, charset: form.charset ?? 'utf-8' },
  };
}
