import type { Box, Boxes } from './boxes.ts';
import { dropContents } from './contents.ts';
import type { Counts } from './counts.ts';
import { framedCaption } from './framed-caption.ts';
import { COMMENT, FIGURE_CAPTION } from './hints.ts';
import { carryLongRuns } from './long-run.ts';
import { dropNextArticles } from './next-article.ts';
import { dropBehindCommentLabel, dropNotices, dropPressContact, dropTrailingLabel } from './notices.ts';
import type { Head, Page, Segment } from './page.ts';
import { dropHeadingsOfLinks, dropLabelledLists, dropRelatedLinks } from './related-links.ts';
import { endOf } from './text-ends.ts';

/** Which blocks are the article, and how sure that is. */
export interface BodyChoice {
  /** Per block: the chance that it belongs to the article. */
  scores: Float32Array;
  keep: Uint8Array;
  /** Word F1 to expect of what is kept, by the chances themselves. */
  expected: number;
}

/**
 * Share of the largest expected F1 from which a block is kept. Half of it is optimal where chances are exact
 * (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure"); a little more gained on
 * all four corpora, because what stands around articles is more varied than what was trained on.
 */
const CUT = 0.55;

/** Chooses the blocks that together promise the highest F1, then mends what block by block judgement cannot see. */
export function chooseBody(page: Page, chances: Float32Array): BodyChoice {
  const { segments, boxes, head } = page;
  const scores = carryLongRuns(segments, boxes, chances);
  const keep = new Uint8Array(segments.length);
  const expected = bestExpected(segments, scores);
  const threshold = CUT * expected;
  for (let i = 0; i < segments.length; i++) if ((scores[i] as number) >= threshold) keep[i] = 1;

  dropDoubtfulComments(segments, boxes, scores, keep);
  dropNextArticles(page, keep);
  keepClosingParagraphs(segments, boxes, scores, keep);
  keepListsWhole(segments, boxes, scores, keep);
  keepCode(segments, scores, keep);
  dropMachineText(segments, keep);
  dropContents(page, keep);
  dropCaptions(page, keep);
  dropRepeats(segments, boxes, scores, keep);
  dropPullQuotes(page, keep);
  dropRelatedLinks(segments, boxes, keep);
  dropHeadingsOfLinks(page, keep);
  dropBehindCommentLabel(segments, scores, keep);
  dropNotices(page, scores, keep);
  dropLabelledLists(segments, keep);
  dropPressContact(segments, keep);
  dropTrailingLabel(segments, keep);
  addStandfirst(segments, head, scores, keep);
  dropBareHeadings(segments, boxes, scores, keep);
  return { scores, keep, expected };
}

const TURNED = 0xffffffff;
/** More blocks than a page has: no page has more than 400,000 elements, each with a block before and behind it. */
const MAX_BLOCKS = 1 << 20;

/** The largest F1 that keeping the likeliest blocks promises, weighing blocks by their words. */
function bestExpected(segments: readonly Segment[], scores: Float32Array): number {
  // By falling chance, as numbers that sort by themselves: the bits of the chance turned round, then the index.
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const order = new Float64Array(segments.length);
  let wanted = 0;
  for (let i = 0; i < order.length; i++) {
    order[i] = (TURNED - (bits[i] as number)) * MAX_BLOCKS + i;
    wanted += (segments[i] as Segment).words * (scores[i] as number);
  }
  order.sort();
  let hits = 0;
  let taken = 0;
  let best = 0;
  for (let place = 0; place < order.length; place++) {
    const i = (order[place] as number) % MAX_BLOCKS;
    const { words } = segments[i] as Segment;
    hits += words * (scores[i] as number);
    taken += words;
    if (taken > 0) best = Math.max(best, (2 * hits) / (taken + wanted));
  }
  return best;
}

/** Chance up to which what stands among comments is one, where the article begins outside of them. */
const COMMENTED = 0.5;

/** Where the article is doubtful as a whole, little is asked of a block; comments then are as likely as it is. */
function dropDoubtfulComments(
  segments: readonly Segment[],
  boxes: Boxes,
  scores: Float32Array,
  keep: Uint8Array,
): void {
  const isComment = (i: number): boolean => ((boxes.around[(segments[i] as Segment).box] as number) & COMMENT) !== 0;
  const first = keep.indexOf(1);
  if (first === -1 || isComment(first)) return;
  for (let i = first; i < segments.length; i++)
    if (keep[i] === 1 && (scores[i] as number) < COMMENTED && isComment(i)) keep[i] = 0;
}

/** Chance from which a paragraph without links that follows one of its like is kept. */
const FOLLOWS = 0.4;

/** What goes on right below a kept paragraph, beside it and named like it, belongs to it rather than to what comes after. */
function keepClosingParagraphs(
  segments: readonly Segment[],
  boxes: Boxes,
  scores: Float32Array,
  keep: Uint8Array,
): void {
  for (let i = 1; i < segments.length; i++) {
    if (keep[i] === 1 || keep[i - 1] === 0 || (scores[i] as number) < FOLLOWS) continue;
    const { form, stops, linkLetters, box } = segments[i] as Segment;
    const before = (segments[i - 1] as Segment).box;
    const isBeside = boxes.parent[box] === boxes.parent[before] && boxes.signature[box] === boxes.signature[before];
    if (form === 'flow' && boxes.tag(box) === 'p' && isBeside && stops > 0 && linkLetters === 0) keep[i] = 1;
  }
}

