import type { Choice } from './choose-lines.ts';
import { comparedWords, type Survey } from './features.ts';
import type { FeatureColumns } from './line-features.ts';
import type { Shape } from './shape.ts';
import { bitOf } from './vocabulary.ts';

/** Lines above the body, and inside it, that may be the headline. */
const REACH_ABOVE = 100;
const REACH_BELOW = 25;
/** No headline is longer; the longest of 1,500 real ones has 36 words. */
const MAX_WORDS = 40;
/** Nor shorter, but for scripts without spaces; menus are full of single words. */
const MIN_WORDS = 1.5;
const MAX_CHARACTERS = 300;
/** Characters of the body in which a line's wording is looked for. */
const BODY_CHARACTERS = 20_000;
const OPENING_WORDS = 150;
/** Lines from the top that are searched for a line's text. */
const NEARBY_LINES = 300;
/** Words from which a kept line counts as running text. */
const BODY_LINE_WORDS = 8;
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
  columns: FeatureColumns;
}

/**
 * A headline without what the site hangs on it: the crumbs before it (`Blog » …`), the site or section behind a bar.
 */
export function bareTitle(text: string): string {
  const crumbs = text.lastIndexOf(' » ');
  const tail = crumbs < 0 ? text : text.slice(crumbs + 3);
  const bar = tail.indexOf(' | ');
  const head = bar < 0 ? tail : tail.slice(0, bar);
  const bare = head.trim();
  return bare.split(' ').length >= 3 || bare.length >= 12 ? bare : text;
}

