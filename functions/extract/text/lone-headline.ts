import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';

/** Words of a headline; a single word heads a section, and more tell a story. */
const FEWEST = 2;
const MOST = 25;
/** Lines above the body of copy that brought along no more than a short menu. */
const TOP = 12;

/**
 * The headline of copy that is little more than headline and article: a line alone above the body that says no sentence, or
 * such a line at the body's very beginning, near the top. The ranking model, which knows full pages in mostly European
 * languages, may know nothing like it.
 *
 * @returns its index, -1 where the copy begins otherwise
 */
export function loneHeadline(survey: Survey, choice: Choice): number {
  const { first, keep } = choice;
  if (survey.lines.length < 2) return -1;
  if (first === 1 && readsAsHeadline(survey, 0)) return 0;
  return first >= 0 && first <= TOP && keep[first + 1] === 1 && readsAsHeadline(survey, first) ? first : -1;
}

function readsAsHeadline({ shapes, dated, wordings }: Survey, i: number): boolean {
  const shape = shapes[i];
  if (
    !shape ||
    shape.words < FEWEST ||
    shape.words > MOST ||
    shape.letters < FEWEST ||
    shape.separators > 0 ||
    shape.hasAddress
  )
    return false;
  if (shape.sentences > 0 || shape.closes === CLASS.stop || shape.closes === CLASS.colon) return false;
  // "Dear Sir," goes on.
  return shape.closes !== CLASS.comma && !dated[i] && !wordings[i]?.whole;
}