/** Items from which a list is judged as one. */
const LIST_ITEMS = 3;
/** Blocks an item has on average at most: lists of cards hold what belongs and what does not. */
const BLOCKS_AN_ITEM = 2;
/** Mean chance over words above which a list is kept whole, and below which it goes whole. */
const LIST_IN = 0.5;
const LIST_OUT = 0.3;

/** A list is part of the article or is not; single items in or out of it are errors of judgement. */
function keepListsWhole(segments: readonly Segment[], boxes: Boxes, scores: Float32Array, keep: Uint8Array): void {
  const lists = new Map<number, number[]>();
  for (const segment of segments) {
    const item = boxes.item[segment.box] as Box;
    if (item === -1 || boxes.quote[segment.box] === 1) continue;
    const list = boxes.parent[item] as Box;
    const known = lists.get(list);
    if (known) known.push(segment.index);
    else lists.set(list, [segment.index]);
  }
  for (const items of lists.values()) {
    if (items.length < LIST_ITEMS) continue;
    const entries = new Set(items.map((i) => boxes.item[(segments[i] as Segment).box])).size;
    if (items.length > BLOCKS_AN_ITEM * entries) continue;
    let words = 0;
    let sum = 0;
    for (const i of items) {
      words += (segments[i] as Segment).words;
      sum += (segments[i] as Segment).words * (scores[i] as number);
    }
    if (sum > LIST_IN * words) for (const i of items) keep[i] = 1;
    else if (sum < LIST_OUT * words) for (const i of items) keep[i] = 0;
  }
}

/** Chance from which code is kept, of what surely is text around it, and within how many blocks that stands. */
const CODE = { chance: 0.2, text: 0.6, reach: 3 } as const;

/** Code between paragraphs of the article is part of it; few answers to learn from hold any. */
function keepCode(segments: readonly Segment[], scores: Float32Array, keep: Uint8Array): void {
  const isText = (i: number): boolean => segments[i]?.form === 'flow' && (scores[i] as number) >= CODE.text;
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 1 || segments[i]?.form !== 'pre' || (scores[i] as number) < CODE.chance) continue;
    let before = 1;
    while (before <= CODE.reach && !isText(i - before)) before++;
    let after = 1;
    while (after <= CODE.reach && !isText(i + after)) after++;
    if (before <= CODE.reach && after <= CODE.reach) keep[i] = 1;
  }
}

const MACHINE_TEXT = /^[[{]\s{0,9}["{[]/;
/** Between the values of an object: a piece of data that markup inside it cut off. */
const PIECE_OF_DATA = /","[\w-]{1,40}":["{[\d]/;

/** Data that a script left in the page as text. */
function dropMachineText(segments: readonly Segment[], keep: Uint8Array): void {
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] as Segment;
    if (keep[i] === 0 || segment.form !== 'flow') continue;
    if (MACHINE_TEXT.test(segment.text) || PIECE_OF_DATA.test(segment.text)) keep[i] = 0;
  }
}

/** Captions of figures stand with their images, not in the text. */
function dropCaptions(page: Page, keep: Uint8Array): void {
  const { segments, boxes, figures } = page;
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 1 && (boxes.around[(segments[i] as Segment).box] as number) & FIGURE_CAPTION) keep[i] = 0;
  }
  for (const figure of figures) {
    if (keep[figure.after] === 0 && keep[figure.after + 1] !== 1) continue;
    for (const { index } of framedCaption(page, figure) ?? []) keep[index] = 0;
  }
}

/** Words from which a text that occurs twice is a copy; shorter ones may be said twice. */
const COPY_WORDS = 4;
/** A short item of a list that is surely of the article may stand in another list too: the steps of a plan. */
const SAID_AGAIN = { words: 25, chance: 0.9 } as const;
/** By how much a later copy must be likelier to be the one that stays. */
const LIKELIER = 0.2;
/** Chance from which both of two like headings are the article's: "What we like" of each thing that is compared. */
const HEADED_AGAIN = 0.6;

function dropRepeats(segments: readonly Segment[], boxes: Boxes, scores: Float32Array, keep: Uint8Array): void {
  const first = new Map<string, number>();
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 0) continue;
    const { text, words, box } = segments[i] as Segment;
    const isItem = boxes.item[box] !== -1;
    if (words < COPY_WORDS || (isItem && words < SAID_AGAIN.words && (scores[i] as number) > SAID_AGAIN.chance))
      continue;
    const before = first.get(text);
    if (before === undefined) first.set(text, i);
    else if (isOwnHeading(boxes, box)) {
      // A heading that stands in a list before is announced there, in a table of contents.
      if (!isOwnHeading(boxes, (segments[before] as Segment).box)) {
        keep[before] = 0;
        first.set(text, i);
      } else if (
        Math.min(scores[i] as number, scores[before] as number) <= HEADED_AGAIN ||
        segments[i + 1]?.text === segments[before + 1]?.text
      )
        keep[i] = 0;
    } else if ((scores[i] as number) > (scores[before] as number) + LIKELIER) {
      keep[before] = 0;
      first.set(text, i);
    } else keep[i] = 0;
  }
}

