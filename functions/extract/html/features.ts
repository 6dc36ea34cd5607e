/**
 * What the block classifier sees: one row of numbers per block of text, measured in a few passes over
 * arrays. Training reads the rows this file writes, so a change here calls for training anew.
 */
import { consentBlocks } from './consent.ts';
import {
  BODY,
  CAPTION,
  CHROME,
  COMMENT,
  CONSENT,
  CONTENT,
  HIDDEN,
  META,
  NAVIGATION,
  PAYWALL,
  PROMO,
  RELATED,
  SHARE,
  TITLE,
} from './hints.ts';
import type { Box, Page, Segment } from './page.ts';
import { hasPhrases, PageWording, type PhraseWeights, wordsOf } from './phrases.ts';

const AGAINST_GROUPS = [
  RELATED,
  COMMENT,
  NAVIGATION,
  SHARE,
  META,
  CAPTION,
  PROMO,
  CONSENT,
  CHROME,
  HIDDEN,
  PAYWALL,
] as const;
const AGAINST = AGAINST_GROUPS.reduce((all: number, one) => all | one, 0);

const TAG_CODES: Record<string, number> = {
  p: 1,
  div: 2,
  li: 3,
  td: 4,
  span: 5,
  section: 6,
  article: 7,
  blockquote: 8,
  dd: 9,
  dt: 10,
  figcaption: 11,
  h1: 12,
  h2: 13,
  h3: 14,
  h4: 15,
  h5: 16,
  h6: 17,
  button: 18,
  label: 19,
  summary: 20,
  header: 21,
  footer: 22,
  aside: 23,
  nav: 24,
  form: 25,
  main: 26,
  th: 27,
  center: 28,
  address: 29,
  pre: 30,
  table: 31,
  figure: 32,
  ul: 33,
};

/** Words from which a block can be prose. */
const PROSE_WORDS = 10;
const LEVELS = 4;
const NEIGHBOURS = 2;

export interface Measures {
  /** Row after row, {@link FEATURE_COUNT} numbers each. */
  values: Float32Array;
  /** Index of the box that holds the prose, by rule. */
  container: number;
  /** Words of prose per block. */
  prose: Float64Array;
  /** 1 per block of a consent notice, null where there is none. */
  consent: Uint8Array | null;
  /** What the wording of all short blocks tells of the page; above 0 speaks for an article. */
  wording: number;
}

