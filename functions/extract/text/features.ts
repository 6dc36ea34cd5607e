import { CLASS } from './characters.ts';
import { speaksOfConsent } from './consent.ts';
import type { Line } from './lines.ts';
import { scan } from './scan.ts';
import { isProse, type Shape } from './shape.ts';
import { bitOf, type Wording, wordingOf } from './vocabulary.ts';
import { WORD_KIND, WordList } from './words.ts';

/** Everything measured of a text's lines before any of them is judged. */
export interface Survey {
  lines: readonly Line[];
  shapes: Shape[];
  wordings: Wording[];
  /** The words of all lines in order; those of line i are from `starts[i]` to before `starts[i + 1]`. */
  words: WordList;
  starts: Int32Array;
  /** By id of a word, 1 for the commonest of the running text: its grammar words. */
  grammar: Uint8Array;
  prose: Uint8Array;
  /** How often the same line stands in the text, itself included. */
  repeats: Uint16Array;
  /** Share of the line's longer words that running text elsewhere uses as well. */
  core: Float32Array;
  /** Share of the line's words that are among the commonest of the running text: its grammar words. */
  common: Float32Array;
  /** Whether the line speaks of the site's cookies or of their settings. */
  consent: Uint8Array;
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

/** Measures all lines. Linear in the text. */
export function survey(lines: Line[]): Survey {
  const n = lines.length;
  const shapes: Shape[] = new Array(n);
  const wordings: Wording[] = new Array(n);
  const prose = new Uint8Array(n);
  const dated = new Uint8Array(n);
  const consent = new Uint8Array(n);
  const counts = new Map<string, number>();
  const words = new WordList();
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const text = (lines[i] as Line).text;
    const from = words.size;
    const shape = scan(text, words);
    starts[i + 1] = words.size;
    shapes[i] = shape;
    wordings[i] = wordingOf(text, words, from, words.size);
    prose[i] = isProse(shape) ? 1 : 0;
    dated[i] = shape.digits > 1 && DATED.test(text.slice(0, 200)) ? 1 : 0;
    consent[i] = speaksOfConsent(words, from) ? 1 : 0;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const repeats = new Uint16Array(n);
  for (let i = 0; i < n; i++) repeats[i] = Math.min(counts.get((lines[i] as Line).text) ?? 1, 65_535);
  const { core, common, grammar } = compareWords(words, starts, prose);
  const rule = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const score = ruleScore(
      shapes[i] as Shape,
      wordings[i] as Wording,
      repeats[i] ?? 1,
      dated[i] === 1,
      common[i] ?? 0,
    );
    rule[i] = consent[i] === 1 ? score * CONSENT_SCORE : score;
  }
  return { lines, shapes, wordings, words, starts, grammar, prose, repeats, core, common, consent, dated, rule };
}

/** What is left of the score of a line about cookies: a notice may be longer than the article above it. */
const CONSENT_SCORE = 0.3;

/** Words of running text so frequent that they are its grammar, not its subject. */
const GRAMMAR_WORDS = 40;

/** The words of running text: how many of each line's words are its subject, how many its grammar. */
function compareWords({ ids, kinds, distinct }: WordList, starts: Int32Array, prose: Uint8Array) {
  const n = prose.length;
  const frequency = new Int32Array(distinct);
  for (let i = 0; i < n; i++) {
    if (prose[i] === 0) continue;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const id = ids[k] as number;
      if (kinds[k] !== WORD_KIND.number) frequency[id] = (frequency[id] as number) + 1;
    }
  }
  const least = countOfRank(frequency, GRAMMAR_WORDS);
  const grammar = new Uint8Array(distinct);
  for (let id = 0; id < distinct; id++) if ((frequency[id] as number) >= least) grammar[id] = 1;
  const core = new Float32Array(n);
  const common = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const end = starts[i + 1] as number;
    // A prose line's own words do not count for it.
    const own = prose[i] as number;
    let subject = 0;
    let shared = 0;
    let small = 0;
    for (let k = starts[i] as number; k < end; k++) {
      if (kinds[k] === WORD_KIND.number) continue;
      const id = ids[k] as number;
      if (grammar[id] === 1) small++;
      else {
        subject++;
        if ((frequency[id] as number) > own) shared++;
      }
    }
    core[i] = subject === 0 ? 0 : shared / subject;
    common[i] = subject + small === 0 ? 0 : small / (subject + small);
  }
  return { core, common, grammar };
}

const MOST_COUNTED = 1024;

/** The count that at most `rank` words reach, two at least: in a short text hardly any word returns. */
function countOfRank(counts: Int32Array, rank: number): number {
  const having = new Int32Array(MOST_COUNTED);
  for (const count of counts) {
    const capped = Math.min(count, MOST_COUNTED - 1);
    if (capped > 0) having[capped] = (having[capped] as number) + 1;
  }
  let reached = 0;
  let least = MOST_COUNTED;
  while (least > 2) {
    reached += having[least - 1] as number;
    if (reached > rank) break;
    least--;
  }
  return least;
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

/** The survey of a text of one empty line, of which features are learned by name. */
export const ONE_LINE: Survey = survey([{ text: '', number: 1, blanksBefore: 0, indent: 0 }]);