/** A heading that is no item of a list. */
function isOwnHeading(boxes: Boxes, box: Box): boolean {
  return boxes.heading[box] !== 0 && boxes.item[box] === -1;
}

const QUOTE_WORDS = [12, 80] as const;
/** Blocks on either side in which the sentence a pull quote repeats is looked for. */
const QUOTE_REACH = 25;
/** Characters a sentence set apart has at most: more are no sentence, and looking for them would cost. */
const LONGEST_QUOTE = 1000;
const OPENING_MARKS = '"“\'«„‘»';
const CLOSING_MARKS = '.…"”\'’»“«';

/** A sentence of the text set large beside it says nothing twice. */
function dropPullQuotes({ segments, counts }: Page, keep: Uint8Array): void {
  const lengths = Int32Array.from(segments, (segment, i) => (keep[i] === 1 ? segment.text.length : 0));
  for (let i = 0; i < segments.length; i++) {
    const quote = segments[i] as Segment;
    if (keep[i] === 0 || quote.words < QUOTE_WORDS[0] || quote.words > QUOTE_WORDS[1]) continue;
    const length = lengths[i] as number;
    if (length > LONGEST_QUOTE) continue;
    let text: string | undefined;
    for (let k = Math.max(0, i - QUOTE_REACH); k <= i + QUOTE_REACH && k < segments.length; k++) {
      if ((lengths[k] as number) <= length || keep[k] === 0 || !mayHold(counts, k, i)) continue;
      text ??= withoutMarks(quote.text);
      if ((segments[k] as Segment).text.includes(text)) {
        keep[i] = 0;
        break;
      }
    }
  }
}

/** Whether a block has as many of the signs of another that are none of a quote's marks: few have, and need not be searched. */
function mayHold({ capitals, commas, digits }: Counts, outer: number, inner: number): boolean {
  return (
    (capitals[outer] as number) >= (capitals[inner] as number) &&
    (commas[outer] as number) >= (commas[inner] as number) &&
    (digits[outer] as number) >= (digits[inner] as number)
  );
}

/** A loop and not a pattern for the end: a run of full stops inside the text would be tried from each of them. */
function withoutMarks(text: string): string {
  let from = 0;
  let end = text.length;
  while (from < end && OPENING_MARKS.includes(text.charAt(from))) from++;
  while (end > from && CLOSING_MARKS.includes(text.charAt(end - 1))) end--;
  return text.slice(from, end);
}

/** Characters of a description that a block must start with to be the standfirst, and how many there must be. */
const STANDFIRST = { compared: 60, least: 40, chance: 0.05 } as const;

/** What is shared as the description and shown before the text is the article's standfirst. */
function addStandfirst(segments: readonly Segment[], head: Head, scores: Float32Array, keep: Uint8Array): void {
  const start = (head.description ?? '').slice(0, 300).replace(/\s+/g, ' ').trim().slice(0, STANDFIRST.compared);
  const first = keep.indexOf(1);
  if (start.length < STANDFIRST.least || first === -1) return;
  for (let i = first; i < segments.length; i++) {
    if (keep[i] === 1 && (segments[i] as Segment).text.startsWith(start)) return;
  }
  for (let i = first - 1; i >= 0; i--) {
    if ((scores[i] as number) > STANDFIRST.chance && (segments[i] as Segment).text.startsWith(start)) {
      keep[i] = 1;
      return;
    }
  }
}

/** A heading that is a sentence and surely the article's says something by itself, above a picture. */
const SAYS_ALONE = { words: 9, chance: 0.9 } as const;

/** Words of a label that heads a list of links and is no heading by its element. */
const LABEL_WORDS = 6;

/** A few words that end no sentence, with nothing but a link behind them. */
function isBareLabel(segments: readonly Segment[], i: number): boolean {
  const label = segments[i] as Segment;
  const next = segments[i + 1];
  if (label.form !== 'flow' || label.words > LABEL_WORDS || label.stops > 0 || label.linkLetters > 0) return false;
  if (endOf(label) !== 0) return false;
  return next !== undefined && next.letters > 0 && next.linkLetters === next.letters;
}

/** A heading under which nothing is left heads nothing. */
function dropBareHeadings(segments: readonly Segment[], boxes: Boxes, scores: Float32Array, keep: Uint8Array): void {
  for (let i = segments.length - 1; i >= 0; i--) {
    if (keep[i] === 0) continue;
    const { box, words } = segments[i] as Segment;
    // A list may be set in headings.
    if (!isOwnHeading(boxes, box)) {
      if (!isBareLabel(segments, i)) return;
      keep[i] = 0;
      continue;
    }
    if (words >= SAYS_ALONE.words && (scores[i] as number) >= SAYS_ALONE.chance) return;
    keep[i] = 0;
  }
}
