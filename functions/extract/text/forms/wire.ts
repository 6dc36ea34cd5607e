import type { Line } from '../lines.ts';

/** Where a wire story ends by the trade's signs; "ends" alone is only a sign when it stands in capitals. */
const END = /^(?:-\s?30\s?-|#\s?#\s?#|(?:-{0,3}\s?)ENDS?(?:\s?-{0,3})|XXX|\(END\)|\(Ends\))$/;
/** What goes on, and on which page. */
const MORE =
  /^(?:\(MORE\)|-?\s?more\s?-?|MORE\s?-{1,3}|\/{2,3}|PAGE \d{1,3}(?: OF \d{1,3})?|[-–—] ?\d{1,4} ?[-–—]|Page \d{1,3} of \d{1,3})$/;
/** The slug with which the next page of a wire story begins: SALTMERE-STRIKE 2, SALTMERE-STRIKE-2-LAST. */
const PAGE_SLUG = /^[A-Z][A-Z0-9-]{2,30}(?:[ /-][A-Z0-9-]{1,20}){0,3}[ -]\d{1,2}(?:[ -](?:LAST|END|MORE))?$/;
/** The slug an agency heads a story with, and each addition to it: BC-EU--Saltmere-Strike, 1st Ld-Writethru. */
const STORY_SLUG = /^(?:[A-Z]{2}-[A-Z]{2,12}--?[A-Z]\S{2,40}|[A-Z]{2}--[A-Z]\S{2,40})(?:,? \S{1,16}){0,5}$/;
/** The number of a story on the wire before its slug: "a0312 BC-SALTMERE-STRIKE 05-21 0312". */
const NUMBERED_SLUG = /^[a-z]\d{3,4} (?:[A-Z]{2}-\S{2,40}|[A-Z]{3,}\S{0,40})(?: \S{1,16}){0,4}$/;
/** How agencies mark a headline on the wire. */
const CARET = /^\^([^^]{4,300})\^$/u;
const EDITORS_NOTE = /^(?:\(?Eds?(?:itors)?: |AP (?:Photo|Video|Graphic|Audio)s?\b)/;
/** Lines below a slug in which such a note stands, the headline and the byline among them. */
const NOTED_LINES = 6;
/** The sign that Chinese agencies put behind the last sentence. */
const CLOSING = / (?:Enditem|Enditem\.|\(end\))$/;
/** Words that must stand before the sign; a menu entry "END" at the top ends nothing. */
const STORY_WORDS = 60;

const LONGEST_SLUG = 80;

/** Drops "(MORE)" lines, page numbers and the slug after them, and everything after the sign that ends a wire story. */
export function trimWire(lines: Line[]): Line[] {
  const kept: Line[] = [];
  let words = 0;
  let turned = false;
  let slugged = 0;
  for (const line of lines) {
    if (line.text.length <= 20) {
      if (words >= STORY_WORDS && END.test(line.text)) break;
      if (MORE.test(line.text)) {
        turned = true;
        continue;
      }
    }
    if (line.text.length <= LONGEST_SLUG && (STORY_SLUG.test(line.text) || NUMBERED_SLUG.test(line.text))) {
      slugged = NOTED_LINES;
      continue;
    }
    // What editors are told of a story stands below its slug.
    if (slugged > 0 && EDITORS_NOTE.test(line.text)) continue;
    slugged--;
    if (turned && line.text.length <= LONGEST_SLUG && PAGE_SLUG.test(line.text)) continue;
    turned = false;
    if (words < STORY_WORDS) words += line.text.split(' ', STORY_WORDS).length;
    const headline = line.text.startsWith('^') ? CARET.exec(line.text)?.[1] : undefined;
    if (headline !== undefined) {
      kept.push({ ...line, text: headline.trim() });
      continue;
    }
    const closes = words >= STORY_WORDS && CLOSING.test(line.text);
    kept.push(closes ? { ...line, text: line.text.replace(CLOSING, '') } : line);
    if (closes) break;
  }
  return kept;
}
