import type { DateHints, FoundDate } from '../metadata/dates.ts';
import type { Choice } from './choose-lines.ts';
import { saysPublished, type ToldDate, tellDates, unglued } from './date-line.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';

export interface Publication {
  published: Found<FoundDate> | null;
  modified: Found<FoundDate> | null;
}

/** Lines above the headline, inside the body and below it in which a date line may stand. */
const ABOVE = 15;
const NEAR_ABOVE = 6;
const INSIDE = 12;
const BELOW = 6;
const LONGEST_DATE_LINE = 25;
/** Words beside its date that a line below the body may have without saying what the date is of. */
const BARE_WORDS = 6;

/**
 * How far a date counts to be from the headline: lines, and what speaks for and against it in lines. Set on the dates of
 * four corpora that stand in the text; halving or doubling any of them moves a page or two.
 */
const STATED = -30;
const TIMED = -2.5;
const ABOVE_HEADLINE = 1.5;
const FAR_ABOVE = 20;
const IN_HEADLINE = 12;
const INSIDE_BODY = 15;
/** What "published" saves from the third line of the body on, where embedded posts say it too, and below it, where other stories do. */
const STATED_INSIDE = -5;
const STATED_BELOW = -22;
const EMBEDDED = 1;
const BELOW_BODY = 25;
/** Lines below the body in which the one line that says "published" may stand. */
const FAR_BELOW = 25;
/** Where there is none in those, lines in which one that is said to be that of publication may stand, behind the boxes of a page's end. */
const LABEL_BELOW = 60;

/** A date with what its line says of it, and the index of that line. */
interface DateLine extends Found<FoundDate>, ToldDate {}

/**
 * The day of publication: of the dates around headline and body the one nearest to the headline, before all one whose
 * line says that it is that. What says "updated" is the day of change and never stands in for publication.
 *
 * @param language of the body; settles 01/02/2026
 */
export function findPublication(
  survey: Survey,
  choice: Choice,
  title: number,
  asOf: Date,
  language: string | null,
): Publication {
  const top = title < 0 ? choice.first : title;
  const bodyEnd = choice.last + 1;
  let published: DateLine | null = null;
  let cost = Number.POSITIVE_INFINITY;
  let modified: DateLine | null = null;
  const consider = (found: DateLine, away: number, saving = STATED) => {
    if (found.updated) {
      modified ??= found;
      return;
    }
    const own = away + (found.stated ? saving : 0) + (found.value.precision === 'second' ? TIMED : 0);
    if (own >= cost) return;
    published = found;
    cost = own;
  };
  const hints = { asOf, language, dayFirst: orderOfDays(survey) };
  const dates = (i: number) => datesOf(survey, i, hints);
  let inside = false;
  for (let i = top + 1; i < choice.first + INSIDE && i < bodyEnd; i++) {
    // What stands before the first sentence still belongs to the headline, whatever the body was found to begin with.
    if (i > choice.first && survey.prose[i - 1] === 1) inside = true;
    for (const found of dates(i))
      consider(found, i - top + (inside ? INSIDE_BODY : 0), i > choice.first + EMBEDDED ? STATED_INSIDE : STATED);
  }
  // Where a line below the headline tells of a change, a bare date above it is that of something else.
  const changed = modified !== null;
  if (title >= 0 && !changed)
    for (const found of dates(title)) if (headsLine(survey, found)) consider(found, IN_HEADLINE);
  for (let i = top - 1; i >= Math.max(0, top - ABOVE); i--) {
    for (const found of dates(i)) {
      if (found.updated ? i < top - NEAR_ABOVE : changed && !found.stated) continue;
      consider(found, top - i + ABOVE_HEADLINE + (top - i > NEAR_ABOVE ? FAR_ABOVE : 0));
    }
  }
  for (let i = Math.max(choice.last, choice.first + INSIDE); i < bodyEnd; i++)
    for (const found of dates(i)) if (found.stated) consider(found, BELOW_BODY, STATED_BELOW);
  for (let i = bodyEnd; i < bodyEnd + BELOW; i++)
    for (const found of dates(i))
      if (found.stated || found.updated || (!changed && standsAlone(survey, i)))
        consider(found, i - bodyEnd + BELOW_BODY, STATED_BELOW);
  if (cost > FAR_BELOW) {
    // Further down comments and other stories are dated in rows; the story's own day is said once.
    const told = range(bodyEnd + BELOW, bodyEnd + FAR_BELOW)
      .flatMap(dates)
      .filter((one) => one.stated || one.updated);
    const further = range(bodyEnd + FAR_BELOW, bodyEnd + LABEL_BELOW).flatMap(dates);
    const said = told.length > 0 ? told : further.filter(({ stated }) => stated);
    if (said.length === 1) consider(said[0] as DateLine, FAR_BELOW, 0);
  }
  if (published === null && !changed) {
    for (const i of sameHeadlines(survey, title))
      for (let j = i; j <= i + NEAR_SAME; j++)
        if (j < choice.first || j > choice.last) for (const found of dates(j)) consider(found, FAR_BELOW + j - i);
  }
  if (published === null && !changed) {
    for (let i = bodyEnd; i < bodyEnd + SIGNED_BELOW; i++) {
      const [found] = dates(i);
      if (found && !found.updated && signsOff(survey, found)) consider(found, FAR_BELOW);
    }
  }
  return { published, modified };
}

