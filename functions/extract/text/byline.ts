import { isAgency } from '../metadata/agencies.ts';
import { looksLikePerson, namesRole, personsFirst, splitByline, stripOpener } from '../metadata/author-names.ts';
import { opensByline } from '../metadata/byline-openers.ts';
import type { DateHints } from '../metadata/dates.ts';
import { bylineText, isAside } from './byline-text.ts';
import type { Choice } from './choose-lines.ts';
import { namesBesideDay } from './dated-name.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';
import { bitOf } from './vocabulary.ts';

/** Lines above the headline, past the body's start and past its end in which a byline may stand. */
const ABOVE = 4;
const INSIDE = 10;
const BELOW = 8;
const LONGEST_BYLINE = 25;
/** Words of a name that stands below the word for a byline; more are a sentence. */
const LONGEST_ALONE = 5;
/** Chinese and Japanese copy tells day, source and author in one line: `2026-05-11 来源:港口日报 作者:李安`. */
const AMID = /[\s　|](?=(?:作者|记者|記者|撰文|文)[:：/／])(.{2,40})$/u;
/** Taiwanese copy names reporter and place by strokes: `港口報／記者王小明／台北報導`. */
const REPORTED = /記者\s?(\p{sc=Han}{2,4}(?:、\p{sc=Han}{2,4}){0,3})\s?[／/]\s?\p{sc=Han}{2,8}報導/u;
/** Korean reporters sign with the word for one, and their address behind it. */
const KOREAN = /^(\p{sc=Hangul}{2,4}(?:[·,] ?\p{sc=Hangul}{2,4}){0,3}) ?(?:선임|수습)?(?:기자|특파원)(?=$|[\s=|(])/u;
/** Chinese stories name their reporter in brackets where they begin: `江城晚报讯（记者 李晓燕）`. */
const IN_BRACKETS =
  /[（(](?:本报|本刊|本台)?(?:记者|記者)[\s：:]{0,3}(\p{sc=Han}{2,4}(?:[、 ]\p{sc=Han}{2,4}){0,3})[\s，、）)]/u;
const BRACKETS_REACH = 60;
/** What a paper prints behind or below a name, and what is no name itself: a role, a team. */
const ROLE =
  /\b(?:staff|contributors?|editors?|writers?|reporters?|analysts?|correspondents?|columnists?|journalists?|managers?|directors?|development|team)\b/iu;
/** What somebody is whose name stands above it, by the last word of its line. */
const REPORTS =
  /\b(?:contributor|editor|writer|reporter|correspondent|columnist|journalist|journaliste|корреспондент|toimittaja)$/iu;
const DESK = /\b(?:staff|team)\b/iu;
/** A reporter and the place reported from, as papers print them above the day: "Ann Lee in Rome". */
const FROM_PLACE = /^((?:\p{Lu}[\p{L}.'’-]{1,20} ){2,3})(?:in|at) \p{Lu}[\p{L} .'’-]{2,30}$/u;
/** Characters that stand between two names at most, and before the first: "and", "by". */
const BETWEEN_NAMES = 5;
const MOST_OPENING = 4;
/** What no line of names holds. */
const NO_NAMES = /[\d:៖?!]|\s[–—-]\s/u;
/** A year in digits of other scripts. */
const OTHER_YEAR = /[٠-٩۰-۹०-९০-৯௦-௯๐-๙၀-၉០-៩]{4}/u;
/** How long the reading takes, which stands below a name as a day does. */
const READING_TIME = /^\d{1,2}(?:\s?[–-]\s?\d{1,2})? ?(?:min|мин|хв|dk|dakika|perc|λεπτ|دقيق|분|分)/iu;
/** Words of a line that tells what somebody is. */
const ROLE_WORDS = 5;
/** Papers and houses, which are no authors beside a person. */
const HOUSE =
  /^the |\b(?:news|times|post|tribune|sentinel|herald|gazette|chronicle|journal|press|magazine|network|institute|university)$/iu;
/** A credit for pictures or sources names no author. */
const NOT_AUTHORS =
  bitOf('picture') | bitOf('share') | bitOf('related') | bitOf('comments') | bitOf('legal') | bitOf('navigation');

/** Who wrote it: a line that opens like a byline near the headline, else a name beside the date, else a line below the body. */
export function findAuthors(survey: Survey, choice: Choice, title: number, hints: DateHints): Found<string[]> | null {
  const top = title < 0 ? choice.first : title;
  const near = [...range(top + 1, choice.first + INSIDE), ...range(Math.max(0, top - ABOVE), top)].filter(
    (i) => survey.prose[i] !== 1 && (survey.shapes[i]?.words ?? LONGEST_BYLINE) < LONGEST_BYLINE,
  );
  const bracketed = IN_BRACKETS.exec((survey.lines[choice.first]?.text ?? '').slice(0, BRACKETS_REACH))?.[1];
  if (bracketed !== undefined) return { value: bracketed.split(/[、 ]/u), line: choice.first };
  for (const i of near) {
    const names = openedNames(survey, i);
    if (names.length > 0) return { value: names, line: i };
  }
  for (const i of near) {
    if (i <= top || i > choice.first + 1 || survey.shapes[i]?.digits === 0) continue;
    const names = namesBesideDay(survey.lines[i]?.text ?? '', hints);
    if (names.length > 0) return { value: names, line: i };
  }
  const beside = near.filter(
    (i) =>
      i > top &&
      (!choice.keep[i] || i === choice.first) &&
      (besideDate(survey, i) ||
        aboveRole(survey, i) ||
        (i === title + 1 && READING_TIME.test(survey.lines[i + 1]?.text ?? ''))),
  );
  // A desk or a team signs where no person does; a role stands below the name.
  const persons = beside.filter((i) => !ROLE.test(survey.lines[i]?.text ?? ''));
  for (const i of [...persons, ...beside.filter((i) => DESK.test(survey.lines[i]?.text ?? ''))]) {
    const text = bylineText(survey.lines[i]?.text ?? '')
      .replace(/[\s/|,•·]{1,5}$/u, '')
      .replace(FROM_PLACE, '$1');
    const names = namesAlone(text, hints.language ?? null);
    if (names.length > 0 && ((survey.wordings[i]?.begins ?? 0) & ~bitOf('byline')) === 0)
      return { value: names, line: i };
  }
  for (const i of range(choice.last, choice.last + 1 + BELOW)) {
    if (survey.prose[i] === 1) continue;
    const names = openedNames(survey, i);
    if (names.length > 0) return { value: names, line: i };
  }
  return null;
}

/** The names of a line that holds nothing but names, and an agency beside them; none where it says more. */
function namesAlone(text: string, language: string | null): string[] {
  if (NO_NAMES.test(text)) return [];
  // Behind a comma stands a role or an agency.
  const unroled = text.replace(/, [^,]{2,40}$/u, (part) => (namesRole(part) || isAgency(part.slice(2)) ? '' : part));
  const names = splitByline(unroled, language);
  const persons = personsFirst(names);
  const letters = names.reduce((sum, name) => sum + name.length, 0);
  if (unroled.length - letters > (names.length - 1) * BETWEEN_NAMES + MOST_OPENING) return [];
  return persons.every((name) => name.includes(' ') && looksLikePerson(name)) ? persons : [];
}

function* range(from: number, end: number): Generator<number> {
  for (let i = from; i < end; i++) yield i;
}

function openedNames(survey: Survey, i: number): string[] {
  const line = survey.lines[i]?.text ?? '';
  if ((survey.wordings[i]?.whole ?? 0) & NOT_AUTHORS) return [];
  const text = bylineText(line);
  const reported = REPORTED.exec(text)?.[1];
  if (reported !== undefined) return reported.split('、');
  const korean = KOREAN.exec(text)?.[1];
  if (korean !== undefined) return korean.split(/[·,] ?/u);
  const own = AMID.exec(text)?.[1] ?? text;
  const { opener, rest } = stripOpener(own);
  // "By" on a line of its own: the name stands on the next.
  const alone = opener === null ? opensByline(own) === 'alone' : rest.trim() === '';
  if (opener === null && !alone) return [];
  const names = splitByline(alone ? bylineText(survey.lines[i + 1]?.text ?? '').slice(0, 120) : own);
  const persons = names.filter((name) => {
    const count = name.split(' ').length;
    return alone ? count <= LONGEST_ALONE && (count >= 2 || names.length > 1) : true;
  });
  // "4.8 stars", "12 comments".
  const named = personsFirst(persons.filter((name) => !/^\d/.test(name) && !isAside(name)).slice(0, 8));
  const people = named.filter((name) => !HOUSE.test(name));
  return people.length > 0 ? people : named;
}

function besideDate(survey: Survey, i: number): boolean {
  for (const step of [-2, -1, 1, 2, 3]) {
    const j = i + step;
    const shape = survey.shapes[j];
    if (!shape || shape.words >= 14) continue;
    if (survey.dated[j] === 1 || (survey.wordings[j]?.begins ?? 0) & bitOf('stamp')) return true;
    if (shape.digits > 3 && OTHER_YEAR.test(survey.lines[j]?.text ?? '')) return true;
  }
  return false;
}

/** Whether the line below tells what somebody is: "Scotland reporter". */
function aboveRole({ lines, shapes }: Survey, i: number): boolean {
  const words = shapes[i + 1]?.words ?? 0;
  return words > 0 && words <= ROLE_WORDS && REPORTS.test(lines[i + 1]?.text ?? '');
}
