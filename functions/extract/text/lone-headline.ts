import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';

/** Words of a headline; a single word heads a section, and more tell a story. */
const FEWEST = 2;
const MOST = 25;

/**
 * The headline of copy that is nothing but headline and article: a line alone above the body that says no sentence.
 * The ranking model, which knows full pages in mostly European languages, may know nothing like it.
 *
 * @returns its index, -1 where the copy begins otherwise
 */
export function loneHeadline({ lines, shapes, dated, wordings }: Survey, choice: Choice): number {
  const [shape] = shapes;
  if (choice.first !== 1 || !shape || lines.length < 2) return -1;
  if (shape.words < FEWEST || shape.words > MOST || shape.separators > 0 || shape.hasAddress) return -1;
  if (shape.sentences > 0 || shape.closes === CLASS.stop || shape.closes === CLASS.colon) return -1;
  // "Dear Sir," goes on.
  if (shape.closes === CLASS.comma) return -1;
  return dated[0] || wordings[0]?.whole ? -1 : 0;
}
