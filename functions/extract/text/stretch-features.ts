import { bestSegment, STRONG_TAIL, type Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { between, bounded, FAR, over, sinceLast, untilNext } from './running.ts';
import type { Shape } from './shape.ts';
import { OUTER } from './tail-features.ts';
import type { Wording } from './vocabulary.ts';

/** The stretch of lines that rules alone take for the article. */
export interface Segment {
  first: number;
  last: number;
}

const REACHES = [4, 12, 30];
const reaching = (name: string) => REACHES.map((reach) => `${name} ${reach}`);
const PROSE_BEFORE = reaching('prose before');
const PROSE_AFTER = reaching('prose after');
const SCORED_BEFORE = reaching('scored before');
const SCORED_AFTER = reaching('scored after');
const SHORT_BEFORE = reaching('short before');
const SHORT_AFTER = reaching('short after');
const OUTER_BEFORE = reaching('outer before');
const OUTER_AFTER = reaching('outer after');
/** What a heading of a tail costs the stretch that goes on past it, in words. */
const HEADING_PENALTY = 12;
const SEGMENT_BAR = 0.3;

/** Writes what stands around each line, and returns the stretch that rules take for the article. */
export function writeStretchFeatures(survey: Survey, landmark: number, rows: Rows, column: number): Segment {
  const { shapes, wordings, prose, rule, core, repeats, dated } = survey;
  const n = shapes.length;
  const proseWords = new Float64Array(n + 1);
  const allWords = new Float64Array(n + 1);
  const scored = new Float64Array(n + 1);
  const coreSum = new Float64Array(n + 1);
  const outer = new Float64Array(n + 1);
  const short = new Float64Array(n + 1);
  const datedLine = new Uint8Array(n);
  const repeated = new Uint8Array(n);
  const penalty = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const { words } = shapes[i] as Shape;
    const { begins, whole } = wordings[i] as Wording;
    const counted = words < 150 ? words : 150;
    proseWords[i + 1] = (proseWords[i] as number) + (prose[i] === 1 ? counted : 0);
    allWords[i + 1] = (allWords[i] as number) + counted;
    scored[i + 1] = (scored[i] as number) + (words < 80 ? words : 80) * ((rule[i] as number) - 0.3);
    coreSum[i + 1] = (coreSum[i] as number) + (core[i] as number);
    outer[i + 1] = (outer[i] as number) + ((begins & OUTER) !== 0 && words < 15 ? 1 : 0);
    short[i + 1] = (short[i] as number) + (words < 6 ? 1 : 0);
    datedLine[i] = dated[i] === 1 && words < 12 ? 1 : 0;
    repeated[i] = (repeats[i] as number) > 1 ? 1 : 0;
    penalty[i] = (whole & STRONG_TAIL) !== 0 ? HEADING_PENALTY : 0;
  }
  const lastProse = sinceLast(prose);
  const nextProse = untilNext(prose);
  const lastDate = sinceLast(datedLine);
  const nextDate = untilNext(datedLine);
  const lastRepeat = sinceLast(repeated);
  const segment = bestSegment(shapes, rule, SEGMENT_BAR, penalty);
  const inSegment = between(proseWords, segment.first, segment.last + 1);
  const total = proseWords[n] as number;

  const logLines = Math.log1p(n);
  const logTotal = Math.log1p(total);
  const proseShare = total / ((allWords[n] as number) + 1);
  let logAbove = 0;
  let above = 0;
  let logBelow = logTotal;
  let below = total;
  const logs = new Float64Array(n);
  for (let i = 0; i < n; i++) logs[i] = Math.log1p(i);
  for (let i = 0; i < n; i++) {
    rows.seek(i, column);
    // Most lines are no prose, and their totals those of the line before.
    if ((proseWords[i] as number) !== above) {
      above = proseWords[i] as number;
      logAbove = Math.log1p(above);
    }
    if (total - (proseWords[i + 1] as number) !== below) {
      below = total - (proseWords[i + 1] as number);
      logBelow = Math.log1p(below);
    }
    for (let k = 0; k < REACHES.length; k++) {
      const reach = REACHES[k] as number;
      const from = i < reach ? 0 : i - reach;
      const end = i + 1 + reach > n ? n : i + 1 + reach;
      rows.put(PROSE_BEFORE[k] as string, over(proseWords, from, i) / (over(allWords, from, i) + 1));
      rows.put(PROSE_AFTER[k] as string, over(proseWords, i + 1, end) / (over(allWords, i + 1, end) + 1));
      rows.put(SCORED_BEFORE[k] as string, over(scored, from, i));
      rows.put(SCORED_AFTER[k] as string, over(scored, i + 1, end));
      rows.put(SHORT_BEFORE[k] as string, over(short, from, i));
      rows.put(SHORT_AFTER[k] as string, over(short, i + 1, end));
      rows.put(OUTER_BEFORE[k] as string, over(outer, from, i));
      rows.put(OUTER_AFTER[k] as string, over(outer, i + 1, end));
    }
    rows.put('core around', between(coreSum, i - 4, i + 5) / 9);
    rows.put('prose above', (proseWords[i] as number) / (total + 1));
    rows.put('prose words above', logAbove);
    rows.put('prose words below', logBelow);
    rows.put('place', i / n);
    rows.put('lines above', logs[i] as number);
    rows.put('lines below', logs[n - 1 - i] as number);
    rows.put('last prose', lastProse[i] as number);
    rows.put('next prose', nextProse[i] as number);
    rows.put('last date', lastDate[i] as number);
    rows.put('next date', nextDate[i] as number);
    rows.put('last repeat', lastRepeat[i] as number);
    rows.put('headline', landmark < 0 ? 2 * FAR : bounded(i - landmark));
    rows.put('segment start', bounded(i - segment.first));
    rows.put('segment end', bounded(segment.last - i));
    rows.put('segment', i >= segment.first && i <= segment.last ? 1 : 0);
    const beyond =
      i > segment.last ? between(proseWords, segment.last + 1, i + 1) : between(proseWords, i, segment.first);
    rows.put('segment prose', beyond / (inSegment + 1));
    rows.put('lines', logLines);
    rows.put('prose words', logTotal);
    rows.put('prose share', proseShare);
  }
  return segment;
}
