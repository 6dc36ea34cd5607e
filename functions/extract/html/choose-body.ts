import type { Box, Page, Segment } from './page.ts';

/** Which blocks are the article, and how sure that is. */
export interface BodyChoice {
  /** Per block: the chance that it belongs to the article. */
  scores: Float32Array;
  keep: Uint8Array;
  /** Word F1 to expect of what is kept, by the chances themselves. */
  expected: number;
}

/** Share of the largest expected F1 from which a block is kept; half of it is optimal where chances are exact (Lipton 2014). */
const CUT = 0.475;

/** Chooses the blocks that together promise the highest F1, then mends what block by block judgement cannot see. */
export function chooseBody(page: Page, scores: Float32Array): BodyChoice {
  const { segments, boxes } = page;
  const keep = new Uint8Array(segments.length);
  const expected = bestExpected(segments, scores);
  const threshold = CUT * expected;
  for (let i = 0; i < segments.length; i++) if ((scores[i] as number) >= threshold) keep[i] = 1;

  dropRepeats(segments, scores, keep);
  dropBareHeadings(segments, boxes, keep);
  return { scores, keep, expected };
}

/** The largest F1 that keeping the likeliest blocks promises, weighing blocks by their words. */
function bestExpected(segments: readonly Segment[], scores: Float32Array): number {
  const order = segments.map((segment) => segment.index).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  let wanted = 0;
  for (const segment of segments) wanted += segment.words * (scores[segment.index] as number);
  let hits = 0;
  let taken = 0;
  let best = 0;
  for (const i of order) {
    const { words } = segments[i] as Segment;
    hits += words * (scores[i] as number);
    taken += words;
    best = Math.max(best, (2 * hits) / (taken + wanted));
  }
  return best;
}

/** Words from which a text that occurs twice is a copy; shorter ones may be said twice. */
const COPY_WORDS = 4;

function dropRepeats(segments: readonly Segment[], scores: Float32Array, keep: Uint8Array): void {
  const first = new Map<string, number>();
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 0) continue;
    const { text, words } = segments[i] as Segment;
    if (words < COPY_WORDS) continue;
    const before = first.get(text);
    if (before === undefined) first.set(text, i);
    else if ((scores[i] as number) > (scores[before] as number) + 0.2) {
      keep[before] = 0;
      first.set(text, i);
    } else keep[i] = 0;
  }
}

/** A heading under which nothing is left heads nothing. */
function dropBareHeadings(segments: readonly Segment[], boxes: readonly Box[], keep: Uint8Array): void {
  for (let i = segments.length - 1; i >= 0; i--) {
    if (keep[i] === 0) continue;
    if ((boxes[(segments[i] as Segment).box] as Box).heading === 0) return;
    keep[i] = 0;
  }
}
