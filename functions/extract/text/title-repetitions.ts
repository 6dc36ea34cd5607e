import type { Survey } from './features.ts';
import { WordSequences } from './word-sequences.ts';

/** Lines from the top that are searched for a line's text, and words up to which a line there may hold a headline. */
const NEARBY_LINES = 300;
const NEARBY_WORDS = 20_000;
const HOLDING_WORDS = 60;
const MOST_HOLDING = 3;
/** Words from which one line inside another is a repetition. */
export const REPEATED_WORDS = 3;

/** A function that counts other, longer lines near the top that hold a line word for word. */
export function repetitions({ words, starts, shapes }: Survey): (i: number) => number {
  let lines = 0;
  while (lines < Math.min(NEARBY_LINES, shapes.length) && (starts[lines + 1] as number) <= NEARBY_WORDS) lines++;
  const text = words.ids.subarray(0, starts[lines]);
  const lineOf = new Uint16Array(text.length);
  for (let i = 0; i < lines; i++) lineOf.fill(i, starts[i], starts[i + 1]);
  const sequences = new WordSequences(text, words.distinct);
  return (i) => {
    const own = words.ids.subarray(starts[i], starts[i + 1]);
    let times = 0;
    let last = -1;
    sequences.each(own, (at) => {
      const line = lineOf[at] as number;
      const size = (starts[line + 1] as number) - (starts[line] as number);
      const fits = at + own.length <= (starts[line + 1] as number);
      if (line !== i && line !== last && fits && size > own.length && size <= HOLDING_WORDS) {
        times++;
        last = line;
      }
      return times < MOST_HOLDING;
    });
    return times;
  };
}

/** Lines around one in which it may stand again with a label before it. */
const LABELLED_REACH = 6;

/** Whether a candidate ends in the words of another one near it: it is that one with a label before it. */
export function endsWithAnother({ words, starts }: Survey, found: readonly number[], k: number): boolean {
  const i = found[k] as number;
  for (let j = k - 1; j >= 0 && i - (found[j] as number) < LABELLED_REACH; j--)
    if (ends(found[j] as number)) return true;
  for (let j = k + 1; j < found.length && (found[j] as number) - i < LABELLED_REACH; j++)
    if (ends(found[j] as number)) return true;
  return false;

  function ends(other: number): boolean {
    const from = starts[other] as number;
    const size = (starts[other + 1] as number) - from;
    const offset = (starts[i + 1] as number) - size;
    if (size < REPEATED_WORDS || offset <= (starts[i] as number)) return false;
    for (let w = 0; w < size; w++) if (words.ids[offset + w] !== words.ids[from + w]) return false;
    return true;
  }
}
