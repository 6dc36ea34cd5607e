import { wordsOf } from '../../article/words.ts';
import { stripOpener } from '../metadata/author-names.ts';
import { findDates } from '../metadata/dates.ts';
import { titleKey } from '../metadata/title.ts';
import { isPersonName } from '../metadata/visible-authors.ts';
import type { Segment } from './page.ts';

/** Blocks from the first kept one in which headline and byline may stand: a kicker and a standfirst come between. */
const REACH = 5;
/** Words, or characters where each is a word, that a byline with its date and labels has at most; what is longer tells a story. */
const LONGEST = { words: 30, characters: 120 } as const;
/** Words of labels ("Published", "Updated", "min read", an hour) that a byline has beside names and dates. */
const LABELS = { words: 4, characters: 16 } as const;

/** What the metadata say, for comparing with what is shown. */
export interface Said {
  title: string | null;
  siteName: string | null;
  authors: readonly { name: string }[];
  language: string | null;
  /** Day of publication, which settles 01/02/2026. */
  publishedDay: string | null;
}

/**
 * Headline, byline and date have fields of their own and are no text of the article. On pages with little around
 * the text nothing but their wording tells them from it, so they are compared with what the metadata say.
 */
export function dropFrontMatter(segments: readonly Segment[], keep: Uint8Array, said: Said, asOf: Date): void {
  const first = keep.indexOf(1);
  if (first === -1) return;
  const title = said.title === null ? null : titleKey(said.title);
  const site = said.siteName === null ? null : titleKey(said.siteName);
  let begun = false;
  for (let i = first; i < Math.min(first + REACH, segments.length); i++) {
    const { text, words } = segments[i] as Segment;
    if (keep[i] === 0) continue;
    if (words > LONGEST.words && text.length > LONGEST.characters) {
      if (!begun) dropHeadLines(segments[i] as Segment, title, said, asOf);
      begun = true;
    } else if (!begun && (COUNT.test(text) || isDateLabel(segments, i, said, asOf))) keep[i] = 0;
    else if (!begun && isSection(segments, i, title)) keep[i] = 0;
    else if (isByline(text, said, asOf, begun) || (i === first && titleKey(text) === site)) keep[i] = 0;
    // Old pages part headline and byline by one line break, which does not end a block.
    else if (isHead(text.split('\n'), title, (line) => isByline(line, said, asOf, begun))) keep[i] = 0;
    else if (!begun && dropHeadLines(segments[i] as Segment, title, said, asOf)) begun = true;
  }
  dropSignature(segments, keep, said, asOf);
}

/** Lines of headline, byline and date that stand before the text in its own block at most. */
const MOST_HEAD_LINES = 4;

/** Takes headline, byline and date from the start of a block. @returns whether they stood there */
function dropHeadLines(segment: Segment, title: string | null, said: Said, asOf: Date): boolean {
  const lines = headLines(segment.text.split('\n', MOST_HEAD_LINES + 2), title, said, asOf);
  if (lines > 0) segment.dropLines(lines);
  return lines > 0;
}

/** Lines at the start of a block that are headline, byline or date; none where the whole block is, or a poem may be. */
function headLines(lines: readonly string[], title: string | null, said: Said, asOf: Date): number {
  let head = 0;
  for (const [i, line] of lines.slice(0, -1).entries()) {
    const isOwn = line.length <= LONGEST.characters && (titleKey(line) === title || isByline(line, said, asOf, false));
    if (isOwn) head = i + 1;
    // Below who posted a joke or a place may stand.
    else if (head === 0 || i > head || line.length > BESIDE_HEADLINE) break;
  }
  const isShort = (line: string | undefined) => line !== undefined && line.length <= BESIDE_HEADLINE;
  while (head > 0 && head < lines.length - 1 && isShort(lines[head]) && !isShort(lines[head + 1])) head++;
  return head <= MOST_HEAD_LINES ? head : 0;
}

/** How many like it, or which of several pictures is shown. */
const COUNT = /^\d{1,6}(?:\s?\/\s?\d{1,4})?$/;
/** Words of the longest label of a date. */
const LABEL_WORDS = 3;

/** Whether a block is nothing but the label of a date: "Published" above "3 May 2024". */
function isDateLabel(segments: readonly Segment[], i: number, said: Said, asOf: Date): boolean {
  const { text, words, stops } = segments[i] as Segment;
  const next = segments[i + 1];
  if (words > LABEL_WORDS || stops > 0 || text.length > BESIDE_HEADLINE) return false;
  if (next === undefined || next.text.length > BESIDE_HEADLINE) return false;
  return findDates(next.text, { asOf, language: said.language, knownDay: said.publishedDay }).length > 0;
}

