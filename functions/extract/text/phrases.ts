import { hashPair, WORD_KIND, type WordList } from './words.ts';

/** Words of a line beyond which its wording is not looked up: prose is told by its shape. */
const MAX_WORDS = 60;
/** Wordings a line of that length has at most. */
export const MOST_PHRASES = MAX_WORDS + 8;
/** What kind of wording a hash is of. */
const OPENS = 11;
const OPENS_TWO = 12;
const OPENS_THREE = 13;
const CLOSES = 14;
const CLOSES_TWO = 15;
const WHOLE = 16;
const PATTERN_THREE = 17;
const PATTERN_FIVE = 18;
const NAME = 19;
/** Up to how many words a line is also one wording. */
const WHOLE_WORDS = 5;

/**
 * The wordings a line is learned by, as hashes: each word, how it opens (one, two, three words), how it closes (one, two),
 * all of a short line, and its opening with every capitalized word for a name (`Name Name is a`), by which lines about an
 * author are told whoever it is.
 *
 * @param from index of the line's first word
 * @param end index after its last
 * @param out receives the hashes; {@link MOST_PHRASES} long
 * @returns how many there are
 */
export function phrasesOf(words: WordList, from: number, end: number, out: Int32Array): number {
  const count = end - from;
  if (count === 0 || count > MAX_WORDS) return 0;
  const { hashes } = words;
  const first = hashes[from] as number;
  const last = hashes[end - 1] as number;
  let found = 0;
  out[found++] = hashPair(first, OPENS);
  out[found++] = hashPair(last, CLOSES);
  if (count > 1) {
    const two = hashPair(first, hashes[from + 1] as number);
    out[found++] = hashPair(two, OPENS_TWO);
    out[found++] = hashPair(hashPair(hashes[end - 2] as number, last), CLOSES_TWO);
    if (count > 2) out[found++] = hashPair(hashPair(two, hashes[from + 2] as number), OPENS_THREE);
  }
  if (count >= 3) out[found++] = hashPair(patternOf(words, from, 3), PATTERN_THREE);
  if (count >= 5) out[found++] = hashPair(patternOf(words, from, 5), PATTERN_FIVE);
  if (count <= WHOLE_WORDS) {
    let whole = first;
    for (let i = from + 1; i < end; i++) whole = hashPair(whole, hashes[i] as number);
    out[found++] = hashPair(whole, WHOLE);
  }
  const singles = found;
  for (let i = from; i < end; i++) {
    const own = hashes[i] as number;
    let known = false;
    for (let j = singles; j < found && !known; j++) known = out[j] === own;
    if (!known) out[found++] = own;
  }
  return found;
}

function patternOf(words: WordList, from: number, count: number): number {
  let pattern = NAME;
  for (let i = from; i < from + count; i++) {
    const part = words.kinds[i] === WORD_KIND.capital ? NAME : (words.hashes[i] as number);
    pattern = hashPair(pattern, part);
  }
  return pattern;
}
