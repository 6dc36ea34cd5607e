import { looksLikePerson } from '../metadata/author-names.ts';
import { CLASS } from './characters.ts';
import type { Line } from './lines.ts';
import { scan } from './scan.ts';
import { isProse } from './shape.ts';
import { bitOf, wordingOf } from './vocabulary.ts';
import { WordList } from './words.ts';

const FIELD =
  bitOf('byline') | bitOf('stamp') | bitOf('picture') | bitOf('share') | bitOf('related') | bitOf('comments');
const FIELD_WORDS = 12;
/** Part of capitalized words from which a line is set like a title, and under which it is not. */
const TITLE_CASE = 0.6;
const SENTENCE_CASE = 0.45;
/** Words from which the case of a line tells its style. */
const STYLED_WORDS = 5;
const FEWEST_WORDS = 3;
/** Words that one headline in fifty has more of. */
const LONGER_THAN_HEADLINES = 17;
/** Signs between labels from which a line is a row of crumbs, and digits from which a short line is a date line. */
const CRUMB_SIGNS = 2;
const DATE_DIGITS = 4;
/** "By Ann Lee": the rest of a headline seldom begins so. */
const BYLINE_NAMED = /^(?:By|Von|Par|Por) \p{Lu}[\p{L}.'’-]{1,30} \p{Lu}/u;
/** A preposition, an article or a possessive is followed by its noun. */
const GOES_ON = /(?:^|\s)(?:\p{Ll}{1,3}|\S{1,40}['’]s|&)$/u;

/**
 * Whether a line begins something of its own although it could go on the one before: that one is a headline, as wide as
 * the text by chance. Told by its style and by what follows it; where neither speaks it goes on.
 *
 * @param head the text up to the line
 * @param rest the line and those that could go on it, a few at most
 * @param ends whether those are all there are
 */
export function beginsAnew(head: string, rest: readonly Line[], ends: boolean): boolean {
  const next = rest[0]?.text ?? '';
  if (!/^["'“‘«„(]?[\p{Lu}\p{Lt}\p{N}]/u.test(next) || GOES_ON.test(head.slice(-60))) return false;
  const above = scan(head, null);
  // A paragraph whose first line ends in a question goes on to a full stop; a headline's subhead or byline does not.
  const asks = /[?!]["'”’»]?$/u.test(head) && ends && scan(rest.at(-1)?.text ?? '', null).closes !== CLASS.stop;
  if (above.closes === CLASS.comma || above.closes === CLASS.colon || (above.closes === CLASS.stop && !asks))
    return false;
  if (above.words < FEWEST_WORDS || (isProse(above) && !asks)) return false;
  if (asks || head.endsWith(next)) return true;
  const words = new WordList();
  const below = scan(next, words);
  if (below.letters > 3 && below.upper === below.letters && above.upper < above.letters / 2) return true;
  if (above.separators >= CRUMB_SIGNS && below.separators === 0) return true;
  if (below.words <= FIELD_WORDS && below.digits >= DATE_DIGITS && ends && rest.length === 1) return true;
  // Where every word is capitalized, the rest of a headline looks like a name.
  const titled = above.capitalWords / above.words >= TITLE_CASE;
  if (!titled && rest.length === 1 && ends && below.words <= FIELD_WORDS) {
    if (wordingOf(next, words, 0, words.size).begins & FIELD || looksLikePerson(next)) return true;
  }
  if (titled && rest.length === 1 && ends && BYLINE_NAMED.test(next)) return true;
  if (titled) return below.words >= STYLED_WORDS && below.capitalWords / below.words < SENTENCE_CASE;
  // A paragraph goes on to a full stop; what is too long for a headline and does not is one with the line below it.
  const stops = !ends || scan(rest.at(-1)?.text ?? '', null).closes === CLASS.stop;
  let length = above.words;
  for (const line of rest) length += scan(line.text, null).words;
  return !stops && length > LONGER_THAN_HEADLINES;
}
