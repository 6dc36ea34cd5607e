import { CLASS } from './characters.ts';
import { bestSegment, STRONG_TAIL, type Survey } from './features.ts';
import type { Shape } from './shape.ts';
import { bitOf, PURPOSES } from './vocabulary.ts';

/** One value per line for each feature, by name. The model names the columns it reads. */
export type FeatureColumns = Map<string, Float32Array>;

/** Distances beyond this are all the same: far away. */
const FAR = 40;
const TAIL_HEADS = STRONG_TAIL | bitOf('bio') | bitOf('offers') | bitOf('share');
const OUTER = TAIL_HEADS | bitOf('legal') | bitOf('navigation');

/**
 * What the line model looks at: the line itself, its neighbours, the stretches of prose and of tail headings before and
 * after it. Blank lines are no feature, so text that lost them is read alike.
 *
 * @param title index of the line taken for the headline by rule, or −1
 */
export function lineFeatures(survey: Survey, title: number): FeatureColumns {
  const { shapes, wordings, prose, rule, core, common, repeats, dated } = survey;
  const n = shapes.length;
  const columns: FeatureColumns = new Map();
  const add = (name: string, value: (i: number) => number): Float32Array => {
    const column = new Float32Array(n);
    for (let i = 0; i < n; i++) column[i] = value(i);
    columns.set(name, column);
    return column;
  };
  const shape = (i: number): Shape => shapes[i] as Shape;
  const bounded = (distance: number): number => Math.max(-FAR, Math.min(FAR, distance));

  // The line itself.
  const words = add('words', (i) => Math.log1p(shape(i).words));
  add('characters per word', (i) => shape(i).characters / (shape(i).words + 1));
  const stops = add('stops', (i) => (shape(i).closes === CLASS.stop ? 1 : 0));
  add('closes', (i) => shape(i).closes);
  add('opens', (i) => shape(i).opens);
  add('sentences', (i) => Math.min(shape(i).sentences, 12));
  add('words per sentence', (i) => Math.min(shape(i).words / (shape(i).sentences + 0.5), 80));
  add('commas', (i) => shape(i).commas / (shape(i).words + 1));
  const capitals = add('capitals', (i) => shape(i).capitalWords / (shape(i).words + 1));
  add('upper', (i) => shape(i).upper / (shape(i).letters + 1));
  add('digits', (i) => shape(i).digits / (shape(i).characters + 1));
  add('quotes', (i) => Math.min(shape(i).quotes, 8));
  add('separators', (i) => Math.min(shape(i).separators, 8));
  add('symbols', (i) => shape(i).symbols / (shape(i).words + 1));
  add('trails off', (i) => (shape(i).trailsOff ? 1 : 0));
  add('address', (i) => (shape(i).hasAddress ? 1 : 0));
  add('unspaced', (i) => shape(i).unspacedShare);
  add('longest word', (i) => Math.min(shape(i).longestWord, 30));
  add('repeats', (i) => Math.min(repeats[i] ?? 1, 5));
  add('core', (i) => core[i] ?? 0);
  add('common', (i) => common[i] ?? 0);
  add('dated', (i) => dated[i] ?? 0);
  add('rule', (i) => rule[i] ?? 0);
  for (const [bit, purpose] of PURPOSES.entries()) {
    add(purpose, (i) => (((wordings[i]?.whole ?? 0) >> bit) & 1 ? 2 : ((wordings[i]?.begins ?? 0) >> bit) & 1));
  }

  // Its neighbours.
  const kindOf = (i: number) => shapeKind(shape(i), dated[i] ?? 0);
  const kinds = Int32Array.from({ length: n }, (_, i) => kindOf(i));
  for (const step of [-3, -2, -1, 1, 2, 3]) {
    const inside = (i: number) => i + step >= 0 && i + step < n;
    const at = `${step > 0 ? '+' : ''}${step}`;
    add(`words ${at}`, (i) => (inside(i) ? (words[i + step] ?? 0) : -1));
    add(`rule ${at}`, (i) => (inside(i) ? (rule[i + step] ?? 0) : -1));
    add(`alike ${at}`, (i) => (inside(i) && kinds[i + step] === kinds[i] ? 1 : 0));
    if (Math.abs(step) === 1) {
      add(`stops ${at}`, (i) => (inside(i) ? (stops[i + step] ?? 0) : -1));
      add(`capitals ${at}`, (i) => (inside(i) ? (capitals[i + step] ?? 0) : -1));
      add(`core ${at}`, (i) => (inside(i) ? (core[i + step] ?? 0) : -1));
      add(`dated ${at}`, (i) => (inside(i) ? (dated[i + step] ?? 0) : -1));
      add(`closes ${at}`, (i) => (inside(i) ? shape(i + step).closes : -1));
    }
  }

  // Stretches around it.
  const proseWords = running(n, (i) => (prose[i] ? Math.min(shape(i).words, 150) : 0));
  const allWords = running(n, (i) => Math.min(shape(i).words, 150));
  const scored = running(n, (i) => Math.min(shape(i).words, 80) * ((rule[i] ?? 0) - 0.3));
  const coreSum = running(n, (i) => core[i] ?? 0);
  const outer = running(n, (i) => ((wordings[i]?.begins ?? 0) & OUTER && shape(i).words < 15 ? 1 : 0));
  const short = running(n, (i) => (shape(i).words < 6 ? 1 : 0));
  for (const reach of [4, 12, 30]) {
    add(`prose before ${reach}`, (i) => between(proseWords, i - reach, i) / (between(allWords, i - reach, i) + 1));
    add(
      `prose after ${reach}`,
      (i) => between(proseWords, i + 1, i + 1 + reach) / (between(allWords, i + 1, i + 1 + reach) + 1),
    );
    add(`scored before ${reach}`, (i) => between(scored, i - reach, i));
    add(`scored after ${reach}`, (i) => between(scored, i + 1, i + 1 + reach));
    add(`short before ${reach}`, (i) => between(short, i - reach, i));
    add(`short after ${reach}`, (i) => between(short, i + 1, i + 1 + reach));
    add(`outer before ${reach}`, (i) => between(outer, i - reach, i));
    add(`outer after ${reach}`, (i) => between(outer, i + 1, i + 1 + reach));
  }
  add('core around', (i) => between(coreSum, i - 4, i + 5) / 9);
  const total = proseWords[n] ?? 0;
  add('prose above', (i) => (proseWords[i] ?? 0) / (total + 1));
  add('prose words above', (i) => Math.log1p(proseWords[i] ?? 0));
  add('prose words below', (i) => Math.log1p(total - (proseWords[i + 1] ?? 0)));
  add('place', (i) => i / n);
  add('lines above', (i) => Math.log1p(i));
  add('lines below', (i) => Math.log1p(n - 1 - i));

  // Distances.
  add(
    'last prose',
    lastDistance(n, (i) => prose[i] === 1),
  );
  add(
    'next prose',
    nextDistance(n, (i) => prose[i] === 1),
  );
  add(
    'last date',
    lastDistance(n, (i) => dated[i] === 1 && shape(i).words < 12),
  );
  add(
    'next date',
    nextDistance(n, (i) => dated[i] === 1 && shape(i).words < 12),
  );
  add(
    'last repeat',
    lastDistance(n, (i) => (repeats[i] ?? 1) > 1),
  );
  add('headline', (i) => (title < 0 ? 2 * FAR : bounded(i - title)));

  // The stretch that the rules alone take for the article.
  const penalty = new Float32Array(n);
  for (let i = 0; i < n; i++) if ((wordings[i]?.whole ?? 0) & STRONG_TAIL) penalty[i] = 12;
  const segment = bestSegment(shapes, rule, 0.3, penalty);
  add('segment start', (i) => bounded(i - segment.first));
  add('segment end', (i) => bounded(segment.last - i));
  add('segment', (i) => (i >= segment.first && i <= segment.last ? 1 : 0));
  add('segment prose', (i) => {
    const inSegment = between(proseWords, segment.first, segment.last + 1);
    return i > segment.last
      ? between(proseWords, segment.last + 1, i + 1) / (inSegment + 1)
      : between(proseWords, i, segment.first) / (inSegment + 1);
  });

  // Headings of a tail above and below.
  const tailHead = (i: number) => ((wordings[i]?.whole ?? 0) & TAIL_HEADS) !== 0;
  const strongHead = (i: number) => ((wordings[i]?.whole ?? 0) & STRONG_TAIL) !== 0;
  add('last tail heading', lastDistance(n, tailHead));
  add('next tail heading', nextDistance(n, tailHead));
  add('last strong heading', lastDistance(n, strongHead));
  add('next strong heading', nextDistance(n, strongHead));
  const prosePerHead = new Float32Array(n);
  const proseAboveHead = new Float32Array(n);
  const headsInside = new Float32Array(n);
  let above = 0;
  let since = 0;
  let heads = 0;
  for (let i = 0; i < n; i++) {
    if (tailHead(i)) {
      above = proseWords[i] ?? 0;
      since = above;
      if (i >= segment.first) heads++;
    }
    prosePerHead[i] = heads === 0 ? -1 : Math.log1p((proseWords[i] ?? 0) - since);
    proseAboveHead[i] = heads === 0 ? -1 : above / (total + 1);
    headsInside[i] = Math.min(heads, 6);
  }
  columns.set('prose since tail heading', prosePerHead);
  columns.set('prose above tail heading', proseAboveHead);
  columns.set('tail headings', headsInside);
  for (const purpose of ['share', 'comments', 'related', 'legal', 'bio', 'offers'] as const) {
    const bit = bitOf(purpose);
    add(
      `last ${purpose}`,
      lastDistance(n, (i) => ((wordings[i]?.begins ?? 0) & bit) !== 0 && shape(i).words < 12),
    );
  }

  // The text as a whole.
  add('lines', () => Math.log1p(n));
  add('prose words', () => Math.log1p(total));
  add('prose share', () => total / ((allWords[n] ?? 0) + 1));
  return columns;
}

