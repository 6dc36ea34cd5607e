import type { RejectCode } from '../../article/reject.ts';
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
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';

/** Words of copy of a page in place of an article, and words kept up to which it is one. */
const PAGE_WORDS = 400;
const KEPT_WORDS = 120;
/** Characters of a line and of the text that are looked at, and lines from the top. */
const LINE = 200;
const TEXT = 2000;
const TOP_LINES = 40;

/**
 * What copy is that stands in place of an article: the notice of an error, a check for robots, a question for consent, a
 * login; null where it is none. An article about such pages is longer.
 *
 * @param title index of the headline's line, −1 where there is none
 */
export function standInOf({ lines, shapes }: Survey, choice: Choice, title: number): RejectCode | null {
  let words = 0;
  let kept = 0;
  let about = 0;
  for (const [i, shape] of shapes.entries()) {
    words += shape.words;
    if (words > PAGE_WORDS) return null;
    if (choice.keep[i] !== 1) continue;
    kept += shape.words;
    if (CONSENT_WORD.test(lines[i]?.text ?? '')) about += shape.words;
  }
  if (kept > KEPT_WORDS) return null;
  const top = lines.slice(0, TOP_LINES).map(({ text }) => text.slice(0, LINE));
  const text = top.join('\n').slice(0, TEXT);
  if (CHALLENGE_TEXT.test(text) || top.some((line) => CHALLENGE_TITLE.test(line))) return 'BLOCKED';
  if (about * 2 > kept && CONSENT_TEXT.test(text)) return 'CONSENT_WALL';
  const heading = title < 0 ? '' : (lines[title]?.text.slice(0, LINE) ?? '');
  const isStandIn =
    SHUT_TEXT.test(text) ||
    SHUT_TITLE.test(heading) ||
    LOGIN_TITLE.test(heading) ||
    top.some((line) => ERROR_TITLE.test(line));
  return isStandIn ? 'NOT_ARTICLE' : null;
}