/** Lists the lines around the body's start that could be its headline. */
export function titleCandidates(survey: Survey, choice: Choice): TitleCandidates {
  const { lines, shapes, wordings, dated, prose } = survey;
  const found: number[] = [];
  for (let i = Math.max(0, choice.first - REACH_ABOVE); i < Math.min(lines.length, choice.first + REACH_BELOW); i++) {
    const shape = shapes[i];
    if (
      shape &&
      shape.words >= MIN_WORDS &&
      shape.letters > 1 &&
      shape.words <= MAX_WORDS &&
      shape.characters <= MAX_CHARACTERS
    )
      found.push(i);
  }
  const body = bodyOf(survey, choice);
  // Its own words, where the line was kept, do not speak for it.
  const ownCount = (i: number) => (choice.keep[i] === 1 && (shapes[i]?.words ?? 0) >= BODY_LINE_WORDS ? 1 : 0);
  const shared = found.map((i) => sharedWords(survey, i, body.counts, ownCount(i)));
  const opening = found.map((i) => sharedWords(survey, i, body.opening, 0));
  const best = Math.max(0, ...shared.map((one) => one.share));
  const most = Math.max(0, ...shared.map((one) => one.hits));
  const longest = Math.max(1, ...found.map((i) => (i < choice.first ? (shapes[i]?.words ?? 0) : 0)));
  const everything = lines.slice(0, NEARBY_LINES).map((line) => line.text.toLowerCase());

  const columns: FeatureColumns = new Map();
  const add = (name: string, value: (i: number, k: number, shape: Shape) => number) => {
    columns.set(
      name,
      Float32Array.from(found, (i, k) => value(i, k, shapes[i] as Shape)),
    );
  };
  add('words', (_i, _k, shape) => shape.words);
  add('words to longest', (_i, _k, shape) => shape.words / longest);
  add('above body', (i) => choice.first - i);
  add('place', (i) => i / lines.length);
  add('lines above', (i) => Math.log1p(i));
  add('capitals', (_i, _k, shape) => shape.capitalWords / (shape.words + 1));
  add('upper', (_i, _k, shape) => shape.upper / (shape.letters + 1));
  add('digits', (_i, _k, shape) => shape.digits / (shape.characters + 1));
  add('closes', (_i, _k, shape) => shape.closes);
  add('opens', (_i, _k, shape) => shape.opens);
  add('sentences', (_i, _k, shape) => shape.sentences);
  add('separators', (_i, _k, shape) => shape.separators);
  add('commas', (_i, _k, shape) => shape.commas);
  add('trails off', (_i, _k, shape) => (shape.trailsOff ? 1 : 0));
  add('dated', (i) => dated[i] ?? 0);
  add('repeats', (i) => Math.min(survey.repeats[i] ?? 1, 4));
  add('score', (i) => choice.score[i] ?? 0);
  add('kept', (i) => choice.keep[i] ?? 0);
  add('begins aside', (i) => ((wordings[i]?.begins ?? 0) & ASIDE ? 1 : 0));
  add('whole', (i) => (wordings[i]?.whole ? 1 : 0));
  add('byline', (i) => ((wordings[i]?.begins ?? 0) & bitOf('byline') ? 1 : 0));
  add('picture', (i) => ((wordings[i]?.begins ?? 0) & bitOf('picture') ? 1 : 0));
  add('shared', (_i, k) => shared[k]?.share ?? 0);
  add('shared words', (_i, k) => shared[k]?.hits ?? 0);
  add('shared to best', (_i, k) => (shared[k]?.share ?? 0) - best);
  add('shared words to most', (_i, k) => (shared[k]?.hits ?? 0) - most);
  add('shared opening', (_i, k) => opening[k]?.share ?? 0);
  // A caption names its persons as the body does, word for word; a headline says it in its own words.
  add('verbatim', (i, _k, shape) => {
    if (shape.words < 3) return 0;
    const wording = ` ${wordsOf(lines[i]?.text ?? '')} `;
    const at = body.text.indexOf(wording);
    const own = choice.keep[i] === 1 && shape.words >= BODY_LINE_WORDS;
    return at >= 0 && (!own || body.text.indexOf(wording, at + 1) >= 0) ? shape.words : 0;
  });
  // A headline stands again in breadcrumbs, share links and "next article" rows, longer lines all of them.
  add('inside others', (i, _k, shape) => {
    if (shape.words < 3 || i >= choice.first) return 0;
    const text = (lines[i]?.text ?? '').toLowerCase();
    let times = 0;
    for (let j = 0; j < everything.length && times < 3; j++) {
      if (
        j !== i &&
        (everything[j] as string).length > text.length &&
        (everything[j] as string).length < 400 &&
        everything[j]?.includes(text)
      )
        times++;
    }
    return times;
  });
  const inside = (i: number) => i >= 0 && i < lines.length;
  for (const step of [-2, -1, 1, 2, 3]) {
    const at = `${step > 0 ? '+' : ''}${step}`;
    add(`words ${at}`, (i) => (inside(i + step) ? Math.min(shapes[i + step]?.words ?? 0, 60) : -1));
    add(`dated ${at}`, (i) => (inside(i + step) ? (dated[i + step] ?? 0) : -1));
    add(`byline ${at}`, (i) => ((wordings[i + step]?.begins ?? 0) & STAMP ? 1 : 0));
    add(`prose ${at}`, (i) => prose[i + step] ?? 0);
    add(`kept ${at}`, (i) => choice.keep[i + step] ?? 0);
  }
  // Date and byline stand below the headline and above the body; a subhead stands below them.
  const stamped = (i: number) =>
    (dated[i] === 1 && (shapes[i]?.words ?? 0) < 14) || ((wordings[i]?.begins ?? 0) & STAMP) !== 0;
  add('stamp above', (i) => distanceTo((j) => stamped(j), i - 1, -1, 12));
  add('stamp below', (i) => distanceTo((j) => stamped(j), i + 1, 1, 12));
  add('stamps to body', (i) => {
    let stamps = 0;
    for (let j = i + 1; j < choice.first && stamps < 4; j++) if (stamped(j)) stamps++;
    return stamps;
  });
  add('words to body', (i) => {
    let between = 0;
    for (let j = i + 1; j < choice.first; j++) between += shapes[j]?.words ?? 0;
    return Math.log1p(between);
  });
  add('sentence above', (i) => distanceTo((j) => (shapes[j]?.words ?? 0) >= 8, i - 1, -1, 12));
  add('short run above', (i) => distanceTo((j) => (shapes[j]?.words ?? 0) >= 5, i - 1, -1, 30));
  add('year', (i) => (/\b20[12]\d\b/.test(lines[i]?.text ?? '') ? 1 : 0));
  add('crumb', (i) => (/^.{0,60}[»›>/|] /u.test(lines[i]?.text ?? '') ? 1 : 0));
  add('holds another', (i) => {
    const text = (lines[i]?.text ?? '').toLowerCase();
    return found.some(
      (j) =>
        j !== i &&
        Math.abs(j - i) < 6 &&
        (shapes[j]?.words ?? 0) >= 3 &&
        text.length > (lines[j]?.text.length ?? 0) &&
        text.endsWith((lines[j]?.text ?? '').toLowerCase()),
    )
      ? 1
      : 0;
  });
  let nearest = -1;
  for (const i of found) if (i < choice.first && (shapes[i]?.words ?? 0) >= 4) nearest = i;
  add('nearest', (i) => (i === nearest ? 1 : i > nearest ? 2 : 0));
  const betterBetween = found.map((_, k) => {
    let better = 0;
    for (let j = k + 1; j < found.length; j++)
      if ((shared[j]?.hits ?? 0) >= (shared[k]?.hits ?? 0) && (shared[j]?.hits ?? 0) > 1) better++;
    return better;
  });
  add('better below', (_i, k) => betterBetween[k] ?? 0);
  return { lines: found, columns };
}

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
  counts: Map<string, number>;
  opening: Map<string, number>;
  text: string;
}

function bodyOf(survey: Survey, choice: Choice): Body {
  const counts = new Map<string, number>();
  const opening = new Map<string, number>();
  let text = '';
  let words = 0;
  for (let i = choice.first; i <= choice.last; i++) {
    const shape = survey.shapes[i];
    if (!choice.keep[i] || !shape || shape.words < BODY_LINE_WORDS) continue;
    const line = survey.lines[i]?.text ?? '';
    if (text.length < BODY_CHARACTERS) text += `${line} `;
    for (const word of comparedWords(line.slice(0, 2000).toLowerCase(), shape)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      if (words < OPENING_WORDS) opening.set(word, 1);
    }
    words += shape.words;
  }
  return { counts, opening, text: ` ${wordsOf(text.slice(0, BODY_CHARACTERS))} ` };
}

function sharedWords(
  survey: Survey,
  i: number,
  body: ReadonlyMap<string, number>,
  ownCount: number,
): { share: number; hits: number } {
  const shape = survey.shapes[i] as Shape;
  const own = comparedWords((survey.lines[i]?.text ?? '').toLowerCase(), shape).filter(
    (word) => word.length > 3 || shape.unspacedShare > 0.5,
  );
  const hits = own.filter((word) => (body.get(word) ?? 0) > ownCount).length;
  return { share: own.length === 0 ? 0 : hits / own.length, hits };
}

function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}
