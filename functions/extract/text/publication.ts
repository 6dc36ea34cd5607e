import { type FoundDate, findDates } from '../metadata/dates.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';

export interface Publication {
  published: Found<FoundDate> | null;
  modified: Found<FoundDate> | null;
}

const ABOVE = 6;
const INSIDE = 12;
const BELOW = 6;
const LONGEST_DATE_LINE = 25;

const UPDATED =
  /updated|last update|update:|modifi|last review|correct|aktualisier|mis à jour|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|aktualiz|обновл|оновл|güncel|uppdater|oppdater|opdater|päivitet|ενημέρωση|frissít|更新|수정|تحديث|עודכן|cập nhật|diperbarui/iu;
const PUBLISHED =
  /publi|posted|first|created|veröffentlicht|erstellt|publié|pubblicato|gepubliceerd|opublikowan|опубликован|опубліков|yayın|julkais|δημοσίευση|公開|发布|發布|등록|입력|نشر|פורסם|đăng/iu;

/**
 * Date lines: below the headline first, then above it; below the body only where the line says it was published then.
 * What says "updated" is the day of change and never stands in for publication.
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
  const found: Publication = { published: null, modified: null };
  const top = title < 0 ? choice.first : title;
  const read = (i: number, onlyStated: boolean) => {
    const shape = survey.shapes[i];
    if (!shape || i === title || survey.prose[i] === 1 || shape.words > LONGEST_DATE_LINE || shape.digits < 2) return;
    const text = unglued(survey.lines[i]?.text ?? '');
    let end = 0;
    for (const date of findDates(text, { asOf, language })) {
      const said = `${end === 0 ? statedAbove(survey, i) : ''} ${text.slice(end, date.start)}`;
      end = date.end;
      const line = { value: date, line: i };
      if (UPDATED.test(said) && !PUBLISHED.test(text.slice(0, date.start))) found.modified ??= line;
      else if (!onlyStated || PUBLISHED.test(said)) found.published ??= line;
    }
  };
  for (let i = top + 1; i < choice.first + INSIDE; i++) read(i, false);
  for (let i = top - 1; i >= Math.max(0, top - ABOVE); i--) if (!found.published) read(i, found.modified !== null);
  for (let i = choice.last + 1; i <= choice.last + BELOW; i++) if (!found.published) read(i, true);
  return found;
}

/** "Updated:" on a line of its own above the date. */
function statedAbove(survey: Survey, i: number): string {
  const above = survey.shapes[i - 1];
  return above && above.words <= 3 && above.digits === 0 ? (survey.lines[i - 1]?.text ?? '') : '';
}

/** Copying glues what stood in separate boxes: "LeeUPDATED May 3", "WriterMay 3, 2026", "May 3, 20266:01 PM". */
function unglued(text: string): string {
  return text
    .slice(0, 400)
    .replace(/(\p{Ll})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .replace(/(\p{L})(?=(?:PUBLISHED|UPDATED|POSTED)\b)/gu, '$1 ')
    .replace(/\b((?:19|20)\d\d)(?=\d{1,2}:\d\d)/g, '$1 ');
}
