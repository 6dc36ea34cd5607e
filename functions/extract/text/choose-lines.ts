import { CLASS } from './characters.ts';
import { bestSegment, STRONG_TAIL, type Survey } from './features.ts';

/** Which lines are the article. */
export interface Choice {
  /** 0 to 1 per line: that it belongs to the article. */
  score: Float32Array;
  keep: Uint8Array;
  /** Indexes of the first and last kept line; −1 where none is. */
  first: number;
  last: number;
}

/** What a line must be worth per word to lengthen the article, and what it must score to stay inside it. */
const SEGMENT_BAR = 0.3;
const KEEP_BAR = 0.35;

/** Chooses the article's lines: the best stretch, then inside it what scores and the subheads it needs. */
export function chooseLines(survey: Survey): Choice {
  const { lines, shapes, wordings, rule } = survey;
  const n = lines.length;
  const keep = new Uint8Array(n);
  const penalty = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const whole = wordings[i]?.whole ?? 0;
    if (whole & STRONG_TAIL) penalty[i] = 12;
  }
  const segment = bestSegment(shapes, rule, SEGMENT_BAR, penalty);
  for (let i = segment.first; i <= segment.last; i++) {
    const shape = shapes[i];
    if (!shape) continue;
    const next = rule[i + 1] ?? 0;
    const heading =
      i < segment.last &&
      shape.words <= 14 &&
      next > 0.5 &&
      wordings[i]?.whole === 0 &&
      shape.closes !== CLASS.comma &&
      survey.repeats[i] === 1;
    keep[i] = (rule[i] ?? 0) > KEEP_BAR || heading ? 1 : 0;
  }
  trim(survey, keep);
  let first = keep.indexOf(1);
  const last = keep.lastIndexOf(1);
  if (first < 0) first = -1;
  return { score: rule, keep, first, last };
}

/** An article ends with a sentence: a last line that announces something, holds an address or heads something goes. */
function trim(survey: Survey, keep: Uint8Array): void {
  for (let i = keep.lastIndexOf(1); i > 0; i = keep.lastIndexOf(1)) {
    const shape = survey.shapes[i];
    if (!shape) return;
    const announces = shape.closes === CLASS.colon;
    const heads = shape.words <= 12 && shape.sentences === 0 && shape.closes !== CLASS.stop;
    const address = shape.hasAddress && shape.words <= 4;
    if (!announces && !heads && !address) return;
    keep[i] = 0;
  }
}
