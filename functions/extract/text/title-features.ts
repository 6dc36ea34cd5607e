import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import { ONE_LINE, type Survey } from './features.ts';
import { namesOf, Rows } from './rows.ts';
import type { Shape } from './shape.ts';
import { titleRelations } from './title-relations.ts';
import { endsWithAnother, REPEATED_WORDS, repetitions } from './title-repetitions.ts';
import { bitOf } from './vocabulary.ts';
import { WordSequences } from './word-sequences.ts';
import { WORD_KIND } from './words.ts';

/** Lines above the body, and inside it, that may be the headline. */
const REACH_ABOVE = 100;
const REACH_BELOW = 25;
/** Further up only lines that share this much of their wording with the body. */
const FAR_ABOVE = 900;
const FAR_HITS = 2;
const FAR_SHARE = 0.75;
/** No headline is longer; the longest of 1,500 real ones has 36 words. */
const MAX_WORDS = 40;
/** Nor shorter, but for scripts without spaces; menus are full of single words. */
const MIN_WORDS = 1.5;
const MAX_CHARACTERS = 300;
/** Words of the body in which a line's wording is looked for. */
const BODY_WORDS = 4000;
const OPENING_WORDS = 150;
/** Words from which a kept line counts as running text. */
const BODY_LINE_WORDS = 8;
/** Letters from which a word says what a line is about. */
const SUBJECT_LETTERS = 4;
const STAMP = bitOf('byline') | bitOf('stamp');
const ASIDE =
  bitOf('share') |
  bitOf('comments') |
  bitOf('related') |
  bitOf('legal') |
  bitOf('offers') |
  bitOf('navigation') |
  bitOf('tags');

/** Lines that may be the headline, and what tells them apart. */
export interface TitleCandidates {
  /** Indexes of lines, in order. */
  lines: number[];
  /** A row a line. */
  rows: Rows;
  /** Words of each line where the body holds it word for word, else 0. */
  verbatim: Uint8Array;
}

/** Lists the lines around the body's start that could be its headline. */
export function titleCandidates(survey: Survey, choice: Choice, width = TITLE_FEATURES.length): TitleCandidates {
  const { shapes } = survey;
  const found: number[] = [];
  const end = Math.min(shapes.length, choice.first + REACH_BELOW);
  const body = bodyOf(survey, choice);
  const near = choice.first - REACH_ABOVE;
  for (let i = Math.max(0, choice.first - FAR_ABOVE); i < end; i++)
    if (mayBeTitle(shapes[i] as Shape) && (i >= near || speaksOfBody(survey, i, body))) found.push(i);
  const rows = new Rows(found.length, width);
  const verbatim = writeTitleFeatures(survey, choice, body, found, rows);
  return { lines: found, rows, verbatim };
}

function mayBeTitle({ words, letters, characters, closes }: Shape): boolean {
  // "Dear Sir," goes on.
  if (closes === CLASS.comma) return false;
  return words >= MIN_WORDS && letters > 1 && words <= MAX_WORDS && characters <= MAX_CHARACTERS;
}

/** Whether a line far from the body says what the body is about: a list of products may be taken for the body's start. */
function speaksOfBody(survey: Survey, i: number, body: Body): boolean {
  const { share, hits } = sharedWords(survey, i, body.counts, 0);
  return hits >= FAR_HITS && share >= FAR_SHARE && survey.wordings[i]?.whole === 0;
}