/** Measures every block of a page. */
export function measureBlocks(page: Page, weights: PhraseWeights): Measures {
  const { boxes, segments, head } = page;
  const consent = consentBlocks(page);
  const n = segments.length;
  const m = boxes.length;

  // Per block.
  const prose = new Float64Array(n);
  const linkRatio = new Float64Array(n);
  const phrases = new Float64Array(n);
  const overlap = new Float64Array(n);
  const titleWords = new Set(wordsOf(head.title ?? ''));
  const wording = new PageWording();
  const wordsBefore = new Float64Array(n + 1);
  const proseBefore = new Float64Array(n + 1);
  const linkBefore = new Float64Array(n + 1);
  const lettersBefore = new Float64Array(n + 1);
  const repeats = new Int32Array(n);
  const copies = new Int32Array(n);
  const seen = new Map<string, number>();
  const signatures = new Map<number, Signature>();
  const bySegment: Signature[] = [];
  for (let i = 0; i < n; i++) {
    const s = segments[i] as Segment;
    const box = boxes[s.box] as Box;
    const ratio = s.linkLetters / s.letters;
    linkRatio[i] = ratio;
    const isProse = s.words >= PROSE_WORDS && ratio < 0.5 && (s.stops > 0 || s.words >= 25) && s.form !== 'table';
    prose[i] = isProse && consent?.[i] !== 1 ? s.words - s.linkWords : 0;
    if (hasPhrases(s)) {
      const own = wordsOf(s.text);
      overlap[i] = overlapOf(own, titleWords);
      phrases[i] = weights.weigh(own, wording);
    } else if (s.words <= 30 && titleWords.size > 0) overlap[i] = overlapOf(wordsOf(s.text), titleWords);
    wordsBefore[i + 1] = (wordsBefore[i] as number) + s.words;
    proseBefore[i + 1] = (proseBefore[i] as number) + (prose[i] as number);
    linkBefore[i + 1] = (linkBefore[i] as number) + s.linkLetters;
    lettersBefore[i + 1] = (lettersBefore[i] as number) + s.letters;
    const first = seen.get(s.text);
    if (first === undefined) seen.set(s.text, i);
    else {
      copies[first] = (copies[first] as number) + 1;
      repeats[i] = copies[first] as number;
    }
    let signature = signatures.get(box.signature);
    if (signature === undefined) {
      signature = { count: 0, words: 0, letters: 0, linkLetters: 0, prose: 0 };
      signatures.set(box.signature, signature);
    }
    signature.count++;
    signature.words += s.words;
    signature.letters += s.letters;
    signature.linkLetters += s.linkLetters;
    signature.prose += isProse ? 1 : 0;
    bySegment.push(signature);
  }
  const totalWords = wordsBefore[n] as number;
  const totalProse = proseBefore[n] as number;

  // Per box, everything inside it.
  const boxProse = new Float64Array(m);
  const boxProseBlocks = new Float64Array(m);
  const boxScore = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    const at = (segments[i] as Segment).box;
    const words = prose[i] as number;
    if (words === 0) continue;
    boxProse[at] = (boxProse[at] as number) + words;
    boxProseBlocks[at] = (boxProseBlocks[at] as number) + 1;
    let up = boxes[at];
    const points = Math.min(words, 100) * ((up as Box).around & (AGAINST & ~META & ~CAPTION) ? 0.5 : 1);
    for (let share = 1, level = 0; up !== undefined && level < 6; level++, share *= 0.6) {
      boxScore[up.index] = (boxScore[up.index] as number) + points * share;
      up = boxes[up.parent];
    }
  }
  for (let b = m - 1; b > 0; b--) {
    const { parent } = boxes[b] as Box;
    boxProse[parent] = (boxProse[parent] as number) + (boxProse[b] as number);
    boxProseBlocks[parent] = (boxProseBlocks[parent] as number) + (boxProseBlocks[b] as number);
  }

  // Places to measure distances from.
  let container = 0;
  let bestScore = -1;
  let tightest = 0;
  let article = -1;
  let stated = -1;
  let headline = -1;
  let headlineFit = 0;
  let articles = 0;
  for (let b = 0; b < m; b++) {
    const box = boxes[b] as Box;
    const hints = box.hints;
    const score = (boxScore[b] as number) * (hints & BODY ? 1.4 : hints & CONTENT ? 1.15 : 1);
    if (score > bestScore) {
      bestScore = score;
      container = b;
    }
    // Boxes come in document order, so the last box that holds enough is the tightest.
    if ((boxProse[b] as number) >= 0.6 * totalProse && isInside(box, boxes[tightest] as Box)) tightest = b;
    if (box.tag === 'article') {
      articles++;
      if (article === -1 || (boxProse[b] as number) > 1.5 * (boxProse[article] as number)) article = b;
    }
    if (hints & BODY && (boxProse[b] as number) > (stated === -1 ? 0 : 1.2 * (boxProse[stated] as number))) stated = b;
    if (box.heading === 1 && box.tag === 'h1') {
      const text = segments[box.first]?.text;
      const fit = 0.1 + (text === undefined ? 0 : overlapOf(wordsOf(text), titleWords));
      if (fit > headlineFit) {
        headlineFit = fit;
        headline = b;
      }
    }
  }
  const headlineSegment = headline === -1 ? -1 : (boxes[headline] as Box).first;

  const toContainer = distances(boxes, container);
  const toTightest = distances(boxes, tightest);
  const toArticle = article === -1 ? null : distances(boxes, article);
  const toStated = stated === -1 ? null : distances(boxes, stated);
  const toHeadline = headline === -1 ? null : distances(boxes, headline);
  // Distance up to a box with three blocks of prose.
  const toGood = new Int16Array(m);
  for (let b = 0; b < m; b++) {
    const { parent } = boxes[b] as Box;
    toGood[b] =
      (boxProseBlocks[b] as number) >= 3 ? 0 : parent === -1 ? 99 : Math.min(99, (toGood[parent] as number) + 1);
  }
  // Pages that append the next article repeat the frame of the first: which of its like a frame with prose is.
  const turn = new Int16Array(m);
  const frames = new Map<number, number>();
  for (let b = 1; b < m; b++) {
    const box = boxes[b] as Box;
    turn[b] = turn[box.parent] as number;
    if ((boxProseBlocks[b] as number) < 2) continue;
    const before = frames.get(box.signature) ?? 0;
    frames.set(box.signature, before + 1);
    if (before > (turn[b] as number)) turn[b] = Math.min(99, before);
  }
  // Names between a box and the containers.
  const belowHints = new Int32Array(m);
  const belowScore = new Float64Array(m);
  const pathScore = new Float64Array(m);
  const pathLow = new Float64Array(m);
  const containerBox = boxes[container] as Box;
  for (let b = 0; b < m; b++) {
    const box = boxes[b] as Box;
    if (box.parent === -1) continue;
    pathScore[b] = (pathScore[box.parent] as number) + box.score;
    pathLow[b] = Math.min(pathLow[box.parent] as number, box.score);
    if (isInside(containerBox, box)) continue;
    belowHints[b] = (belowHints[box.parent] as number) | box.hints;
    belowScore[b] = (belowScore[box.parent] as number) + box.score;
  }
  let firstProse = -1;
  let lastProse = -1;
  for (let i = containerBox.first; i < containerBox.end; i++) {
    if ((prose[i] as number) === 0) continue;
    if (firstProse === -1) firstProse = i;
    lastProse = i;
  }
  const description = fold(head.description).slice(0, 60);

  const values = new Float32Array(n * FEATURE_COUNT);
  // Which article element of the page a box stands in, counted from the one that holds the headline.
  const articleOf = new Int16Array(m);
  for (let b = 1, count = 0; b < m; b++) {
    const box = boxes[b] as Box;
    articleOf[b] = articleOf[box.parent] as number;
    if (box.tag === 'article') articleOf[b] = Math.min(99, ++count);
  }
  const home = headline === -1 ? 0 : (articleOf[headline] as number);
  for (let b = 0; b < m; b++) articleOf[b] = (articleOf[b] as number) === 0 ? -99 : (articleOf[b] as number) - home;
  let lastHeading = -99;
  let lastHeadingPhrase = 0;
  for (let i = 0; i < n; i++) {
    const s = segments[i] as Segment;
    const box = boxes[s.box] as Box;
    const signature = bySegment[i] as Signature;
    let o = i * FEATURE_COUNT;

    const nested = articleOf[s.box] as number;

    // The block itself.
    values[o++] = s.words;
    values[o++] = s.letters / Math.max(1, s.words);
    values[o++] = linkRatio[i] as number;
    values[o++] = s.stops;
    values[o++] = s.stops / Math.max(1, s.words);
    values[o++] = s.commas / Math.max(1, s.words);
    values[o++] = s.digits / s.letters;
    values[o++] = s.capitals / s.letters;
    values[o++] = s.strongLetters / s.letters;
    values[o++] = s.breaks;
    values[o++] = s.anchors === null ? 0 : s.anchors.length;
    values[o++] = endOf(s.text);
    values[o++] = startOf(s.text);
    values[o++] = s.form === 'flow' ? 0 : s.form === 'pre' ? 1 : 2;
    values[o++] = box.heading;
    values[o++] = box.listDepth;
    values[o++] = box.item === -1 ? 0 : box.quote ? 2 : 1;
    values[o++] = s.control ? 1 : 0;
    values[o++] = TAG_CODES[box.tag] ?? 0;
    values[o++] = phrases[i] as number;
    values[o++] = s.inlineScore;
    values[o++] = groupOf(s.inlineHints);

    // Where it stands on the page.
    values[o++] = i;
    values[o++] = i / n;
    values[o++] = (wordsBefore[i] as number) / Math.max(1, totalWords);
    values[o++] = (proseBefore[i] as number) / Math.max(1, totalProse);
    values[o++] = n;
    values[o++] = totalProse;
    values[o++] = totalProse / Math.max(1, totalWords);
    values[o++] = headlineSegment === -1 ? -99 : clamp(i - headlineSegment);
    values[o++] = clamp(i - lastHeading);
    values[o++] = lastHeadingPhrase;
    values[o++] = firstProse === -1 ? -99 : clamp(i - firstProse);
    values[o++] = lastProse === -1 ? -99 : clamp(i - lastProse);

    // What else is like it.
    values[o++] = copies[i] as number;
    values[o++] = repeats[i] as number;
    values[o++] = signature.count;
    values[o++] = signature.words / signature.count;
    values[o++] = signature.linkLetters / signature.letters;
    values[o++] = signature.prose / signature.count;
    values[o++] = overlap[i] as number;
    values[o++] = description.length > 20 && fold(s.text.slice(0, 80)).startsWith(description) ? 1 : 0;

    // The containers.
    o = putDistance(values, o, toContainer, s.box);
    values[o++] = bestScore;
    values[o++] = (boxProse[container] as number) / Math.max(1, totalProse);
    values[o++] = (boxScore[s.box] as number) / Math.max(1, bestScore);
    o = putDistance(values, o, toTightest, s.box);
    o = putDistance(values, o, toArticle, s.box);
    values[o++] = articles;
    values[o++] = article === -1 ? -1 : (boxProse[article] as number) / Math.max(1, totalProse);
    o = putDistance(values, o, toStated, s.box);
    o = putDistance(values, o, toHeadline, s.box);
    values[o++] = toGood[s.box] as number;
    values[o++] = turn[s.box] as number;
    values[o++] = nested;

    // Names on the way up.
    const below = (belowHints[s.box] as number) | s.inlineHints;
    for (const group of AGAINST_GROUPS) values[o++] = below & group ? 1 : 0;
    values[o++] = bits(below & AGAINST);
    values[o++] = below & TITLE ? 1 : 0;
    values[o++] = below & (CONTENT | BODY) ? 1 : 0;
    values[o++] = bits(box.around & AGAINST);
    values[o++] = bits(containerBox.around & AGAINST);
    values[o++] = belowScore[s.box] as number;
    values[o++] = pathScore[s.box] as number;
    values[o++] = pathLow[s.box] as number;
    values[o++] = (pathScore[s.box] as number) - (pathScore[container] as number);
    values[o++] = pathScore[container] as number;

    // The boxes around it.
    let up: Box | undefined = box;
    for (let level = 0; level < LEVELS; level++) {
      if (up === undefined || up.parent === -1) {
        o += 6;
        continue;
      }
      const words = (wordsBefore[up.end] as number) - (wordsBefore[up.first] as number);
      const letters = (lettersBefore[up.end] as number) - (lettersBefore[up.first] as number);
      values[o++] = words;
      values[o++] = ((linkBefore[up.end] as number) - (linkBefore[up.first] as number)) / Math.max(1, letters);
      values[o++] = (boxProse[up.index] as number) / Math.max(1, words);
      values[o++] = boxProseBlocks[up.index] as number;
      values[o++] = up.end - up.first;
      values[o++] = up.score;
      up = boxes[up.parent];
    }

    // What stands before and after it.
    for (let d = -NEIGHBOURS; d <= NEIGHBOURS; d++) {
      if (d === 0) continue;
      const t = segments[i + d];
      if (t === undefined) {
        values[o] = -1;
        o += 6;
        continue;
      }
      const other = boxes[t.box] as Box;
      values[o++] = t.words;
      values[o++] = linkRatio[i + d] as number;
      values[o++] = phrases[i + d] as number;
      values[o++] = (pathScore[t.box] as number) - (pathScore[s.box] as number);
      values[o++] = t.box === s.box ? 3 : other.signature === box.signature ? 2 : other.parent === box.parent ? 1 : 0;
      values[o++] = other.heading > 0 ? 1 : (prose[i + d] as number) > 0 ? 2 : 0;
    }
    o = putWindow(values, o, i, 4);
    o = putWindow(values, o, i, 12);

    if (box.heading > 0) {
      lastHeading = i;
      lastHeadingPhrase = phrases[i] as number;
    }
  }
  return { values, container, prose, consent, wording: wording.score };

  function putWindow(into: Float32Array, at: number, i: number, reach: number): number {
    const from = Math.max(0, i - reach);
    const to = Math.min(n, i + reach + 1);
    const letters = (lettersBefore[to] as number) - (lettersBefore[from] as number);
    const words = (wordsBefore[to] as number) - (wordsBefore[from] as number);
    into[at] = ((linkBefore[to] as number) - (linkBefore[from] as number)) / Math.max(1, letters);
    into[at + 1] = ((proseBefore[i] as number) - (proseBefore[from] as number)) / Math.max(1, words);
    into[at + 2] = ((proseBefore[to] as number) - (proseBefore[i + 1] as number)) / Math.max(1, words);
    return at + 3;
  }
}

