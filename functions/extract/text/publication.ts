import { type FoundDate, findDates } from '../metadata/dates.ts';
import type { Choice } from './choose-lines.ts';
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
const INSIDE_BODY = 15;
const BELOW_BODY = 25;

const UPDATED =
  /updated|last update|update:|modifi|last review|correct|aktualisier|mis à jour|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|aktualiz|обновл|оновл|güncel|uppdater|oppdater|opdater|päivitet|ενημέρωση|frissít|更新|수정|تحديث|עודכן|cập nhật|diperbarui/iu;
const PUBLISHED =
  /publi|posted|first|created|veröffentlicht|erstellt|publié|pubblicato|gepubliceerd|opublikowan|опубликован|опубліков|yayın|julkais|δημοσίευση|公開|发布|發布|등록|입력|نشر|פורסם|đăng/iu;

/** A date with what its line says of it. */
interface DateLine extends Found<FoundDate> {
  stated: boolean;
  updated: boolean;
}

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
  const consider = (found: DateLine, away: number) => {
    if (found.updated) {
      modified ??= found;
      return;
    }
    const own = away + (found.stated ? STATED : 0) + (found.value.precision === 'second' ? TIMED : 0);
    if (own >= cost) return;
    published = found;
    cost = own;
  };
  const dates = (i: number) => (i === title ? [] : datesOf(survey, i, asOf, language));
  for (let i = top + 1; i < choice.first + INSIDE && i < bodyEnd; i++)
    for (const found of dates(i)) consider(found, i - top + (i > choice.first ? INSIDE_BODY : 0));
  // Where a line below the headline tells of a change, a bare date above it is that of something else.
  const changed = modified !== null;
  for (let i = top - 1; i >= Math.max(0, top - ABOVE); i--) {
    for (const found of dates(i)) {
      if (found.updated ? i < top - NEAR_ABOVE : changed && !found.stated) continue;
      consider(found, top - i + ABOVE_HEADLINE + (top - i > NEAR_ABOVE ? FAR_ABOVE : 0));
    }
  }
  for (let i = bodyEnd; i < bodyEnd + BELOW; i++)
    for (const found of dates(i))
      if (found.stated || found.updated || (!changed && standsAlone(survey, i)))
        consider(found, i - bodyEnd + BELOW_BODY);
  return { published, modified };
}

function datesOf(survey: Survey, i: number, asOf: Date, language: string | null): DateLine[] {
  const shape = survey.shapes[i];
  if (!shape || survey.prose[i] === 1 || shape.words > LONGEST_DATE_LINE || shape.digits < 2) return [];
  const text = unglued(survey.lines[i]?.text ?? '');
  let end = 0;
  return findDates(text, { asOf, language }).map((value) => {
    const said = `${end === 0 ? statedAbove(survey, i) : ''} ${text.slice(end, value.start)}`;
    end = value.end;
    const updated = UPDATED.test(said) && !PUBLISHED.test(text.slice(0, value.start));
    return { value, line: i, updated, stated: !updated && PUBLISHED.test(said) };
  });
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

/** Copying glues what stood in separate boxes: "LeeUPDATED May 3", "WriterMay 3, 2026", "May 3, 20266:01 PM". */
function unglued(text: string): string {
  return text
    .slice(0, 400)
    .replace(/(\p{Ll})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .replace(/(\p{L})(?=(?:PUBLISHED|UPDATED|POSTED)\b)/gu, '$1 ')
    .replace(/\b((?:19|20)\d\d)(?=\d{1,2}:\d\d)/g, '$1 ');
}
