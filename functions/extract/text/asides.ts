import { isAgency } from '../metadata/agencies.ts';
import { findCredit } from '../metadata/credit.ts';
import { bareTitle } from './bare-title.ts';
import { CLASS, isUnspaced } from './characters.ts';
import { type Choice, READING_TIME } from './choose-lines.ts';
import type { Survey } from './features.ts';
import { asksToSubscribe } from './invitation.ts';
import type { Shape } from './shape.ts';
import { bitOf } from './vocabulary.ts';

/** Words from which a line that is the headline again is no subhead. */
const HEADLINE_WORDS = 3;
/** Lines from the body's first in which the headline may stand again. */
const OPENING_LINES = 3;
/** Words of a caption that stands between the day and the first sentence. */
const CAPTION_WORDS = { least: 3, most: 10 } as const;
/** Part of its words in capitals from which a line is a heading in title case and no caption. */
const TITLE_CASE = 0.6;
/** Lines above a caption in which the day or the author stands, and words of such a line. */
const STAMP_ABOVE = 2;
const STAMP_WORDS = 12;
/** Words of a heading above comments; and part of the body that stands above it. */
const COMMENTS_WORDS = 4;
const ABOVE_COMMENTS = 0.5;
/** Items from which a row is one of links, and words and characters of each. */
const ROW = { items: 3, words: 3, characters: 160 } as const;

/**
 * A box of other stories amid the text reads like the end of it: lines up to its end, how sure its first paragraph below must
 * be and those after it, the paragraphs there at least, words of a last one, and boxes of a text. Out of fold over four corpora, three paragraphs
 * come back and none that is not of the article.
 */
const BOX = { lines: 5, first: 0.25, further: 0.15, paragraphs: 2, words: 5, most: 4 } as const;

/** Lets the article go on below boxes of other stories amid it, where paragraphs stand there. */
export function goOnBelowBoxes(survey: Survey, choice: Choice): void {
  const { shapes, wordings, prose } = survey;
  const { keep, score } = choice;
  keepBetweenBoxes(survey, choice);
  for (let boxes = 0; boxes < BOX.most && choice.last >= 0; boxes++) {
    const box = choice.last + 1;
    if (((wordings[box]?.begins ?? 0) & bitOf('related')) === 0) return;
    let below = box;
    while (below < box + BOX.lines && prose[below] === 0) below++;
    if (prose[below] !== 1 || (score[below] ?? 0) < BOX.first) return;
    let end = below;
    while (prose[end] === 1 || isSentence(shapes[end])) end++;
    if (end - below < BOX.paragraphs) return;
    for (let i = below; i < end && (score[i] ?? 0) >= BOX.further; i++) {
      keep[i] = 1;
      choice.last = i;
    }
  }
}

/** Lines of a heading and its teasers amid the text, sentences below it, and what heads the end of the text below those. */
const AMID = { teasers: 2, sentences: 2, words: 20 } as const;
const ENDS = bitOf('related') | bitOf('comments') | bitOf('share') | bitOf('tags') | bitOf('legal') | bitOf('offers');

/**
 * Sentences below a heading of other stories belong to the article where a further heading stands below them: short stories
 * leave the model too little to tell by.
 */
function keepBetweenBoxes({ lines, shapes, wordings, prose }: Survey, choice: Choice): void {
  const { keep, first } = choice;
  const says = (i: number) => prose[i] === 1 || isSentence(shapes[i]);
  for (let box = first + 1; box <= choice.last + 1 && box < lines.length; box++) {
    if (keep[box] || ((wordings[box]?.whole ?? 0) & bitOf('related')) === 0) continue;
    let below = box + 1;
    while (below <= box + AMID.teasers && !says(below) && (shapes[below]?.words ?? 0) <= AMID.words) below++;
    let end = below;
    while (end < lines.length && says(end)) end++;
    const closed = end > choice.last && (end === lines.length || ((wordings[end]?.begins ?? 0) & ENDS) !== 0);
    // A question is the headline of a teaser.
    if (/[?？؟]$/u.test(lines[below]?.text ?? '')) continue;
    if (below === box + 1 || end - below < (closed ? AMID.sentences : 1) || !(closed || keep[end - 1])) continue;
    keep.fill(1, below, end);
    choice.last = Math.max(choice.last, end - 1);
  }
}