/** Blocks from a section's name to the headline at most. */
const ABOVE_HEADLINE = 2;

/** Whether a block is the name of a section above the headline: it stands among the links of the page as well. */
function isSection(segments: readonly Segment[], i: number, title: string | null): boolean {
  const { text, stops } = segments[i] as Segment;
  if (title === null || stops > 0 || text.length > BESIDE_HEADLINE || text.includes('\n')) return false;
  const isAbove = segments.slice(i + 1, i + 1 + ABOVE_HEADLINE).some((next) => titleKey(next.text) === title);
  const names = (other: Segment) => other.linkLetters > 0 && other.text.split(/\s?[|·•\n]\s?/u).includes(text);
  return isAbove && segments.some((other, k) => k !== i && names(other));
}

/** Characters of the longest line beside a headline that is none of a text: who wrote it, where it stands. */
const BESIDE_HEADLINE = 40;

/** Whether lines are the headline and what stands around it. */
function isHead(lines: readonly string[], title: string | null, isOther: (line: string) => boolean): boolean {
  const titled = lines.some((line) => titleKey(line) === title);
  return lines.every(
    (line) =>
      titleKey(line) === title ||
      isOther(line) ||
      (titled && line.length <= BESIDE_HEADLINE && !/[.!?…。।։።]$/u.test(line)),
  );
}

/** Who signs at the foot of a text is named in a field too. */
function dropSignature(segments: readonly Segment[], keep: Uint8Array, said: Said, asOf: Date): void {
  for (let i = keep.lastIndexOf(1), looks = 0; i > 0 && looks < SIGNATURES; i--) {
    if (keep[i] === 0) continue;
    looks++;
    const { text, words } = segments[i] as Segment;
    const isLong = words > LONGEST.words && text.length > LONGEST.characters;
    if (isAboutAuthor(text, said)) {
      keep[i] = 0;
      continue;
    }
    if (!isImprint(text) && (isLong || !(isByline(text, said, asOf, true) || isContact(text)))) return;
    keep[i] = 0;
  }
}

/** Words and characters of the longest line about an author. */
const ABOUT = { words: 25, characters: 180 } as const;

/** Characters of the least that is said of somebody. */
const LEAST_SAID = 10;

/** Whether a block at the end begins with the full name of an author: stories are of others. */
function isAboutAuthor(text: string, { authors }: Said): boolean {
  if (text.length > ABOUT.characters || text.split(' ').length > ABOUT.words) return false;
  return authors.some(
    ({ name }) => isPersonName(name) && text.startsWith(name) && text.length > name.length + LEAST_SAID,
  );
}

/** Blocks at the end of a text in which it is signed. */
const SIGNATURES = 3;

/** Lines of the longest imprint: more addresses are sources. */
const IMPRINT_LINES = 4;
/** An address for mail or of the page, with a word or two that says so, or who holds the rights. */
const IMPRINT_LINE =
  /^(?:[\p{L}-]{1,20}[:\s]\s?){0,2}(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|https?:\/\/\S{1,300})$|^(?:copyright\s)?(?:©|\(c\)\s)/iu;

/** Whether every line of a block is one of an imprint. */
function isImprint(text: string): boolean {
  const lines = text.split('\n', IMPRINT_LINES + 1);
  return lines.length <= IMPRINT_LINES && lines.every((line) => IMPRINT_LINE.test(line.trim()));
}

/**
 * Whether a block holds authors' names or a date and next to nothing else.
 *
 * @param begun the text has begun: a date alone may then head an entry of it
 */
function isByline(text: string, { authors, language, publishedDay }: Said, asOf: Date, begun: boolean): boolean {
  let rest = text;
  let named = false;
  for (const { name } of authors) {
    const without = rest.replaceAll(name, ' ');
    named ||= without !== rest;
    rest = without;
  }
  const dates = findDates(rest, { asOf, language, knownDay: publishedDay });
  if (!named && (begun || dates.length === 0)) return false;
  for (const { start, end } of dates.toReversed()) rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  const labels = stripOpener(rest.trim()).rest;
  return labels.length <= LABELS.characters || wordsOf(labels).length <= LABELS.words;
}

/** Lines that a contact has at least: who it is, and how to reach them. */
const CONTACT_LINES = 3;
const REACHED_BY =
  /@[\w-]{1,63}\.|^(?:tel|phone|fon|mobile|telefon|téléphone|teléfono|telefono|telefone|тел)[a-z]{0,6}[.:\s]{1,3}[+(\d]/imu;

/** Whether a block is who to call at a press office. */
function isContact(text: string): boolean {
  return text.length < 400 && text.split('\n').length >= CONTACT_LINES && REACHED_BY.test(text);
}