function writeTitleFeatures(
  survey: Survey,
  choice: Choice,
  body: Body,
  found: readonly number[],
  rows: Rows,
): Uint8Array {
  const { shapes, wordings, dated, prose, repeats, core, words, starts } = survey;
  const n = shapes.length;
  const wordsAt = (i: number) => (i >= 0 && i < n ? (shapes[i] as Shape).words : 0);
  // Its own words, where the line was kept, do not speak for it.
  const own = (i: number) => (choice.keep[i] === 1 && wordsAt(i) >= BODY_LINE_WORDS ? 1 : 0);
  const shared = found.map((i) => sharedWords(survey, i, body.counts, own(i)));
  const opening = found.map((i) => sharedWords(survey, i, body.opening, 0));
  const best = Math.max(0, ...shared.map((one) => one.share));
  const most = Math.max(0, ...shared.map((one) => one.hits));
  const longest = Math.max(1, ...found.map((i) => (i < choice.first ? wordsAt(i) : 0)));
  const lineWords = (i: number) => words.ids.subarray(starts[i], starts[i + 1]);
  const held = repetitions(survey);
  const { stamped, stampsToBody, wordsToBody } = stampsAround(survey, choice.first, found[0] ?? 0);
  let nearest = -1;
  for (const i of found) if (i < choice.first && wordsAt(i) >= 4) nearest = i;
  let firstProse = choice.first;
  while (firstProse < n && prose[firstProse] !== 1) firstProse++;
  const verbatim = new Uint8Array(found.length);
  const writeRelations = titleRelations(survey, found);

  for (const [k, i] of found.entries()) {
    const shape = shapes[i] as Shape;
    const { share, hits } = shared[k] as Shared;
    const { begins, whole } = wordings[i] as { begins: number; whole: number };
    if (shape.words >= REPEATED_WORDS) {
      let times = 0;
      body.sequences.each(lineWords(i), () => ++times < 2);
      // A caption names its persons as the body does, word for word; a headline says it in its own words.
      if (times > own(i)) verbatim[k] = Math.min(MAX_WORDS, shape.words);
    }
    rows.seek(k);
    rows.put('words', shape.words);
    rows.put('words to longest', shape.words / longest);
    rows.put('above body', choice.first - i);
    rows.put('place', i / n);
    rows.put('lines above', Math.log1p(i));
    rows.put('capitals', shape.capitalWords / (shape.words + 1));
    rows.put('upper', shape.upper / (shape.letters + 1));
    rows.put('digits', shape.digits / (shape.characters + 1));
    rows.put('closes', shape.closes);
    rows.put('opens', shape.opens);
    rows.put('sentences', shape.sentences);
    rows.put('separators', shape.separators);
    rows.put('commas', shape.commas);
    rows.put('trails off', shape.trailsOff ? 1 : 0);
    rows.put('dated', dated[i] as number);
    rows.put('repeats', Math.min(repeats[i] as number, 4));
    rows.put('score', choice.score[i] as number);
    rows.put('kept', choice.keep[i] as number);
    rows.put('core', core[i] as number);
    rows.put('begins aside', begins & ASIDE ? 1 : 0);
    rows.put('whole', whole === 0 ? 0 : 1);
    rows.put('byline', begins & bitOf('byline') ? 1 : 0);
    rows.put('picture', begins & bitOf('picture') ? 1 : 0);
    rows.put('shared', share);
    rows.put('shared words', hits);
    rows.put('shared to best', share - best);
    rows.put('shared words to most', hits - most);
    rows.put('shared weight', (shared[k] as Shared).weight);
    rows.put('shared opening', (opening[k] as Shared).share);
    rows.put('verbatim', verbatim[k] as number);
    // A headline stands again in breadcrumbs, share links and "next article" rows, longer lines all of them.
    rows.put('inside others', shape.words >= REPEATED_WORDS && i < choice.first ? held(i) : 0);
    for (let s = 0; s < STEPS.length; s++) {
      const j = i + (STEPS[s] as number);
      const there = j >= 0 && j < n;
      rows.put(WORDS[s] as string, there ? Math.min(wordsAt(j), 60) : -1);
      rows.put(DATED[s] as string, there ? (dated[j] as number) : -1);
      rows.put(BYLINE[s] as string, there && (wordings[j]?.begins ?? 0) & STAMP ? 1 : 0);
      rows.put(PROSE[s] as string, there ? (prose[j] as number) : 0);
      rows.put(KEPT[s] as string, there ? (choice.keep[j] as number) : 0);
    }
    // Date and byline stand below the headline and above the body; a subhead stands below them.
    rows.put('stamp above', distanceTo(stamped, i - 1, -1, 12));
    rows.put('stamp below', distanceTo(stamped, i + 1, 1, 12));
    const toBody = Math.max(0, choice.first - 1 - i);
    rows.put('stamps to body', Math.min(4, stampsToBody[toBody] as number));
    rows.put('words to body', Math.log1p(wordsToBody[toBody] as number));
    rows.put('to prose', Math.max(-30, Math.min(firstProse - i, 60)));
    rows.put(
      'sentence above',
      distanceTo((j) => wordsAt(j) >= 8, i - 1, -1, 12),
    );
    rows.put(
      'short run above',
      distanceTo((j) => wordsAt(j) >= 5, i - 1, -1, 30),
    );
    const text = survey.lines[i]?.text ?? '';
    rows.put('year', shape.digits > 3 && /\b20[12]\d\b/.test(text) ? 1 : 0);
    rows.put('crumb', /^.{0,60}[»›>/|] /u.test(text) ? 1 : 0);
    rows.put('asks', text.endsWith('?') ? 1 : 0);
    rows.put('holds another', endsWithAnother(survey, found, k) ? 1 : 0);
    rows.put('nearest', i === nearest ? 1 : i > nearest ? 2 : 0);
    let better = 0;
    let betterAbove = 0;
    for (let j = 0; j < found.length; j++) {
      if (j === k || (shared[j] as Shared).hits <= 1) continue;
      if (j > k && (shared[j] as Shared).hits >= hits) better++;
      if (j < k && (shared[j] as Shared).hits > hits) betterAbove++;
    }
    rows.put('better below', better);
    rows.put('better above', betterAbove);
    writeRelations(k, rows);
  }
  return verbatim;
}

