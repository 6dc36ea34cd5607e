import { CLASS } from './characters.ts';
import type { Line } from './lines.ts';
import { isProse, measure, type Shape } from './shape.ts';
import { bitOf, type Wording, wordingOf } from './vocabulary.ts';

/** Everything measured of a text's lines before any of them is judged. */
export interface Survey {
  lines: Line[];
  shapes: Shape[];
  wordings: Wording[];
  prose: Uint8Array;
  /** How often the same line stands in the text, itself included. */
  repeats: Uint16Array;
  /** Share of the line's longer words that running text elsewhere uses as well. */
  core: Float32Array;
  /** Share of the line's words that are among the commonest of the running text: its grammar words. */
  common: Float32Array;
  /** Whether the line holds something like a date or a clock time. */
  dated: Uint8Array;
  /** 0 to 1: how much a line reads like the body of an article, by rules alone. */
  rule: Float32Array;
}

const TAIL =
  bitOf('related') |
  bitOf('share') |
  bitOf('comments') |
  bitOf('legal') |
  bitOf('offers') |
  bitOf('navigation') |
  bitOf('tags') |
  bitOf('bio');
/** Headings after which the article seldom goes on. */
export const STRONG_TAIL = bitOf('related') | bitOf('comments') | bitOf('tags');
const DATED =
  /\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d年|\d{1,2}\s?(?:ago|hours?|days?|min)\b/;
const WORD = /[\p{L}\p{M}]+/gu;
/** Characters of a line whose words are compared with other lines. */
const COMPARED = 1500;

/** Measures all lines. Linear in the text. */
export function survey(lines: Line[]): Survey {
  const n = lines.length;
  const shapes: Shape[] = new Array(n);
  const wordings: Wording[] = new Array(n);
  const prose = new Uint8Array(n);
  const dated = new Uint8Array(n);
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const text = (lines[i] as Line).text;
    const shape = measure(text);
    shapes[i] = shape;
    wordings[i] = wordingOf(text);
    prose[i] = isProse(shape) ? 1 : 0;
    dated[i] = shape.digits > 1 && DATED.test(text.slice(0, 200)) ? 1 : 0;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const repeats = new Uint16Array(n);
  for (let i = 0; i < n; i++) repeats[i] = Math.min(counts.get((lines[i] as Line).text) ?? 1, 65_535);
  const { core, common } = compareWords(lines, prose, shapes);
  const rule = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    rule[i] = ruleScore(shapes[i] as Shape, wordings[i] as Wording, repeats[i] ?? 1, dated[i] === 1, common[i] ?? 0);
  }
  return { lines, shapes, wordings, prose, repeats, core, common, dated, rule };
}

/** The words of running text: how many of each line's words are its subject, how many its grammar. */
function compareWords(lines: Line[], prose: Uint8Array, shapes: Shape[]): { core: Float32Array; common: Float32Array } {
  const n = lines.length;
  const words: string[][] = new Array(n);
  const frequency = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const text = (lines[i] as Line).text;
    const found = comparedWords(text.slice(0, COMPARED).toLowerCase(), shapes[i] as Shape);
    words[i] = found;
    if (prose[i] === 1) for (const word of found) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const grammar = new Set(
    [...frequency]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 40)
      .map(([word]) => word),
  );
  const core = new Float32Array(n);
  const common = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const own = words[i] as string[];
    let subject = 0;
    let shared = 0;
    let small = 0;
    for (const word of own) {
      if (grammar.has(word)) {
        small++;
        continue;
      }
      subject++;
      // A prose line's own words do not count for it.
      if ((frequency.get(word) ?? 0) > (prose[i] === 1 ? 1 : 0)) shared++;
    }
    core[i] = subject === 0 ? 0 : shared / subject;
    common[i] = own.length === 0 ? 0 : small / own.length;
  }
  return { core, common };
}

/** Words to compare lines by; in scripts without spaces, pairs of characters. */
export function comparedWords(lowered: string, shape: Shape): string[] {
  const found: string[] = lowered.match(WORD) ?? [];
  if (shape.unspacedShare < 0.5) return found;
  const pairs: string[] = [];
  for (const run of found) {
    if (run.length === 1) pairs.push(run);
    for (let k = 0; k + 1 < run.length; k++) pairs.push(run.slice(k, k + 2));
  }
  return pairs;
}

function ruleScore(shape: Shape, wording: Wording, repeats: number, dated: boolean, common: number): number {
  const { words } = shape;
  const stop = shape.closes === CLASS.stop && !shape.trailsOff;
  let score =
    words >= 25
      ? stop
        ? 0.92
        : 0.75
      : words >= 12
        ? stop
          ? 0.85
          : 0.45
        : words >= 6
          ? stop
            ? 0.6
            : 0.15
          : stop
            ? 0.3
            : 0.07;
  if (words >= 6 && shape.capitalWords > words * 0.6) score *= 0.4;
  if (shape.hasAddress && words < 30) score *= 0.4;
  if (shape.separators > 1 && words < 40) score *= 0.5;
  if (repeats > 1) score *= 0.4;
  if (shape.digits > shape.letters / 3) score *= 0.4;
  if (dated && words < 12) score *= 0.4;
  if (words >= 8 && common < 0.1) score *= 0.6;
  if (wording.begins & TAIL && words <= 25) score *= 0.35;
  if (wording.whole & TAIL) score *= 0.2;
  return score;
}

/** Longest stretch worth of lines: maximizes the sum of words × (score − bar). */
export function bestSegment(
  shapes: Shape[],
  score: Float32Array,
  bar: number,
  penalty?: Float32Array,
): { first: number; last: number; sum: number } {
  let best = { first: 0, last: -1, sum: 0 };
  let sum = 0;
  let first = 0;
  for (let i = 0; i < shapes.length; i++) {
    const words = Math.min((shapes[i] as Shape).words, 120) + 1.5;
    sum += words * ((score[i] ?? 0) - bar) - (penalty?.[i] ?? 0);
    if (sum <= 0) {
      sum = 0;
      first = i + 1;
    } else if (sum > best.sum) best = { first, last: i, sum };
  }
  return best;
}
