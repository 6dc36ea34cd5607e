import { bestSegment, STRONG_TAIL, type Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { between, bounded, FAR, running, sinceLast, untilNext } from './running.ts';
import type { Shape } from './shape.ts';
import { OUTER } from './tail-features.ts';

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
  const words = (i: number) => (shapes[i] as Shape).words;
  const proseWords = running(n, (i) => (prose[i] === 1 ? Math.min(words(i), 150) : 0));
  const allWords = running(n, (i) => Math.min(words(i), 150));
  const scored = running(n, (i) => Math.min(words(i), 80) * ((rule[i] as number) - 0.3));
  const coreSum = running(n, (i) => core[i] as number);
  const outer = running(n, (i) => ((wordings[i]?.begins ?? 0) & OUTER && words(i) < 15 ? 1 : 0));
  const short = running(n, (i) => (words(i) < 6 ? 1 : 0));
  const isProse = (i: number) => prose[i] === 1;
  const isDated = (i: number) => dated[i] === 1 && words(i) < 12;
  const lastProse = sinceLast(n, isProse);
  const nextProse = untilNext(n, isProse);
  const lastDate = sinceLast(n, isDated);
  const nextDate = untilNext(n, isDated);
  const lastRepeat = sinceLast(n, (i) => (repeats[i] as number) > 1);
  const penalty = new Float32Array(n);
  for (let i = 0; i < n; i++) if ((wordings[i]?.whole ?? 0) & STRONG_TAIL) penalty[i] = HEADING_PENALTY;
  const segment = bestSegment(shapes, rule, SEGMENT_BAR, penalty);
  const inSegment = between(proseWords, segment.first, segment.last + 1);
  const total = proseWords[n] as number;
  const share = (from: number, end: number) => between(proseWords, from, end) / (between(allWords, from, end) + 1);

  for (let i = 0; i < n; i++) {
    rows.seek(i, column);
    for (let k = 0; k < REACHES.length; k++) {
      const from = i - (REACHES[k] as number);
      const end = i + 1 + (REACHES[k] as number);
      rows.put(PROSE_BEFORE[k] as string, share(from, i));
      rows.put(PROSE_AFTER[k] as string, share(i + 1, end));
      rows.put(SCORED_BEFORE[k] as string, between(scored, from, i));
      rows.put(SCORED_AFTER[k] as string, between(scored, i + 1, end));
      rows.put(SHORT_BEFORE[k] as string, between(short, from, i));
      rows.put(SHORT_AFTER[k] as string, between(short, i + 1, end));
      rows.put(OUTER_BEFORE[k] as string, between(outer, from, i));
      rows.put(OUTER_AFTER[k] as string, between(outer, i + 1, end));
    }
    rows.put('core around', between(coreSum, i - 4, i + 5) / 9);
    rows.put('prose above', (proseWords[i] as number) / (total + 1));
    rows.put('prose words above', Math.log1p(proseWords[i] as number));
    rows.put('prose words below', Math.log1p(total - (proseWords[i + 1] as number)));
    rows.put('place', i / n);
    rows.put('lines above', Math.log1p(i));
    rows.put('lines below', Math.log1p(n - 1 - i));
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
    rows.put('lines', Math.log1p(n));
    rows.put('prose words', Math.log1p(total));
    rows.put('prose share', total / ((allWords[n] as number) + 1));
  }
  return segment;
}
