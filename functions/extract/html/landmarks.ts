/** Boxes by which the place of a block is told: where the prose stands, the article elements, the headline. */
import type { ColumnMemory } from '../markup/column-memory.ts';
import type { BlockTotals } from './block-totals.ts';
import type { Box, Boxes } from './boxes.ts';
import { AGAINST, BODY, CAPTION, CONTENT, META } from './hints.ts';
import type { Page, Segment } from './page.ts';

/** Boxes around a block of prose that score by it, and what share of the one below each gets. */
const SCORED_LEVELS = 6;
const SCORE_SHARE = 0.6;
/** Words beyond which a block scores no more. */
const SCORED_WORDS = 100;
/** Share of the page's prose that the tightest box must hold. */
const TIGHTEST_SHARE = 0.6;
/** Distance beyond which boxes are just far; distances are kept in bytes. */
export const FAR = 99;

export interface Distances {
  /** Steps up from each box to the nearest box around both. */
  up: Int8Array;
  /** Steps down from there to the goal. */
  down: Int8Array;
}

function distances({ count, parent, depth, last }: Boxes, goal: Box, memory: ColumnMemory): Distances {
  const up = memory.signedBytes(count);
  const down = memory.signedBytes(count);
  const target = depth[goal] as number;
  for (let box = 0; box < count; box++) {
    if (goal >= box && goal < (last[box] as number)) down[box] = Math.min(FAR, target - (depth[box] as number));
    else {
      const around = parent[box] as Box;
      up[box] = Math.min(FAR, (up[around] as number) + 1);
      down[box] = down[around] as number;
    }
  }
  return { up, down };
}

/** Columns by box, and the boxes that stand out. */
export class Landmarks {
  /** Words and blocks of prose inside. */
  readonly prose: Int32Array;
  readonly proseBlocks: Int32Array;
  readonly score: Float64Array;
  readonly totalProse: number;
  /** The box that holds the prose, by rule. */
  container = 0;
  containerScore = -1;
  /** The element that holds the most prose of all `article` elements, and how many there are. */
  article = -1;
  articles = 0;
  /** Index of the first block of the headline. */
  headlineSegment = -1;
  readonly toContainer: Distances;
  readonly toTightest: Distances;
  readonly toArticle: Distances | null;
  readonly toStated: Distances | null;
  readonly toHeadline: Distances | null;
  /** Steps up to a box with three blocks of prose. */
  readonly toGood: Int8Array;
  /** Pages that append the next article repeat the frame of the first: which of its like a frame with prose is. */
  readonly turn: Int8Array;
  /** Which article element a box stands in, counted from the one that holds the headline. */
  readonly articleTurn: Int8Array;
  /** Hints and scores of names between a box and the container. */
  readonly belowHints: Int32Array;
  readonly belowScore: Float64Array;
  /** Sum and least of the scores from the page down. */
  readonly pathScore: Float64Array;
  readonly pathLow: Float64Array;

  constructor({ tree, boxes, segments }: Page, totals: BlockTotals) {
    const { memory } = tree;
    const m = boxes.count;
    this.totalProse = totals.proseBefore[segments.length] as number;
    this.prose = memory.ints(m);
    this.proseBlocks = memory.ints(m);
    this.score = memory.doubles(m);
    this.#addUp(boxes, segments, totals);

    let tightest = 0;
    let stated = -1;
    let headline = -1;
    let headlineFit = 0;
    for (let b = 0; b < m; b++) {
      const hints = boxes.hints[b] as number;
      const tag = boxes.tag(b);
      const prose = this.prose[b] as number;
      const score = (this.score[b] as number) * (hints & BODY ? 1.4 : hints & CONTENT ? 1.15 : 1);
      if (score > this.containerScore) {
        this.containerScore = score;
        this.container = b;
      }
      // Boxes come in document order, so the last box that holds enough is the tightest.
      if (prose >= TIGHTEST_SHARE * this.totalProse && boxes.isInside(b, tightest)) tightest = b;
      if (tag === 'article') {
        this.articles++;
        if (this.article === -1 || prose > 1.5 * (this.prose[this.article] as number)) this.article = b;
      }
      if (hints & BODY && prose > (stated === -1 ? 0 : 1.2 * (this.prose[stated] as number))) stated = b;
      if (tag === 'h1') {
        const block = segments[boxes.first[b] as number];
        const fit = 0.1 + (block === undefined ? 0 : totals.overlapOf(block));
        if (fit > headlineFit) {
          headlineFit = fit;
          headline = b;
        }
      }
    }
    if (headline !== -1) this.headlineSegment = boxes.first[headline] as number;
    this.toContainer = distances(boxes, this.container, memory);
    this.toTightest = distances(boxes, tightest, memory);
    this.toArticle = this.article === -1 ? null : distances(boxes, this.article, memory);
    this.toStated = stated === -1 ? null : distances(boxes, stated, memory);
    this.toHeadline = headline === -1 ? null : distances(boxes, headline, memory);

    this.toGood = memory.signedBytes(m);
    this.turn = memory.signedBytes(m);
    this.articleTurn = memory.signedBytes(m);
    this.belowHints = memory.ints(m);
    this.belowScore = memory.doubles(m);
    this.pathScore = memory.doubles(m);
    this.pathLow = memory.doubles(m);
    this.#inherit(boxes, headline);
  }

