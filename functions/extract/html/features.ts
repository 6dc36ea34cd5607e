/**
 * What the block classifier sees: one row of numbers per block of text. Training reads the rows this file writes, so a
 * change here calls for training anew.
 */
import type { ColumnMemory } from '../markup/column-memory.ts';
import { TAGS } from '../markup/names.ts';
import type { Node } from '../markup/tree.ts';
import { BlockTotals } from './block-totals.ts';
import { type Box, PAGE } from './boxes.ts';
import { consentBlocks } from './consent.ts';
import { FEATURES } from './feature-names.ts';
import { AGAINST, AGAINST_GROUPS, BODY, CONTENT, TITLE } from './hints.ts';
import { type Distances, FAR, Landmarks } from './landmarks.ts';
import type { Page, Segment } from './page.ts';
import type { PhraseWeights } from './phrases.ts';
import { endOf, startOf } from './text-ends.ts';

export const FEATURE_COUNT = FEATURES.length;

const CODE_OF: Record<string, number> = {
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
const TAG_CODES = Uint8Array.from(TAGS, (tag) => CODE_OF[tag] ?? 0);

const LEVELS = 4;
const NEIGHBOURS = 2;
/** Characters of a description that a block is compared with, and how many there must be. */
const DESCRIPTION = { compared: 60, least: 21 } as const;

/** Measures every block of a page. */
export function measureBlocks(page: Page, weights: PhraseWeights): Measures {
  return new Measures(page, weights);
}

/** The blocks of a page as the classifier sees them; rows are written when asked for, since all at once take much memory. */
export class Measures {
  /** How many rows there are. */
  readonly count: number;
  /** Index of the box that holds the prose, by rule. */
  readonly container: number;
  /** Words of prose per block. */
  readonly prose: Int32Array;
  /** 1 per block of a consent notice, null where there is none. */
  readonly consent: Uint8Array | null;
  /** What the wording of all short blocks tells of the page; above 0 speaks for an article. */
  readonly wording: number;
  /** Where columns on the page belong. */
  readonly memory: ColumnMemory;
  readonly #page: Page;
  readonly #totals: BlockTotals;
  readonly #landmarks: Landmarks;
  readonly #description: string;
  #firstProse = -1;
  #lastProse = -1;
  #lastHeading = -FAR;
  #lastHeadingPhrase = 0;

  constructor(page: Page, weights: PhraseWeights) {
    this.#page = page;
    this.memory = page.tree.memory;
    this.count = page.segments.length;
    this.consent = consentBlocks(page);
    this.#totals = new BlockTotals(page, weights, this.consent);
    this.#landmarks = new Landmarks(page, this.#totals);
    this.container = this.#landmarks.container;
    this.prose = this.#totals.prose;
    this.wording = this.#totals.wording;
    const first = page.boxes.first[this.container] as number;
    const end = page.boxes.end[this.container] as number;
    for (let i = first; i < end; i++) {
      if (this.prose[i] === 0) continue;
      if (this.#firstProse === -1) this.#firstProse = i;
      this.#lastProse = i;
    }
    this.#description = fold(page.head.description ?? '').slice(0, DESCRIPTION.compared);
  }

  /** All rows, {@link FEATURE_COUNT} numbers each, for training. */
  rows(): Float32Array {
    const values = new Float32Array(this.count * FEATURE_COUNT);
    for (let i = 0; i < this.count; i++) this.write(i, values, i * FEATURE_COUNT);
    return values;
  }

  /** Writes the row of a block. Rows must be asked for in order: each tells how far back the last heading was. */
  write(i: number, values: Float32Array, base: number): void {
    const { segments, boxes, counts } = this.#page;
    const totals = this.#totals;
    const landmarks = this.#landmarks;
    const n = this.count;
    const totalWords = totals.wordsBefore[n] as number;
    const { totalProse } = landmarks;
    const s = segments[i] as Segment;
    const at = s.box;
    const heading = boxes.heading[at] as number;
    const kind = this.#page.tree.kind[boxes.node[at] as Node] as number;
    const alike = totals.alike[i] as (typeof totals.alike)[number];
    let o = base;
    values.fill(0, base, base + FEATURE_COUNT);

    // The block itself.
    values[o++] = s.words;
    values[o++] = s.letters / Math.max(1, s.words);
    values[o++] = totals.linkRatio[i] as number;
    values[o++] = s.stops;
    values[o++] = s.stops / Math.max(1, s.words);
    values[o++] = (counts.commas[i] as number) / Math.max(1, s.words);
    values[o++] = (counts.digits[i] as number) / s.letters;
    values[o++] = (counts.capitals[i] as number) / s.letters;
    values[o++] = (counts.strongLetters[i] as number) / s.letters;
    values[o++] = counts.breaks[i] as number;
    values[o++] = s.anchors === null ? 0 : s.anchors.length;
    values[o++] = endOf(s);
    values[o++] = startOf(s);
    values[o++] = s.form === 'flow' ? 0 : s.form === 'pre' ? 1 : 2;
    values[o++] = heading;
    values[o++] = boxes.listDepth[at] as number;
    values[o++] = boxes.item[at] === -1 ? 0 : boxes.quote[at] === 1 ? 2 : 1;
    values[o++] = counts.control[i] as number;
    values[o++] = (kind < TAG_CODES.length ? TAG_CODES[kind] : 0) as number;
    values[o++] = totals.phrases[i] as number;
    values[o++] = totals.proseWording[i] as number;
    values[o++] = counts.inlineScore[i] as number;
    values[o++] = groupOf(counts.inlineHints[i] as number);

    // Where it stands on the page.
    values[o++] = i;
    values[o++] = i / n;
    values[o++] = (totals.wordsBefore[i] as number) / Math.max(1, totalWords);
    values[o++] = (totals.proseBefore[i] as number) / Math.max(1, totalProse);
    values[o++] = n;
    values[o++] = totalProse;
    values[o++] = totalProse / Math.max(1, totalWords);
    values[o++] = landmarks.headlineSegment === -1 ? -FAR : clamp(i - landmarks.headlineSegment);
    values[o++] = clamp(i - this.#lastHeading);
    values[o++] = this.#lastHeadingPhrase;
    values[o++] = this.#firstProse === -1 ? -FAR : clamp(i - this.#firstProse);
    values[o++] = this.#lastProse === -1 ? -FAR : clamp(i - this.#lastProse);

    // What else is like it.
    values[o++] = totals.copies[i] as number;
    values[o++] = totals.repeats[i] as number;
    values[o++] = alike.count;
    values[o++] = alike.words / alike.count;
    values[o++] = alike.linkLetters / alike.letters;
    values[o++] = alike.prose / alike.count;
    values[o++] = totals.titleOverlap[i] as number;
    values[o++] = this.#opensDescription(s) ? 1 : 0;

    // The containers.
    o = putDistance(values, o, landmarks.toContainer, at);
    values[o++] = landmarks.containerScore;
    values[o++] = (landmarks.prose[landmarks.container] as number) / Math.max(1, totalProse);
    values[o++] = (landmarks.score[at] as number) / Math.max(1, landmarks.containerScore);
    o = putDistance(values, o, landmarks.toTightest, at);
    o = putDistance(values, o, landmarks.toArticle, at);
    values[o++] = landmarks.articles;
    values[o++] =
      landmarks.article === -1 ? -1 : (landmarks.prose[landmarks.article] as number) / Math.max(1, totalProse);
    o = putDistance(values, o, landmarks.toStated, at);
    o = putDistance(values, o, landmarks.toHeadline, at);
    values[o++] = landmarks.toGood[at] as number;
    values[o++] = landmarks.turn[at] as number;
    values[o++] = landmarks.articleTurn[at] as number;

    // Names on the way up.
    const below = (landmarks.belowHints[at] as number) | (counts.inlineHints[i] as number);
    for (const group of AGAINST_GROUPS) values[o++] = below & group ? 1 : 0;
    values[o++] = bits(below & AGAINST);
    values[o++] = below & TITLE ? 1 : 0;
    values[o++] = below & (CONTENT | BODY) ? 1 : 0;
    values[o++] = bits((boxes.around[at] as number) & AGAINST);
    values[o++] = bits((boxes.around[landmarks.container] as number) & AGAINST);
    values[o++] = landmarks.belowScore[at] as number;
    values[o++] = landmarks.pathScore[at] as number;
    values[o++] = landmarks.pathLow[at] as number;
    values[o++] = (landmarks.pathScore[at] as number) - (landmarks.pathScore[landmarks.container] as number);
    values[o++] = landmarks.pathScore[landmarks.container] as number;

    // The boxes around it.
    let up = at;
    for (let level = 0; level < LEVELS; level++) {
      if (up === PAGE) {
        o += 7;
        continue;
      }
      const first = boxes.first[up] as number;
      const end = boxes.end[up] as number;
      const words = (totals.wordsBefore[end] as number) - (totals.wordsBefore[first] as number);
      const letters = (totals.lettersBefore[end] as number) - (totals.lettersBefore[first] as number);
      values[o++] = words;
      values[o++] = ((totals.linkBefore[end] as number) - (totals.linkBefore[first] as number)) / Math.max(1, letters);
      values[o++] = (landmarks.prose[up] as number) / Math.max(1, words);
      values[o++] = landmarks.proseBlocks[up] as number;
      values[o++] = end - first;
      values[o++] = boxes.score[up] as number;
      values[o++] =
        ((totals.wordingBefore[end] as number) - (totals.wordingBefore[first] as number)) /
        Math.sqrt(Math.max(1, end - first));
      up = boxes.parent[up] as Box;
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
      const other = t.box;
      values[o++] = t.words;
      values[o++] = totals.linkRatio[i + d] as number;
      values[o++] = totals.phrases[i + d] as number;
      values[o++] = (landmarks.pathScore[other] as number) - (landmarks.pathScore[at] as number);
      values[o++] =
        other === at
          ? 3
          : boxes.signature[other] === boxes.signature[at]
            ? 2
            : boxes.parent[other] === boxes.parent[at]
              ? 1
              : 0;
      values[o++] = (boxes.heading[other] as number) > 0 ? 1 : (totals.prose[i + d] as number) > 0 ? 2 : 0;
    }
    o = this.#putWindow(values, o, i, 4);
    this.#putWindow(values, o, i, 12);

    if (heading > 0) {
      this.#lastHeading = i;
      this.#lastHeadingPhrase = totals.phrases[i] as number;
    }
  }

  #putWindow(into: Float32Array, at: number, i: number, reach: number): number {
    const { lettersBefore, wordsBefore, linkBefore, proseBefore } = this.#totals;
    const from = Math.max(0, i - reach);
    const to = Math.min(this.count, i + reach + 1);
    const letters = (lettersBefore[to] as number) - (lettersBefore[from] as number);
    const words = (wordsBefore[to] as number) - (wordsBefore[from] as number);
    into[at] = ((linkBefore[to] as number) - (linkBefore[from] as number)) / Math.max(1, letters);
    into[at + 1] = ((proseBefore[i] as number) - (proseBefore[from] as number)) / Math.max(1, words);
    into[at + 2] = ((proseBefore[to] as number) - (proseBefore[i + 1] as number)) / Math.max(1, words);
    return at + 3;
  }

  #opensDescription(block: Segment): boolean {
    const description = this.#description;
    if (description.length < DESCRIPTION.least) return false;
    // The first letter settles nearly every text before anything is copied.
    if (block.form !== 'pre' && smallLetter(block.opening) !== description.charCodeAt(0)) return false;
    return fold(block.text.slice(0, 80)).startsWith(description);
  }
}

function putDistance(values: Float32Array, at: number, distance: Distances | null, box: number): number {
  values[at] = distance === null ? -1 : (distance.up[box] as number);
  values[at + 1] = distance === null ? -1 : (distance.down[box] as number);
  return at + 2;
}

/** The small letter of a code unit; of what has several, the first. */
const smallLetter = (code: number): number =>
  code < 0x80
    ? code >= 0x41 && code <= 0x5a
      ? code | 0x20
      : code
    : String.fromCharCode(code).toLowerCase().charCodeAt(0);

const clamp = (distance: number): number => Math.max(-FAR, Math.min(FAR, distance));

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The first group of names that speaks against an inline element, 0 for none. */
function groupOf(hints: number): number {
  if (hints === 0) return 0;
  for (let i = 0; i < AGAINST_GROUPS.length; i++) if (hints & (AGAINST_GROUPS[i] as number)) return i + 1;
  return 0;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
