import { AGAINST, BODY, CONTENT } from './hints.ts';
import type { Page, Segment } from './page.ts';

/** Which blocks are the article, and how sure that is. */
export interface BodyChoice {
  /** Per block: the chance that it belongs to the article. */
  scores: Float32Array;
  keep: Uint8Array;
  /** 0 to 1: that what is kept is the article, whole and alone. */
  confidence: number;
}

const isProse = (s: Segment): boolean => s.words >= 12 && s.linkLetters < 0.4 * s.letters && s.stops > 0;

/** Chooses the container with most prose and keeps what stands in it. */
export function chooseBody(page: Page): BodyChoice {
  const { boxes, segments } = page;
  const keep = new Uint8Array(segments.length);
  const scores = new Float32Array(segments.length);
  const weight = new Float64Array(boxes.length);
  let total = 0;
  for (const segment of segments) {
    if (!isProse(segment)) continue;
    let box = boxes[segment.box];
    const against = box !== undefined && (box.around & AGAINST) !== 0;
    const points = Math.min(segment.words - segment.linkWords, 100) * (against ? 0.4 : 1);
    total += points;
    for (let share = 1, level = 0; box !== undefined && level < 6; level++, share *= 0.6) {
      weight[box.index] = (weight[box.index] ?? 0) + points * share;
      box = boxes[box.parent];
    }
  }
  let best = 0;
  for (let b = 0; b < boxes.length; b++) {
    const hints = boxes[b]?.hints ?? 0;
    if (hints & BODY) weight[b] = (weight[b] ?? 0) * 1.4;
    else if (hints & CONTENT) weight[b] = (weight[b] ?? 0) * 1.15;
    if ((weight[b] ?? 0) > (weight[best] ?? 0)) best = b;
  }
  const container = boxes[best];
  if (container === undefined || total === 0) return { scores, keep, confidence: 0 };
  let words = 0;
  for (let s = container.first; s < container.end; s++) {
    const segment = segments[s];
    const box = segment && boxes[segment.box];
    if (!segment || !box) continue;
    let below = segment.inlineHints;
    for (let up: typeof box | undefined = box; up && up.index > best; up = boxes[up.parent]) below |= up.hints;
    if (below & AGAINST) continue;
    if (segment.linkLetters > 0.5 * segment.letters) continue;
    if (box.heading === 1) continue;
    keep[s] = 1;
    scores[s] = 1;
    words += segment.words;
  }
  return { scores, keep, confidence: words < 30 ? 0.1 : Math.min(1, 0.5 + words / 2000) };
}