interface Signature {
  count: number;
  words: number;
  letters: number;
  linkLetters: number;
  prose: number;
}

const isInside = (inner: Box, outer: Box): boolean => inner.index >= outer.index && inner.index < outer.last;

interface Distances {
  /** Steps up from each box to the nearest box around both. */
  up: Int16Array;
  /** Steps down from there to the goal. */
  down: Int16Array;
}

function distances(boxes: readonly Box[], goal: number): Distances {
  const up = new Int16Array(boxes.length);
  const down = new Int16Array(boxes.length);
  const target = boxes[goal] as Box;
  for (const box of boxes) {
    if (isInside(target, box)) down[box.index] = Math.min(99, target.depth - box.depth);
    else {
      up[box.index] = Math.min(99, (up[box.parent] as number) + 1);
      down[box.index] = down[box.parent] as number;
    }
  }
  return { up, down };
}

function putDistance(values: Float32Array, at: number, distance: Distances | null, box: number): number {
  values[at] = distance === null ? -1 : (distance.up[box] as number);
  values[at + 1] = distance === null ? -1 : (distance.down[box] as number);
  return at + 2;
}

const clamp = (distance: number): number => Math.max(-99, Math.min(99, distance));

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The first group of names that speaks against an inline element, 0 for none. */
function groupOf(hints: number): number {
  for (let i = 0; i < AGAINST_GROUPS.length; i++) if (hints & (AGAINST_GROUPS[i] as number)) return i + 1;
  return 0;
}

