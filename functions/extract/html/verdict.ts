import type { RejectCode } from '../../article/reject.ts';
import { wordsOf } from '../../article/words.ts';
import { CONSENT_WORD } from './consent.ts';
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
const CHALLENGE_TITLE =
  /^(?:just a moment|attention required|access (?:to this page has been )?denied|are you a (?:human|robot)|robot check|pardon our interruption|security check|verify(?:ing)? you are (?:a )?human|ddos-guard|403 forbidden|error 40[13]|one more step|human verification|request blocked|bot verification)/i;
const CHALLENGE_TEXT =
  /checking (?:if the site connection is secure|your browser)|enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic from your|complete the (?:security check|captcha)|cloudflare ray id|please (?:verify|confirm) (?:that )?you are (?:not a robot|a human)|you have been blocked|automated access|enable js and disable any ad blocker|incapsula incident id|press (?:&|and) hold to confirm/i;
const CONSENT_TEXT =
  /before you continue|we value your privacy|we and our (?:\d+ )?partners|accept (?:all )?cookies|cookie[- ]?(?:einstellungen|richtlinie|policy|consent)|mit werbung weiterlesen|zustimmen und weiter|accepter (?:et|&) (?:continuer|fermer)|continuer sans accepter|consentimiento|informativa sui cookie|akceptuj/i;

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

/** Words kept up to which a page titled as an error is one; an article about a 404 page is longer. */
const ERROR_WORDS = 120;
const ERROR_TITLE =
  /(?:^|[|:–—-]\s?)(?:error\s?)?(?:40[04]|410|50[0234])(?:\s|$)|(?:page|site|file|article|content|seite|artikel) (?:was |wurde |konnte )?(?:not|nicht) (?:be )?(?:found|available|gefunden|verfügbar)|page introuvable|p[áa]gina n(?:o|ão) encontrada|pagina non trovata|pagina niet gevonden|страница не найдена|nie znaleziono strony|ページが見つかりません|页面不存在|找不到(?:页面|網頁)/i;

/** Whether a page says in its title or main heading that what was asked for is not there. */
export function isErrorPage(page: Page, keep: Uint8Array): boolean {
  let kept = 0;
  let heading = '';
  for (const segment of page.segments) {
    if (keep[segment.index] === 1) kept += segment.words;
    if (heading === '' && page.boxes.heading[segment.box] === 1) heading = segment.text.slice(0, 200);
  }
  if (kept > ERROR_WORDS) return false;
  return ERROR_TITLE.test((page.head.title ?? '').slice(0, 200).trim()) || ERROR_TITLE.test(heading);
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