function range(from: number, end: number): number[] {
  return Array.from({ length: end - from }, (_, at) => from + at);
}

/** Characters and words of a long line before its date, and characters in which it must say that it was published then. */
const LONGEST_STATEMENT = 60;
const STATEMENT_WORDS = 4;
const STATEMENT_CHARACTERS = 180;
const SAID_AFTER =
  /^[^.]{0,40}(?:veröffentlicht|gepostet|gespeichert|erstellt|publié|publicado|pubblicato|opublikowan)/u;
/** Two days that are one span of time are those of an event. */
const SPAN = /^\s{0,3}(?:[-–—]|to|bis|until|till|au|al|tot)\s{0,3}$/u;

/** "28.01. - 05.02. 10% off" has no year. */
const RATE = /^ ?%/;
/** "No. 3 / March 2026" counts issues. */
const ISSUE = /(?:^|\s)(?:no|nr|vol|issue|heft|ausgabe|núm|n[°º]|№)\.? ?$/iu;
/** "Wind turbine off Borkum © Ann Lee, 31.05.2013": the day the picture was taken. */
const CREDITED = /\S ?© ?\p{Lu}/u;

function datesOf(survey: Survey, i: number, hints: DateHints): DateLine[] {
  const shape = survey.shapes[i];
  if (!shape || shape.digits < 2) return [];
  const whole = survey.lines[i]?.text ?? '';
  const long = survey.prose[i] === 1 || shape.words > LONGEST_DATE_LINE;
  const heads = long && DATELINE.test(whole);
  if (long && !heads && !saysPublished(whole.slice(0, STATEMENT_CHARACTERS))) return [];
  const text = unglued(whole);
  const told = tellDates(text, statedAbove(survey, i), hints).filter(
    ({ value, stated }) =>
      !RATE.test(text.slice(value.end, value.end + 2)) &&
      !ISSUE.test(text.slice(0, value.start)) &&
      (stated || !CREDITED.test(text)),
  );
  const [first, second] = told;
  if (long)
    return first && (states(text, first) || (heads && isDateline(text, first)))
      ? [{ ...first, line: i, stated: true }]
      : [];
  if (second && told.length === 2 && SPAN.test(text.slice(first?.value.end, second.value.start))) return [];
  return told.map((date) => ({ ...date, line: i }));
}

/** "SALTMERE, England, May 4, 2026 /NewsWire/ -- The ferry …": the place in capitals, and a year, which few agencies give. */
const DATELINE = /^\p{Lu}{3}(?:[^.!?]|(?<=\d)\.){0,80}\b(?:19|20)\d\d\b/u;
const DATELINE_END = /^,?\s?(?:\/[^/]{2,40}\/|\([^)]{2,40}\))?\s?(?:--|[–—-])\s/u;

