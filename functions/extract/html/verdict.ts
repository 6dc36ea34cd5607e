import type { RejectCode } from '../../article/reject.ts';
import { wordsOf } from '../../article/words.ts';
import {
  CHALLENGE_TEXT,
  CHALLENGE_TITLE,
  CONSENT_TEXT,
  CONSENT_WORD,
  ERROR_TITLE,
  LOGIN_TITLE,
  SHUT_TEXT,
  SHUT_TITLE,
} from '../stand-in-words.ts';
import type { Page } from './page.ts';

/**
 * Chance of being an article below which a page is refused, and below which its record is flagged. Folds by
 * site over 1,593 articles and 216 listing pages: docs/decisions/html-engine.md.
 */
export const REFUSE_BELOW = 0.08;
export const FLAG_BELOW = 0.36;

/** Words of a page in place of an article: challenges are short, and consent notices with all their partners are not. */
const NOTICE_WORDS = 400;
const MAX_NOTICE_WORDS = 20_000;
const MAX_LOOKED_AT = 20_000;
/** Words kept from which a page holds its article in spite of a notice. */
const ARTICLE_WORDS = 80;
/** Words kept below which nothing of an article is there. */
const LEFTOVER_WORDS = 20;
/** Words below which a page is taken for empty rather than for another kind of page. */
const EMPTY_WORDS = 40;
/**
 * What a page is that stands in place of the article: a bot challenge or a consent notice; null where it is neither.
 *
 * Goes by wording: names such as `cmp` and `privacy` also stand on the frames of whole pages.
 */
export function noticeOf(page: Page, keep: Uint8Array): RejectCode | null {
  let words = 0;
  let kept = 0;
  for (const segment of page.segments) {
    words += segment.words;
    if (keep[segment.index] === 1) kept += segment.words;
  }
  if (words > MAX_NOTICE_WORDS) return null;
  let aboutConsent = 0;
  let left = kept;
  for (const segment of page.segments) {
    if (keep[segment.index] === 0) continue;
    if (CONSENT_WORD.test(segment.text)) aboutConsent += segment.words;
    left -= segment.words;
    // Half of an article settles it.
    if (kept >= ARTICLE_WORDS && aboutConsent + left < kept / 2) return null;
  }
  let text = (page.head.title ?? '').slice(0, 300).trim();
  if (words <= NOTICE_WORDS && CHALLENGE_TITLE.test(text)) return 'BLOCKED';
  for (const segment of page.segments) {
    if (text.length > MAX_LOOKED_AT) break;
    text += `\n${segment.text.slice(0, 400)}`;
  }
  if (words <= NOTICE_WORDS && CHALLENGE_TEXT.test(text)) return 'BLOCKED';
  const isNotice = CONSENT_TEXT.test(text) && CONSENT_WORD.test(text);
  return isNotice && (kept < LEFTOVER_WORDS || aboutConsent > kept / 2) ? 'CONSENT_WALL' : null;
}

/** Words kept up to which a page that says so is an error or a login, and characters in scripts that part no words. */
const STAND_IN = { words: 120, characters: 900 } as const;
/** Characters looked at of a heading and of the text. */
const LOOKED_AT = { heading: 200, text: 2000 } as const;

/**
 * Whether a page says in its title, main heading or few words that it holds no article: what was asked for is not
 * there, the site is shut, its domain for sale, or one has to log in first. An article about such pages is longer.
 */
export function isStandIn(page: Page, keep: Uint8Array): boolean {
  let words = 0;
  let text = '';
  let heading = '';
  for (const segment of page.segments) {
    if (keep[segment.index] === 1) {
      words += segment.words;
      if (words > STAND_IN.words || text.length > STAND_IN.characters) return false;
      text += `${segment.text.slice(0, LOOKED_AT.text)}\n`;
    }
    if (heading === '' && (page.boxes.heading[segment.box] as number) > 0)
      heading = segment.text.slice(0, LOOKED_AT.heading);
  }
  const title = (page.head.title ?? '').slice(0, LOOKED_AT.heading).trim();
  return (
    SHUT_TEXT.test(text) ||
    [title, heading].some((line) => ERROR_TITLE.test(line) || SHUT_TITLE.test(line) || LOGIN_TITLE.test(line))
  );
}

/** Whether there is too little on a page to call it anything. */
export function isEmpty(page: Page): boolean {
  let words = 0;
  for (const segment of page.segments) words += segment.words;
  return words < EMPTY_WORDS;
}

/** Words from which a body may say something, and characters from which it has them in any script. */
const FEWEST_WORDS = 3;
const LONG_ENOUGH = 40;

/** Whether a body is a word or two: a page under construction, a check that a server answers. */
export function saysNothing(text: string): boolean {
  return text.length < LONG_ENOUGH && wordsOf(text).length < FEWEST_WORDS;
}