/** Words up to which a line with a date is a stamp and no sentence about that day. */
const STAMP_WORDS = 14;

/**
 * Which lines are stamps: dates, bylines. Their number, and that of words, between a line and the body are running totals
 * by how many lines lie between.
 *
 * @param top index of the first line that is asked for
 */
function stampsAround({ shapes, dated, wordings }: Survey, first: number, top: number) {
  const stamped = (i: number) => {
    const shape = shapes[i];
    if (shape === undefined) return false;
    return (dated[i] === 1 && shape.words < STAMP_WORDS) || ((wordings[i]?.begins ?? 0) & STAMP) !== 0;
  };
  const between = Math.max(0, first - top);
  const stampsToBody = new Uint16Array(between + 1);
  const wordsToBody = new Float64Array(between + 1);
  for (let lines = 1; lines <= between; lines++) {
    const i = first - lines;
    stampsToBody[lines] = (stampsToBody[lines - 1] as number) + (stamped(i) ? 1 : 0);
    wordsToBody[lines] = (wordsToBody[lines - 1] as number) + (shapes[i]?.words ?? 0);
  }
  return { stamped, stampsToBody, wordsToBody };
}

const STEPS = [-2, -1, 1, 2, 3];
const beside = (name: string) => STEPS.map((step) => `${name} ${step > 0 ? '+' : ''}${step}`);
const WORDS = beside('words');
const DATED = beside('dated');
const BYLINE = beside('byline');
const PROSE = beside('prose');
const KEPT = beside('kept');

/** Lines from `from` on, in one direction, to the first that fits; `far` where none does. */
function distanceTo(fits: (i: number) => boolean, from: number, step: number, far: number): number {
  for (let away = 0; away < far; away++) {
    const i = from + step * away;
    if (i < 0) return far;
    if (fits(i)) return away;
  }
  return far;
}

interface Body {
  /** Occurrences by id, and whether a word stands in the opening. */
  counts: Int32Array;
  opening: Uint8Array;
  sequences: WordSequences;
}

function bodyOf(survey: Survey, choice: Choice): Body {
  const { shapes, words, starts } = survey;
  const counts = new Int32Array(words.distinct);
  const opening = new Uint8Array(words.distinct);
  const text = new Int32Array(BODY_WORDS);
  let size = 0;
  for (let i = Math.max(0, choice.first); i <= choice.last && size < BODY_WORDS; i++) {
    if (!choice.keep[i] || (shapes[i] as Shape).words < BODY_LINE_WORDS) continue;
    const opens = size < OPENING_WORDS;
    for (let k = starts[i] as number; k < (starts[i + 1] as number) && size < BODY_WORDS; k++) {
      const id = words.ids[k] as number;
      text[size++] = id;
      counts[id] = (counts[id] as number) + 1;
      if (opens) opening[id] = 1;
    }
  }
  return { counts, opening, sequences: new WordSequences(text.subarray(0, size), words.distinct) };
}

interface Shared {
  /** Part of the line's longer words that the body holds, and how many those are. */
  share: number;
  hits: number;
  /** The same by how often the body says them, on a log scale. */
  weight: number;
}

function sharedWords({ words, starts, shapes }: Survey, i: number, body: Int32Array | Uint8Array, own: number): Shared {
  const unspaced = (shapes[i] as Shape).unspacedShare > 0.5;
  let subject = 0;
  let hits = 0;
  let weight = 0;
  for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
    if (words.kinds[k] === WORD_KIND.number || (!unspaced && (words.lengths[k] as number) < SUBJECT_LETTERS)) continue;
    subject++;
    const count = (body[words.ids[k] as number] as number) - own;
    if (count <= 0) continue;
    hits++;
    weight += Math.log1p(count);
  }
  return { share: subject === 0 ? 0 : hits / subject, hits, weight };
}

const NOTHING_CHOSEN: Choice = { score: new Float32Array(1), keep: new Uint8Array(1), first: -1, last: -1 };

export const TITLE_FEATURES = namesOf((rows) => {
  writeTitleFeatures(ONE_LINE, NOTHING_CHOSEN, bodyOf(ONE_LINE, NOTHING_CHOSEN), [0], rows);
});