/**
 * What the line model knows of the wording of a line and of the lines around it.
 *
 * @param phrases learned weight of each line's wording
 */
export function wordingFeatures(phrases: Float32Array): FeatureColumns {
  const n = phrases.length;
  const columns: FeatureColumns = new Map([['phrase', phrases]]);
  const add = (name: string, value: (i: number) => number): void => {
    const column = new Float32Array(n);
    for (let i = 0; i < n; i++) column[i] = value(i);
    columns.set(name, column);
  };
  for (const step of [-3, -2, -1, 1, 2, 3]) add(`phrase ${step > 0 ? '+' : ''}${step}`, (i) => phrases[i + step] ?? 0);
  const sum = running(n, (i) => phrases[i] ?? 0);
  const outside = running(n, (i) => ((phrases[i] ?? 0) < -3 ? 1 : 0));
  for (const reach of [4, 12, 30]) {
    add(`phrases before ${reach}`, (i) => between(sum, i - reach, i));
    add(`phrases after ${reach}`, (i) => between(sum, i + 1, i + 1 + reach));
    add(`outside before ${reach}`, (i) => between(outside, i - reach, i));
    add(`outside after ${reach}`, (i) => between(outside, i + 1, i + 1 + reach));
  }
  return columns;
}

/** Lines of one kind look alike: the rows of a list of stories, the entries of a menu. */
function shapeKind(shape: Shape, dated: number): number {
  const size =
    shape.words < 2 ? 0 : shape.words < 4 ? 1 : shape.words < 8 ? 2 : shape.words < 16 ? 3 : shape.words < 40 ? 4 : 5;
  return size * 64 + (shape.closes === CLASS.stop ? 32 : 0) + dated * 16 + shape.opens;
}

/** Running totals: entry i is the sum over lines before i. */
function running(n: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = (sums[i] ?? 0) + value(i);
  return sums;
}

function between(sums: Float64Array, from: number, end: number): number {
  const last = sums.length - 1;
  const low = Math.max(0, Math.min(from, last));
  const high = Math.max(low, Math.min(end, last));
  return (sums[high] ?? 0) - (sums[low] ?? 0);
}

/** Lines since the last one above that fits, up to {@link FAR}. */
function lastDistance(n: number, fits: (i: number) => boolean): (i: number) => number {
  const distances = new Float32Array(n);
  let last = -FAR;
  for (let i = 0; i < n; i++) {
    distances[i] = Math.min(FAR, i - last);
    if (fits(i)) last = i;
  }
  return (i) => distances[i] ?? FAR;
}

/** Lines until the next one below that fits, up to {@link FAR}. */
function nextDistance(n: number, fits: (i: number) => boolean): (i: number) => number {
  const distances = new Float32Array(n);
  let next = n + FAR;
  for (let i = n - 1; i >= 0; i--) {
    distances[i] = Math.min(FAR, next - i);
    if (fits(i)) next = i;
  }
  return (i) => distances[i] ?? FAR;
}
