/** The text of the block under way, and what its characters tell. */
import { closeBlankLines } from '../../article/blank-lines.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import * as is from './character-classes.ts';

/** Stand-ins inside a run for what white-space folding must not touch; private use, stripped from input. */
export const BREAK = '\uE000';
export const CELL = '\uE001';
export const ROW = '\uE002';

const PRIVATE = /[\uE000-\uE002]/g;

export type Form = 'flow' | 'pre' | 'table';

const encoder = new TextEncoder();

/** Half of a surrogate pair. */
const PAIRED = 0xd800;

/** Counts as it reads: one pass over the characters where they stand in the source. */
export class TextRun {
  words = 0;
  letters = 0;
  linkWords = 0;
  linkLetters = 0;
  stops = 0;
  commas = 0;
  digits = 0;
  capitals = 0;
  strongLetters = 0;
  breaks = 0;
  inWord = false;
  /** A line break came last. */
  pendingBreak = false;
  /** Where the text stands in the source, white space around it left out, while it is one piece; −1 else. */
  from = -1;
  to = -1;
  /** The text that is put together from pieces. */
  #text = '';
  readonly #tree: MarkupTree;
  /** White space stands behind the one piece. */
  #isSpaced = false;
  #afterSpace = false;
  /** White space came last that is not a single space. */
  #isRagged = false;
  /** Some of that stood before the text. */
  #wasRagged = false;
  #hasNarrow = false;
  /** Whether white space must be folded: anything but single spaces inside. */
  #uneven = false;
  /** Where a text whose references are resolved is written to be read. */
  #resolved = new Uint8Array(512);

  constructor(tree: MarkupTree) {
    this.#tree = tree;
  }

  clear(): void {
    this.from = this.to = -1;
    this.#text = '';
    this.words = this.letters = this.linkWords = this.linkLetters = 0;
    this.stops = this.commas = this.digits = this.capitals = this.strongLetters = this.breaks = 0;
    this.inWord = this.pendingBreak = this.#afterSpace = this.#isRagged = this.#uneven = this.#isSpaced = false;
    this.#wasRagged = this.#hasNarrow = false;
  }

  /** Puts a sign behind the text. */
  mark(sign: string): void {
    this.#join();
    this.#text += sign;
  }

  /** Begins another line, but for the first. */
  startLine(): void {
    this.#join();
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
  }

