import { type Choice, STORY_WORDS, signsHeadline } from './choose-lines.ts';
import { bestSegment, type Survey } from './features.ts';

/** Words and share of the article's own worth from which another stretch is an article too. */
const OTHER_WORDS = 150;
const OTHER_SHARE = 0.4;
const SURE = 0.4;

/** Index of the first line of another stretch that scores like an article, or null. */
export function findSecondArticle(survey: Survey, choice: Choice): number | null {
  const own = worthOf(survey, choice, choice.first, choice.last + 1);
  for (const [from, end] of [
    [choice.last + 1, survey.lines.length],
    [0, choice.first],
  ] as const) {
    const shapes = survey.shapes.slice(from, end);
    const { first, last } = bestSegment(shapes, choice.score.subarray(from, end), SURE);
    const worth = last < 0 ? 0 : worthOf(survey, choice, from + first, from + last + 1);
    if (worth >= OTHER_WORDS && worth >= own * OTHER_SHARE) return from + first;
    if (worth >= STORY_WORDS && from > 0 && isSigned(survey, from + first)) return from + first;
  }
  return null;
}

/** Lines above and after the start of a story in which its byline stands. */
const BYLINE_NEAR = 2;

function isSigned(survey: Survey, start: number): boolean {
  for (let i = start - BYLINE_NEAR; i <= start + BYLINE_NEAR; i++) if (signsHeadline(survey, i)) return true;
  return false;
}

function worthOf(survey: Survey, choice: Choice, from: number, end: number): number {
  let words = 0;
  for (let i = from; i < end; i++) if ((choice.score[i] ?? 0) > SURE) words += survey.shapes[i]?.words ?? 0;
  return words;
}