/** How a text ends: 1 a sentence, 2 a colon, 3 an ellipsis, 4 an arrow, 5 a digit, 6 a closing mark, 0 otherwise. */
function endOf(text: string): number {
  const c = text.charCodeAt(text.length - 1);
  if (c === 0x2e) return text.endsWith('...') ? 3 : 1;
  if (
    c === 0x21 ||
    c === 0x3f ||
    c === 0x3002 ||
    c === 0xff01 ||
    c === 0xff1f ||
    c === 0x964 ||
    c === 0x61f ||
    c === 0x6d4
  )
    return 1;
  if (c === 0x3a || c === 0xff1a) return 2;
  if (c === 0x2026) return 3;
  if (c === 0x3e || c === 0xbb || c === 0x203a || c === 0x2192 || c === 0x25b6) return 4;
  if (c >= 48 && c <= 57) return 5;
  if (c === 0x22 || c === 0x29 || c === 0x201d || c === 0x2019 || c === 0x300d) return 6;
  return 0;
}

/** How a text starts: 1 lower case, 2 a digit, 3 a bullet or arrow, 4 a quotation mark, 5 a bracket, 0 otherwise. */
function startOf(text: string): number {
  const c = text.charCodeAt(0);
  if (c >= 97 && c <= 122) return 1;
  if (c >= 48 && c <= 57) return 2;
  if (c === 0x2022 || c === 0xb7 || c === 0x25ba || c === 0x3e || c === 0xbb || c === 0x7c || c === 0x2d) return 3;
  if (c === 0x22 || c === 0x201c || c === 0x201e || c === 0xab || c === 0x300c) return 4;
  if (c === 0x28 || c === 0x5b) return 5;
  if (c === 0xa9) return 6;
  return 0;
}

