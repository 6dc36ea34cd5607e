import type { Box, Boxes } from './boxes.ts';
import type { Segment } from './page.ts';

/** Paragraphs of one run, one below the other, from which what follows in the run is judged like them. */
const ESTABLISHED = 30;
/** Mean chance of those paragraphs from which the run is surely the article's. */
const SURE = 0.8;
/** Blocks that may stand between two paragraphs of a run: subheads, a quotation, a list. */
const BETWEEN = 4;
/** Words that a paragraph has at least, and share of its letters in links that it has at most. */
const PARAGRAPH = { words: 8, links: 0.3 } as const;

interface Run {
  paragraphs: number;
  /** Of the chances of the first {@link ESTABLISHED}. */
  sum: number;
  last: number;
}

/**
 * The chances of blocks, where a long run of paragraphs goes on.
 *
 * Few articles have over a hundred paragraphs, so by what was learned a block so far down is a comment or the next
 * article, however it looks. Where thirty paragraphs side by side, of the same name, are surely the article, their
 * neighbours of the same kind are: position alone ends no article.
 */
export function carryLongRuns(segments: readonly Segment[], boxes: Boxes, scores: Float32Array): Float32Array {
  if (segments.length <= ESTABLISHED) return scores;
  let carried: Float32Array | null = null;
  // By signature, then by the box around.
  const runs = new Map<number, Map<Box, Run>>();
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] as Segment;
    if (!isParagraph(segment, boxes)) continue;
    const parent = boxes.parent[segment.box] as Box;
    const signature = boxes.signature[segment.box] as number;
    let alike = runs.get(signature);
    if (alike === undefined) {
      alike = new Map();
      runs.set(signature, alike);
    }
    const run = alike.get(parent);
    if (run === undefined || i - run.last > BETWEEN + 1) {
      alike.set(parent, { paragraphs: 1, sum: scores[i] as number, last: i });
      continue;
    }
    if (run.paragraphs < ESTABLISHED) run.sum += scores[i] as number;
    else if (run.sum >= SURE * ESTABLISHED) {
      carried ??= scores.slice();
      const chance = run.sum / ESTABLISHED;
      for (let between = run.last + 1; between <= i; between++) {
        const own = segments[between] as Segment;
        const isBeside = between === i || boxes.parent[own.box] === parent;
        if (isBeside && own.linkLetters <= PARAGRAPH.links * own.letters)
          carried[between] = Math.max(carried[between] as number, chance);
      }
    }
    run.paragraphs++;
    run.last = i;
  }
  return carried ?? scores;
}

function isParagraph(segment: Segment, boxes: Boxes): boolean {
  return (
    segment.form === 'flow' &&
    boxes.heading[segment.box] === 0 &&
    boxes.item[segment.box] === -1 &&
    segment.stops > 0 &&
    segment.words >= PARAGRAPH.words &&
    segment.linkLetters <= PARAGRAPH.links * segment.letters
  );
}