  #addUp(boxes: Boxes, segments: readonly Segment[], totals: BlockTotals): void {
    for (let i = 0; i < segments.length; i++) {
      const words = totals.prose[i] as number;
      if (words === 0) continue;
      const at = (segments[i] as Segment).box;
      this.prose[at] = (this.prose[at] as number) + words;
      this.proseBlocks[at] = (this.proseBlocks[at] as number) + 1;
      const isAgainst = ((boxes.around[at] as number) & (AGAINST & ~META & ~CAPTION)) !== 0;
      const points = Math.min(words, SCORED_WORDS) * (isAgainst ? 0.5 : 1);
      let up = at;
      for (let share = 1, level = 0; up !== -1 && level < SCORED_LEVELS; level++, share *= SCORE_SHARE) {
        this.score[up] = (this.score[up] as number) + points * share;
        up = boxes.parent[up] as Box;
      }
    }
    for (let b = boxes.count - 1; b > 0; b--) {
      const parent = boxes.parent[b] as Box;
      this.prose[parent] = (this.prose[parent] as number) + (this.prose[b] as number);
      this.proseBlocks[parent] = (this.proseBlocks[parent] as number) + (this.proseBlocks[b] as number);
    }
  }

  /** What each box has from the box around it. */
  #inherit(boxes: Boxes, headline: Box): void {
    const frames = new Map<number, number>();
    let articles = 0;
    this.toGood[0] = (this.proseBlocks[0] as number) >= 3 ? 0 : FAR;
    for (let b = 1; b < boxes.count; b++) {
      const parent = boxes.parent[b] as Box;
      const score = boxes.score[b] as number;
      const blocks = this.proseBlocks[b] as number;
      this.toGood[b] = blocks >= 3 ? 0 : Math.min(FAR, (this.toGood[parent] as number) + 1);
      this.turn[b] = this.turn[parent] as number;
      if (blocks >= 2) {
        const signature = boxes.signature[b] as number;
        const before = frames.get(signature) ?? 0;
        frames.set(signature, before + 1);
        if (before > (this.turn[b] as number)) this.turn[b] = Math.min(FAR, before);
      }
      this.articleTurn[b] =
        boxes.tag(b) === 'article' ? Math.min(FAR, ++articles) : (this.articleTurn[parent] as number);
      this.pathScore[b] = (this.pathScore[parent] as number) + score;
      this.pathLow[b] = Math.min(this.pathLow[parent] as number, score);
      if (boxes.isInside(this.container, b)) continue;
      this.belowHints[b] = (this.belowHints[parent] as number) | (boxes.hints[b] as number);
      this.belowScore[b] = (this.belowScore[parent] as number) + score;
    }
    const home = headline === -1 ? 0 : (this.articleTurn[headline] as number);
    for (let b = 0; b < boxes.count; b++) {
      const turn = this.articleTurn[b] as number;
      this.articleTurn[b] = turn === 0 ? -FAR : turn - home;
    }
  }
}
