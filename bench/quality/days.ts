/** Days of publication: what an annotated or found stamp can mean, and how a text shows it. */
import { tellDates, unglued } from '../../functions/extract/text/date-line.ts';

/** The days an instant can be read as, each `YYYY-MM-DD`: the page's own and UTC's. */
export function daysOf(published: string | null | undefined): Set<string> {
  const days = new Set<string>();
  if (!published) return days;
  days.add(published.slice(0, 10));
  if (/T\d.*(Z|[+-]\d\d:?\d\d)$/.test(published)) {
    const instant = new Date(published);
    if (!Number.isNaN(instant.getTime())) days.add(instant.toISOString().slice(0, 10));
  }
  return days;
}

/** How a text shows a day: as that of publication or a bare date, only as that of a change, or not at all. */
export type Shown = 'published' | 'changed' | 'never';

/** Characters of a line that may say what the date below it is of. */
const LONGEST_LABEL = 30;

/**
 * How a text shows the annotated day, in whatever form; 01/02/2026 is read as the day that is known. Annotations are
 * often taken from markup that nobody sees, and no reader of the text can find those; others take the day of the last
 * change, which by the rules of this project never stands in for publication.
 *
 * @param published as annotated, ISO 8601; empty where the page has none
 * @param asOf the instant the copy was taken
 */
export function showsDay(text: string, published: string, asOf: Date): Shown {
  const days = daysOf(published);
  if (days.size === 0) return 'never';
  const hints = { asOf, language: null, knownDay: published.slice(0, 10) };
  let shown: Shown = 'never';
  let above = '';
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() === '') continue;
    if (/\d/.test(line)) {
      for (const { value, updated } of tellDates(unglued(line), above, hints)) {
        if (!days.has(value.day) && !days.has(value.iso.slice(0, 10))) continue;
        if (!updated) return 'published';
        shown = 'changed';
      }
    }
    above = line.length <= LONGEST_LABEL ? line : '';
  }
  return shown;
}