/** Share of the words of a short text and of the title that the two have in common. */
function overlapOf(words: readonly string[], title: ReadonlySet<string>): number {
  if (title.size === 0 || words.length === 0) return 0;
  let common = 0;
  for (const word of words) if (title.has(word)) common++;
  return common / Math.max(1, words.length + title.size - common);
}

function fold(text: string | null): string {
  return (text ?? '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Names of the columns, in the order {@link measureBlocks} writes them. */
export const FEATURES: readonly string[] = [
  'words',
  'letters a word',
  'link ratio',
  'stops',
  'stops a word',
  'commas a word',
  'digits',
  'capitals',
  'strong',
  'breaks',
  'anchors',
  'end',
  'start',
  'form',
  'heading',
  'list depth',
  'item',
  'control',
  'tag',
  'phrases',
  'inline score',
  'inline group',
  'index',
  'index share',
  'words before',
  'prose before',
  'blocks',
  'prose',
  'prose share',
  'from headline',
  'from heading',
  'heading phrases',
  'from first prose',
  'from last prose',
  'copies',
  'repeats',
  'signature count',
  'signature words',
  'signature links',
  'signature prose',
  'title overlap',
  'description',
  'container up',
  'container down',
  'container score',
  'container share',
  'box score',
  'tightest up',
  'tightest down',
  'article up',
  'article down',
  'articles',
  'article share',
  'stated up',
  'stated down',
  'headline up',
  'headline down',
  'good up',
  'turn',
  'article turn',
  'related',
  'comment',
  'navigation',
  'share',
  'meta',
  'caption',
  'promo',
  'consent',
  'chrome',
  'hidden',
  'paywall',
  'against below',
  'title name',
  'content below',
  'against around',
  'against container',
  'below score',
  'path score',
  'path low',
  'path score below',
  'container path score',
  ...[0, 1, 2, 3].flatMap((level) =>
    ['words', 'links', 'prose', 'prose blocks', 'blocks', 'score'].map((name) => `level ${level} ${name}`),
  ),
  ...[-2, -1, 1, 2].flatMap((place) =>
    ['words', 'links', 'phrases', 'path', 'same', 'kind'].map((name) => `at ${place} ${name}`),
  ),
  ...[4, 12].flatMap((reach) => ['links', 'prose before', 'prose after'].map((name) => `within ${reach} ${name}`)),
];
export const FEATURE_COUNT = FEATURES.length;
