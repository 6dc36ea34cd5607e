import { bareTitle } from './bare-title.ts';
import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
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
const BOX = { lines: 5, first: 0.28, further: 0.15, paragraphs: 2, words: 5, most: 4 } as const;

/** Lets the article go on below boxes of other stories amid it, where paragraphs stand there. */
export function goOnBelowBoxes({ shapes, wordings, prose }: Survey, choice: Choice): void {
  const { keep, score } = choice;
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

const isSentence = (shape?: Shape) =>
  shape !== undefined && shape.words >= BOX.words && shape.sentences > 0 && shape.closes === CLASS.stop;

/**
 * Drops lines amid the article that are none of it, by what they say: models have seen too few of them in most languages.
 *
 * @param title index of the headline's line, −1 where there is none
 */
export function dropAsides(survey: Survey, choice: Choice, title: number): void {
  const { keep } = choice;
  const { first, last } = choice;
  if (first < 0) return;
  const own = title < 0 ? '' : bareTitle(survey.lines[title]?.text ?? '');
  for (let i = first; i <= last; i++) {
    if (!keep[i]) continue;
    const text = survey.lines[i]?.text ?? '';
    const again = i < first + OPENING_LINES && (survey.shapes[i]?.words ?? 0) >= HEADLINE_WORDS && text === own;
    if (again || asksToSubscribe(text) || isRowOfLinks(survey, i)) keep[i] = 0;
  }
  const comments = countedComments(survey, choice);
  if (comments >= 0) keep.fill(0, comments);
  const top = keep.indexOf(1);
  if (isUncreditedCaption(survey, keep, top)) keep[top] = 0;
  choice.first = keep.indexOf(1);
  choice.last = keep.lastIndexOf(1);
}

/** "Share | Print | Copy link": a row that begins like one of links, each a word or two. */
function isRowOfLinks({ lines, wordings }: Survey, i: number): boolean {
  const text = lines[i]?.text ?? '';
  if (text.length > ROW.characters || ((wordings[i]?.begins ?? 0) & bitOf('share')) === 0) return false;
  const items = text.split(/\s[|•·/]\s/u);
  return items.length >= ROW.items && items.every((item) => item.split(' ').length <= ROW.words && !/\d/.test(item));
}

/** Index of a heading that counts comments in the lower part of the body, or −1. */
function countedComments({ shapes, wordings }: Survey, { keep, first, last }: Choice): number {
  let words = 0;
  for (let i = first; i <= last; i++) if (keep[i]) words += shapes[i]?.words ?? 0;
  let above = 0;
  for (let i = first; i <= last; i++) {
    const shape = shapes[i];
    const heads = shape && shape.digits > 0 && shape.words <= COMMENTS_WORDS;
    if (heads && above > words * ABOVE_COMMENTS && (wordings[i]?.whole ?? 0) & bitOf('comments')) return i;
    if (keep[i]) above += shape?.words ?? 0;
  }
  return -1;
}

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
