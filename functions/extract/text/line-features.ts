import { findCredit } from '../metadata/credit.ts';
import { CLASS } from './characters.ts';
import { ONE_LINE, type Survey } from './features.ts';
import type { Line } from './lines.ts';
import { namesOf, type Rows } from './rows.ts';
import type { Shape } from './shape.ts';
import { writeSharedFeatures } from './shared-features.ts';
import { writeStretchFeatures } from './stretch-features.ts';
import { writeTailFeatures } from './tail-features.ts';
import { PURPOSES } from './vocabulary.ts';

/**
 * What the line model looks at, wording aside: the line itself, its neighbours, the stretches of prose before and after
 * it, the headings of a tail, the words it shares with the story. Blank lines are no feature, so text that lost them is
 * read alike.
 *
 * @param landmark index of the line taken for the headline by rule, or −1
 * @param rows a row a line, written from its first column on
 */
export function writeLineFeatures(survey: Survey, landmark: number, rows: Rows): void {
  writeOwnFeatures(survey, rows);
  writeNeighbourFeatures(survey, rows, rows.column);
  const segment = writeStretchFeatures(survey, landmark, rows, rows.column);
  writeTailFeatures(survey, segment, rows, rows.column);
  writeSharedFeatures(survey, segment, landmark, rows, rows.column);
}

/** Words up to which a line that credits a picture may be its caption. */
const CREDITED_WORDS = 60;

function writeOwnFeatures(survey: Survey, rows: Rows): void {
  const { shapes, wordings, lines, rule, core, common, repeats, dated, consent } = survey;
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i] as Shape;
    const { words } = shape;
    rows.seek(i);
    rows.put('words', Math.log1p(words));
    rows.put('characters per word', shape.characters / (words + 1));
    rows.put('stops', shape.closes === CLASS.stop ? 1 : 0);
    rows.put('closes', shape.closes);
    rows.put('opens', shape.opens);
    rows.put('sentences', Math.min(shape.sentences, 12));
    rows.put('words per sentence', Math.min(words / (shape.sentences + 0.5), 80));
    rows.put('commas', shape.commas / (words + 1));
    rows.put('capitals', shape.capitalWords / (words + 1));
    rows.put('upper', shape.upper / (shape.letters + 1));
    rows.put('digits', shape.digits / (shape.characters + 1));
    rows.put('quotes', Math.min(shape.quotes, 8));
    rows.put('separators', Math.min(shape.separators, 8));
    rows.put('symbols', shape.symbols / (words + 1));
    rows.put('trails off', shape.trailsOff ? 1 : 0);
    rows.put('address', shape.hasAddress ? 1 : 0);
    rows.put('unspaced', shape.unspacedShare);
    rows.put('longest word', Math.min(shape.longestWord, 30));
    rows.put('repeats', Math.min(repeats[i] as number, 5));
    rows.put('core', core[i] as number);
    rows.put('common', common[i] as number);
    rows.put('dated', dated[i] as number);
    rows.put('consent', consent[i] as number);
    rows.put('credit', words < CREDITED_WORDS && findCredit((lines[i] as Line).text) !== null ? 1 : 0);
    rows.put('rule', rule[i] as number);
    const { whole, begins } = wordings[i] as { whole: number; begins: number };
    for (let bit = 0; bit < PURPOSES.length; bit++) {
      rows.put(PURPOSES[bit] as string, (whole >> bit) & 1 ? 2 : (begins >> bit) & 1);
    }
  }
}

const STEPS = [-3, -2, -1, 1, 2, 3];
const beside = (name: string) => STEPS.map((step) => `${name} ${step > 0 ? '+' : ''}${step}`);
const WORDS = beside('words');
const RULE = beside('rule');
const ALIKE = beside('alike');
const STOPS = beside('stops');
const CAPITALS = beside('capitals');
const CORE = beside('core');
const DATED = beside('dated');
const CLOSES = beside('closes');
const NEAR_LINES = 12;
const LONGEST_RUN = 20;

function writeNeighbourFeatures(survey: Survey, rows: Rows, column: number): void {
  const { shapes, rule, core, dated } = survey;
  const n = shapes.length;
  const kinds = new Uint16Array(n);
  const logWords = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const shape = shapes[i] as Shape;
    kinds[i] = shapeKind(shape, dated[i] as number);
    logWords[i] = Math.log1p(shape.words);
  }
  const runs = runLengths(kinds);
  const near = countsNear(kinds);
  for (let i = 0; i < n; i++) {
    rows.seek(i, column);
    for (let k = 0; k < STEPS.length; k++) {
      const j = i + (STEPS[k] as number);
      const there = j >= 0 && j < n;
      const shape = (there ? shapes[j] : shapes[i]) as Shape;
      rows.put(WORDS[k] as string, there ? (logWords[j] as number) : -1);
      rows.put(RULE[k] as string, there ? (rule[j] as number) : -1);
      rows.put(ALIKE[k] as string, there && kinds[j] === kinds[i] ? 1 : 0);
      if (k < 2 || k > 3) continue;
      rows.put(STOPS[k] as string, there ? (shape.closes === CLASS.stop ? 1 : 0) : -1);
      rows.put(CAPITALS[k] as string, there ? shape.capitalWords / (shape.words + 1) : -1);
      rows.put(CORE[k] as string, there ? (core[j] as number) : -1);
      rows.put(DATED[k] as string, there ? (dated[j] as number) : -1);
      rows.put(CLOSES[k] as string, there ? shape.closes : -1);
    }
    rows.put('alike run', runs[i] as number);
    rows.put('alike near', near[i] as number);
  }
}

const KINDS = 6 * 64;

/** Lines of one kind look alike: the rows of a list of stories, the entries of a menu. */
function shapeKind(shape: Shape, dated: number): number {
  const { words } = shape;
  const size = words < 2 ? 0 : words < 4 ? 1 : words < 8 ? 2 : words < 16 ? 3 : words < 40 ? 4 : 5;
  return size * 64 + (shape.closes === CLASS.stop ? 32 : 0) + dated * 16 + shape.opens;
}

/** How many lines in a row, each line's own included, are of its kind; at most {@link LONGEST_RUN}. */
function runLengths(kinds: Uint16Array): Uint8Array {
  const lengths = new Uint8Array(kinds.length);
  for (let start = 0; start < kinds.length; ) {
    let end = start + 1;
    while (end < kinds.length && kinds[end] === kinds[start]) end++;
    lengths.fill(Math.min(end - start, LONGEST_RUN), start, end);
    start = end;
  }
  return lengths;
}

/** How many of the {@link NEAR_LINES} lines on either side are of a line's kind. */
function countsNear(kinds: Uint16Array): Uint8Array {
  const near = new Uint8Array(kinds.length);
  const inside = new Uint8Array(KINDS);
  for (let i = -NEAR_LINES; i < kinds.length; i++) {
    const enters = kinds[i + NEAR_LINES];
    if (enters !== undefined) inside[enters] = (inside[enters] as number) + 1;
    const leaves = kinds[i - NEAR_LINES - 1];
    if (leaves !== undefined) inside[leaves] = (inside[leaves] as number) - 1;
    if (i >= 0) near[i] = (inside[kinds[i] as number] as number) - 1;
  }
  return near;
}

export const LINE_FEATURES = namesOf((rows) => writeLineFeatures(ONE_LINE, -1, rows));