const isSentence = (shape?: Shape) =>
  shape !== undefined && shape.words >= BOX.words && shape.sentences > 0 && shape.closes === CLASS.stop;

/**
 * Drops lines amid the article that are none of it, by what they say: models have seen too few of them in most languages.
 *
 * @param title index of the headline's line, −1 where there is none
 * @param language of the body; of offers in English the line model has seen enough
 */
export function dropAsides(survey: Survey, choice: Choice, title: number, language: string | null): void {
  const { keep } = choice;
  const { first, last } = choice;
  if (first < 0) return;
  const own = title < 0 ? '' : bareTitle(survey.lines[title]?.text ?? '');
  const timed = tellsTimes(survey, first, last);
  for (let i = first; i <= last; i++) {
    const text = survey.lines[i]?.text ?? '';
    // What links to the rest of a section stands below it, and a heading follows; a colon has its stories below.
    if ((survey.wordings[i]?.whole ?? 0) & bitOf('related') && (keep[i] || /[:：]$/u.test(text)))
      dropBox(survey, choice, i);
    if (!keep[i]) continue;
    const again = i < first + OPENING_LINES && (survey.shapes[i]?.words ?? 0) >= HEADLINE_WORDS && text === own;
    if (
      again ||
      (language !== 'en' && asksToSubscribe(text)) ||
      isRowOfLinks(survey, i) ||
      isPictured(survey, i) ||
      LABELS.test(text) ||
      SENT_FROM.test(text) ||
      (timed && isTime(text)) ||
      (i < first + OPENING_LINES && isWikiNotice(text)) ||
      READING_TIME.test(text)
    )
      keep[i] = 0;
  }
  for (const end of [countedComments(survey, choice), notesBelow(survey, choice)]) if (end >= 0) keep.fill(0, end);
  dropNumbersAround(survey, keep);
  dropColophon(survey, keep);
  const top = keep.indexOf(1);
  if (isUncreditedCaption(survey, keep, top)) keep[top] = 0;
  choice.first = keep.indexOf(1);
  choice.last = keep.lastIndexOf(1);
}

/** When something was said or added, alone on its line: in transcripts, and above the entries of a live blog. */
const TIME = /^[[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,3})?)?(?: ?(?:[ap]\.?m\.?|uhr|h))?[\])]?$/iu;
const LONGEST_TIME = 16;
const FEWEST_TIMES = 2;

const isTime = (text: string) => text.length <= LONGEST_TIME && TIME.test(text);

function tellsTimes({ lines }: Survey, first: number, last: number): boolean {
  let times = 0;
  for (let i = first; i <= last && times < FEWEST_TIMES; i++) if (isTime(lines[i]?.text ?? '')) times++;
  return times >= FEWEST_TIMES;
}

/** A rule of signs across the page, and lines below it at most that tell of the copy: where it stands, whose it is. */
const RULE = /^([_=*~—-])\1{9,200}$/u;
const COLOPHON_LINES = 4;
const ADDRESS = /https?:\/\/|www\.\S|©|\S@\S+\.\S/u;

/** Drops what stands below a rule at the end and tells the copy's address, and an agency alone on the last line. */
function dropColophon({ lines }: Survey, keep: Uint8Array): void {
  const last = keep.lastIndexOf(1);
  for (let i = last, seen = 0; i >= 0 && seen <= COLOPHON_LINES; i--) {
    const text = lines[i]?.text ?? '';
    if (RULE.test(text) && ADDRESS.test(lines[i + 1]?.text ?? '')) {
      keep.fill(0, i);
      break;
    }
    if (keep[i]) seen++;
  }
  const end = keep.lastIndexOf(1);
  if (end > keep.indexOf(1) && isAgency((lines[end]?.text ?? '').replace(/^[(（/]|[)）]$/gu, ''))) keep[end] = 0;
}

