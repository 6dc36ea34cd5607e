import { STRONG_TAIL, type Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { sinceLast, untilNext } from './running.ts';
import type { Shape } from './shape.ts';
import type { Segment } from './stretch-features.ts';
import { bitOf, type Purpose, type Wording } from './vocabulary.ts';

/** Headings of what stands below an article, and what stands around it anywhere. */
const TAIL_HEADS = STRONG_TAIL | bitOf('bio') | bitOf('offers') | bitOf('share');
export const OUTER = TAIL_HEADS | bitOf('legal') | bitOf('navigation');
const SOUGHT: readonly Purpose[] = ['share', 'comments', 'related', 'legal', 'bio', 'offers'];
const SOUGHT_BITS = SOUGHT.map(bitOf);
const ANY_SOUGHT = SOUGHT_BITS.reduce((all, bit) => all | bit);
/** Words from which a line is no heading. */
const SOUGHT_WORDS = 12;
const LAST = SOUGHT.map((purpose) => `last ${purpose}`);
const MOST_HEADINGS = 6;

/** Writes how far each line is from the headings of a tail, and how much prose stands between. */
export function writeTailFeatures(survey: Survey, segment: Segment, rows: Rows, column: number): void {
  const { shapes, wordings, prose } = survey;
  const n = shapes.length;
  const proseWords = new Float64Array(n + 1);
  const heads = new Uint8Array(n);
  const strong = new Uint8Array(n);
  const sought = SOUGHT_BITS.map(() => new Uint8Array(n));
  for (let i = 0; i < n; i++) {
    const { words } = shapes[i] as Shape;
    const { begins, whole } = wordings[i] as Wording;
    proseWords[i + 1] = (proseWords[i] as number) + (prose[i] === 1 ? Math.min(words, 150) : 0);
    if ((whole & TAIL_HEADS) !== 0) heads[i] = 1;
    if ((whole & STRONG_TAIL) !== 0) strong[i] = 1;
    if (words >= SOUGHT_WORDS || (begins & ANY_SOUGHT) === 0) continue;
    for (let k = 0; k < SOUGHT_BITS.length; k++)
      if ((begins & (SOUGHT_BITS[k] as number)) !== 0) (sought[k] as Uint8Array)[i] = 1;
  }
  const total = proseWords[n] as number;
  const lastHead = sinceLast(heads);
  const nextHead = untilNext(heads);
  const lastStrong = sinceLast(strong);
  const nextStrong = untilNext(strong);
  const last = sought.map(sinceLast);
  let above = 0;
  let strongAbove = -1;
  let headings = 0;
  for (let i = 0; i < n; i++) {
    if (heads[i] === 1) {
      above = proseWords[i] as number;
      if (i >= segment.first) headings++;
    }
    if (i > segment.first && strong[i] === 1) strongAbove = proseWords[i] as number;
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
