import { findCredit } from '../metadata/credit.ts';
import { CLASS } from './characters.ts';
import { bestSegment, type Survey } from './features.ts';
import { bitOf } from './vocabulary.ts';

/** Which lines are the article. */
export interface Choice {
  /** 0 to 1 per line: that it belongs to the article. */
  score: Float32Array;
  keep: Uint8Array;
  /** Indexes of the first and last kept line; −1 where none is. */
  first: number;
  last: number;
}

/**
 * What a line must be worth per word to lengthen the article, and what it must score to stay inside it. Out of fold over
 * four corpora the figures move less than .003 for any pair of .25–.4 and .4–.5.
 */
const SEGMENT_BAR = 0.3;
const KEEP_BAR = 0.4;
/** Words from which a line that stands twice is a repetition and not a refrain or a subhead. */
const REPEATED_WORDS = 6;

/** Chooses the article's lines: the best stretch, and of it what scores by itself. */
export function chooseLines(survey: Survey, scores: Float32Array): Choice {
  const score = carryLongRun(survey, scores);
  const choice = chooseAbove(survey, score, SEGMENT_BAR, KEEP_BAR);
  // Copy unlike any the model knows scores low throughout; the best of it is still told from the rest.
  return choice.first >= 0 ? choice : chooseAbove(survey, score, SEGMENT_BAR / 2, KEEP_BAR / 2);
}

/** Paragraphs from which a run is established, what they must score on average, and the lines that may stand between two. */
const RUN = { established: 30, sure: 0.8, between: 1 } as const;

/**
 * The scores, where a long run of paragraphs goes on. Few articles have over a hundred, so by what was learned a line so
 * far down is a comment or the next story, however it reads: thirty paragraphs that are surely the article's answer for
 * those that follow with no more than a subhead between.
 */
function carryLongRun(survey: Survey, scores: Float32Array): Float32Array {
  let carried: Float32Array | null = null;
  let paragraphs = 0;
  let sum = 0;
  let last = -1;
  for (let i = 0; i < scores.length; i++) {
    if (survey.prose[i] !== 1) continue;
    if (i - last > RUN.between + 1) paragraphs = sum = 0;
    if (paragraphs < RUN.established) sum += scores[i] as number;
    else if (sum >= RUN.sure * RUN.established) {
      carried ??= scores.slice();
      for (let line = last + 1; line <= i; line++)
        carried[line] = Math.max(carried[line] as number, sum / RUN.established);
    }
    paragraphs++;
    last = i;
  }
  return carried ?? scores;
}

function chooseAbove(survey: Survey, score: Float32Array, segmentBar: number, keepBar: number): Choice {
  const keep = new Uint8Array(survey.lines.length);
  const segment = bestSegment(survey.shapes, score, segmentBar);
  const seen = new Set<string>();
  for (let i = segment.first; i <= segment.last; i++) {
    if ((score[i] ?? 0) <= keepBar || leadsElsewhere(survey, i)) continue;
    const text = survey.lines[i]?.text ?? '';
    if ((survey.shapes[i]?.words ?? 0) >= REPEATED_WORDS) {
      if (seen.has(text)) continue;
      seen.add(text);
    }
    keep[i] = 1;
  }
  keepLongerSide(survey, keep);
  keepLongerStory(survey, keep);
  trimTail(survey, keep);
  trimCaptions(survey, keep);
  trimName(survey, keep);
  return { score, keep, first: keep.indexOf(1), last: keep.lastIndexOf(1) };
}

const RELATED = bitOf('related');
const LEADING_WORDS = 20;

/** Whether a line amid the text leads to another story: "Read also: Growers count losses". */
function leadsElsewhere({ lines, shapes, wordings, prose }: Survey, i: number): boolean {
  if (((wordings[i]?.begins ?? 0) & RELATED) === 0 || prose[i] === 1) return false;
  const shape = shapes[i];
  if (!shape || shape.words > LEADING_WORDS || shape.closes === CLASS.stop) return false;
  return /^[^:：]{3,30}[:：]\s?\S/u.test(lines[i]?.text ?? '');
}

/** Dropped lines in a row, and words on either side, from which two stretches are two articles. Out of fold .0002 better. */
const GAP_LINES = 40;
const GAP_WORDS = 150;

/** Two articles in one text, a page of other things between them: the longer is taken. */
function keepLongerSide(survey: Survey, keep: Uint8Array): void {
  let gapStart = 0;
  let gap = 0;
  let last = -1;
  for (let i = 0; i < keep.length; i++) {
    if (!keep[i]) continue;
    if (last >= 0 && i - last > gap) {
      gap = i - last;
      gapStart = last + 1;
    }
    last = i;
  }
  if (gap > GAP_LINES) keepLonger(survey, keep, gapStart);
}

const BYLINE = bitOf('byline');
const BYLINE_WORDS = 8;
const HEADLINE_WORDS = 20;
/** Lines above a body in which the byline below its headline stands. */
const SIGNED_ABOVE = 4;
/** Words from which what stands under a headline with its byline is a story, however short. */
export const STORY_WORDS = 50;

/** Two articles one below the other: a headline with a byline, once, amid the text. Lists of books have many. */
function keepLongerStory(survey: Survey, keep: Uint8Array): void {
  let start = -1;
  const last = keep.lastIndexOf(1);
  for (let i = keep.indexOf(1) + 2; i > 1 && i < last; i++) {
    if (!signsHeadline(survey, i)) continue;
    if (start >= 0) return;
    start = i - 1;
  }
  if (start < 0) return;
  // Where the text above has a headline with a byline too, it is a story of its own however short.
  const top = keep.indexOf(1);
  let signed = false;
  for (let i = Math.max(1, top - SIGNED_ABOVE); i <= top + 1 && !signed; i++) signed = signsHeadline(survey, i);
  keepLonger(survey, keep, start, STORY_WORDS, signed ? STORY_WORDS : GAP_WORDS);
}