  /** Reads a text of the page. White space before a flowing text shows nothing and is left out. */
  read(node: Node, form: Form, isLink: boolean, isStrong: boolean): void {
    const tree = this.#tree;
    const from = tree.from[node] as number;
    const to = tree.to[node] as number;
    const { letters, words } = this;
    const isFirst = letters === 0 && form === 'flow';
    let text: string | null = null;
    // Most texts hold no character reference, and many are white space between tags: these are never copied.
    let reserved = from < 0 ? -1 : this.#scan(tree.source.bytes, from, to, true);
    if (reserved < 0) {
      text = tree.text(node);
      if (this.#resolved.length < 3 * text.length) this.#resolved = new Uint8Array(3 * text.length);
      const { written } = encoder.encodeInto(text, this.#resolved);
      reserved = this.#scan(this.#resolved, 0, written, false);
    }
    if (this.letters > letters) {
      this.pendingBreak = false;
      if (isLink) {
        this.linkLetters += this.letters - letters;
        this.linkWords += this.words - words;
      }
      if (isStrong) this.strongLetters += this.letters - letters;
      if (isFirst && text === null && reserved === 0 && !this.#uneven && this.#place(from, to)) return;
    } else if (isFirst) {
      this.#afterSpace = this.#isRagged = this.#uneven = false;
      return;
    } else if (this.from !== -1 && !this.#uneven) {
      this.#isSpaced ||= to > from;
      return;
    }
    text ??= tree.source.slice(from, to);
    this.#join();
    this.#text += reserved > 0 ? text.replace(PRIVATE, '') : text;
  }

  /** Notes the first piece by its place alone; false where it has to be looked at as a string. */
  #place(from: number, to: number): boolean {
    const { bytes } = this.#tree.source;
    let start = from;
    while (isWhite(bytes[start] as number)) start++;
    // Among the characters that these two bytes open are spaces that no table has.
    const first = bytes[start] as number;
    if (first === 0xe1 || first === 0xe2) return false;
    let end = to;
    while (isWhite(bytes[end - 1] as number)) end--;
    this.from = start;
    this.to = end;
    this.#isSpaced = end < to;
    return true;
  }

  /** Makes a string of the one piece, to which more comes. */
  #join(): void {
    if (this.from === -1) return;
    this.#text = this.#tree.source.slice(this.from, this.to);
    if (this.#isSpaced) this.#text += ' ';
    this.from = this.to = -1;
  }

  /** Counts the characters of a range and gives how many are reserved; negative, and nothing counted, where a reference may stand in it. */
  #scan(bytes: Uint8Array, from: number, to: number, raw: boolean): number {
    const { CLASSES } = is;
    let { words, letters, stops, commas, digits, capitals, inWord } = this;
    let afterSpace = this.#afterSpace;
    let isRagged = this.#isRagged;
    let uneven = this.#uneven;
    let reserved = 0;
    for (let i = from; i < to; i++) {
      let code = bytes[i] as number;
      if (code >= 0xf0) {
        // Both halves of a pair are letters.
        i += 3;
        letters++;
        code = PAIRED;
      } else if (code >= 0xe0) {
        code = ((code & 0xf) << 12) | (((bytes[++i] as number) & 0x3f) << 6) | ((bytes[++i] as number) & 0x3f);
      } else if (code >= 0x80) code = ((code & 0x1f) << 6) | ((bytes[++i] as number) & 0x3f);
      const type = CLASSES[code] as number;
      if (type === is.BLANK) {
        if (afterSpace) isRagged = true;
        afterSpace = true;
        inWord = false;
        continue;
      }
      if (type === is.SPACE) {
        // What is no white space to all must not be taken for some.
        if (!isWhite(code)) uneven = true;
        isRagged = afterSpace = true;
        inWord = false;
        continue;
      }
      if (afterSpace) {
        if (isRagged) {
          if (letters > 0) uneven = true;
          else this.#wasRagged = true;
        }
        afterSpace = isRagged = false;
      }
      letters++;
      if (type === is.LETTER) {
        if (!inWord) {
          words++;
          inWord = true;
        }
        // Most of a text is letters behind letters, of one byte or two.
        for (let next = i + 1; next < to; next = i + 1) {
          const lead = bytes[next] as number;
          if (lead < 0x80) {
            if (CLASSES[lead] !== is.LETTER) break;
            i = next;
          } else {
            if (lead >= 0xe0 || CLASSES[((lead & 0x1f) << 6) | ((bytes[next + 1] as number) & 0x3f)] !== is.LETTER)
              break;
            i = next + 1;
          }
          letters++;
        }
        continue;
      }
      switch (type) {
        case is.CAPITAL:
        case is.DIGIT:
        case is.RESERVED:
        case is.WIDE_STOP:
        case is.WIDE_COMMA:
          if (!inWord) words++;
          inWord = true;
          if (type === is.CAPITAL) capitals++;
          else if (type === is.DIGIT) digits++;
          else if (type === is.RESERVED) reserved++;
          else {
            if (type === is.WIDE_STOP) stops++;
            else commas++;
            inWord = false;
          }
          break;
        case is.STOP:
          stops++;
          inWord = false;
          break;
        case is.COMMA:
          commas++;
          inWord = false;
          break;
        case is.NARROW:
          if (!inWord) words++;
          inWord = true;
          this.#hasNarrow = true;
          break;
        case is.UNSPACED:
          words++;
          inWord = false;
          break;
        case is.JOINER:
          break;
        case is.AMPERSAND:
          if (raw) return -1;
          inWord = false;
          break;
        default:
          inWord = false;
      }
    }
    this.words = words;
    this.letters = letters;
    this.stops = stops;
    this.commas = commas;
    this.digits = digits;
    this.capitals = capitals;
    this.inWord = inWord;
    this.#afterSpace = afterSpace;
    this.#isRagged = isRagged;
    this.#uneven = uneven;
    return reserved;
  }

  /** The text in its final form; null where it is what stands in the source between {@link from} and {@link to}. */
  settled(form: Form): string | null {
    if (this.#hasNarrow && (this.#wasRagged || this.#isRagged)) this.#uneven = true;
    if (this.from !== -1 && !this.#uneven) return null;
    this.#join();
    if (form === 'pre') return preText(this.#text);
    if (form === 'table') return tableText(this.#text);
    return this.#uneven || this.breaks > 0 ? flowText(this.#text) : this.#text.trim();
  }
}

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
const isWhite = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** White space but single spaces, which stay as they are: most of a text is these. */
const UNEVEN_SPACE = /\s{2,}|[^\S ]/g;

function flowText(run: string): string {
  const folded = run.replace(UNEVEN_SPACE, ' ');
  return (folded.includes(BREAK) ? folded.replace(/ ?\uE000[ \uE000]*/g, '\n') : folded).trim();
}

/** Keeps the lines as they are; an empty line inside becomes a line of one space, so that blank lines part blocks only. */
function preText(run: string): string {
  const lines = run.replace(/\r\n?/g, '\n').split('\n');
  return closeBlankLines(lines.map((line) => line.trimEnd()).join('\n'));
}

/** Rows by line, cells by tab. Rows without text are left out. */
function tableText(run: string): string {
  const rows: string[] = [];
  for (const row of run.replace(UNEVEN_SPACE, ' ').split(ROW)) {
    const cells = row.split(CELL).map((cell) => cell.trim());
    if (cells[0] === '') cells.shift();
    if (cells.some((cell) => cell !== '')) rows.push(cells.join('\t').trimEnd());
  }
  return rows.join('\n');
}
