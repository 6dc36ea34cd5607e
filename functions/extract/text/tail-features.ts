import { STRONG_TAIL, type Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { running, sinceLast, untilNext } from './running.ts';
import type { Shape } from './shape.ts';
import type { Segment } from './stretch-features.ts';
import { bitOf, type Purpose } from './vocabulary.ts';

/** Headings of what stands below an article, and what stands around it anywhere. */
const TAIL_HEADS = STRONG_TAIL | bitOf('bio') | bitOf('offers') | bitOf('share');
export const OUTER = TAIL_HEADS | bitOf('legal') | bitOf('navigation');
const SOUGHT: readonly Purpose[] = ['share', 'comments', 'related', 'legal', 'bio', 'offers'];
const LAST = SOUGHT.map((purpose) => `last ${purpose}`);
const MOST_HEADINGS = 6;

/** Writes how far each line is from the headings of a tail, and how much prose stands between. */
export function writeTailFeatures(survey: Survey, segment: Segment, rows: Rows, column: number): void {
  const { shapes, wordings, prose } = survey;
  const n = shapes.length;
  const proseWords = running(n, (i) => (prose[i] === 1 ? Math.min((shapes[i] as Shape).words, 150) : 0));
  const total = proseWords[n] as number;
  const heads = (bits: number) => (i: number) => ((wordings[i]?.whole ?? 0) & bits) !== 0;
  const lastHead = sinceLast(n, heads(TAIL_HEADS));
  const nextHead = untilNext(n, heads(TAIL_HEADS));
  const lastStrong = sinceLast(n, heads(STRONG_TAIL));
  const nextStrong = untilNext(n, heads(STRONG_TAIL));
  const last = SOUGHT.map((purpose) => {
    const bit = bitOf(purpose);
    return sinceLast(n, (i) => ((wordings[i]?.begins ?? 0) & bit) !== 0 && (shapes[i] as Shape).words < 12);
  });
  let above = 0;
  let strongAbove = -1;
  let headings = 0;
  for (let i = 0; i < n; i++) {
    if (heads(TAIL_HEADS)(i)) {
      above = proseWords[i] as number;
      if (i >= segment.first) headings++;
    }
    if (i > segment.first && heads(STRONG_TAIL)(i)) strongAbove = proseWords[i] as number;
    rows.seek(i, column);
    rows.put('last tail heading', lastHead[i] as number);
    rows.put('next tail heading', nextHead[i] as number);
    rows.put('last strong heading', lastStrong[i] as number);
    rows.put('next strong heading', nextStrong[i] as number);
    rows.put('prose since tail heading', headings === 0 ? -1 : Math.log1p((proseWords[i] as number) - above));
    rows.put('prose above tail heading', headings === 0 ? -1 : above / (total + 1));
    rows.put('prose since strong heading', strongAbove < 0 ? -1 : Math.log1p((proseWords[i] as number) - strongAbove));
    rows.put('prose above strong heading', strongAbove < 0 ? -1 : strongAbove / (total + 1));
    rows.put('tail headings', Math.min(headings, MOST_HEADINGS));
    for (let k = 0; k < SOUGHT.length; k++) rows.put(LAST[k] as string, (last[k] as Uint8Array)[i] as number);
  }
}
