import type { Survey } from './features.ts';

/** A line that is nothing but the time of day. */
const CLOCK =
  /^(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)? ?(?:[ap]\.?m\.?|uhr|h|gmt|utc|[bcem]?e?st|[ecmp][ds]?t|ist)?$/iu;
const LONGEST_CLOCK = 14;
/** Entries from which a text is a log of events. */
const FEWEST_ENTRIES = 3;

/**
 * Which lines head an entry of a live blog or ticker: those right below a time of day, in a text that has several. Each
 * reads like a headline with its time and story, and none is the headline of the whole.
 */
export function headsEntry({ lines }: Survey): (i: number) => boolean {
  const isClock = (i: number) => {
    const text = lines[i]?.text ?? '';
    return text.length <= LONGEST_CLOCK && CLOCK.test(text);
  };
  let entries = 0;
  for (let i = 0; i < lines.length && entries < FEWEST_ENTRIES; i++) if (isClock(i)) entries++;
  return entries < FEWEST_ENTRIES ? () => false : (i) => isClock(i - 1);
}
