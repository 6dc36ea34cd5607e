import { CLASS } from './characters.ts';
import type { Line } from './lines.ts';
import { isProse, measure } from './shape.ts';
import { bitOf, wordingOf } from './vocabulary.ts';
import { addWords, WordList } from './words.ts';

const FIELD =
  bitOf('byline') | bitOf('stamp') | bitOf('picture') | bitOf('share') | bitOf('related') | bitOf('comments');
const FIELD_WORDS = 12;
/** Part of capitalized words from which a line is set like a title, and under which it is not. */
const TITLE_CASE = 0.6;
const SENTENCE_CASE = 0.45;
/** Words from which the case of a line tells its style. */
const STYLED_WORDS = 5;
const FEWEST_WORDS = 3;

/**
 * Whether a line begins something of its own although it could go on the one before: that one is a headline, as wide as
 * the text by chance. Told by its style and by what follows it; where neither speaks it goes on.
 *
 * @param head the text up to the line
 * @param last the last line that could belong to it
 * @param count lines from `next` to `last`
 */
export function beginsAnew(head: string, next: Line, last: Line, count: number): boolean {
  if (!/^["'“‘«„(]?[\p{Lu}\p{Lt}\p{N}]/u.test(next.text)) return false;
  const above = measure(head);
  if (above.closes === CLASS.stop || above.closes === CLASS.comma || above.closes === CLASS.colon) return false;
  if (above.words < FEWEST_WORDS) return false;
  const below = measure(next.text);
  const words = new WordList();
  addWords(next.text, words);
  const wording = wordingOf(next.text, words, 0, words.size);
  if (count === 1 && below.words <= FIELD_WORDS && wording.begins & FIELD) return true;
  const titled = above.capitalWords / above.words;
  if (titled >= TITLE_CASE) return below.words >= STYLED_WORDS && below.capitalWords / below.words < SENTENCE_CASE;
  // A paragraph goes on to a full stop; what does not is a headline with the line below it.
  return measure(last.text).closes !== CLASS.stop && !isProse(above);
}
