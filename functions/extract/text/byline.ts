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
  /\b(?:staff|contributors?|editors?|writers?|reporters?|analysts?|correspondents?|columnists?|journalists?|fellows?|professors?|managers?|directors?|development|team)\b/iu;
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
/** Words of a line that tells how long ago something was. */
const AGO_WORDS = 5;
const LONG_AGO = /\d (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago$|^(?:vor|hace|il y a|há) \d/iu;
/** Words of a line that tells what somebody is. */
const ROLE_WORDS = 5;
/** Papers and houses, which are no authors beside a person. */
const HOUSE =
  /^the |\b(?:news|times|post|tribune|sentinel|herald|gazette|chronicle|journal|press|magazine|network|institute|university)$/iu;
/** Who pays for what stands beside the story. */
const PRESENTED = /^(?:presented|sponsored|brought to you|powered|provided) by\b/iu;
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
  const openedIn = (lines: Iterable<number>): Found<string[]> | null => {
    for (const i of lines) {
      const names = survey.prose[i] === 1 ? [] : openedNames(survey, i);
      if (names.length > 0) return { value: names, line: i };
    }
    return null;
  };
  const isClose = (i: number) => i > top && i <= choice.first + CLOSE;
  const opened = openedIn(near.filter(isClose));
  if (opened !== null) return opened;
  for (const i of near) {
    if (i < top - DATED_ABOVE || i > choice.first + DATED_INSIDE || survey.shapes[i]?.digits === 0) continue;
    const names = withoutHouses(namesBesideDay(bylineLine(survey, i), hints));
    // Above the headline sections and the site itself stand beside a day as often; a person is named again further down.
    const isSection = i < top && !names.every((name) => isNamedBelow(survey, name, choice.last));
    if (names.length > 0 && !isSection) return { value: names, line: i };
  }
  for (const i of near) {
    const name = i > top && i <= top + RIGHT_BELOW ? nameBeforePaper(bylineLine(survey, i)) : null;
    if (name !== null) return { value: [name], line: i };
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
  const persons = beside.filter((i) => !ROLE.test(unroled(survey.lines[i]?.text ?? '')));
  for (const i of [...persons, ...beside.filter((i) => DESK.test(survey.lines[i]?.text ?? ''))]) {
    const text = bylineText(bylineLine(survey, i))
      .replace(/[\s/|,•·]{1,5}$/u, '')
      .replace(FROM_PLACE, '$1');
    const names = namesAlone(text, hints.language ?? null);
    if (names.length > 0 && ((survey.wordings[i]?.begins ?? 0) & ~bitOf('byline')) === 0)
      return { value: names, line: i };
  }
  const lone = loneName(survey, title);
  if (lone !== null) return { value: [lone], line: title + 1 };
  return openedIn(near.filter((i) => !isClose(i))) ?? openedIn(range(choice.last, choice.last + 1 + BELOW));
}

/** Lines past the body's start in which a name beside a day may stand, and below the headline one with its paper. */
const DATED_INSIDE = 1;
const DATED_ABOVE = 2;
const RIGHT_BELOW = 1;
/** Lines past the body's start up to which what opens like a byline outranks a name beside the day. */
const CLOSE = 2;

/** A line for those who read bylines: a wide gap parts as a bar does. */
function bylineLine({ lines }: Survey, i: number): string {
  const line = lines[i];
  return line?.parts?.join(' | ') ?? line?.text ?? '';
}

/** A name in capitals before a paper, `ANN LEE | USA TODAY`, `ANN LEE Saltmere Post`, or one parted from it by a dot. */
const IN_CAPITALS =
  /^((?:\p{Lu}[\p{Lu}.'’-]{0,20} ){1,2}\p{Lu}[\p{Lu}.'’-]{1,20}) (?:\| )?(?:USA TODAY\b|\p{Lu}\p{Ll}[^.!?:]{2,40}$)/u;
const BEFORE_DOT = /^((?:\p{Lu}[\p{L}.'’-]{0,20} ){1,2}\p{Lu}[\p{L}.'’-]{1,20}) [•·|] ([^•·|]{2,40})$/u;

/** Who signs right below the headline with the name of a paper behind. */
function nameBeforePaper(text: string): string | null {
  const capitals = IN_CAPITALS.exec(text)?.[1];
  if (capitals !== undefined && looksLikePerson(capitals)) return capitals;
  const [, name, paper = ''] = BEFORE_DOT.exec(text) ?? [];
  return name !== undefined &&
    looksLikePerson(name) &&
    (HOUSE.test(paper) || ROLE.test(paper) || /\.\p{Ll}{2,4}$/u.test(paper))
    ? name
    : null;
}

/** "Ann Lee/The Saltmere Times", "Ann Lee/AFP": who took a picture, and for whom. */
const isPictureCredit = (text: string): boolean =>
  text.split('/').length > 1 &&
  text
    .split('/')
    .slice(1)
    .some((part) => HOUSE.test(part.trim()) || isAgency(part.trim()));

/** Papers and houses go where a person is named beside them. */
function withoutHouses(names: string[]): string[] {
  const people = names.filter((name) => !HOUSE.test(name));
  return people.length > 0 ? people : names;
}

/** A line of a name without the role or the agency behind its comma. */
const unroled = (text: string): string =>
  text.replace(/, [^,]{2,40}$/u, (part) => (namesRole(part) || isAgency(part.slice(2)) ? '' : part));

/** The names of a line that holds nothing but names, and an agency beside them; none where it says more. */
function namesAlone(text: string, language: string | null): string[] {
  if (NO_NAMES.test(text) || isPictureCredit(text)) return [];
  const own = unroled(text);
  const names = splitByline(own, language);
  const persons = personsFirst(names);
  const letters = names.reduce((sum, name) => sum + name.length, 0);
  if (own.length - letters > (names.length - 1) * BETWEEN_NAMES + MOST_OPENING) return [];
  return persons.every((name) => name.includes(' ') && looksLikePerson(name)) ? persons : [];
}

function* range(from: number, end: number): Generator<number> {
  for (let i = from; i < end; i++) yield i;
}

function openedNames(survey: Survey, i: number): string[] {
  const line = survey.lines[i]?.text ?? '';
  if ((survey.wordings[i]?.whole ?? 0) & NOT_AUTHORS || PRESENTED.test(line)) return [];
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
    return alone ? count <= LONGEST_ALONE && (count >= 2 || names.length > 1 || isDatedBelow(survey, i + 1)) : true;
  });
  // "4.8 stars", "12 comments".
  const full = (persons[0] ?? '').includes(' ') && line.includes(' | ');
  const named = personsFirst(
    persons
      // A topic stands behind a bar, and what is said of a desk is no name.
      .filter((name) => !/^(?:\d|\p{Ll}+ \p{Ll})/u.test(name) && !isAside(name) && (!full || name.includes(' ')))
      .slice(0, 8),
  );
  const stacked = alone ? namesFurtherDown(survey, i + 2) : [];
  return withoutHouses(stacked.some((name) => named.includes(name)) ? named : [...named, ...new Set(stacked)]);
}

const LONE_WORDS = 4;
const LONE_CHARACTERS = 36;
const LONE_LETTERS = 3;
/** How houses sign. */
const HOUSE_SIGNS =
  /\b(?:team|staff|desk|newsroom|redaktion|redaction|rédaction|redacción|redazione|redactie|redakce|redakcja|online|редакция)$/iu;
const MENU_LINES = 400;

/**
 * Who signs by one word or as a desk: what stands alone between headline and day. A section stands there as well, which
 * menus name too.
 */
function loneName({ lines, shapes, wordings, dated }: Survey, title: number): string | null {
  const i = title + 1;
  const shape = shapes[i];
  const text = bylineText(lines[i]?.text ?? '').replace(/[\s/|,•·]{1,5}$/u, '');
  if (
    title < 0 ||
    !shape ||
    dated[i] ||
    dated[i + 1] !== 1 ||
    (shapes[i + 1]?.words ?? LONE_CHARACTERS) > AGO_WORDS * 2
  )
    return null;
  const single = shape.words === 1 && text.length >= LONE_LETTERS;
  if (!single && !(shape.words <= LONE_WORDS && HOUSE_SIGNS.test(text))) return null;
  if (shape.digits > 0 || text.length > LONE_CHARACTERS || !/^[\p{L}\p{M}.'’& -]{2,40}$/u.test(text)) return null;
  if (wordings[i]?.begins || wordings[i]?.whole) return null;
  return standsInMenu(lines, text, i) ? null : text;
}

/** Whether somebody is named below the body, as in a box about the author. */
function isNamedBelow({ lines }: Survey, name: string, last: number): boolean {
  for (let j = last; j < Math.min(lines.length, last + MENU_LINES); j++)
    if ((lines[j]?.text ?? '').includes(name)) return true;
  return false;
}

/** Whether some words are all of another line near by. */
function standsInMenu(lines: Survey['lines'], words: string, i: number): boolean {
  const folded = words.toLowerCase();
  for (let j = Math.max(0, i - MENU_LINES); j < Math.min(lines.length, i + MENU_LINES); j++) {
    const text = lines[j]?.text ?? '';
    if (j !== i && text.length === words.length && text.toLowerCase() === folded) return true;
  }
  return false;
}

/** Names that stand a line each below the first: `By`, `Ann Lee`, `Bo Chen`, with a comma or "and" on a line between at times. */
function namesFurtherDown(survey: Survey, start: number): string[] {
  const names: string[] = [];
  for (let i = start; i < start + MOST_STACKED; i++) {
    const text = bylineText(survey.lines[i]?.text ?? '').replace(/,$/u, '');
    if (text === '' || /^(?:and|und|et|y|e|en|och|og|&)$/iu.test(text)) continue;
    const alone = (survey.wordings[i]?.begins ?? 0) === 0 && !survey.dated[i] ? namesAlone(text, null) : [];
    if (alone.length === 0 || ROLE.test(unroled(text))) break;
    names.push(...alone);
  }
  return names;
}

/** Whether a day, or what heads one, stands below a line, a hyphen between at most. */
const isDatedBelow = ({ dated, wordings }: Survey, i: number): boolean =>
  [1, 2].some((step) => dated[i + step] === 1 || ((wordings[i + step]?.whole ?? 0) & bitOf('stamp')) !== 0);

const MOST_STACKED = 8;

function besideDate(survey: Survey, i: number): boolean {
  for (const step of [-2, -1, 1, 2, 3]) {
    const j = i + step;
    const shape = survey.shapes[j];
    if (!shape || shape.words >= 14) continue;
    if (shape.words <= AGO_WORDS && shape.digits > 0 && LONG_AGO.test(survey.lines[j]?.text ?? '')) return true;
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
