/**
 * Directives to robots, as the `X-Robots-Tag` header field and the robots meta tag have them: `noindex`, `none`, `noai` of
 * DeviantArt, `unavailable_after` … No standard fixes them; this follows what Google documents.
 */
import { parseHttpDate } from '../readings/http-time.ts';

/** Directives that take a value behind a colon; any other word there is a user agent. */
const VALUED = new Set(['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview']);
const USER_AGENT = /^([^\s:/]{1,100})(?:\/[^\s:]{1,40})?\s{0,10}:\s{0,10}/;
/** `unavailable_after: Wed, Jun 25, 2025 15:00:00 GMT`: what begins with a digit, or follows a weekday, is no directive. */
const DATED = /(?:^|:)\s{0,10}unavailable_after\s{0,10}:/i;
const WEEKDAY_ALONE = /:\s{0,10}(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\s{0,10}$/i;
/** Characters of one field, and directives of one page. */
const LONGEST_FIELD = 2_000;
const MAX_DIRECTIVES = 40;
const LONGEST_DIRECTIVE = 60;

/**
 * The directives of one field that are for everyone or for us, in lower case and without values.
 *
 * `none` gives `noindex` and `nofollow` too, and an `unavailable_after` that has passed gives `noindex`.
 *
 * @param field `noindex, nofollow`, or for one user agent `googlebot: noindex`, which holds until the next one is named
 * @param productToken compared without regard to case
 */
export function robotsDirectives(field: string, productToken: string, now: Date): string[] {
  const found = new Set<string>();
  let ours = true;
  for (const piece of piecesOf(field.slice(0, LONGEST_FIELD))) {
    let directive = piece.trim().toLowerCase();
    const [prefix = '', agent = ''] = USER_AGENT.exec(directive) ?? [];
    if (prefix !== '' && !VALUED.has(agent)) {
      ours = agent === productToken.toLowerCase() || agent === '*';
      directive = directive.slice(prefix.length);
    }
    if (!ours) continue;

    const colon = directive.indexOf(':');
    const name = colon < 0 ? directive : directive.slice(0, colon);
    if (name.trim() === 'unavailable_after' && hasPassed(directive.slice(colon + 1), now)) found.add('noindex');
    // Words may be parted by white space alone, as some pages have it.
    for (const word of name.trim().split(/\s+/)) {
      if (word !== '' && word.length <= LONGEST_DIRECTIVE && found.size < MAX_DIRECTIVES) found.add(word);
    }
  }
  if (found.has('none')) for (const word of ['noindex', 'nofollow']) found.add(word);
  return [...found];
}

function piecesOf(field: string): string[] {
  const pieces: string[] = [];
  for (const piece of field.split(/[,;]/)) {
    const last = pieces.at(-1) ?? '';
    const isOfDate = DATED.test(last) && (/^\s{0,10}\d/.test(piece) || WEEKDAY_ALONE.test(last));
    if (isOfDate) pieces[pieces.length - 1] = `${last} ${piece.trim()}`;
    else pieces.push(piece);
  }
  return pieces;
}

/** Google takes a date in any common form, also of zones by their American names. */
function hasPassed(value: string, now: Date): boolean {
  const instant = parseHttpDate(value, now) ?? new Date(value.trim().slice(0, 60));
  return instant <= now;
}