/** Whether a line is the byline of a headline right above it. */
export function signsHeadline({ shapes, wordings, prose }: Survey, i: number): boolean {
  const shape = shapes[i];
  const above = shapes[i - 1];
  if (!shape || !above || shape.words > BYLINE_WORDS || shape.capitalWords < 3 || prose[i] === 1) return false;
  if (((wordings[i]?.begins ?? 0) & BYLINE) === 0 || shape.closes === CLASS.stop) return false;
  return above.words >= 3 && above.words <= HEADLINE_WORDS && above.closes !== CLASS.stop && above.sentences === 0;
}

/**
 * Drops what is shorter, the kept lines before `start` or those from it on, where both are long.
 *
 * @param leastAfter words from which what comes after is long; before a headline a few sentences may introduce it
 * @param leastBefore the same of what comes before
 */
function keepLonger(
  survey: Survey,
  keep: Uint8Array,
  start: number,
  leastAfter = GAP_WORDS,
  leastBefore = GAP_WORDS,
): void {
  let before = 0;
  let after = 0;
  for (let i = 0; i < keep.length; i++) {
    if (!keep[i]) continue;
    if (i < start) before += survey.shapes[i]?.words ?? 0;
    else after += survey.shapes[i]?.words ?? 0;
  }
  if (before < leastBefore || after < leastAfter) return;
  if (before >= after) keep.fill(0, start);
  else keep.fill(0, 0, start);
}

/** Where it stood in print, which papers say below a story. */
const PRINTED =
  /^(?:a version of this (?:article|story|piece) (?:appears|appeared|originally appeared) in |this (?:article|story) (?:appears|appeared) in (?:the )?print)/iu;

/** An article does not end by announcing something: a last line with a colon goes, and an address or heading with it. */
function trimTail(survey: Survey, keep: Uint8Array): void {
  for (let i = keep.lastIndexOf(1); i > 0; i = keep.lastIndexOf(1, i - 1)) {
    const shape = survey.shapes[i];
    if (!shape) return;
    const announces = shape.closes === CLASS.colon;
    // Thai and its like end no sentence with a stop.
    const heads =
      shape.words <= 12 && shape.sentences === 0 && shape.closes !== CLASS.stop && shape.closes !== CLASS.unspaced;
    const address = shape.hasAddress && shape.words <= 4;
    if (!announces && !heads && !address && !PRINTED.test(survey.lines[i]?.text ?? '')) return;
    keep[i] = 0;
  }
}

/** Words from which a line that stands in the body word for word is a caption; shorter ones are subheads as often. */
const CAPTION_WORDS = 4;
const LONGEST_CAPTION = 14;
/** Characters of the body in which its wording is looked for. */
const BODY_CHARACTERS = 20_000;

/** Words up to which a first line that credits a picture is a caption and not a paragraph about one. */
const CREDITED_WORDS = 40;

/** How long the reading takes, which papers print between day and story. */
export const READING_TIME =
  /^\d{1,2}\s?[–-]\s?\d{1,2} min\p{L}{0,5}$|^\d{1,2}[ -]?(?:min\p{L}{0,5}|мин\p{L}{0,4}|dk\.?|dakika)\.? (?:read|reading|lesezeit|de lecture|di lettura|de lectura|de leitura|leestijd|läsning|lesetid|czytania|чтения|okuma)\b.{0,20}$|^(?:reading time|lesezeit|temps de lecture|tempo di lettura|tiempo de lectura|tempo de leitura|leestijd|czas czytania|время чтения)\s?:?\s?\d{1,2}\b.{0,20}$/iu;

/** Captions above a first sentence; more lines of the kind are a list. */
const MOST_CAPTIONS = 20;

/** Above the first sentence a caption credits its picture, or names its persons as the body does, word for word. */
function trimCaptions(survey: Survey, keep: Uint8Array): void {
  let trimmed = 0;
  for (let i = keep.indexOf(1); i >= 0 && trimmed < MOST_CAPTIONS; i = keep.indexOf(1, i + 1)) {
    trimmed++;
    const shape = survey.shapes[i];
    const text = survey.lines[i]?.text ?? '';
    if (shape && shape.words <= CREDITED_WORDS && findCredit(text) !== null) {
      keep[i] = 0;
      continue;
    }
    if (READING_TIME.test(text)) {
      keep[i] = 0;
      continue;
    }
    if (!shape || shape.words < CAPTION_WORDS || shape.words > LONGEST_CAPTION) return;
    if (shape.sentences > 0 || shape.closes === CLASS.stop || shape.closes === CLASS.colon) return;
    let body = '';
    for (let j = i + 1; j < keep.length && body.length < BODY_CHARACTERS; j++)
      if (keep[j]) body += `${survey.lines[j]?.text ?? ''} `;
    if (!plainWords(body.slice(0, BODY_CHARACTERS)).includes(plainWords(text))) return;
    keep[i] = 0;
  }
}

/** Characters of a Chinese or Japanese name. */
const LONGEST_NAME = 5;

/** Right below the day stands who wrote it; scripts without spaces tell a name from a heading by nothing else. */
function trimName({ shapes, dated }: Survey, keep: Uint8Array): void {
  const first = keep.indexOf(1);
  const shape = shapes[first];
  if (!shape || dated[first - 1] !== 1 || keep[first + 1] !== 1) return;
  if (shape.closes === CLASS.ideograph && shape.letters === shape.characters && shape.characters <= LONGEST_NAME)
    keep[first] = 0;
}

/** The words of a text in lower case, a space before and after each. */
function plainWords(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
}