/** Counts of views and comments stand above and below a story, in lines without a letter. */
function dropNumbersAround({ shapes }: Survey, keep: Uint8Array): void {
  const says = (i: number) => (shapes[i]?.letters ?? 0) > 0;
  for (let i = keep.indexOf(1); i >= 0 && !says(i); i = keep.indexOf(1)) keep[i] = 0;
  for (let i = keep.lastIndexOf(1); i >= 0 && !says(i); i = keep.lastIndexOf(1)) keep[i] = 0;
}

/** What a page marks as picture or labels by a sign, and labels for networks. */
const LABELS =
  /^(?:[\u{1F3F7}\u{1F4F7}\u{1F4F8}\u{1F5BC}\u{1F516}\u{1F3A5}]|[\u{1F441}\u{1F4AC}\u{1F44D}\u{2764}]\u{FE0F}? ?[\d.,]{1,9}$|[\d.,]{1,9}[KM]? [Ff]ollowers\b|#\p{L}[\p{L}\p{M}\p{N}_]{1,40}(?: #\p{L}[\p{L}\p{M}\p{N}_]{1,40}){1,20}$)/u;
/** What phones put below a mail or a post. */
const SENT_FROM = /^(?:sent from my|gesendet von meinem|envoyé de mon|enviado desde mi|inviato da)\s.{2,30}$/iu;
/** Words up to which a line that ends in the credit of a picture is a caption. */
const CREDITED_WORDS = 40;

function isPictured({ lines, shapes, prose }: Survey, i: number): boolean {
  return prose[i] === 0 && (shapes[i]?.words ?? 0) <= CREDITED_WORDS && findCredit(lines[i]?.text ?? '') !== null;
}

/** Lines below a heading of other stories amid the text, and words of each. */
const TEASERS = { lines: 3, words: 20 } as const;

/** Drops a heading of other stories and the headlines below it, where the text goes on after them. */
function dropBox({ shapes, prose }: Survey, { keep, last }: Choice, heading: number): void {
  let end = heading + 1;
  while (end <= Math.min(heading + TEASERS.lines, last) && prose[end] === 0) {
    const shape = shapes[end];
    if (!shape || shape.closes === CLASS.stop || shape.words > TEASERS.words) break;
    end++;
  }
  if (prose[end] === 1) keep.fill(0, heading, end);
}

/** "Share | Print | Copy link", "Home » News": a row that begins like one of links, each a word or two. */
function isRowOfLinks({ lines, wordings }: Survey, i: number): boolean {
  const text = lines[i]?.text ?? '';
  const begins = wordings[i]?.begins ?? 0;
  if (text.length > ROW.characters || (begins & (bitOf('share') | bitOf('navigation'))) === 0) return false;
  const items = text.split(begins & bitOf('share') ? /\s[|•·/]\s/u : /\s[»›>]\s/u);
  return items.length >= ROW.items && items.every((item) => item.split(' ').length <= ROW.words && !/\d/.test(item));
}

/** Lines below the first numbered reply of a forum in which the second one is. */
const REPLY_LINES = 12;

/** "#1" with "#2" further down: forums number replies. */
function isFirstReply(lines: Survey['lines'], i: number): boolean {
  return lines[i]?.text === '#1' && lines.slice(i + 1, i + REPLY_LINES).some(({ text }) => text === '#2');
}

/** Index of a heading that counts comments in the lower part of the body, or −1. */
function countedComments({ lines, shapes, wordings }: Survey, { keep, first, last }: Choice): number {
  let words = 0;
  for (let i = first; i <= last; i++) if (keep[i]) words += shapes[i]?.words ?? 0;
  let above = 0;
  for (let i = first; i <= last; i++) {
    const shape = shapes[i];
    const heads = shape && shape.digits > 0 && shape.words <= COMMENTS_WORDS && above > words * ABOVE_COMMENTS;
    if (heads && ((wordings[i]?.whole ?? 0) & bitOf('comments') || isFirstReply(lines, i))) return i;
    if (keep[i]) above += shape?.words ?? 0;
  }
  return -1;
}

/** That a page is from the encyclopedia, and which title led to it, above its text. */
const FROM_WIKI =
  /(?:wikip|вікіп|викип|википе|βικιπ|ויקיפ|ويكيب|ویکی|ウィキペ|维基|維基|위키백|विकिप|উইকিপ|விக்கிப|వికీప|วิกิพ|ვიკიპ|վիքիփ)|^\([^()\s]{2,40} [^()]{2,80}\)$/iu;
const NOTICE_WORDS = 9;

const isWikiNotice = (text: string) => FROM_WIKI.test(text) && text.split(' ', NOTICE_WORDS + 1).length <= NOTICE_WORDS;

/** A note below a page of a wiki, which points back: `^ "Ferry back in service". The Post.` */
const BACK_REFERENCE = /^(?:\d{1,3}\. ?)?[\^↑] ?\S/u;
const NOTES_WORDS = 4;

/** Index of the heading above the notes of a wiki's page in the lower part of the body, or −1. */
function notesBelow({ lines, shapes }: Survey, { keep, first, last }: Choice): number {
  const isNote = (i: number) => BACK_REFERENCE.test(lines[i]?.text ?? '');
  let words = 0;
  for (let i = first; i <= last; i++) if (keep[i]) words += shapes[i]?.words ?? 0;
  let above = 0;
  for (let i = first; i <= last; i++) {
    if (above > words * ABOVE_NOTES && isNote(i) && isNote(i + 1))
      return (shapes[i - 1]?.words ?? 0) <= NOTES_WORDS ? i - 1 : i;
    if (keep[i]) above += shapes[i]?.words ?? 0;
  }
  return -1;
}

/** Part of the words of the body above its notes, which may be longer than it. */
const ABOVE_NOTES = 0.25;

/** Whether the body's first line is a caption: right below day or author, a few words and no sentence, above the first one. */
function isUncreditedCaption({ shapes, dated, wordings, prose }: Survey, keep: Uint8Array, i: number): boolean {
  const shape = shapes[i];
  // Its credit may stand between them.
  const next = keep.indexOf(1, i + 1);
  if (!shape || next < 0 || next > i + 2 || prose[next] !== 1) return false;
  if (shape.words < CAPTION_WORDS.least || shape.words > CAPTION_WORDS.most || shape.sentences > 0) return false;
  if (shape.closes === CLASS.stop || shape.closes === CLASS.colon || shape.capitalWords > shape.words * TITLE_CASE)
    return false;
  for (let j = i - 1; j >= Math.max(0, i - STAMP_ABOVE); j--) {
    const stamps = dated[j] === 1 || ((wordings[j]?.begins ?? 0) & (bitOf('byline') | bitOf('stamp'))) !== 0;
    if (stamps && (shapes[j]?.words ?? STAMP_WORDS) < STAMP_WORDS) return true;
  }
  return false;
}

/** Words of a line about an author, and how many such lines end a story. */
const ABOUT_WORDS = 45;
const MOST_ABOUT = 2;

/** Drops the lines that end a story by telling who its authors are: they name one in full, and no line above does. */
export function dropAboutAuthors({ lines, shapes }: Survey, choice: Choice, authors: readonly string[]): void {
  const { keep, first } = choice;
  const names = authors.filter((name) => name.includes(' ') || (isUnspaced(name.charCodeAt(0)) && name.length > 2));
  if (names.length === 0) return;
  for (let dropped = 0; dropped < MOST_ABOUT && choice.last > first; dropped++) {
    const end = choice.last;
    const text = lines[end]?.text ?? '';
    const named = names.filter((name) => text.includes(name));
    if (named.length === 0 || (shapes[end]?.words ?? 0) > ABOUT_WORDS) return;
    for (let i = first; i < end; i++) {
      const above = lines[i]?.text ?? '';
      if (keep[i] && named.some((name) => above.includes(name))) return;
    }
    keep[end] = 0;
    choice.last = keep.lastIndexOf(1);
  }
}
