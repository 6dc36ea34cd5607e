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
  text = '';
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
  #afterSpace = false;
  /** Whether white space must be folded: anything but single spaces. */
  #uneven = false;
  /** Where a text whose references are resolved is written to be read. */
  #resolved = new Uint8Array(512);

  clear(): void {
    this.text = '';
    this.words = this.letters = this.linkWords = this.linkLetters = 0;
    this.stops = this.commas = this.digits = this.capitals = this.strongLetters = this.breaks = 0;
    this.inWord = this.pendingBreak = this.#afterSpace = this.#uneven = false;
  }

  /** Reads a text of the page. White space before a flowing text shows nothing and is left out. */
  read(tree: MarkupTree, node: Node, form: Form, isLink: boolean, isStrong: boolean): void {
    const from = tree.from[node] as number;
    const to = tree.to[node] as number;
    const { letters, words } = this;
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
    } else if (form === 'flow' && letters === 0) {
      this.#afterSpace = this.#uneven = false;
      return;
    }
    text ??= tree.source.slice(from, to);
    this.text += reserved > 0 ? text.replace(PRIVATE, '') : text;
  }

  /** Counts the characters of a range; negative, and nothing counted, where a reference may stand in it. */
  #scan(bytes: Uint8Array, from: number, to: number, raw: boolean): number {
    const { CLASSES } = is;
    let { words, letters, stops, commas, digits, capitals, inWord } = this;
    let afterSpace = this.#afterSpace;
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
        if (afterSpace) uneven = true;
        afterSpace = true;
        inWord = false;
        continue;
      }
      if (type === is.SPACE) {
        uneven = afterSpace = true;
        inWord = false;
        continue;
      }
      afterSpace = false;
      letters++;
      if (type === is.LETTER) {
        if (!inWord) {
          words++;
          inWord = true;
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
    this.#uneven = uneven;
    return reserved;
  }

  /** The text in its final form. */
  settled(form: Form): string {
    if (form === 'pre') return preText(this.text);
    if (form === 'table') return tableText(this.text);
    return this.#uneven || this.breaks > 0 ? flowText(this.text) : this.text.trim();
  }
}

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
