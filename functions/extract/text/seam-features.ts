import { looksLikePerson } from '../metadata/author-names.ts';
import { CLASS } from './characters.ts';
import type { Line } from './lines.ts';
import { namesOf, Rows } from './rows.ts';
import { scan } from './scan.ts';
import { isProse, type Shape } from './shape.ts';
import { bitOf, type Wording, wordingOf } from './vocabulary.ts';
import { WordUse } from './word-use.ts';
import { WordList } from './words.ts';
import { continues, extentOf, overshoot, type Wrap } from './wrap.ts';

/** Characters from which a line that returns is no accident. */
const FEWEST_CHARACTERS = 4;
/** Characters of a line that are measured: no wrapper left more. */
const MOST_CHARACTERS = 400;

/** A day or a clock time. */
const STAMP = /\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/;
const NAME_WORDS = 3;
const BYLINE_WORDS = 6;
const LABEL_LETTERS = 4;
const BYLINE = /^(?:By|Von|Par|Por) \p{Lu}[\p{L}.'’-]{1,30} \p{Lu}/u;

/** Lines of a paragraph, before and after the seam, that are measured. */
const HEAD_LINES = 4;
/** Lines below the seam's paragraph in which a byline, a date and a sentence are looked for. */
const FAR = 6;

/** Purposes by which a line tells that it is something of its own. */
const FIELDS = [
  ['byline', bitOf('byline')],
  ['stamp', bitOf('stamp')],
  ['picture', bitOf('picture')],
  ['aside', bitOf('related') | bitOf('share') | bitOf('comments') | bitOf('offers')],
  ['frame', bitOf('navigation') | bitOf('legal') | bitOf('tags') | bitOf('bio')],
] as const;

/**
 * Measures the seams of wrapped text: what stands before and after a line's end that a wrapper may have made, or that is
 * the end of a paragraph as wide as the text.
 */
export class SeamReader {
  readonly #lines: readonly Line[];
  readonly #wrap: Wrap;
  readonly #shapes: Shape[];
  readonly #wordings: Wording[];
  readonly #words = new WordList();
  readonly #starts: Int32Array;
  /** By line, 1 where it could go on the one before; the end of the run it stands in. */
  readonly #goesOn: Uint8Array;
  readonly #runEnd: Int32Array;
  readonly #use: WordUse;
  /** Lines that somewhere in the text end, or open, a paragraph for sure. */
  readonly #ends = new Set<string>();
  readonly #opens = new Set<string>();
  readonly #rows: Rows;

  constructor(lines: readonly Line[], wrap: Wrap, width = SEAM_FEATURES.length) {
    const n = lines.length;
    this.#lines = lines;
    this.#wrap = wrap;
    this.#rows = new Rows(1, width);
    this.#shapes = new Array(n);
    this.#wordings = new Array(n);
    this.#starts = new Int32Array(n + 1);
    this.#goesOn = new Uint8Array(n + 1);
    const words = this.#words;
    for (let i = 0; i < n; i++) {
      const text = (lines[i] as Line).text.slice(0, MOST_CHARACTERS);
      const from = words.size;
      this.#shapes[i] = scan(text, words);
      this.#starts[i + 1] = words.size;
      this.#wordings[i] = wordingOf(text, words, from, words.size);
      if (i > 0 && continues(lines[i - 1] as Line, lines[i] as Line, wrap)) this.#goesOn[i] = 1;
    }
    this.#runEnd = new Int32Array(n + 1);
    for (let i = n - 1; i >= 0; i--) this.#runEnd[i] = this.#goesOn[i + 1] === 1 ? (this.#runEnd[i + 1] as number) : i;
    for (let i = 0; i <= n; i++) {
      if (this.#goesOn[i] === 1) continue;
      const above = lines[i - 1]?.text ?? '';
      const below = lines[i]?.text ?? '';
      if (above.length >= FEWEST_CHARACTERS) this.#ends.add(above);
      if (below.length >= FEWEST_CHARACTERS) this.#opens.add(below);
    }
    this.#use = new WordUse(words, this.#starts, this.#shapes, this.#goesOn);
  }

  /** Whether a wrapper may have broken the text before line `i`. */
  couldGoOn(i: number): boolean {
    return this.#goesOn[i] === 1;
  }

  /** Whether line `i`, which could go on the one before, may open a paragraph as well: none opens in small letters. */
  isOpen(i: number): boolean {
    return (this.#shapes[i] as Shape).opens !== CLASS.lower;
  }

  /**
   * Whether line `i`, with nothing to go on it, is a byline or a label in capitals: no paragraph ends in one. Out of 113
   * such labels beside headlines all were their own lines; of those elsewhere, in lists, one in two was.
   */
  standsAlone(i: number): boolean {
    if (this.#runEnd[i] !== i) return false;
    const own = this.#shapes[i] as Shape;
    const above = this.#shapes[i - 1] as Shape;
    if (own.words <= BYLINE_WORDS && BYLINE.test(this.#lines[i]?.text ?? '')) return true;
    if (this.#signs(i)) return true;
    return own.letters >= LABEL_LETTERS && own.upper === own.letters && above.upper < above.letters / 2;
  }

  /** Whether a line is names alone, which nowhere stand in small letters, with the day below: who wrote it, and not a headline's last words. */
  #signs(i: number): boolean {
    const text = this.#lines[i]?.text ?? '';
    if ((this.#shapes[i] as Shape).words > BYLINE_WORDS || !STAMP.test(this.#lines[i + 1]?.text.slice(0, 60) ?? ''))
      return false;
    for (let k = this.#starts[i] as number; k < (this.#starts[i + 1] as number); k++)
      if (this.#use.smallness(k) > 0) return false;
    return text.split(', ').every((name) => name.split(' ').length <= NAME_WORDS && looksLikePerson(name));
  }

  /**
   * The features of a seam.
   *
   * @param start index of the line that the paragraph before the seam begins with
   * @param i index of the line after the seam
   * @returns a row that the next call overwrites
   */
  row(start: number, i: number): Float32Array {
    this.#rows.seek(0);
    this.write(start, i, this.#rows);
    return this.#rows.values;
  }

  write(start: number, i: number, rows: Rows): void {
    const lines = this.#lines;
    const shapes = this.#shapes;
    const { width, brokenShare, smallShare } = this.#wrap;
    const head = shapes[start] as Shape;
    const above = shapes[i - 1] as Shape;
    const next = shapes[i] as Shape;
    const text = lines[i]?.text ?? '';
    const aboveText = lines[i - 1]?.text ?? '';
    const { kinds, lengths } = this.#words;
    const use = this.#use;

    rows.put('broken share', brokenShare);
    rows.put('small share', smallShare);
    rows.put('room', width - extentOf(lines[i - 1] as Line));
    rows.put('overshoot', overshoot(lines[i - 1] as Line, lines[i] as Line, this.#wrap));

    // What stands before the seam.
    rows.put('lines', Math.min(i - start, 9));
    const { words, sentences, capitals, quotes } = inAll(shapes, Math.max(start, i - HEAD_LINES), i);
    rows.put('words', words);
    rows.put('sentences', sentences);
    rows.put('capitals', share(capitals, words));
    rows.put('quotes odd', quotes % 2);
    rows.put('prose', isProse(above) ? 1 : 0);
    rows.put('closes', above.closes);
    rows.put('trails off', above.trailsOff ? 1 : 0);
    rows.put('asks', /[?!]["'”’»]?$/u.test(aboveText.slice(-3)) ? 1 : 0);
    rows.put('line words', above.words);
    rows.put('line capitals', share(above.capitalWords, above.words));
    rows.put('line commas', above.commas);
    rows.put('line digits', above.digits);
    rows.put('line upper', share(above.upper, above.letters));
    rows.put('head separators', head.separators);
    rows.put('head symbols', head.symbols);
    rows.put('head opens', head.opens);
    const headBegins = this.#wordings[start]?.begins ?? 0;
    for (const [name, bits] of FIELDS) rows.put(`head ${name}`, headBegins & bits ? 1 : 0);
    rows.put('head words before', start > 0 ? Math.min((shapes[start - 1] as Shape).words, 30) : -1);
    rows.put('head closes before', start > 0 ? (shapes[start - 1] as Shape).closes : -1);

    // What stands after it.
    rows.put('next opens', next.opens);
    rows.put('next words', next.words);
    rows.put('next capitals', share(next.capitalWords, next.words));
    rows.put('next upper', share(next.upper, next.letters));
    rows.put('more capitals', share(next.capitalWords, next.words) - share(capitals, words));
    rows.put('more upper', share(next.upper, next.letters) - share(above.upper, above.letters));
    rows.put('next closes', next.closes);
    rows.put('next sentences', next.sentences);
    rows.put('next commas', next.commas);
    rows.put('next digits', next.digits);
    rows.put('next separators', next.separators);
    rows.put('next symbols', next.symbols);
    rows.put('next address', next.hasAddress ? 1 : 0);
    rows.put('next extent', extentOf(lines[i] as Line) / width);
    const wording = this.#wordings[i] as Wording;
    for (const [name, bits] of FIELDS) rows.put(`next ${name}`, wording.begins & bits ? 1 : 0);
    rows.put('next whole', wording.whole === 0 ? 0 : 1);
    rows.put('next person', next.words <= 6 && looksLikePerson(text) ? 1 : 0);
    rows.put('next quoted', /^["“„«‘'(]/u.test(text) ? 1 : 0);

    // What could go on further.
    const end = this.#runEnd[i] as number;
    const last = shapes[end] as Shape;
    rows.put('rest', Math.min(end - i, 9));
    rows.put('rest closes', last.closes);
    rows.put('after opens', i < end ? (shapes[i + 1] as Shape).opens : -1);
    rows.put(
      'after capitals',
      i < end ? share((shapes[i + 1] as Shape).capitalWords, (shapes[i + 1] as Shape).words) : -1,
    );
    const restEnd = Math.min(end + 1, i + HEAD_LINES);
    const rest = inAll(shapes, i, restEnd);
    rows.put('rest words', rest.words);
    rows.put('rest sentences', rest.sentences);
    rows.put('rest capitals', share(rest.capitals, rest.words));
    rows.put('last words', last.words);
    const below = shapes[end + 1];
    rows.put('below words', below ? Math.min(below.words, 30) : -1);
    rows.put('below closes', below ? below.closes : -1);
    rows.put('below digits', below ? Math.min(below.digits, 9) : -1);
    let signed = FAR;
    let dated = FAR;
    let told = FAR;
    for (let j = Math.min(shapes.length - 1, end + FAR - 1); j > end; j--) {
      const shape = shapes[j] as Shape;
      const begins = this.#wordings[j]?.begins ?? 0;
      if (begins & bitOf('byline') && shape.words <= 12) signed = j - end;
      if ((begins & bitOf('stamp') || shape.digits >= 4) && shape.words <= 12) dated = j - end;
      if (isProse(shape)) told = j - end;
    }
    rows.put('byline below', signed);
    rows.put('date below', dated);
    rows.put('prose below', told);
    rows.put('head core', use.core(start, Math.min(i, start + HEAD_LINES)));
    rows.put('next core', use.core(i, restEnd));

    // How the text uses the words on either side.
    const left = (this.#starts[i] as number) - 1;
    const right = this.#starts[i] as number;
    const hasLeft = left >= (this.#starts[i - 1] as number);
    const hasRight = right < (this.#starts[i + 1] as number);
    rows.put('left kind', hasLeft ? (kinds[left] as number) : -1);
    rows.put('left length', hasLeft ? (lengths[left] as number) : -1);
    rows.put('left small', hasLeft ? use.smallness(left) : -1);
    rows.put('left often', hasLeft ? use.often(left) : -1);
    rows.put('right kind', hasRight ? (kinds[right] as number) : -1);
    rows.put('right length', hasRight ? (lengths[right] as number) : -1);
    rows.put('right small', hasRight ? use.smallness(right) : -1);
    rows.put('right often', hasRight ? use.often(right) : -1);
    const pair = hasLeft && hasRight ? use.pairs(left, right) : 0;
    // Those right beside the seam count themselves.
    const before = left - 1 >= (this.#starts[i - 1] as number) ? use.pairs(left - 1, left) - 1 : 0;
    const after = right + 1 < (this.#starts[i + 1] as number) ? use.pairs(right, right + 1) - 1 : -1;
    rows.put('pair after', Math.min(after, 5));
    rows.put('pair', Math.min(pair, 5));
    rows.put('pair before', Math.min(before, 5));
    rows.put('pair share', share(pair, before));

    // Where else the lines stand.
    rows.put('ends elsewhere', this.#ends.has(aboveText) ? 1 : 0);
    rows.put('opens elsewhere', this.#opens.has(text) ? 1 : 0);
    rows.put('head opens elsewhere', i - start > 1 && this.#opens.has(lines[start]?.text ?? '') ? 1 : 0);
    rows.put('repeats', aboveText.endsWith(text) ? 1 : 0);
  }
}

/** What lines hold together, the last one not among them. */
function inAll(shapes: readonly Shape[], from: number, to: number) {
  let words = 0;
  let sentences = 0;
  let capitals = 0;
  let quotes = 0;
  for (let j = from; j < to; j++) {
    const shape = shapes[j] as Shape;
    words += shape.words;
    sentences += shape.sentences;
    capitals += shape.capitalWords;
    quotes += shape.quotes;
  }
  return { words, sentences, capitals, quotes };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

export const SEAM_FEATURES: string[] = namesOf((rows) => {
  const line = { text: 'a', number: 1, blanksBefore: 0, indent: 0 };
  const wrap = { width: 72, atHyphens: false, typeset: false, brokenShare: 1, smallShare: 1 };
  new SeamReader([line, line], wrap, 1).write(0, 1, rows);
});
