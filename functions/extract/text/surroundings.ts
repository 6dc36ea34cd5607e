import { splitByline, stripOpener } from '../metadata/author-names.ts';
import { type FoundDate, findDates } from '../metadata/dates.ts';
import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import { bitOf } from './vocabulary.ts';

/** Something read from a line: its value and the line's index. */
export interface Found<T> {
  value: T;
  line: number;
}

/** Lines above the headline in which a breadcrumb is looked for. */
const BREADCRUMB_REACH = 30;
const ROOTS =
  /^(?:home|homepage|start|startseite|accueil|inicio|início|home page|главная|головна|strona główna|domů|ana sayfa|hem|hjem|forside|etusivu|αρχική|kezdőlap|acasă|начало|naslovnica|beranda|trang chủ|ホーム|トップ|首页|首頁|홈|الرئيسية|you are here:?)$/iu;

/** A row of short labels parted by one sign, such as `News / Politics`, from the root down; without the site's root. */
export function findBreadcrumbs(survey: Survey, title: number): Found<string[]> | null {
  for (let i = title - 1; i >= Math.max(0, title - BREADCRUMB_REACH); i--) {
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (!shape || shape.words > 16 || shape.characters > 160) continue;
    const parts = text.split(/\s*[›»>→|]\s*|\s\/\s|\s[·•]\s/u).map((part) => part.trim());
    if (parts.length < 2 || parts.length > 6) continue;
    const labels = parts.filter((part) => part !== '');
    const readable = labels.every(
      (label) =>
        label.length <= 40 && /\p{L}/u.test(label) && !/\d{4}|[.!?]$/u.test(label) && label.split(' ').length <= 5,
    );
    if (!readable || labels.length < 2 || survey.dated[i]) continue;
    const headline = (survey.lines[title]?.text ?? '').toLowerCase();
    const value = labels.filter((label) => !ROOTS.test(label) && !headline.startsWith(label.toLowerCase()));
    if (value.length > 0) return { value, line: i };
  }
  return null;
}

const CREDIT =
  /\((?:photo|image|picture|foto|file photo|via|credit|ap|afp|reuters|getty)[^()]{0,80}\)$|©|\bgetty images\b|\b(?:photo|image|foto|credit|picture)\s?(?:by|:|courtesy)/iu;

/** Captions between headline and body: lines that name what a picture shows, without saying a sentence. */
export function findCaptions(survey: Survey, choice: Choice, title: number): Found<string>[] {
  const captions: Found<string>[] = [];
  if (title < 0) return captions;
  for (let i = title + 1; i < choice.first; i++) {
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (!shape || shape.words < 3 || shape.words > 60 || survey.repeats[i] !== 1 || survey.wordings[i]?.whole) continue;
    const credited = CREDIT.test(text) || ((survey.wordings[i]?.begins ?? 0) & bitOf('picture')) !== 0;
    const names =
      shape.words >= 4 &&
      shape.capitalWords >= shape.words * 0.5 &&
      shape.closes !== CLASS.stop &&
      shape.closes !== CLASS.colon;
    if (!credited && !names) continue;
    if (survey.dated[i] && shape.words < 8) continue;
    if (stripOpener(text).opener !== null && !credited) continue;
    captions.push({ value: text, line: i });
  }
  return captions;
}

/** A line that opens like a byline, near the headline. */
export function findAuthors(survey: Survey, choice: Choice, title: number): Found<string[]> | null {
  const from = Math.max(0, (title < 0 ? choice.first : title) - 6);
  for (let i = from; i < Math.min(choice.first + 2, survey.lines.length); i++) {
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (!shape || i === title || shape.words > 20) continue;
    const { opener, rest } = stripOpener(text);
    if (opener === null) continue;
    // "By" on a line of its own: the name stands on the next.
    const names = splitByline(rest === '' ? (survey.lines[i + 1]?.text ?? '') : text);
    if (names.length > 0) return { value: names, line: i };
  }
  return null;
}

export interface Dates {
  published: Found<FoundDate> | null;
  modified: Found<FoundDate> | null;
}

const UPDATED =
  /updat|modifi|aktualisier|mis à jour|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|aktualiz|обновл|оновл|güncel|uppdater|oppdater|opdater|päivitet|ενημέρωση|frissít|更新|수정|تحديث|עודכן|cập nhật|diperbarui/iu;

/** Date lines around the headline and the body's start; what says "updated" is the day of change. */
export function findPublication(survey: Survey, choice: Choice, title: number, asOf: Date): Dates {
  const dates: Dates = { published: null, modified: null };
  const from = Math.max(0, (title < 0 ? choice.first : title) - 6);
  for (let i = from; i < Math.min(choice.first + 1, survey.lines.length); i++) {
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (!shape || i === title || choice.keep[i] || shape.words > 25 || shape.digits === 0) continue;
    for (const date of findDates(text, { asOf })) {
      const before = text.slice(0, date.start);
      const line = { value: date, line: i };
      if (UPDATED.test(before)) dates.modified ??= line;
      else dates.published ??= line;
    }
  }
  return dates;
}

const NAME =
  "(\\p{Lu}[\\p{L}\\p{N}&.’'-]{0,30}(?: (?:of|the|de|la|and|&|der|die|das) | )?(?:\\p{Lu}[\\p{L}\\p{N}&.’'-]{0,30} ?){0,4})";
const NAMED = [
  // "Press TV’s website", "The Daily's newsletter": who speaks of a website in the possessive speaks of his own.
  new RegExp(`^(?:The )?${NAME}['’]s? (?:website|site|web site|newsletter|app|mobile app)\\b`, 'u'),
  new RegExp(
    `^(?:copyright )?(?:©|\\(c\\)|copyright)\\s{0,2}(?:copyright )?(?:\\d{4}(?:\\s?[-–]\\s?\\d{4})?,? )?(?:by )?${NAME}(?=[.,|]|$| all rights)`,
    'iu',
  ),
  new RegExp(`^follow ${NAME}(?= on\\b)`, 'u'),
];

/** The site's name where the tail tells it. */
export function findSiteName(survey: Survey, choice: Choice): Found<string> | null {
  for (let i = choice.last + 1; i < survey.lines.length; i++) {
    const text = survey.lines[i]?.text ?? '';
    for (const pattern of NAMED) {
      const name = pattern
        .exec(text.slice(0, 200))?.[1]
        ?.trim()
        .replace(/[.,'’]+$/u, '');
      if (name && name.length >= 2 && name.length <= 50 && /^\p{Lu}/u.test(name)) return { value: name, line: i };
    }
  }
  return null;
}