/** Whether a date is that of the dateline a first paragraph begins with. */
function isDateline(text: string, { value }: ToldDate): boolean {
  return value.start <= LONGEST_STATEMENT && DATELINE_END.test(text.slice(value.end));
}

/** Whether a long line is about its date: "Posted on 3 May 2026 by …", "Der Beitrag wurde am 3. Mai 2026 veröffentlicht". */
function states(text: string, { value, stated, updated }: ToldDate): boolean {
  const before = text.slice(0, value.start);
  if (updated || value.start > LONGEST_STATEMENT || /[.!?]\s/u.test(before)) return false;
  return (stated && before.split(' ').length <= STATEMENT_WORDS) || SAID_AFTER.test(text.slice(value.end));
}

/** Lines after another copy of the headline in which its date may stand, and copies looked at. */
const NEAR_SAME = 2;
const MOST_SAME = 3;

/** Other lines that are the headline: above a menu that parts it from the body, or in the row of the newest stories. */
function* sameHeadlines({ lines, shapes }: Survey, title: number): Generator<number> {
  const headline = lines[title]?.text ?? '';
  if ((shapes[title]?.words ?? 0) < SAME_WORDS) return;
  let met = 0;
  for (let i = 0; i < lines.length && met < MOST_SAME; i++) {
    if (i === title || !(lines[i]?.text ?? '').startsWith(headline)) continue;
    met++;
    yield i;
  }
}

const SAME_WORDS = 4;

/** Lines below the body in which the theme of a blog may sign the post off. */
const SIGNED_BELOW = 12;
const SIGN_OFF =
  /^\s?(?:[|•·]|(?:by|von|par|por) \p{Lu}|[-–—|,]?\s?(?:categor|filed|posted|kategorie|catégorie|categor))/iu;

/** Whether a line below the body tells of the post: its day, and behind that its author or its categories. */
function signsOff({ lines }: Survey, { value, line }: DateLine): boolean {
  const text = unglued(lines[line]?.text ?? '');
  return value.start <= LONGEST_LABEL && SIGN_OFF.test(text.slice(value.end));
}

const LONGEST_LABEL = 20;

/** Whether a headline's date is hung on to it and not part of what it says. */
function headsLine({ lines }: Survey, { value, line }: DateLine): boolean {
  return value.start === 0 || /[|•·]\s{0,2}$/u.test(unglued(lines[line]?.text ?? '').slice(0, value.start));
}

/** Lines in which a date is looked for that tells the order of day and month. */
const ORDER_LINES = 400;
const ORDERED = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(?:19|20)\d\d(?!\d)/g;

/** Whether this text writes the day before the month, by a date of it that can be read in one way only: 12/17/2025. */
function orderOfDays({ lines, dated }: Survey): boolean | null {
  let days = 0;
  let months = 0;
  for (let i = 0, read = 0; i < lines.length && read < ORDER_LINES; i++) {
    if (dated[i] === 0) continue;
    read++;
    for (const [, first, second] of (lines[i]?.text ?? '').slice(0, 400).matchAll(ORDERED)) {
      if (Number(first) > 12 && Number(second) <= 12) days++;
      if (Number(second) > 12 && Number(first) <= 12) months++;
    }
  }
  return days === months ? null : days > months;
}

/** "Updated:" on a line of its own above the date. */
function statedAbove(survey: Survey, i: number): string {
  const above = survey.shapes[i - 1];
  return above && above.words <= 3 && above.digits === 0 ? (survey.lines[i - 1]?.text ?? '') : '';
}

/** A line that is nearly all date, with no other such line after it: the dates of other stories come in rows. */
function standsAlone(survey: Survey, i: number): boolean {
  if ((survey.shapes[i]?.words ?? 0) > BARE_WORDS) return false;
  for (let j = i + 1; j <= i + BELOW; j++)
    if (survey.dated[j] === 1 && (survey.shapes[j]?.words ?? 0) < 14) return false;
  return true;
}
