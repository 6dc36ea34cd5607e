import type { Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { WORD_KIND } from './words.ts';

/** Lines around a candidate in which the same headline may stand with more or fewer words: a crumb, a kicker, a teaser. */
const NEAR = 10;
/** Lines around a candidate in which it may stand a second time: above its crumb, in a bar that follows the reader. */
const REACH = 12;
/** Words from which one line inside another is no accident. */
const FEWEST_WORDS = 2;
/** Letters from which a word says what a line is about. */
const SUBJECT_LETTERS = 4;

/**
 * How the candidates for the headline say the same: which of two holds the other, and how alike the likest are.
 *
 * @param found indexes of the candidates' lines, in order
 * @returns a function that writes this of one candidate
 */
export function titleRelations(survey: Survey, found: readonly number[]): (k: number, rows: Rows) => void {
  const { lines, words, starts } = survey;
  const own = found.map((i) => words.ids.subarray(starts[i], starts[i + 1]));
  const subjects = found.map((i) => subjectsOf(survey, i));
  // By id of a word, one more than the candidate that was looked at last among those that have it.
  const marks = new Int32Array(words.distinct);
  return (k, rows) => {
    const i = found[k] as number;
    let heldAbove = NEAR + 1;
    let heldBelow = NEAR + 1;
    let holdsAbove = NEAR + 1;
    let holdsBelow = NEAR + 1;
    let alikeAbove = 0;
    let alikeBelow = 0;
    const ids = own[k] as Int32Array;
    const subject = subjects[k] as Int32Array;
    for (let s = 0; s < subject.length; s++) marks[subject[s] as number] = k + 1;
    const alike = (j: number) => overlap(marks, k + 1, subject.length, subjects[j] as Int32Array);
    for (let j = k - 1; j >= 0 && i - (found[j] as number) <= NEAR; j--) {
      const away = i - (found[j] as number);
      if (holds(own[j] as Int32Array, ids)) heldAbove = Math.min(heldAbove, away);
      if (holds(ids, own[j] as Int32Array)) holdsAbove = Math.min(holdsAbove, away);
      alikeAbove = Math.max(alikeAbove, alike(j));
    }
    for (let j = k + 1; j < found.length && (found[j] as number) - i <= NEAR; j++) {
      const away = (found[j] as number) - i;
      if (holds(own[j] as Int32Array, ids)) heldBelow = Math.min(heldBelow, away);
      if (holds(ids, own[j] as Int32Array)) holdsBelow = Math.min(holdsBelow, away);
      alikeBelow = Math.max(alikeBelow, alike(j));
    }
    rows.put('held above', heldAbove);
    rows.put('held below', heldBelow);
    rows.put('holds above', holdsAbove);
    rows.put('holds below', holdsBelow);
    rows.put('alike above', alikeAbove);
    rows.put('alike below', alikeBelow);
    const text = lines[i]?.text;
    let sameAbove = REACH + 1;
    let sameBelow = REACH + 1;
    for (let away = REACH; away > 0; away--) {
      if (lines[i - away]?.text === text) sameAbove = away;
      if (lines[i + away]?.text === text) sameBelow = away;
    }
    rows.put('same above', sameAbove);
    rows.put('same below', sameBelow);
  };
}

/** Whether a line holds another, shorter one word for word. */
function holds(longer: Int32Array, shorter: Int32Array): boolean {
  if (shorter.length < FEWEST_WORDS || longer.length <= shorter.length) return false;
  for (let at = 0; at + shorter.length <= longer.length; at++) {
    let k = 0;
    while (k < shorter.length && longer[at + k] === shorter[k]) k++;
    if (k === shorter.length) return true;
  }
  return false;
}

/** The ids of the words that say what a line is about, each once. */
function subjectsOf({ words, starts, shapes }: Survey, i: number): Int32Array {
  const unspaced = (shapes[i]?.unspacedShare ?? 0) > 0.5;
  const from = starts[i] as number;
  const end = starts[i + 1] as number;
  const ids = new Int32Array(end - from);
  let size = 0;
  for (let k = from; k < end; k++) {
    if (words.kinds[k] === WORD_KIND.number || (!unspaced && (words.lengths[k] as number) < SUBJECT_LETTERS)) continue;
    const id = words.ids[k] as number;
    let known = false;
    for (let j = 0; j < size && !known; j++) known = ids[j] === id;
    if (!known) ids[size++] = id;
  }
  return ids.subarray(0, size);
}

/** Part of `size` words, those that bear a mark, that `other` has too; 0 for fewer than two. */
function overlap(marks: Int32Array, mark: number, size: number, other: Int32Array): number {
  if (size < FEWEST_WORDS) return 0;
  let both = 0;
  for (let s = 0; s < other.length; s++) if (marks[other[s] as number] === mark) both++;
  return both < FEWEST_WORDS ? 0 : both / size;
}
